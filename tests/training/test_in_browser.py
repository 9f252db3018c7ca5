"""A run in the browser is the run in Python: the same weights and batches, the same digits."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.tasks import TASKS
from rnnviz.training import Knobs
from rnnviz.training.recipes import RECIPES
from rnnviz.web.training.batches import standing
from rnnviz.web.training.in_browser import fit
from tests.javascript import run
from tests.training.in_browser import both, there_and_back

UPDATES = 50
AGREE = {"rtol": 1e-10, "atol": 1e-10}
SMALL = {"hidden": 6, "batch": 7, "length": 8}


def assert_same(updates=UPDATES, /, **knobs):
    ours, theirs = both(updates, **{**SMALL, **knobs})
    assert theirs["update"] == ours.update
    stopped = ours.stopped and ours.stopped._asdict()
    assert json.dumps(theirs["stopped"]) == json.dumps(stopped)  # where NaN is NaN
    flat = np.concatenate([array.ravel() for array in ours.parameters.values()])
    np.testing.assert_allclose(theirs["values"], flat, **AGREE)
    for name, array in ours.optimizer_state.items():
        np.testing.assert_allclose(theirs["remembered"][name], array.ravel(), **AGREE)
    assert theirs["dropout"] == standing(ours.generators["dropout"])
    for found, own in zip(theirs["evaluations"], ours.evaluations, strict=True):
        assert found["update"] == own.update
        np.testing.assert_allclose([found["loss"], found["metric"]], own[1:], **AGREE)
    assert set(theirs["rows"][0]) == set(ours.history)
    for name, values in ours.history.items():
        found = np.array([row[name] for row in theirs["rows"]], float)
        np.testing.assert_allclose(found, values, **AGREE, err_msg=name)


@pytest.mark.parametrize("cell", GALLERY)
def test_every_cell(cell):
    assert_same(cell=cell)


@pytest.mark.parametrize(
    "clipping", [{}, {"clip_norm": 0.3}, {"clip_value": 0.02}], ids=["none", "norm", "value"]
)
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam", "adamw"])
@pytest.mark.parametrize("cell", ["RNN (tanh)", "LSTM", "GRU (PyTorch)"])
def test_every_optimizer_and_clipping(cell, optimizer, clipping):
    assert_same(cell=cell, optimizer=optimizer, weight_decay=0.01, **clipping)


@pytest.mark.parametrize(
    "knobs",
    [
        {"layers": 2, "skip": True},
        {"layers": 2, "direction": "both"},
        {"layers": 3, "dropout": 0.3},
        {"layers": 2, "direction": "both", "dropout": 0.5, "recurrent_dropout": 0.25},
        {"recurrent_dropout": 0.4, "cell": "GRU (Cho)"},
        {"readout": "mean"},
        {"readout": "maximum", "layers": 2},
        {"readout": "attention", "direction": "both"},
        {"auxiliary": 0.7},
        {"auxiliary": 0.7, "task": "embedded Reber", "length": 12},
        {"truncate": 3, "layers": 2, "direction": "both"},
        {"truncate": 1, "cell": "RNN (tanh)"},
        {"gate_function": "hard_sigmoid", "candidate_function": "relu"},
    ],
    ids=lambda knobs: " ".join(f"{name}={value}" for name, value in knobs.items()),
)
def test_every_part_of_a_network(knobs):
    assert_same(**{"cell": "LSTM", **knobs})


@pytest.mark.parametrize("schedule", ["constant", "linear", "cosine", "step"])
def test_every_schedule_beyond_the_planned_updates_too(schedule):
    assert_same(schedule=schedule, updates=40, momentum=0.5, optimizer="momentum")


@pytest.mark.parametrize("task", [name for name, one in TASKS.items() if not one.tokens])
def test_every_task(task):
    shortest = TASKS[task].length.shortest
    assert_same(30, task=task, length=max(shortest, 8), hidden=5)


@pytest.mark.parametrize("readout", ["last", "mean", "maximum", "attention"])
def test_sequences_of_several_lengths_in_both_directions(readout):
    """What such a task asks at each step is no longer foretold where a direction reads it from its
    end, so the task here is the same strings with another question."""
    reber = TASKS["embedded Reber"]
    assert_same(
        task=replace(reber, name="strings", foretells=False),
        length=14,
        direction="both",
        layers=2,
        readout=readout,
    )


RELU = {"cell": "RNN (ReLU)", "recurrent_initial": "scaled", "batch": 3, "hidden": 6}


@pytest.mark.parametrize(
    ("knobs", "quantity"),
    [
        ({"spectral_radius": 5.0, "length": 900, "seed": 2}, "h"),
        ({"spectral_radius": 4.0, "length": 800, "layers": 2, "direction": "both"}, "h"),
        ({"spectral_radius": 5.0, "length": 700, "task": "noisy sine"}, "the loss"),
        ({"spectral_radius": 5.0, "length": 900, "auxiliary": 0.5}, "the second head's loss"),
        (
            {"spectral_radius": 5.0, "length": 400, "seed": 1, "optimizer": "sgd"},
            "a parameter's gradient",
        ),
    ],
)
def test_a_run_stops_where_python_does(knobs, quantity):
    ours, theirs = both(4, **{**RELU, "learning_rate": 10.0, **knobs})
    assert ours.stopped is not None
    assert ours.stopped.quantity == quantity
    assert theirs["stopped"] == pytest.approx(ours.stopped._asdict(), nan_ok=True)


TURNS = {"learning_rate": 0.003, "clip_norm": 0.2, "dropout": 0.4, "recurrent_dropout": 0.1}


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam", "adamw"])
def test_knobs_turned_on_the_way_and_again_from_a_snapshot(optimizer):
    chosen = {**SMALL, "optimizer": optimizer, "layers": 2, "dropout": 0.2}
    ours, found = there_and_back(40, 17, TURNS, **chosen)
    flat = np.concatenate([array.ravel() for array in ours.parameters.values()])
    np.testing.assert_allclose(found["first"]["values"], flat, **AGREE)
    assert found["first"]["dropout"] == standing(ours.generators["dropout"])
    for again in found["others"]:
        assert again["dropout"] == found["first"]["dropout"]
        np.testing.assert_array_equal(again["values"], found["first"]["values"])
        for name, array in found["first"]["remembered"].items():
            np.testing.assert_array_equal(again["remembered"][name], array)


DRAW = """
import { createGenerator } from "./maths/training/generator.js";
const generator = createGenerator(input.standing);
const numbers = Float64Array.from({ length: input.count }, generator.random);
output({ numbers, standing: generator.standing() });
"""


@pytest.mark.parametrize("seed", [0, 1, 12345, 2**64 - 1])
def test_the_generator_is_numpys_to_the_last_bit(seed):
    rng = np.random.default_rng(seed)
    found = run(DRAW, {"standing": standing(rng.bit_generator.state), "count": 2000})
    np.testing.assert_array_equal(found["numbers"], rng.random(2000))
    assert found["standing"] == standing(rng.bit_generator.state)


PRODUCT = """
import { addProduct } from "./maths/training/product.js";
const { a, b, c, rows, depth, columns } = input;
addProduct(
  { numbers: c, at: 1, down: columns, across: 1 },
  { numbers: a, at: 2, down: depth, across: 1 },
  { numbers: b, at: 3, down: 1, across: depth },
  rows, columns, depth,
);
output(c);
"""


@settings(deadline=None, max_examples=40)
@given(*(st.integers(1, 11) for _ in range(3)), st.integers(0, 99))
def test_a_product_is_added_whatever_the_shapes(rows, depth, columns, seed):
    rng = np.random.default_rng(seed)
    a, b, c = (
        rng.normal(size=n) for n in (2 + rows * depth, 3 + columns * depth, 1 + rows * columns)
    )
    shapes = {"rows": rows, "depth": depth, "columns": columns}
    found = run(PRODUCT, {"a": a, "b": b, "c": c, **shapes})
    product = a[2:].reshape(rows, depth) @ b[3:].reshape(columns, depth).T
    np.testing.assert_allclose(found[1:], c[1:] + product.ravel(), rtol=1e-12, atol=1e-12)
    assert found[0] == c[0]


IN_BROWSER = [name for name, one in RECIPES.items() if fit([Knobs(**of) for of in one.runs()])]


@pytest.mark.parametrize("name", IN_BROWSER)
def test_a_lesson_begins_as_python_has_it(name):
    """What follows from there differs sooner or later: these runs leap, or are thrown off."""
    for knobs in RECIPES[name].runs():
        assert_same(4, **knobs)


OF_FLOAT32 = ("to infinity",)
"""Lessons that are about its range."""


@pytest.mark.parametrize("name", [name for name in RECIPES if name not in OF_FLOAT32])
def test_a_lesson_is_float64_where_a_browser_trains_it_and_else_float32(name):
    runs = [Knobs(**knobs) for knobs in RECIPES[name].runs()]
    in_float64 = [replace(one, precision="float64") for one in runs]
    assert {one.precision for one in runs} == {"float64" if fit(in_float64) else "float32"}


def test_larger_runs_and_those_of_another_kind_do_not_fit():
    assert fit([Knobs()])
    assert fit([Knobs(), Knobs(cell="RNN (tanh)")])
    assert not fit([Knobs(hidden=32, length=30)] * 4)
    assert fit([Knobs(hidden=32, length=30)])
    assert not fit([Knobs(precision="float32")])
    assert not fit([Knobs(hidden=128, length=100)])
    assert not fit([Knobs(hidden=16, length=200, batch=256)])
