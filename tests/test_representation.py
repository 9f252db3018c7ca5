"""What follows from a cell's steps: states, parameters, sizes, gates, and their plain JSON."""

import json

import pytest
from hypothesis import given

from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.representation import (
    Cell,
    Step,
    consumers,
    is_matrix,
    is_parameter,
    is_part,
)
from tests.strategies import cells

HIDDEN, INPUTS = "hidden", "inputs"


def test_the_lstm_derived():
    cell = GALLERY["LSTM"]
    assert cell.names == ("i", "f", "g", "o", "c", "h")
    assert cell.states == ("h", "c")
    assert cell.gates == ("i", "f", "o")
    assert cell.parameters == {
        f"{letter}_{part}": shape
        for part in "ifgo"
        for letter, shape in (("W", (HIDDEN, INPUTS)), ("U", (HIDDEN, HIDDEN)), ("b", (HIDDEN,)))
    }
    assert cell.step("c") == Step("c", "add", ("c.1", "c.2"))
    assert cell.step("c.1").operands == ("f", "c_prev")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("h = h_prev + W @ x", ("h",)),
        ("s = s_prev + W @ x\nc = c_prev * s\nh = c + h_prev", ("h", "s", "c")),
        ("c = c_prev + W @ x\nh = tanh(c)", ("c",)),
        ("h = tanh(c_prev) + h_prev\nc = h * c_prev", ("h", "c")),
        ("c = s_prev\ns = tanh(W @ x)\nh = c + s", ("s",)),
    ],
)
def test_states_are_h_then_the_others_as_they_are_assigned(text, states):
    assert parse(text).states == states


@pytest.mark.parametrize(
    ("line", "is_gate"),
    [
        ("g = sigmoid(b)", True),
        ("g = hard_sigmoid(h_prev)", True),
        ("k = sigmoid(b)\ng = 1 - k", True),
        ("k = sigmoid(b)\nm = 1 - k\ng = 1 - m", True),
        ("k = sigmoid(b)\ng = 2 - k", False),
        ("k = sigmoid(b)\ng = k - 1", False),
        ("k = tanh(b)\ng = 1 - k", False),
        ("g = tanh(b)", False),
        ("g = 1 - sigmoid(b)", False),
        ("g = 2 * sigmoid(b)", False),
        ("g = -sigmoid(b)", False),
    ],
)
def test_a_gate_is_a_named_value_between_0_and_1(line, is_gate):
    assert ("g" in parse(f"{line}\nh = h_prev").gates) is is_gate


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("wide = tanh(x)\nh = W @ wide + h_prev", {"wide": INPUTS, "h": HIDDEN, "h.1": HIDDEN}),
        ("k = 1 - x * x\nh = W @ k + h_prev", {"k": INPUTS, "k.1": INPUTS, "x": INPUTS}),
        ("h = 2 * b + h_prev", {"b": HIDDEN, "h_prev": HIDDEN, "h.1": HIDDEN}),
    ],
)
def test_sizes(text, sizes):
    assert sizes.items() <= parse(text).sizes.items()


def test_a_matrix_has_the_columns_of_what_it_multiplies():
    cell = parse("wide = tanh(x)\nh = tanh(W @ wide + U @ h_prev + V @ (b * h_prev) + p)")
    assert cell.parameters == {
        "W": (HIDDEN, INPUTS),
        "U": (HIDDEN, HIDDEN),
        "V": (HIDDEN, HIDDEN),
        "b": (HIDDEN,),
        "p": (HIDDEN,),
    }


@given(cells())
def test_a_cell_survives_json(cell):
    data = json.loads(json.dumps(cell.to_json(), allow_nan=False))
    again = Cell.from_json(data)
    assert again == cell
    assert hash(again) == hash(cell)
    assert again.to_json() == cell.to_json()


@given(cells())
def test_every_name_is_computed_once_and_before_its_use(cell):
    known = {"x", *(f"{state}_prev" for state in cell.states), *cell.parameters}
    for name, op, args in cell.steps:
        assert op in OPERATIONS
        assert {a for a in args if isinstance(a, str)} <= known
        assert name not in known
        known.add(name)
    assert set(cell.names) == {s.name for s in cell.steps if not is_part(s.name)}
    assert known - set(cell.sizes) == {n for n in cell.parameters if is_matrix(n)}


@given(cells())
def test_consumers_are_the_uses_the_other_way_round(cell):
    users = consumers(cell.steps)
    used = {(name, step) for name, steps in users.items() for step in steps}
    assert used == {(name, step) for step in cell.steps for name in step.operands}
    assert sum(map(len, users.values())) == len(used)


@pytest.mark.parametrize(
    ("name", "parameter", "matrix"),
    [
        ("W", True, True),
        ("U_f", True, True),
        ("V_a_2", True, True),
        ("b_hn", True, False),
        ("p", True, False),
        ("Wf", False, False),
        ("W_", False, False),
        ("w_f", False, False),
        ("bias", False, False),
        ("h_prev", False, False),
    ],
)
def test_parameters_are_known_by_spelling(name, parameter, matrix):
    assert (is_parameter(name), is_matrix(name)) == (parameter, matrix)


def test_every_function_is_an_operation():
    assert set(FUNCTIONS) < set(OPERATIONS)


def test_a_cell_says_when_it_has_no_such_step():
    with pytest.raises(KeyError, match="q"):
        GALLERY["LSTM"].step("q")
