"""A behaviour in words is what the engine does once its gates are set, whatever else is drawn."""

import numpy as np
import pytest

from rnnviz import Network, trace
from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from rnnviz.scenes.scenarios import SCENARIOS, gates_of, looked_for, offered, set_by

UNITS, INPUTS, SIZE = 2, 3, 3.0
BY_KEY = {one.key: one for one in SCENARIOS}
LITTLE = 1e-4
OFFERED = [(name, one.key) for name, cell in GALLERY.items() for one in offered(cell)]
KEPT = {"remember": 1.0, "overwrite": 0.0, "leaky": np.exp(-1 / 5)}


def ran(name, key, rng, initial=None, x=None, recurrent=1.0):
    """A run of the scenario, all other weights drawn."""
    cell = GALLERY[name]
    fresh = Network.fresh(cell, inputs=INPUTS, hidden=UNITS)
    weights = {n: rng.normal(0.0, SIZE, a.shape) for n, a in fresh.parameters.items()}
    for each in weights:
        if each.split(".")[-1].startswith("U"):
            weights[each] *= recurrent
    given = set_by(BY_KEY[key], cell, INPUTS, UNITS)
    weights |= {f"layers.0.{n}": array for n, array in given.items()}
    x = rng.normal(0.0, SIZE, (8, INPUTS)) if x is None else x
    return trace(fresh.replace(weights), x, initial=initial or {})


def shares(name, key, x=None):
    """Of an old memory, what is left a step later, where nothing else reads it."""
    state, one, other = gates_of(GALLERY[name]).state, {}, {}
    one[state], other[state] = np.full(UNITS, 0.3), np.full(UNITS, 0.4)
    first, second = (
        ran(name, key, np.random.default_rng(5), start, x, recurrent=0.0) for start in (one, other)
    )
    return (second[state][0] - first[state][0]) / 0.1


@pytest.mark.parametrize(("name", "key"), [(n, k) for n, k in OFFERED if k in KEPT])
def test_of_the_old_memory_is_kept_what_it_says(name, key):
    np.testing.assert_allclose(shares(name, key), KEPT[key], atol=LITTLE)


@pytest.mark.parametrize("name", [n for n, k in OFFERED if k == "reset"])
@pytest.mark.parametrize("signal", [0.0, 1.0])
def test_a_signal_of_1_resets_and_one_of_0_keeps(name, signal):
    x = np.random.default_rng(6).normal(size=(8, INPUTS))
    x[:, -1] = signal
    np.testing.assert_allclose(shares(name, "reset", x), 1.0 - signal, atol=LITTLE)


@pytest.mark.parametrize(("name", "key"), OFFERED)
def test_the_gates_stand_where_they_are_said_to_whatever_else_is_drawn(name, key):
    gates, rng = gates_of(GALLERY[name]), np.random.default_rng(7)
    x = rng.normal(0.0, SIZE, (8, INPUTS))
    x[:, -1] = 1.0
    recording = ran(name, key, rng, x=x)
    for gate, at in BY_KEY[key].sums(gates).items():
        total = at if isinstance(at, float) else sum(at)
        np.testing.assert_allclose(recording[gate], 1 / (1 + np.exp(-total)), atol=1e-12)


@pytest.mark.parametrize("name", [n for n, k in OFFERED if k == "silence"])
def test_a_silenced_output_is_all_but_0(name):
    assert np.abs(ran(name, "silence", np.random.default_rng(8))["h"]).max() < LITTLE


@pytest.mark.parametrize("name", [n for n, k in OFFERED if k == "remember"])
def test_what_is_new_comes_in_by_less_than_a_ten_thousandth(name):
    """As large a step away from the old memory as what is new could make it."""
    recording = ran(name, "remember", np.random.default_rng(9))
    state = recording[gates_of(GALLERY[name]).state]
    new = [recording[n] for n in recording.names if n not in GALLERY[name].gates]
    largest = max(np.abs(array).max() for array in new) + 3 * SIZE**2 * INPUTS
    assert np.abs(np.diff(state, axis=0)).max() < LITTLE * 2 * largest


def test_a_cell_is_offered_what_it_has_gates_for():
    found = {name: {one.key for one in offered(cell)} for name, cell in GALLERY.items()}
    every = {one.key for one in SCENARIOS}
    assert found["LSTM"] == found["Peephole LSTM"] == every
    assert found["GRU (PyTorch)"] == found["GRU (Cho)"] == every - {"close", "silence"}
    assert found["RNN (tanh)"] == found["RNN (ReLU)"] == set()


def test_a_cell_of_ones_own_is_read_by_its_parts():
    own = parse("k = sigmoid(W_k @ x + b_k)\nm = tanh(W_m @ x)\nh = k * m + (1 - k) * h_prev")
    gates = gates_of(own)
    assert (gates.state, gates.keep, gates.sign) == ("h", "k", -1)
    set_so = set_by(BY_KEY["remember"], own, 2, 1)
    assert {name: array.tolist() for name, array in set_so.items()} == {
        "W_k": [[0.0, 0.0]],
        "b_k": [-10.0],
    }


@pytest.mark.parametrize(("name", "key"), OFFERED)
def test_each_says_in_a_sentence_what_to_look_for(name, key):
    text = looked_for(BY_KEY[key], GALLERY[name], "x₃")
    assert text.startswith("Look at ")
    assert text.endswith(".")
    assert "{" not in text
