"""States at rest, their Jacobians and eigenvalues, are those of the engine and of LAPACK."""

import math

import numpy as np
import pytest

from rnnviz import Hold, Layer, Network, trace
from rnnviz.cells import GALLERY
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.operations import to_json as operations
from tests.javascript import run

EIGENVALUES = """
import { eigenvalues } from "./maths/eigenvalues.js";
output(input.map((matrix) => eigenvalues(matrix, Math.round(Math.sqrt(matrix.length)))));
"""
MAP = """
import { createStateMap } from "./maths/state_map.js";
import { fixedPoints } from "./maths/fixed_points.js";
const { spec, params, x, states, reach } = input;
const sizes = new Map(Object.entries(spec.cell.sizes));
const parameters = new Map(Object.entries(spec.cell.parameters));
const cell = { ...spec.cell, sizes, parameters };
const first = createStateMap({ ...spec, cell }, 1);
const map = createStateMap({ ...spec, cell }, states.length / first.size);
const given = new Map(Object.entries(params));
const at = { params: given, input: x, holds: input.holds };
const after = map.evaluate(at, states).slice();
const matrices = map.jacobians().map((matrix) => matrix.slice());
output({ after, matrices, found: fixedPoints(map, at, states, reach) });
"""
CURVE = """
import { functionCurve } from "./maths/function_curve.js";
output(functionCurve(input.operation, input.at));
"""


def mapped(cell, params, x, states, reach=2.0, holds=()):
    """A step's map at some states, and its fixed points, as the browser finds them from there."""
    hidden = len(states[0]) // len(cell.states)
    spec = {"cell": {**cell.to_json(), "operations": operations()}, "hidden": hidden}
    spec |= {"inputs": len(x)}
    message = {"spec": spec, "params": params, "x": np.array(x, float)}
    held = [{"name": h.name, "unit": h.unit, "value": h.value} for h in holds]
    message |= {"reach": [reach] * len(states[0]), "holds": held}
    return run(MAP, message | {"states": np.array(states, float)})


def step(cell, params, x, state, holds=()):
    """The same step by the engine: the state after it, and its Jacobian."""
    per_state = np.split(np.array(state, float), len(cell.states))
    network = Network((Layer(cell, params, inputs=len(x)),))
    start = dict(zip(cell.states, per_state, strict=True))
    recording = trace(network, [x], initial=start, hold=holds)
    after = np.concatenate([recording[name][0] for name in cell.states])
    return after, recording.jacobians()[0]


def drawn(cell, hidden, inputs, seed, scale=1.0):
    rng = np.random.default_rng(seed)
    sizes = {"hidden": hidden, "inputs": inputs}
    shapes = {name: [sizes[s] for s in shape] for name, shape in cell.parameters.items()}
    return {name: scale * rng.normal(size=shape) for name, shape in shapes.items()}


def grid(size, reach, each):
    axes = np.meshgrid(*[np.linspace(-reach, reach, each)] * size)
    return np.stack([axis.ravel() for axis in axes], axis=1)


def in_order(values):
    return sorted(values, key=lambda z: (round(z.real, 6), round(z.imag, 6)))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("seed", range(5))
def test_eigenvalues_are_lapacks(size, seed):
    matrix = np.random.default_rng(10 * size + seed).normal(size=(size, size))
    (found,) = run(EIGENVALUES, [matrix])
    found = [complex(*value) for value in found]
    assert [abs(z) for z in found] == sorted((abs(z) for z in found), reverse=True)
    expected = in_order(np.linalg.eigvals(matrix))
    np.testing.assert_allclose(in_order(found), expected, atol=1e-9)


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (np.zeros((4, 4)), [0, 0, 0, 0]),
        (np.eye(3), [1, 1, 1]),
        (np.array([[0.0, -1.0], [1.0, 0.0]]), [-1j, 1j]),
        (np.diag([2.0, 0.0, 0.0, 0.5]), [0, 0, 0.5, 2]),
        (np.array([[0.0, 0.0], [5.0, 0.9]]), [0, 0.9]),
    ],
)
def test_eigenvalues_that_are_alike_or_zero_are_found(matrix, expected):
    (found,) = run(EIGENVALUES, [matrix])
    np.testing.assert_allclose(in_order(complex(*z) for z in found), expected, atol=1e-4)


@pytest.mark.parametrize("hidden", [1, 2, 3])
@pytest.mark.parametrize("name", GALLERY)
def test_a_step_as_a_map_is_the_engines_step_and_its_jacobian(name, hidden):
    cell = GALLERY[name]
    params = drawn(cell, hidden, 2, seed=hidden)
    size = hidden * len(cell.states)
    states = np.random.default_rng(3).normal(size=(4, size))
    found = mapped(cell, params, [0.5, -1.0], states)
    for state, after, matrix in zip(
        states, found["after"].reshape(4, size), found["matrices"], strict=True
    ):
        expected, jacobian = step(cell, params, [0.5, -1.0], state)
        np.testing.assert_allclose(after, expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(matrix.reshape(size, size), jacobian, rtol=1e-11, atol=1e-11)


HELD = {
    "LSTM": [Hold("f", 0.25, unit=1), Hold("o", 0.5)],
    "GRU (PyTorch)": [Hold("z", 1.0, unit=0), Hold("h", -0.3, unit=1)],
    "sLSTM": [Hold("n", 0.7)],
}


@pytest.mark.parametrize("name", HELD)
def test_what_is_held_is_held_in_the_map_and_in_its_jacobian(name):
    """Of the engine: its states, and its differences to states a little aside."""
    cell, holds, little = GALLERY[name], HELD[name], 1e-6
    params = drawn(cell, 2, 1, seed=5)
    size = 2 * len(cell.states)
    states = np.random.default_rng(4).normal(size=(3, size))
    found = mapped(cell, params, [0.5], states, holds=holds)
    for state, after, matrix in zip(
        states, found["after"].reshape(3, size), found["matrices"], strict=True
    ):
        here = step(cell, params, [0.5], state, holds)[0]
        np.testing.assert_allclose(after, here, rtol=1e-12, atol=1e-12)
        for k, aside in enumerate(little * np.eye(size)):
            ends = [step(cell, params, [0.5], state + way * aside, holds)[0] for way in (1, -1)]
            column = (ends[0] - ends[1]) / (2 * little)
            np.testing.assert_allclose(matrix.reshape(size, size)[:, k], column, atol=1e-7)


def test_two_units_apart_have_nine_states_at_rest():
    """Each unit h = tanh(2 h) rests at 0, where a push doubles, and at ± the root of its own."""
    cell = GALLERY["RNN (tanh)"]
    params = {"W": np.zeros((2, 1)), "U": 2.0 * np.eye(2), "b": np.zeros(2)}
    low, high = 0.5, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if math.tanh(2 * middle) > middle else (low, middle)
    found = mapped(cell, params, [0.0], grid(2, 1.1, 7), reach=1.65)["found"]
    places = {tuple(np.round(point["state"], 9) + 0.0): point["kind"] for point in found}
    root = round(low, 9)
    kinds = {0: "stable", 1: "saddle", 2: "unstable"}
    expected = {
        (a, b): kinds[(a == 0) + (b == 0)] for a in (-root, 0.0, root) for b in (-root, 0.0, root)
    }
    assert places == expected


@pytest.mark.parametrize("name", ["RNN (tanh)", "GRU (PyTorch)", "LSTM", "minGRU", "Jordan", "MGU"])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_found_stays_in_the_engine_and_is_judged_by_lapacks_eigenvalues(name, seed):
    cell = GALLERY[name]
    size = 2
    hidden = size // len(cell.states)
    params = drawn(cell, hidden, 1, seed=seed, scale=2.0)
    found = mapped(cell, params, [0.3], grid(size, 2.0, 7), reach=4.0)["found"]
    for point in found:
        after, jacobian = step(cell, params, [0.3], point["state"])
        np.testing.assert_allclose(after, point["state"], atol=1e-10)
        sizes = np.abs(np.linalg.eigvals(jacobian))
        shown = [abs(complex(*value)) for value in point["eigenvalues"]]
        np.testing.assert_allclose(sorted(shown), sorted(sizes), atol=1e-7)
        growing = int((sizes > 1).sum())
        kinds = {0: "stable", size: "unstable"}
        assert point["kind"] == kinds.get(growing, "saddle")


@pytest.mark.parametrize("name", ["RNN (tanh)", "GRU (PyTorch)", "MGU", "Jordan"])
@pytest.mark.parametrize("seed", range(6))
def test_of_one_unit_every_state_at_rest_is_found(name, seed):
    """As many as the map crosses the diagonal on a fine grid."""
    cell = GALLERY[name]
    params = drawn(cell, 1, 1, seed=seed, scale=3.0)
    fine = np.linspace(-1.2, 1.2, 4001)[:, None]
    found = mapped(cell, params, [0.3], fine, reach=1.8)
    above = np.sign(found["after"] - fine[:, 0])
    few = mapped(cell, params, [0.3], grid(1, 1.2, 49), reach=1.8)["found"]
    crossings = fine[:-1, 0][above[:-1] != above[1:]]
    if len(cell.states) == 1:
        np.testing.assert_allclose([p["state"][0] for p in few], crossings, atol=2e-3)


def test_at_the_bifurcation_the_state_at_rest_is_zero_itself():
    """h = tanh(h) rests at 0 alone, where its slope is 1 and Newton's method comes near slowly."""
    cell = GALLERY["RNN (tanh)"]
    params = {"W": np.zeros((1, 1)), "U": np.eye(1), "b": np.zeros(1)}
    (point,) = mapped(cell, params, [0.0], grid(1, 1.15, 48), reach=1.725)["found"]
    assert point["state"] == [0.0]
    assert point["kind"] == "neutral"


def test_where_nothing_moves_every_start_is_at_rest_and_neutral():
    cell = GALLERY["minGRU"]
    params = drawn(cell, 1, 1, seed=0, scale=0.0)
    gate = next(name for name in params if name.startswith("b") and "z" in name)
    params[gate] = np.array([-800.0])
    found = mapped(cell, params, [1.0], grid(1, 1.0, 9), reach=2.0)["found"]
    assert [point["kind"] for point in found] == ["neutral"] * 9


@pytest.mark.parametrize("operation", [n for n in FUNCTIONS if OPERATIONS[n].arity == 1])
def test_a_functions_curve_and_slope_are_its_own(operation):
    of = OPERATIONS[operation]
    at = np.linspace(0.1 if of.least == 0 else -4.03, 4.0, 41)
    found = run(CURVE, {"operation": operation, "at": at})
    np.testing.assert_allclose(found["values"], of.forward(at), rtol=1e-13, atol=1e-15)
    tiny = 1e-6
    central = (of.forward(at + tiny) - of.forward(at - tiny)) / (2 * tiny)
    np.testing.assert_allclose(found["slopes"], central, atol=1e-8, rtol=1e-7)
