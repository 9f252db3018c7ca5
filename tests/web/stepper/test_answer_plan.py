"""How h becomes the answer: products, scores, exponentials and shares are numpy's and torch's."""

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.step.payload import step_payload
from tests.javascript import run
from tests.web.stepper.networks import example

PLAN = """
import { answerPlan, signedBars } from "./stepper/figures/answer_plan.js";
import { createModel } from "./stepper/model.js";
import { unpack } from "./maths/payload.js";
"""
OPENED = (
    PLAN
    + """
const payload = unpack(input.payload), model = createModel(payload, 0);
const plan = answerPlan(payload.header, model, input.step);
output(plan && { ...plan, loss: model.live.loss });
"""
)
SHOWN = [
    StepSettings(),
    StepSettings(sequence="next character"),
    StepSettings(sequence="adding problem"),
    StepSettings(sequence="temporal order", cell="GRU (PyTorch)"),
]


@pytest.mark.parametrize("settings", SHOWN, ids=lambda one: one.sequence)
@pytest.mark.parametrize("step", [0, 7, -1])
def test_products_and_bias_are_the_score_and_shares_are_torchs_softmax(settings, step):
    shown = scene(settings)
    step %= shown.reading.steps
    found = run(OPENED, {"payload": step_payload(shown), "step": step})
    parameters = shown.network.parameters
    W, b = (parameters[f"readout.{name}"].astype(float) for name in "Wb")
    scores = torch.tensor(W @ found["read"] + b)
    for row in found["rows"]:
        np.testing.assert_allclose(row["products"], W[row["k"]] * found["read"], rtol=1e-12)
        assert row["products"].sum() + row["bias"] == pytest.approx(row["score"], rel=1e-9)
        assert row["score"] == pytest.approx(scores[row["k"]].item(), rel=1e-9, abs=1e-12)
        if found["isSoftmax"]:
            assert row["share"] == pytest.approx(torch.softmax(scores, 0)[row["k"]].item())
            assert row["power"] == pytest.approx(np.exp(row["score"] - found["shift"]))
    rest = found["rest"] or {"count": 0, "power": 0.0, "share": 0.0}
    assert len(found["rows"]) + rest["count"] == len(b)
    if found["isSoftmax"]:
        powers = sum(row["power"] for row in found["rows"]) + rest["power"]
        assert powers == pytest.approx(found["sum"])
        assert sum(row["share"] for row in found["rows"]) + rest["share"] == pytest.approx(1.0)
    assert found["isAsked"] == (step in shown.asked.steps)


def test_a_network_without_a_readout_has_none():
    given = example(GALLERY["LSTM"])
    assert run(OPENED, {"payload": given.message["payload"], "step": 0}) is None


def test_bars_go_up_where_numbers_are_positive_and_as_far_as_they_are_large():
    source = """
    const marks = signedBars(input, 4, { width: 40, height: 20 });
    output(marks.filter(({ kind }) => kind === "area")
      .map(({ name, runs }) => [name, runs.map((run) => Float64Array.from(run))]));
    """
    bars = dict(run(PLAN + source, np.array([2.0, -4.0, 0.0, 1.0])))
    ends = {sign: [10 - run[3] for run in runs] for sign, runs in bars.items()}
    assert ends == {"positive": [5.0, 2.5], "negative": [-10.0]}
    assert [run[0] for run in bars["positive"]] == [0.0, 30.0]
    assert [run[0] for run in bars["negative"]] == [10.0]
