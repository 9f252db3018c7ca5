"""What changes if: each alteration differs exactly where it says, and computes what it says."""

import math
import re

import numpy as np
import pytest
from hypothesis import example, given, settings

import rnnviz
from rnnviz import Hold
from rnnviz.cells import GALLERY, MENU
from rnnviz.cells.alterations import alterations, difference
from rnnviz.cells.counting import count
from rnnviz.equations import parse
from rnnviz.equations.expressions import cell_of, expressions
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from tests.strategies import cells

UNITS, INPUTS, STEPS = 3, 2, 4
SIZES = {"hidden": UNITS, "inputs": INPUTS}
EVERY = [(name, one) for name in MENU for one in alterations(GALLERY[name])]


def weights(cell, seed=0):
    """The same for the same parameter, whatever else a cell has."""
    drawn = {}
    for name, shape in cell.parameters.items():
        rng = np.random.default_rng([seed, *name.encode()])
        drawn[name] = rng.normal(0, 0.7, [SIZES[side] for side in shape])
    return drawn


def run(cell, hold=()):
    x = np.random.default_rng(5).normal(size=(STEPS, INPUTS))
    return rnnviz.trace(cell, x, params=weights(cell), hold=list(hold))


def alteration(name, title):
    (found,) = (one for one in alterations(GALLERY[name]) if str(one.title) == title)
    return found


def lines(cell):
    return dict(line.split(" = ", 1) for line in plain(cell).split("\n"))


@given(cells())
def test_a_cell_as_trees_is_that_cell(cell):
    assert cell_of(expressions(cell)) == cell


@pytest.mark.parametrize(("name", "one"), EVERY, ids=[f"{n}: {v.title}" for n, v in EVERY])
def test_an_alteration_is_a_cell_of_the_language_that_runs(name, one):
    assert parse(plain(one.cell)) == one.cell
    assert set(one.cell.parameters) <= set(GALLERY[name].parameters)
    assert np.isfinite(run(one.cell)["h"]).all()


@pytest.mark.parametrize(("name", "one"), EVERY, ids=[f"{n}: {v.title}" for n, v in EVERY])
def test_the_difference_is_exactly_the_lines_that_differ(name, one):
    old, new = lines(GALLERY[name]), lines(one.cell)
    found = difference(GALLERY[name], one.cell)
    assert {c.name for c in found} == {*old, *new}
    assert {c.name for c in found if c.is_one} == {
        n for n in {*old, *new} if old.get(n) != new.get(n)
    }
    assert [c.name for c in found if c.after] == list(new)
    for change in found:
        for text, side in ((change.before, old), (change.after, new)):
            assert text == (f"{change.name} = {side[change.name]}" if change.name in side else "")


@settings(deadline=None)
@given(cells())
@example(parse("r = sigmoid(h_prev)\nh = hard_sigmoid(r) + tanh(log(1 - r)) + h_prev"))
@example(parse("r = sigmoid(h_prev)\nh = max(r, 0.5) + softplus(exp(r)) + W @ x + h_prev"))
def test_any_cell_has_alterations_that_are_cells(cell):
    for one in alterations(cell):
        assert parse(plain(one.cell)) == one.cell != cell


WITHOUT = [(n, one) for n, one in EVERY if str(one.title).startswith("Without")]


@pytest.mark.parametrize(("name", "one"), WITHOUT, ids=[f"{n}: {v.title}" for n, v in WITHOUT])
def test_without_a_gate_it_is_the_cell_with_that_gate_held(name, one):
    gate = str(one.title).rsplit(" ", 1)[1]
    held = run(GALLERY[name], [Hold(gate, held_at(one))])
    assert run(one.cell)["h"] == pytest.approx(held["h"], abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(cells())
@example(parse("r = sigmoid(b)\nh = hard_sigmoid(sigmoid(r)) * softsign(r) + W @ x + h_prev"))
@example(parse("f = sigmoid(b)\ni = 1 - f\nh = h_prev + W @ x - (i - tanh(p)) / f"))
def test_without_a_gate_any_cell_is_as_with_that_gate_held(cell):
    for one in alterations(cell):
        if str(one.title).startswith("Without"):
            gate = str(one.title).rsplit(" ", 1)[1]
            held = run(cell, [Hold(gate, held_at(one))])["h"]
            assert run(one.cell)["h"] == pytest.approx(held, rel=1e-9, abs=1e-9, nan_ok=True)


def held_at(one):
    """The number that an alteration says a gate is left at."""
    return float(re.search(r"were (\d) at", str(one.says))[1])


def test_a_gate_is_left_open_where_it_can_be():
    assert lines(alteration("LSTM", "Without the gate f").cell)["c"] == "c_prev + i * g"
    assert (
        lines(alteration("CIFG", "Without the gate f").cell)["c"] == "g"
    )  # open it writes nothing


COUPLED = [(n, one) for n, one in EVERY if "= 1 − " in str(one.title)]


@pytest.mark.parametrize(("name", "one"), COUPLED, ids=[f"{n}: {v.title}" for n, v in COUPLED])
def test_with_two_gates_coupled_it_is_the_cell_with_one_held_at_what_the_other_leaves(name, one):
    other, kept = str(one.title).split(" = 1 − ")
    seen = run(one.cell)
    holds = [
        Hold(other, float(1 - seen[kept][step, unit]), steps=[step], unit=unit)
        for step in range(STEPS)
        for unit in range(UNITS)
    ]
    assert run(GALLERY[name], holds)["h"] == pytest.approx(seen["h"], abs=1e-12)
    assert not set(one.cell.parameters) & {f"W_{other}", f"U_{other}"}


def test_a_coupled_lstm_is_the_gallery_s_cifg():
    coupled = alteration("LSTM", "i = 1 − f").cell
    assert lines(coupled) == lines(GALLERY["CIFG"])


def test_the_reset_moves_from_one_gru_to_the_other():
    """Cho's becomes PyTorch's but for the bias within, and back."""
    after = alteration("GRU (Cho)", "r after the product").cell
    assert lines(after)["n"] == "tanh(W_n @ x + r * (U_n @ h_prev) + b_n)"
    before = alteration("GRU (PyTorch)", "r before the product").cell
    assert lines(before)["n"] == "tanh(W_n @ x + b_n + (U_n @ (r * h_prev) + b_hn))"
    (back,) = (one.cell for one in alterations(after) if str(one.title) == "r before the product")
    assert back == GALLERY["GRU (Cho)"]


def test_an_lstm_without_the_output_s_tanh_leaves_its_range():
    """Dive into deep learning, lstm, exercise 4."""
    one = alteration("LSTM", "h without tanh")
    assert lines(one.cell)["h"] == "o * c"
    assert str(one.says) == "Nothing keeps it below 1 any more."
    held = [Hold(gate, 1.0) for gate in "ifo"]
    assert abs(run(one.cell, held)["h"]).max() > 1 > abs(run(GALLERY["LSTM"], held)["h"]).max()


def test_a_gru_with_one_gate():
    """Dive into deep learning, gru, exercise 4."""
    update = alteration("GRU (Cho)", "Without the gate r").cell
    assert lines(update) == lines(GALLERY["UGRNN"]) | {"n": "tanh(W_n @ x + U_n @ h_prev + b_n)"}
    reset = alteration("GRU (Cho)", "Without the gate z").cell
    assert lines(reset)["h"] == "n"
    assert reset.gates == ("r",)


def test_what_a_person_wrote_is_left_as_it_was():
    """`1 * h_prev` is no part of what changes."""
    cell = parse("f = sigmoid(W @ x)\ng = 1 * h_prev + 0\nh = f * g + tanh(V @ x)")
    for one in alterations(cell):
        assert lines(one.cell)["g"] == "1 * h_prev + 0"


# How many parameters, as a formula.


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("RNN (tanh)", "H² + HI + H"),
        ("LSTM", "4(H² + HI + H)"),
        ("GRU (Cho)", "3(H² + HI + H)"),
        ("GRU (PyTorch)", "3(H² + HI) + 4H"),
        ("Peephole LSTM", "4(H² + HI) + 7H"),
        ("IndRNN", "HI + 2H"),
        ("RG-LRU", "2H² + HI + 4H"),
    ],
)
def test_the_formula(name, formula):
    assert count(GALLERY[name]).formula() == formula


@given(cells())
def test_the_formula_gives_the_number_of_parameters(cell):
    for hidden, inputs in ((1, 1), (5, 3), (16, 1)):
        sizes = {"hidden": hidden, "inputs": inputs}
        drawn = (math.prod(sizes[side] for side in shape) for shape in cell.parameters.values())
        total = sum(drawn)
        assert count(cell).of(hidden, inputs) == total
        assert value_of(count(cell).formula(), hidden, inputs) == total


def value_of(formula, hidden, inputs):
    """`3(H² + HI) + 4H` in numbers."""
    letters = {"H²": hidden**2, "HI": hidden * inputs, "H": hidden, "0": 0}
    total = 0
    for times, inner, alone in re.findall(r"(\d*)(?:\(([^)]*)\)|(H²|HI|H)|$)", formula):
        terms = (inner or alone or "0").split(" + ")
        total += int(times or 1) * sum(letters[one] for one in terms)
    return total


def test_a_gru_has_three_quarters_of_an_lstm_s():
    lstm = count(GALLERY["LSTM"])
    assert count(GALLERY["GRU (Cho)"]).share_of(lstm) * 4 == 3
    assert count(GALLERY["MGU"]).share_of(lstm) * 2 == 1
    assert count(GALLERY["GRU (PyTorch)"]).share_of(lstm) is None  # a bias more
    assert count(GALLERY["IndRNN"]).share_of(lstm) is None


def test_no_parameters_are_none():
    assert count(Cell(parse("h = h_prev").steps)).formula() == "0"
