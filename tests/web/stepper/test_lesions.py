"""The lesion table: each of its numbers is what the engine in Python finds with that one hold."""

import numpy as np
import pytest

from rnnviz import Hold, trace
from rnnviz.cells import MENU
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

LESIONS = """
import { lesioned } from "./maths/lesions.js";
import { unpack } from "./maths/payload.js";
import { countedSteps } from "./stepper/answer.js";
const { header, arrays } = unpack(input.payload);
const T = header.sequence.labels.length;
const what = { item: input.item, layer: input.layer, steps: countedSteps(header, T) };
output([...lesioned(header, arrays, what)]);
"""
SCENES = [
    *({"cell": cell, "hidden": 3, "weights": "fresh"} for cell in MENU),
    {"cell": "LSTM"},
    {"cell": "GRU (PyTorch)"},
    {"sequence": "noisy sine"},
    {"sequence": "text", "text": "mary had"},
    {"layers": 2, "direction": "both", "weights": "fresh", "hidden": 3},
    {"cell": "own", "equations": "k = sigmoid(W @ x + U @ h_prev)\nh = tanh(k * h_prev + V @ x)"},
]


def names_of(cell):
    return (cell.gates, (0, 1)) if cell.gates else (cell.states, (0,))


@pytest.mark.parametrize("item", [0, -1])
@pytest.mark.parametrize("choice", SCENES, ids=lambda one: " ".join(map(str, one.values())))
def test_every_lesion_is_the_engine_s_run_with_one_hold(choice, item):
    shown = scene(StepSettings(**choice))
    item %= shown.reading.batch
    index, (layer, reverse) = last_direction(shown)
    message = {"payload": step_payload(shown), "item": item, "layer": index}
    told = run(LESIONS, message)
    cell, hidden = shown.network.layers[-1].cell, shown.network.layers[-1].hidden
    names, values = names_of(cell)
    wanted = [(n, u, v) for n in names for u in (None, *range(hidden)) for v in values]
    assert [(one["name"], one["unit"], one["value"]) for one in told] == wanted
    x = shown.reading.x[:, item]
    before = recorded(shown, x, item)[0]
    for one in told:
        hold = Hold(one["name"], one["value"], unit=one["unit"], layer=layer, reverse=reverse)
        after, loss = recorded(shown, x, item, hold)
        np.testing.assert_allclose(one["loss"], loss, rtol=1e-12, atol=1e-12)
        if before is None:
            assert one["answer"] is None
            continue
        answer = one["answer"]
        step, output = answer["step"], answer["output"]
        assert answer["before"] == pytest.approx(before[step, output], rel=1e-12, abs=1e-12)
        assert answer["after"] == pytest.approx(after[step, output], rel=1e-12, abs=1e-12)
        if shown.network.readout.kind == "softmax":
            assert output == before[step].argmax()
            assert answer["share"] == pytest.approx(after[step].max(), rel=1e-12, abs=1e-12)
        moved = np.abs(after - before)[counted(shown)]
        if shown.network.readout.kind == "softmax":
            likeliest = before[counted(shown)].argmax(-1)[:, None]
            moved = np.take_along_axis(moved, likeliest, -1)
        assert abs(answer["after"] - answer["before"]) == pytest.approx(moved.max(), abs=1e-12)


def last_direction(shown):
    places = [
        (layer, way == 1)
        for layer, one in enumerate(shown.network.layers)
        for way in range(len(one.directions))
    ]
    return len(places) - 1, places[-1]


def counted(shown):
    return [shown.reading.steps - 1] if shown.asked.kind == "sum" else list(shown.asked.steps)


def recorded(shown, x, item, *holds):
    """(time, outputs): of a softmax the probabilities; and L."""
    recording = trace(shown.network, x, hold=holds)
    targets = None if shown.loss.targets is None else shown.loss.targets[:, item]
    loss = type(shown.loss)(shown.loss.kind, shown.loss.steps, targets)
    numbers = recording.prediction
    if numbers is not None and shown.network.readout.kind == "softmax":
        powers = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
        numbers = powers / powers.sum(axis=-1, keepdims=True)
    return numbers, recording.backward(loss=loss).loss


ORDER = """
import { arrangedBy, ranked } from "./stepper/lesions/lesion_order.js";
const lesion = (name, unit, value, after, loss) =>
  ({ name, unit, value, answer: { step: 0, output: 0, before: 0.5, after }, loss });
const all = [lesion("f", null, 0, 0.1, 9), lesion("f", 0, 0, 0.4, 3), lesion("f", 0, 1, 0.9, 1),
  lesion("i", 1, 0, NaN, NaN), lesion("i", 1, 1, 0.5, 2)];
output(arrangedBy(all, 2, { ...ranked(true), ...input }).map((one) => all.indexOf(one)));
"""


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ({}, [3, 2, 1, 4]),
        ({"isUp": True}, [4, 1, 2, 3]),
        ({"by": "loss"}, [3, 1, 2, 4]),
        ({"by": "held"}, [1, 2, 3, 4]),
        ({"by": "held", "isUp": True}, [4, 3, 2, 1]),
        ({"of": "whole"}, [0]),
        ({"name": "f"}, [2, 1]),
        ({"at": "0"}, [3, 1]),
        ({"name": "f", "at": "1"}, [2]),
    ],
)
def test_lines_are_ranked_and_filtered(order, shown):
    assert run(ORDER, order) == shown
