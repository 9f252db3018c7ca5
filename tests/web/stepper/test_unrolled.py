"""The unrolled network shows torch's gradients: a bar of true size for each step, and every way
that a gradient takes back over time, played moment by moment."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example

WAY = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
import { wayBack } from "./maths/way_back.js";
const { header, arrays } = unpack(input.payload);
const network = runNetwork(header, arrays, { item: input.item, holds: new Map(input.holds) });
output(network.layers.map(({ run, norms }) => ({ ...wayBack(run), norms })));
"""


def way_back(given):
    return run(WAY, given.message)


def torch_lstm(given):
    """torch's own LSTM with the example's numbers, step by step: every h and c has its grad."""
    arrays = {name: torch.tensor(array) for name, array in given.arrays.items()}
    x, hidden = arrays["x"][:, given.item], arrays["0.b_f"].shape[0]
    cell = torch.nn.LSTMCell(x.shape[1], hidden, dtype=torch.float64)
    stacked = {
        letter: torch.cat([arrays[f"0.{letter}_{gate}"] for gate in "ifgo"]) for letter in "WUb"
    }
    with torch.no_grad():
        cell.weight_ih.copy_(stacked["W"])
        cell.weight_hh.copy_(stacked["U"])
        cell.bias_ih.copy_(stacked["b"])
        cell.bias_hh.zero_()
    h, c = (arrays[f"0.initial.{state}"][given.item][None] for state in "hc")
    handed, states = [], []
    for step in x:
        before = tuple(state + 0 for state in (h, c))  # as it is read here, apart from L's own h
        for value in before:
            value.requires_grad_()
            value.retain_grad()
        h, c = cell(step[None], before)
        h.retain_grad()
        c.retain_grad()
        handed.append(before)
        states.append((h, c))
    return handed, states


def norms(tensors):
    return [float(0 if t.grad is None else t.grad.norm()) for t in tensors]


@pytest.mark.parametrize("steps", [(-1,), (1, 3), (0, 1, 2, 3, 4, 5)])
def test_every_bar_and_every_way_is_autograds(steps):
    given = example(GALLERY["LSTM"], length=6, hidden=4, steps=steps, seed=3)
    handed, states = torch_lstm(given)
    sum(states[t][0].sum() for t in given.header["loss"]["steps"]).backward()
    (found,) = way_back(given)
    for k, name in enumerate("hc"):
        np.testing.assert_allclose(
            found["norms"][name], norms(state[k] for state in states), rtol=1e-10
        )
        ways = [*norms(before[k] for before in handed[1:]), 0.0]
        np.testing.assert_allclose(found["states"][name], ways, rtol=1e-10, atol=1e-300)
    above = [2.0 if t in given.header["loss"]["steps"] else 0.0 for t in range(6)]
    np.testing.assert_array_equal(found["above"], above)  # dL/dh = 1 for each of 4 units


def test_nothing_comes_back_through_a_state_that_is_held():
    hold = {"name": "c_prev", "unit": None, "from": 3, "to": 4, "value": 0.0}
    given = example(GALLERY["LSTM"], length=6, holds={0: [hold]})
    (found,) = way_back(given)
    assert found["states"]["c"][2] == 0.0
    assert np.all(found["states"]["c"][3:5] > 0)
    assert np.all(found["states"]["h"][:5] > 0)


def test_a_layer_that_reads_from_the_end_hands_its_gradient_to_the_right():
    given = example(GALLERY["GRU (PyTorch)"], both=True, length=5, steps=(0,))
    forwards, backwards = way_back(given)
    assert np.flatnonzero(forwards["norms"]["h"]).tolist() == [0]
    assert np.flatnonzero(backwards["norms"]["h"]).tolist() == [0, 1, 2, 3, 4]
    assert np.flatnonzero(backwards["states"]["h"]).tolist() == [1, 2, 3, 4]


PLAN = """
import { barAxis, barsPlan } from "./stepper/unrolled/unrolled_bars.js";
import { extentOf } from "./stepper/unrolled/unrolled_columns.js";
import { networkPlan } from "./stepper/unrolled/unrolled_plan.js";
const columns = (count, from = 0) => ({ from, count, width: 600 });
const barsOf = (numbers) => {
  const axis = barAxis(numbers);
  const what = { numbers, ghost: null, colour: "red", axis, name: "h" };
  const { bars } = barsPlan(what, columns(numbers.length), 64);
  const boxes = bars[0].runs.map((run) => Float64Array.from(run));
  return { isLog: Boolean(axis.isLog), low: axis.low, boxes, zeros: bars.at(-1).points.length / 2 };
};
"""
SIZES = st.lists(st.floats(1e-12, 1e3), min_size=1, max_size=40).map(np.array)


@given(SIZES)
def test_a_bar_is_as_high_as_its_number_is_large(sizes):
    """On a linear axis heights go as the numbers, on a logarithmic one as their exponents."""
    found = run(PLAN + "output(barsOf(input));", sizes)
    boxes = np.array([box.reshape(4, 2) for box in found["boxes"]])
    heights = boxes[:, 0, 1] - boxes[:, 1, 1]
    assert found["isLog"] == (sizes.max() > 30 * sizes.min())
    along = np.log10(sizes) - found["low"] if found["isLog"] else sizes
    np.testing.assert_allclose(heights / heights.max(), along / along.max(), rtol=1e-6)
    assert heights.min() > 0
    assert heights.max() <= 56 + 1e-9
    np.testing.assert_allclose(
        boxes[:, :, 0].mean(axis=1), (np.arange(len(sizes)) + 0.5) * 600 / len(sizes)
    )


def test_what_is_exactly_zero_has_a_ring_and_no_bar_what_is_infinite_a_full_one():
    found = run(PLAN + "output(barsOf(input));", np.array([0.0, 0.5, math.inf, math.nan, 0.0]))
    assert found["zeros"] == 2
    assert [box[3] for box in found["boxes"]][1] == 5.0
    assert len(found["boxes"]) == 2


NETWORK = """
const planOf = ({ above, states, asked, isReverse, count, from = 0 }) => {
  const way = { above, states };
  const axis = barAxis([...above, ...[...states.values()].flatMap((s) => [...s])]);
  const network = { states: [...states.keys()], colour: (s) => s, label: (t) => String(t),
    asked, way, isReverse, axis };
  const { backward, back } = networkPlan(network, columns(count, from));
  const ways = backward.filter((mark) => mark.kind === "line")
    .map(({ name, runs, alpha }) => ({ name, alpha, runs: runs.map((r) => Float64Array.from(r)) }));
  return { ways, losses: back.filter((m) => m.name === "loss").map((m) => m.points.length / 2) };
};
"""


@pytest.mark.parametrize("is_reverse", [False, True])
def test_a_way_is_drawn_where_a_gradient_goes_and_nowhere_else(is_reverse):
    """From the cell that reads a state to the one that gave it; from above into the cell."""
    count = 5
    h = np.array([0.1, 0.0, 0.3, 0.4, 0.0]) if not is_reverse else np.array([0.0, 0.4, 0, 0.2, 0.1])
    above = np.array([0.0, 0.0, 0.0, 0.0, 1.0])
    asked = {"above": above, "states": {"h": h}, "asked": [4], "isReverse": is_reverse}
    source = "input.states = new Map(Object.entries(input.states)); output(planOf(input));"
    found = run(PLAN + NETWORK + source, asked | {"count": count})
    runs = [r for way in found["ways"] if way["name"] == "way of h" for r in way["runs"]]
    width = 600 / count
    givers = sorted(int(run[2] // width) for run in runs)  # the tip stands in the giver's column
    assert givers == np.flatnonzero(h).tolist()
    assert all((run[0] > run[2]) != is_reverse for run in runs)
    (down,) = [r for way in found["ways"] if way["name"] == "way of above" for r in way["runs"]]
    assert down[0] == down[2] == pytest.approx(4.5 * width)
    assert found["losses"] == [1]


MOMENTS = """
import { momentAt, momentsOf, placeAt, reached } from "./stepper/unrolled/passes.js";
const all = (T, isReverse) => Array.from({ length: momentsOf(T) }, (_, moment) => {
  const place = placeAt(moment, T, isReverse);
  return { place, again: momentAt(place, T, isReverse), reached: reached(place, T, isReverse) };
});
"""


@pytest.mark.parametrize("is_reverse", [False, True])
@pytest.mark.parametrize("T", [1, 2, 7])
def test_the_passes_go_over_every_step_once_there_and_once_back(T, is_reverse):
    moments = run(MOMENTS + "output(all(...input));", [T, is_reverse])
    order = list(range(T))[:: -1 if is_reverse else 1]
    assert [m["place"]["step"] for m in moments] == order + order[::-1]
    assert [m["place"]["pass"] for m in moments] == (
        ["forward"] * T + ["backward"] * (T - 1) + [None]
    )
    assert [m["again"] for m in moments] == list(range(2 * T))
    seen = [(m["reached"]["forward"], m["reached"]["backward"]) for m in moments]
    sizes = [(f[1] - f[0], b[1] - b[0]) for f, b in seen]
    assert sizes == [(k + 1, 0) for k in range(T)] + [(T, k + 1) for k in range(T)]


WORDS = """
import { passInWords } from "./stepper/unrolled/unrolled_words.js";
const told = (place, norms, more = {}) => passInWords({ place, norms: new Map([["h", norms]]),
  T: norms.length, isReverse: false, reads: "B", loss: 0.5, ...more });
"""


@pytest.mark.parametrize(
    ("place", "norms", "words"),
    [
        (
            {"step": 1, "pass": "backward"},
            [0.1, 0.2, 0.4],
            "Backward, at step 2: |dL/dh| = 0.20, 0.50 times that of step 3.",
        ),
        (
            {"step": 2, "pass": "backward"},
            [0.1, 0.2, 0.4],
            "Backward from L = 0.50, at step 3: |dL/dh| = 0.40.",
        ),
        (
            {"step": 1, "pass": "backward"},
            [0.1, 0.2, 0.0],
            "Backward, at step 2: |dL/dh| = 0.20.",
        ),
        (
            {"step": 1, "pass": "backward"},
            [0.0, 0.0, 0.4],
            "Backward, at step 2: |dL/dh| is exactly 0.",
        ),
        (
            {"step": 0, "pass": None},
            [0.1, 0.2, 0.4],
            "|dL/dh| is 0.40 at step 3 and 0.10 at step 1, 0.25 times as large.",
        ),
        (
            {"step": 0, "pass": None},
            [0.0, 0.2, 0.0],
            "|dL/dh| is 0.20 at step 2 and exactly 0 at step 1.",
        ),
        ({"step": 0, "pass": None}, [0.0, 0.0], "|dL/dh| is exactly 0 at every step."),
        (
            {"step": 0, "pass": None},
            [math.inf, 1.0],
            "|dL/dh| is 1.00 at step 2 and ∞ at step 1.",
        ),
        (
            {"step": 0, "pass": "forward"},
            [0.1, 0.2],
            "Forward: step 1 of 2 reads B and the initial state.",
        ),
        (
            {"step": 1, "pass": "forward"},
            [0.1, 0.2],
            "Forward: step 2 of 2 reads B and the state of the step before.",
        ),
    ],
)
def test_the_sentence_is_of_the_numbers(place, norms, words):
    assert run(WORDS + "output(told(...input));", [place, np.array(norms)]) == words
