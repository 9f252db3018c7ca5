"""Notation: the brackets are right because the plain spelling reads back to the same steps."""

from collections.abc import Callable

import pytest
from hypothesis import given

from rnnviz import notation
from rnnviz.cells import GALLERY
from rnnviz.equations import Cell, parse
from tests.strategies import cells

LSTM = GALLERY["LSTM"]


def only_line(expression: str) -> Cell:
    """A cell whose value `v` is the expression, over the values a, c, d and parameters."""
    return parse(
        f"a = tanh(W @ x)\nc = tanh(U @ h_prev)\nd = exp(c)\nv = {expression}\nh = v + h_prev"
    )


@pytest.mark.parametrize("name", GALLERY)
def test_a_gallery_cell_reads_back(name: str) -> None:
    assert parse(notation.plain(GALLERY[name])) == GALLERY[name]


@given(cells())
def test_any_cell_reads_back(cell: Cell) -> None:
    assert parse(notation.plain(cell)) == cell


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("-(U @ a)", "-(U @ a)"),
        ("a - (c - d)", "a - (c - d)"),
        ("(a - c) - d", "a - c - d"),
        ("a + (c + d)", "a + (c + d)"),
        ("a + c + d", "a + c + d"),
        ("a * (U @ c)", "a * (U @ c)"),
        ("U @ c * a", "(U @ c) * a"),
        ("U @ (a * c)", "U @ (a * c)"),
        ("U @ (-a)", "U @ (-a)"),
        ("a * (c * d)", "a * (c * d)"),
        ("-a * c", "(-a) * c"),
        ("-(a * c)", "-(a * c)"),
        ("--a", "-(-a)"),
        ("-a - c", "-a - c"),
        ("a - -c", "a - (-c)"),
        ("a", "a"),
        ("identity(a)", "a"),
        ("identity(identity(a))", "identity(identity(a))"),
        ("identity(a) + c", "identity(a) + c"),
        ("identity(a + c)", "identity(a + c)"),
        ("1e-3 * a", "0.001 * a"),
        ("1e-7 * a", "1e-7 * a"),
        ("a * 1000000", "a * 1000000"),
        ("a - -0.5", "a - (-0.5)"),
        ("-2 * a", "(-2) * a"),
        ("sigmoid(a - 1) * d", "sigmoid(a - 1) * d"),
    ],
)
def test_plain_brackets(expression: str, written: str) -> None:
    cell = only_line(expression)
    assert notation.plain(cell).splitlines()[3] == f"v = {written}"
    assert parse(notation.plain(cell)) == cell


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("sigmoid(W_v @ x + U_v @ h_prev + b_v)", r"\sigma(W_{v} x_{t} + U_{v} h_{t-1} + b_{v})"),
        ("(1 - a) * c + a * h_prev", r"(1 - a_{t}) \odot c_{t} + a_{t} \odot h_{t-1}"),
        ("a * (U_n @ h_prev + p_n)", r"a_{t} \odot (U_{n} h_{t-1} + p_{n})"),
        ("a * (U @ h_prev)", r"a_{t} \odot (U h_{t-1})"),
        ("-(U @ a)", "-(U a_{t})"),
        ("0.5 * a", r"0.5 \cdot a_{t}"),
        ("1e-7 * a", r"1 \times 10^{-7} \cdot a_{t}"),
        ("a - -2.5", "a_{t} - (-2.5)"),
        ("tanh(c)", r"\tanh(c_{t})"),
        ("relu(a)", r"\mathrm{ReLU}(a_{t})"),
        ("hard_sigmoid(a) + b_in", r"\mathrm{hard}\,\sigma(a_{t}) + b_{\mathrm{in}}"),
        ("identity(a)", "a_{t}"),
    ],
)
def test_latex(expression: str, written: str) -> None:
    assert notation.latex_line(only_line(expression), "v") == f"v_{{t}} = {written}"


def test_latex_of_a_cell_is_aligned_at_the_equals_signs() -> None:
    assert notation.latex(parse("f = sigmoid(U @ h_prev)\nh = f * h_prev")) == (
        "\\begin{aligned}\n"
        r"f_{t} &= \sigma(U h_{t-1}) \\" + "\n"
        r"h_{t} &= f_{t} \odot h_{t-1}" + "\n\\end{aligned}"
    )


@pytest.mark.parametrize(
    ("name", "screen", "latex"),
    [
        ("h", "h_t", "h_{t}"),
        ("h_prev", "h_t−1", "h_{t-1}"),
        ("x", "x_t", "x_{t}"),
        ("W_f", "W_f", "W_{f}"),
        ("U", "U", "U"),
        ("b_hn", "b_hn", r"b_{\mathrm{hn}}"),
        ("W_a_b", "W_a_b", r"W_{\mathrm{a\_b}}"),
        ("c_tilde", "c̃_t", r"\tilde{c}_{t}"),
        ("new_gate", "new_gate,t", r"\mathrm{new}_{\mathrm{gate},t}"),
        ("c2_prev", "c_2,t−1", "c_{2,t-1}"),
        ("alpha", "α_t", r"\alpha_{t}"),
        ("W_alpha", "W_α", r"W_{\alpha}"),
    ],
)
def test_symbols_carry_their_time(name: str, screen: str, latex: str) -> None:
    assert notation.symbol(name, "plain") == name
    assert notation.symbol(name, "screen") == screen
    assert notation.symbol(name, "latex") == latex


@pytest.mark.parametrize(
    ("value", "screen"),
    [
        (0.0, "0.00"),
        (-0.0, "0.00"),
        (0.125, "0.13"),
        (-0.125, "−0.13"),
        (1.005, "1.00"),
        (-2.4, "−2.40"),
        (0.005, "0.0050"),
        (0.0049, "0.0049"),
        (0.0999, "0.10"),
        (0.00099, "9.9e−4"),
        (-1.25e-9, "−1.3e−9"),
        (9.96e-5, "1.0e−4"),
        (9999.994, "9999.99"),
        (12345.0, "1.2e4"),
        (5e-324, "4.9e−324"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (float("nan"), "NaN"),
    ],
)
def test_numbers_are_rounded_as_in_the_browser(value: float, screen: str) -> None:
    assert notation.number(value) == screen


def looked_up(**values: float) -> Callable[[str], float]:
    """Numbers by name, `f__2` for the part `f.2`; any other name is an error."""
    spelled = {k.replace("__", "."): v for k, v in values.items()}
    return spelled.__getitem__


@pytest.mark.parametrize(
    ("cell", "name", "lookup", "written"),
    [
        (
            LSTM,
            "f",
            looked_up(f__1=0.31, f__2=-0.2, b_f=0.1, f__4=0.21, f=0.5523),
            "f_t = σ(0.31 + −0.20 + 0.10) = σ(0.21) = 0.55",
        ),
        (
            LSTM,
            "c",
            looked_up(f=0.92, c_prev=0.46, i=0.24, g=-0.12, c__1=0.4232, c__2=-0.0288, c=0.3944),
            "c_t = 0.92 · 0.46 + 0.24 · −0.12 = 0.42 + −0.029 = 0.39",
        ),
        (
            LSTM,
            "h",
            looked_up(o=0.47, c=0.39, h__1=0.37, h=0.174),
            "h_t = 0.47 · tanh(0.39) = 0.47 · 0.37 = 0.17",
        ),
        (only_line("U @ a"), "v", looked_up(v=0.5), "v_t = 0.50"),
        (only_line("a"), "v", looked_up(v=0.5), "v_t = 0.50"),
        (only_line("a * c"), "v", looked_up(a=0.5, c=2, v=1), "v_t = 0.50 · 2.00 = 1.00"),
        (only_line("exp(a)"), "v", looked_up(a=0, v=1), "v_t = exp(0.00) = 1.00"),
        (
            only_line("1 - (-a)"),
            "v",
            looked_up(a=-0.5, v__1=0.5, v=0.5),
            "v_t = 1 − (−(−0.50)) = 1 − 0.50 = 0.50",
        ),
        (
            only_line("a - (c - d)"),
            "v",
            looked_up(a=1, c=2, d=3, v=2),
            "v_t = 1.00 − (2.00 − 3.00) = 2.00",
        ),
    ],
)
def test_a_line_in_numbers(
    cell: Cell, name: str, lookup: Callable[[str], float], written: str
) -> None:
    assert notation.numbers(cell, name, lookup, "screen") == written


@given(cells())
def test_the_tokens_joined_are_the_line_and_refer_to_numbers_of_the_run(cell: Cell) -> None:
    scalars = {*cell.sizes, *(s.name for s in cell.steps)}
    for line in notation.equations(cell):
        tokens = line["numbers"]
        assert isinstance(tokens, list)
        references = [t[2] for t in tokens if t[0] == "number" and len(t) == 3]
        assert references[-1] == line["name"]
        assert set(references) <= scalars
        filled = "".join("0.25" if t[0] == "number" and len(t) == 3 else t[1] for t in tokens)
        assert filled == notation.numbers(cell, str(line["name"]), lambda name: 0.25, "screen")


def test_a_part_of_the_numbers_says_in_symbols_what_it_is() -> None:
    tokens = notation.equations(LSTM)[0]["numbers"]
    assert isinstance(tokens, list)
    assert tokens[:5] == [
        ["value", "i_t", "i"],
        ["operator", " = "],
        ["function", "σ"],
        ["bracket", "("],
        ["number", "W_i x_t", "i.1"],
    ]
