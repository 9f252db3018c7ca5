"""What the page sends to the stepper is the scene: JavaScript makes the engine's numbers of it."""

import json

import numpy as np
import pytest

from rnnviz import parse, trace
from rnnviz.cells import ABOUT
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT, StepSettings
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

RUN = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const told = runNetwork(header, arrays, { item: input.item });
output({ output: told.output, prediction: told.prediction, loss: told.loss, dx: told.dx });
"""


def header_of(payload):
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


@pytest.mark.parametrize(
    "choice",
    [
        *({"sequence": name} for name in PRESETS),
        {"cell": "GRU (Cho)", "z": "takes", "loss": "every"},
        {"layers": 2, "direction": "both", "hidden": 3, "loss": "one", "step": 4},
        {"sequence": OWN_NUMBERS, "numbers": "1 2\n3 4\n-1 0.5", "cell": "Peephole LSTM"},
        {"sequence": OWN_TEXT, "text": "Été", "cell": "MGU", "hidden": 2},
        {"cell": OWN_CELL, "equations": "m = 0.9 * m_prev + W @ x\nh = tanh(m)"},
    ],
    ids=lambda choice: " ".join(map(str, choice.values()))[:40],
)
def test_the_browser_computes_what_the_engine_computes(choice):
    shown = scene(StepSettings(**choice))
    item = shown.reading.batch - 1
    told = run(RUN, {"payload": step_payload(shown), "item": item})
    recording = trace(shown.network, shown.reading.x)
    np.testing.assert_allclose(told["output"], recording.output[:, item].ravel(), atol=1e-12)
    if recording.prediction is not None:
        expected = recording.prediction[:, item].ravel()
        np.testing.assert_allclose(told["prediction"], expected, rtol=1e-10, atol=1e-12)
    alone = scene(StepSettings(**choice))
    one = trace(alone.network, alone.reading.x[:, [item]])
    targets = None if alone.asked.kind == "sum" else alone.reading.targets[:, [item]]
    grads = one.backward(loss=type(alone.loss)(alone.asked.kind, alone.asked.steps, targets))
    assert told["loss"] == pytest.approx(grads.loss, rel=1e-9, abs=1e-12)
    np.testing.assert_allclose(told["dx"], grads.x.ravel(), rtol=1e-8, atol=1e-12)


def test_the_same_scene_is_the_same_run_and_any_other_number_another():
    ids = [
        header_of(step_payload(scene(StepSettings(**choice))))["id"]
        for choice in ({}, {}, {"loss": "every"}, {"weights": "fresh"}, {"cell": "MGU"})
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


def test_a_header_names_what_is_shown():
    header = header_of(step_payload(scene(StepSettings(sequence="next character"))))
    assert header["title"] == PRESETS["next character"].title
    assert "".join(header["sequence"]["labels"]).startswith("twinkle␣little␣star⏎how")
    assert header["readout"]["labels"][:3] == ["⏎", "␣", "a"]
    assert header["layers"][0]["parts"]["f"] == {
        "title": "forget gate",
        "role": "forget",
        "symbol": "f_t",
        "purpose": ABOUT["LSTM"].parts["f"].purpose,
        "does": "1 keeps all",
        "term": "forget-gate",
    }
    assert header["loss"]["text"] == "L is the cross entropy of its answer averaged over all steps."


def test_the_parts_of_a_written_cell_go_by_their_own_names_and_places():
    text = "k = sigmoid(W_k @ x)\nh = k * h_prev + (1 - k) * tanh(W @ x)"
    shown = scene(StepSettings(cell=OWN_CELL, equations=text))
    parts = header_of(step_payload(shown))["layers"][0]["parts"]
    assert {name: part["title"] for name, part in parts.items()} == {"k": "k", "h": "h"}
    assert parts["k"]["role"] == "forget"
    assert set(parts) == set(parse(text).names)


@pytest.mark.parametrize(
    ("settings", "labels"),
    [
        ({"sequence": OWN_TEXT}, ["⏎", "␣", "a", "b"]),
        ({"sequence": OWN_NUMBERS}, ["next value"]),
        ({"sequence": OWN_NUMBERS, "numbers": "0 1\n1 0\n0 1"}, ["sum"]),
    ],
)
def test_what_a_network_answers_is_called_by_what_it_learnt(settings, labels):
    header = header_of(step_payload(scene(StepSettings(**settings))))
    assert header["readout"]["labels"][:4] == labels
