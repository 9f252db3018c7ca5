"""What a gate does at 0 and 1 is read off the equations: true of what the engine computes."""

import numpy as np
import pytest
from hypothesis import given, settings

from rnnviz.cells import ABOUT, GALLERY, named, own
from rnnviz.cells.classic import CLASSIC
from rnnviz.cells.gating import (
    KEEPS,
    KEEPS_AT_ONE,
    KEEPS_AT_ZERO,
    LETS_IN,
    READS,
    REPLACES,
    SHOWS,
    gating,
)
from rnnviz.cells.recent import RECENT
from rnnviz.engine.cell_run import forward
from rnnviz.engine.checks import Hold
from rnnviz.equations import parse
from rnnviz.gradients.direct import direct_factors
from tests.oracle import sample
from tests.strategies import cells

SAID = {
    "RNN (tanh)": {},
    "RNN (ReLU)": {},
    "Jordan": {},
    "IndRNN": {},
    "LSTM": {"f": KEEPS, "i": LETS_IN, "o": SHOWS},
    "Peephole LSTM": {"f": KEEPS, "i": LETS_IN, "o": SHOWS},
    "CIFG": {"f": KEEPS, "i": LETS_IN, "o": SHOWS},
    "GRU (PyTorch)": {"r": READS, "z": KEEPS},
    "GRU (Cho)": {"r": READS, "z": KEEPS},
    "GRU (PyTorch), z takes the new": {"r": READS, "z": REPLACES},
    "GRU (Cho), z takes the new": {"r": READS, "z": REPLACES},
    "MGU": {"f": REPLACES},
    "UGRNN": {"z": KEEPS},
    "minGRU": {"z": REPLACES},
    "JANET": {"f": KEEPS, "i": LETS_IN},
    "SRU": {"f": KEEPS, "r": SHOWS},
    "minLSTM": {"k": KEEPS},
    "sLSTM": {"f": KEEPS, "o": SHOWS},
    "RG-LRU": {"r": KEEPS_AT_ZERO, "i": LETS_IN, "a": KEEPS},
    "Selective SSM": {"d": KEEPS_AT_ZERO, "a": KEEPS},
}
"""What the papers say of each gate, by hand."""
LEFT = {
    KEEPS: (0.0, 1.0),
    KEEPS_AT_ONE: (None, 1.0),
    REPLACES: (1.0, 0.0),
    KEEPS_AT_ZERO: (1.0, None),
}
"""How much of a state is left where the gate is 0, and where it is 1; None: it depends."""


def found(cell):
    return {name: gating(cell, name) for name in cell.names if gating(cell, name)}


@pytest.mark.parametrize("name", GALLERY)
def test_the_gallery_s_gates_do_what_their_papers_say(name):
    assert set(SAID) == set(GALLERY)
    assert found(GALLERY[name]) == SAID[name]


def shares(cell, name, held):
    """The factor of each old state in the new one along the direct path, the value held there."""
    of = sample(cell, time=2, scale=1.0, holds=[Hold(name, held)])
    run = forward(cell, **of.given)
    return {state: direct_factors(run, state) for state in cell.states}


def assert_true(cell, name, gate):
    """At each end, of some state as much is left as is said; and no less is said of another."""
    for held, left in zip((0.0, 1.0), LEFT.get(gate, (None, None)), strict=True):
        if left is not None:
            with np.errstate(all="ignore"):
                assert any((now == left).all() for now in shares(cell, name, held).values())


@pytest.mark.parametrize("name", GALLERY)
def test_so_much_is_left_of_the_state(name):
    for value, gate in found(GALLERY[name]).items():
        assert_true(GALLERY[name], value, gate)


@given(cell=cells())
@settings(max_examples=150, deadline=None)
def test_what_is_said_of_a_written_cell_is_true(cell):
    for value, gate in found(cell).items():
        assert_true(cell, value, gate)


@pytest.mark.parametrize(
    ("text", "value", "gate"),
    [
        ("k = sigmoid(W @ x)\nh = k * h_prev + (1 - k) * tanh(U @ h_prev)", "k", KEEPS),
        ("k = sigmoid(W @ x)\nh = (1 - k) * h_prev + k * tanh(U @ h_prev)", "k", REPLACES),
        ("k = sigmoid(W @ x)\nh = (0.5 + 0.5 * k) * h_prev", "k", KEEPS_AT_ONE),
        ("k = sigmoid(W @ x)\nh = tanh(W @ x + U @ (k * h_prev))", "k", READS),
        ("k = sigmoid(W @ x)\nh = tanh(W @ x + k * (U @ h_prev))", "k", READS),
        ("k = sigmoid(W @ x)\nc = c_prev + W @ x\nh = k * tanh(c)", "k", SHOWS),
        ("k = sigmoid(W @ x)\nh = h_prev + k * (W @ x)", "k", LETS_IN),
        ("k = sigmoid(W @ x)\nh = tanh(U @ h_prev + k)", "k", None),
        ("k = sigmoid(W @ x)\nh = (2 * k) * h_prev", "k", None),
        ("k = tanh(W @ x)\nh = tanh(k * (U @ h_prev))", "k", None),
    ],
)
def test_of_a_written_cell_only_what_follows_is_said(text, value, gate):
    cell = parse(text)
    assert gating(cell, value) == gate
    assert own(cell).about.parts[value].does == (gate.does if gate else "")


def test_no_table_says_what_the_equations_do():
    for name, about in (CLASSIC | RECENT).items():
        said = {value for value, part in about.parts.items() if part.does}
        assert not said & set(found(GALLERY[name])), name


@pytest.mark.parametrize("name", GALLERY)
def test_a_box_says_it(name):
    for value, gate in SAID[name].items():
        assert ABOUT[name].parts[value].does == gate.does
        assert named(name).about.parts[value].purpose
