"""The table that the page gives: what the engine computes, with what is held and dragged."""

import csv
import io

import numpy as np
import pytest

import rnnviz
from rnnviz import Hold
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.step.payload import step_payload
from tests.javascript import run

SOURCE = """
import { createModel } from "./stepper/model.js";
import { changedRun } from "./stepper/changes/changed_run.js";
import { tableOf } from "./stepper/table_file.js";
import { unpack } from "./maths/payload.js";
const model = createModel(unpack(input.payload), 0);
output(tableOf(model.header, (item) => changedRun(model, item, input.changes)));
"""
SHOWN = scene(StepSettings(cell="LSTM", weights="fresh", hidden=3))
HELD = {"kind": "hold", "layer": 0, "name": "f", "unit": 1, "from": 3, "to": 6, "value": 0.25}
SWAP = {"kind": "input", "item": 1, "step": 2, "input": 0, "value": -0.5}


def table(scene_, changes):
    text = run(SOURCE, {"payload": step_payload(scene_), "changes": changes})
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("changes", [[], [HELD], [HELD, SWAP]])
def test_every_value_is_the_engine_s_steps_and_units_from_one(changes):
    x = SHOWN.reading.x.copy()
    if SWAP in changes:
        x[2, 1, 0] = -0.5
    holds = [Hold("f", 0.25, steps=range(3, 6), unit=1)] if changes else []
    recording = rnnviz.trace(SHOWN.network, x, hold=holds)
    rows = table(SHOWN, changes)
    assert len(rows) == x.shape[0] * x.shape[1]
    for row in rows:
        item, step = int(row["sequence"]) - 1, int(row["step"]) - 1
        for name in recording.names:
            told = [float(row[f"{name}[{unit + 1}]"]) for unit in range(3)]
            np.testing.assert_allclose(told, recording[name][step, item], rtol=1e-12, atol=1e-15)
        assert float(row["x[1]"]) == x[step, item, 0]
    assert (rows[4]["f[2]"] == "0.25") == bool(changes)


def test_layers_and_directions_are_told_apart():
    shown = scene(StepSettings(weights="fresh", hidden=2, layers=2, direction="both"))
    row = table(shown, [])[0]
    x = shown.reading.x
    expected = rnnviz.trace(shown.network, x).layer(1, reverse=True)["h"][0, 0, 1]
    assert float(row["layer 2 backward h[2]"]) == pytest.approx(expected, rel=1e-12)
