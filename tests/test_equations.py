"""The text of a cell: what is legal and becomes which steps, what is not and what is said then."""

import pytest
from hypothesis import given

from rnnviz.cells import GALLERY
from rnnviz.equations import EquationError, parse
from rnnviz.representation import Cell, Step
from tests.strategies import texts

RNN = "h = tanh(W @ x + U @ h_prev + b)"


def parts(text):
    return [tuple(step) for step in parse(text).steps]


def test_the_lstm_gate_as_steps():
    assert GALLERY["LSTM"].steps[:5] == (
        Step("i.1", "matmul", ("W_i", "x")),
        Step("i.2", "matmul", ("U_i", "h_prev")),
        Step("i.3", "add", ("i.1", "i.2")),
        Step("i.4", "add", ("i.3", "b_i")),
        Step("i", "sigmoid", ("i.4",)),
    )


@pytest.mark.parametrize(
    ("expression", "steps"),
    [
        ("h_prev", [("h", "identity", ("h_prev",))]),
        ("-h_prev", [("h", "neg", ("h_prev",))]),
        ("1 - h_prev", [("h", "sub", (1.0, "h_prev"))]),
        ("(1 + 1) * h_prev", [("h", "mul", (2.0, "h_prev"))]),
        ("-2 * h_prev", [("h", "mul", (-2.0, "h_prev"))]),
        ("1e-3 * h_prev", [("h", "mul", (0.001, "h_prev"))]),
        ("U @ -h_prev", [("h.1", "neg", ("h_prev",)), ("h", "matmul", ("U", "h.1"))]),
        ("-(U @ h_prev)", [("h.1", "matmul", ("U", "h_prev")), ("h", "neg", ("h.1",))]),
        ("b - p - h_prev", [("h.1", "sub", ("b", "p")), ("h", "sub", ("h.1", "h_prev"))]),
        ("b - (p - h_prev)", [("h.1", "sub", ("p", "h_prev")), ("h", "sub", ("b", "h.1"))]),
        ("b + p * h_prev", [("h.1", "mul", ("p", "h_prev")), ("h", "add", ("b", "h.1"))]),
        ("relu(exp(h_prev))", [("h.1", "exp", ("h_prev",)), ("h", "relu", ("h.1",))]),
        ("identity(h_prev)", [("h", "identity", ("h_prev",))]),
    ],
)
def test_an_expression_is_read_as_python_reads_it(expression, steps):
    assert parts(f"h = {expression}") == steps


def test_a_number_alone_may_not_be_a_value_but_a_name_may():
    assert parts("c = h_prev\nh = c + b") == [
        ("c", "identity", ("h_prev",)),
        ("h", "add", ("c", "b")),
    ]


@pytest.mark.parametrize(
    "written",
    [
        f"# Elman\n{RNN}  # 1990",
        f"\n\n{RNN}\n\n",
        f"    {RNN}",
        f"\t{RNN}\n\t# end",
        "h = tanh(\n  W @ x\n  + U @ h_prev + b\n)",
        "h=tanh(((W@x)+U@h_prev)+b)",
        f"{RNN}\r\n\r\n",
    ],
)
def test_comments_blanks_margins_and_brackets_do_not_matter(written):
    assert parse(written) == parse(RNN)


@given(texts())
def test_text_becomes_a_cell_that_json_keeps(text):
    cell = parse(text)
    assert Cell.from_json(cell.to_json()) == cell
    assert cell.names == tuple(line.partition(" =")[0] for line in text.splitlines())


@pytest.mark.parametrize("name", ["constructor", "toString", "hasOwnProperty", "prototype", "a__b"])
def test_names_that_mean_something_elsewhere_are_plain_names(name):
    assert parse(f"{name} = sigmoid(b)\nh = {name} * h_prev").gates == (name,)


# What is refused, its legal neighbour, what the message says, and where it points.
REFUSED = [
    ("", RNN, "nothing here yet; begin with `h = tanh(W @ x + U @ h_prev + b)`", 1, 1),
    ("# only words", RNN, "nothing here yet", 1, 1),
    ("h = r * U @ h_prev", "h = b * (U @ h_prev)", "write `r * (U @ h_prev)`", 1, 5),
    ("h = W @ U @ h_prev", "h = V @ (U @ h_prev)", "write `W @ (U @ h_prev)`", 1, 5),
    ("h = tanh(Wi @ x) + h_prev", "h = tanh(W_i @ x) + h_prev", "not `Wi`", 1, 10),
    ("h = h_prev @ U", "h = U @ h_prev", "left of @ stands a matrix (W, U or V", 1, 5),
    ("h = U @ 2 + h_prev", "h = 2 * h_prev", "a vector must follow @, not a number", 1, 5),
    ("h = h_prev + U", "h = h_prev + U @ b", "`U` is a matrix: a vector must follow", 1, 14),
    (
        "h = tan(h_prev)",
        "h = tanh(h_prev)",
        "`tan` is no function here; did you mean `tanh`?",
        1,
        5,
    ),
    ("h = h_prev(x)", "h = h_prev * b", "`h_prev` is no function here", 1, 5),
    ("h = tanh(b, h_prev)", "h = tanh(b * h_prev)", "`tanh` takes one value", 1, 5),
    ("h = tanh() + h_prev", "h = tanh(b) + h_prev", "`tanh` takes one value", 1, 5),
    ("h = tanh(2) + h_prev", "h = 2 + h_prev", "`tanh(2)` is a number; write the number", 1, 5),
    ("h = tanh + h_prev", "h = tanh(b) + h_prev", "`tanh` is a function: write `tanh(…)`", 1, 5),
    ("h = tanh(h_prv)", "h = tanh(h_prev)", "`h_prv` is unknown; did you mean `h_prev`?", 1, 10),
    ("h = bf + h_prev", "h = b_f + h_prev", "`bf` is unknown; did you mean `b_f`?", 1, 5),
    ("h = prev + b", "h = h_prev + b", "`prev` is unknown; did you mean `h_prev`?", 1, 5),
    ("h = q + h_prev", "q = b\nh = q + h_prev", "`q` is unknown; give it a line of its own", 1, 5),
    ("h = c_prev", "c = b\nh = c_prev", "`c_prev` needs a line `c = …`", 1, 5),
    ("h = hh_prev", "h = h_prev", "`hh_prev` needs a line `hh = …`; did you mean `h_prev`", 1, 5),
    (
        "a = b",
        "h = h_prev",
        "a cell must compute its hidden state: a line `h = …` is missing",
        1,
        1,
    ),
    ("h = c\nc = h_prev", "c = h_prev\nh = c", "`c` is used above the line", 1, 5),
    ("h = b * h", "h = b * h_prev", "`h` is used above the line that computes it", 1, 9),
    ("h = h_prev\nh = b", "c = h_prev\nh = b * c", "`h` is already given on line 1", 2, 1),
    ("a = h_prev", "h = h_prev", "`h_prev` needs a line `h = …`", 1, 5),
    ("h = W @ x", "h = W @ x + h_prev", "nothing comes from the step before", 1, 1),
    ("a = b\nh = a", "a = b\nh = a * h_prev", "use `h_prev` somewhere", 2, 1),
    ("h = p * x + h_prev", "h = p * (W @ x) + h_prev", "`p * x` does not fit", 1, 5),
    ("h = W @ x + x * h_prev", "h = W @ (x * x) + h_prev", "`x * h_prev` does not fit", 1, 13),
    ("h = x * x\nc = c_prev", "h = W @ x\nc = c_prev", "bring `x` in with a matrix", 1, 1),
    ("c = x\nh = c_prev", "c = W @ x\nh = c_prev", "`c` has as many numbers as the input", 1, 1),
    ("h = U @ h_prev + U @ x", "h = U @ h_prev + W @ x", "give each its own matrix", 1, 18),
    ("c = 1\nh = h_prev", "h = 1 * h_prev", "`c` would be the same number always; leave", 1, 5),
    ("h = 1", "h = 1 * h_prev", "`h` would be the same number always; it must depend on", 1, 5),
    ("h = h_prev // 2", "h = h_prev / 2", "`h_prev // 2` is not in the language", 1, 5),
    ("h = h_prev % 2", "h = h_prev / 2", "`%` has no meaning here", 1, 12),
    ("h = h_prev + 1 / 0", "h = h_prev + 1", "numbers go up to", 1, 14),
    ("h = h_prev ** 2", "h = h_prev * h_prev", "`h_prev ** 2` is not in the language", 1, 5),
    ("h = (h_prev\t**\n  2)", "h = (h_prev\t*\n  2)", "`h_prev ** 2` is not in the", 1, 6),
    ("h = +h_prev", "h = 0 + h_prev", "`+h_prev` is not in the language", 1, 5),
    ("h = h_prev, b", "h = h_prev * b", "`h_prev, b` is not in the language", 1, 5),
    ("h = tanh(a=b)", "h = tanh(b) + h_prev", "`tanh` takes one value", 1, 5),
    ("h = tanh(*b)", "h = tanh(b) * h_prev", "`*b` is not in the language", 1, 10),
    ("h = h_prev[0]", "h = h_prev", "`[` has no meaning here", 1, 11),
    ("h = h_prev.T", "h = h_prev", "that is no number", 1, 11),
    ("h = h_prev; c = b", "h = h_prev\nc = b", "`;` has no meaning here", 1, 11),
    ("h = h_prev if b", "h = h_prev", "`if` is a word of Python", 1, 12),
    ("in = b\nh = in * h_prev", "i = b\nh = i * h_prev", "`in` is a word of Python", 1, 1),
    ("h = True * h_prev", "h = 1 * h_prev", "`True` is a word of Python", 1, 5),
    ("h = h_prev × b", "h = h_prev * b", "`×` has no meaning here", 1, 12),
    ("h = ℎ_prev", "h = h_prev", "`ℎ` has no meaning here", 1, 5),
    ("h = `h_prev`", "h = h_prev", "the character 0x0060 has no meaning here", 1, 5),
    ("h = h_prev\x00", "h = h_prev", "the character 0x0000 has no meaning here", 1, 11),
    ("h = h_prev\u2028c = b", "h = h_prev\nc = b", "the character 0x2028", 1, 11),
    ("h = h_prev\x0cc = b", "h = h_prev\nc = b", "the character 0x000c", 1, 11),
    ("h = (h_prev", "h = (h_prev)", "a bracket is opened and never closed", 1, 5),
    ("h = h_prev)", "h = (h_prev)", "a bracket is closed that was never opened", 1, 11),
    ("h = h_prev b", "h = h_prev * b", "this line does not read as `name = expression`", 1, 12),
    ("h == h_prev", "h = h_prev", "each line is one equation, `name = expression`", 1, 1),
    ("h += b", "h = h_prev + b", "each line is one equation, `name = expression`", 1, 1),
    ("a = h = h_prev", "h = h_prev", "each line is one equation", 1, 1),
    ("h, c = h_prev", "h = h_prev\nc = h_prev", "left of = must be a single name", 1, 1),
    ("W_f = x", "w_f = W @ x\nh = h_prev", "spelled like a parameter; parameters are", 1, 1),
    ("x = h_prev", "y = h_prev\nh = y", "`x` has a meaning already", 1, 1),
    ("exp = h_prev", "e = h_prev\nh = e", "`exp` has a meaning already", 1, 1),
    ("h_prev = b", "h = h_prev + b", "`h_prev` is `h` of the step before; it cannot", 1, 1),
    ("_a = b\nh = h_prev", "a_ = b\nh = h_prev", "`_a` is no name; a name begins", 1, 1),
    ("__proto__ = b", "proto = b\nh = h_prev", "`__proto__` is no name", 1, 1),
    ("h = 1e999 * h_prev", "h = 1e6 * h_prev", "numbers go up to 1000000", 1, 5),
    ("h = 1000 * 1001 * h_prev", "h = 1000 * 1000 * h_prev", "numbers go up to 1000000", 1, 5),
    ("h = 1.2.3 * h_prev", "h = 1.2 * h_prev", "that is no number; write numbers like", 1, 5),
    ("h = 0x10 * h_prev", "h = 16 * h_prev", "that is no number", 1, 5),
    ("h = 1_0 * h_prev", "h = 10 * h_prev", "that is no number", 1, 5),
    ("h = 2j * h_prev", "h = 2 * h_prev", "that is no number", 1, 5),
    ("h = " + "-" * 80 + "b", "h = " + "-" * 20 + "h_prev", "give its parts names", 1, 1),
    ("h = " + "(" * 300 + ")" * 300, "h = " + "(" * 20 + "h_prev" + ")" * 20, "nested", 1, 205),
    ("a" * 25 + " = b", "a" * 24 + " = b\nh = h_prev", "a name has at most 24 characters", 1, 1),
    ("h = h_prev" + " " * 4000, "h = h_prev" + " " * 3990, "over 4000 characters", 1, 1),
    ("\n  c = b\n  h = q", "\n  c = b\n  h = h_prev", "`q` is unknown", 3, 7),
    ("    h = q", "    h = h_prev", "`q` is unknown", 1, 9),
    ("h = b\r\nc = q", "h = b\r\nc = c_prev", "`q` is unknown", 2, 5),
    ("h = tanh(\n  h_prev\n  + q)", "h = tanh(\n  h_prev\n  + b)", "`q` is unknown", 3, 5),
]


@pytest.mark.parametrize(
    ("text", "legal", "words", "line", "column"), REFUSED, ids=[f"{r[0][:30]!r}" for r in REFUSED]
)
def test_what_is_refused_stands_next_to_what_is_right(text, legal, words, line, column):
    with pytest.raises(EquationError) as refused:
        parse(text)
    assert words in str(refused.value)
    assert (refused.value.line, refused.value.column) == (line, column)
    assert parse(legal)


def test_a_cell_has_at_most_256_operations():
    lines = [f"a{k} = b * b" for k in range(255)]
    assert len(parse("\n".join([*lines, "h = -h_prev"])).steps) == 256
    with pytest.raises(EquationError, match="at most 256 operations") as refused:
        parse("\n".join([*lines, "h = -h_prev * b"]))
    assert refused.value.line == 256
