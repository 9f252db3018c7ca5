"""The curves as CSV: what the chart shows, every digit, steps from 1."""

import csv
import io
from dataclasses import asdict

import numpy as np
import pytest

from rnnviz.gradients.bound import bound
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import Setup
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.gradients.payload import gradients_payload
from tests.javascript import run

FILE = """
import { attended } from "./gradients/attended.js";
import { createSetup } from "./gradients/setup.js";
import { curveFile } from "./gradients/curve_file.js";
import * as lab from "./gradients/measure.js";
import { unpack } from "./maths/payload.js";
const page = unpack(input.payload);
const setup = createSetup(page);
const shown = input.cells.map((name) => {
  const ran = setup.run(name, input.look.knobs);
  const above = input.look.attention ? lab.measure(attended(ran, page.arrays).ran) : null;
  return { name, ran, found: lab.measure(ran), attended: above };
});
const [{ ran, found }] = shown;
const U = ran.run.params.get("U");
const bound = lab.boundOf(ran.run, ran.layer, found, lab.largestSingular(U));
output(curveFile(shown, input.look, bound && { name: input.cells[0], ...bound }));
"""


def table(cells, **look):
    setup = Setup(length=25, hidden=5)
    payload = gradients_payload(setup, 0, scene(StepSettings()))
    looked = {"knobs": asdict(setup), "state": "h", "local": False, "bound": False, **look}
    text = run(FILE, {"payload": payload, "cells": cells, "look": looked})
    head, *lines = csv.reader(io.StringIO(text))
    return setup, head, lines


@pytest.mark.parametrize("state", ["h", "long"])
def test_every_number_is_the_engine_s(state):
    setup, head, lines = table(["RNN", "LSTM"], state=state, local=True, bound=True)
    last = "c" if state == "long" else "h"
    assert head == [
        "step", "RNN (tanh), |dL/dh|", "RNN (tanh), straight from the loss",
        f"LSTM, |dL/d{last}|", "LSTM, straight from the loss",
        "upper bound", "upper bound with this run's slopes",
    ]  # fmt: skip
    found = np.array(lines, float).T
    assert found[0].tolist() == list(range(1, 26))
    rnn, lstm = (measure(setup.network(name), setup.x, setup.judge) for name in ("RNN", "LSTM"))
    limits = bound(rnn)
    of = [curves(rnn)["h"], curves(lstm)[last]]
    expected = [of[0].total, of[0].local, of[1].total, of[1].local, limits.theory, limits.measured]
    np.testing.assert_allclose(found[1:], expected, rtol=1e-9, atol=1e-300)


def test_with_an_attention_above_there_is_a_column_more():
    setup, head, lines = table(["RNN", "LSTM"], attention=True)
    above = [f"{cell}, |dL/dh|, with an attention above" for cell in ("RNN (tanh)", "LSTM")]
    assert [head[2], head[4]] == above
    for column, name in ((2, "RNN"), (4, "LSTM")):
        measured = measure(setup.attended(name), setup.x, setup.judge)
        found = [float(line[column]) for line in lines]
        np.testing.assert_allclose(found, curves(measured)["h"].total, rtol=1e-9)


def test_a_shorter_sequence_stands_at_the_end():
    _, head, lines = table(["RNN", "scene"])
    assert head[2].startswith("the Step page's network")
    column = [line[2] for line in lines]
    assert column[:10] == [""] * 10
    assert all(float(number) >= 0 for number in column[10:])
