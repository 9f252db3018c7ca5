"""What L is, opened: torch's loss, each step's share of it, and where the gradient sets out."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example

OPENED = """
import { explainLoss } from "./maths/loss_reasons.js";
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const network = runNetwork(header, arrays, { item: input.item, holds: new Map(input.holds) });
const isSum = header.loss.kind === "sum";
const scores = isSum ? network.output : (network.prediction ?? network.output);
output({ reason: explainLoss(network), scores, loss: network.loss });
"""


def by_torch(kind, scores, target):
    """The loss of one step, before the mean over the steps."""
    if kind == "sum":
        return scores.sum()
    if kind == "squared error":
        return functional.mse_loss(scores, target)
    return functional.cross_entropy(scores, target)


def opened(kind, *, outputs, steps, seed=0, scale=0.5):
    given = example(
        GALLERY["GRU (PyTorch)"],
        outputs=outputs,
        length=6,
        loss=kind,
        steps=steps,
        seed=seed,
        scale=scale,
    )
    found = run(OPENED, given.message)
    scores = torch.tensor(found["scores"].reshape(6, -1), requires_grad=True)
    targets = torch.tensor(given.arrays["targets"][:, given.item])
    return given.header["loss"]["steps"], scores, targets, found


KINDS = [("sum", 0), ("sum", 3), ("squared error", 1), ("squared error", 4), ("cross entropy", 4)]


@settings(max_examples=20)
@given(
    st.sampled_from(KINDS),
    st.sampled_from([(-1,), (0, 2, 5), (3, 4)]),
    st.integers(0, 50),
    st.sampled_from([0.5, 8.0]),
)
def test_every_number_of_the_loss_is_torchs(what, steps, seed, scale):
    kind, outputs = what
    asked, scores, targets, found = opened(
        kind, outputs=outputs, steps=steps, seed=seed, scale=scale
    )
    mean = 1 if kind == "sum" else len(asked)
    own = [by_torch(kind, scores[t], targets[t]) for t in asked]
    loss = sum(own) / mean
    loss.backward()
    reason = found["reason"]
    assert [step["t"] for step in reason["steps"]] == asked
    assert reason["value"] == found["loss"] == pytest.approx(loss.item(), rel=1e-10)
    np.testing.assert_allclose(
        [step["own"] for step in reason["steps"]], [one.item() for one in own], rtol=1e-10
    )
    assert sum(s["share"] for s in reason["steps"]) == pytest.approx(reason["value"], rel=1e-12)
    for step in reason["steps"]:
        gradient = [one["gradient"] for one in step["outputs"]]
        np.testing.assert_allclose(gradient, scores.grad[step["t"]], rtol=1e-9, atol=1e-14)


def test_of_a_softmax_the_loss_is_told_of_probabilities():
    asked, scores, _targets, found = opened("cross entropy", outputs=4, steps=(-1,))
    (step,) = found["reason"]["steps"]
    np.testing.assert_allclose(
        [one["y"] for one in step["outputs"]],
        torch.softmax(scores[asked[0]], 0).detach(),
        rtol=1e-10,
    )
    (right,) = [one for one in step["outputs"] if one["target"] == 1]
    assert step["own"] == pytest.approx(-np.log(right["y"]))


TOLD = """
import { factorOf, stepTold } from "./stepper/loss_words.js";
output([factorOf(input.kind, input.steps[0])?.k ?? null,
  stepTold({ steps: input.steps }, input.step).t]);
"""


@pytest.mark.parametrize(
    ("kind", "targets", "factor"),
    [
        ("cross entropy", [0, 1, 0], 1),
        ("cross entropy", [0.5, 0.5, 0], None),
        ("cross entropy", [0, 2, 0], None),
        ("squared error", [3.0], 0),
        ("squared error", [3.0, 1.0], None),
        ("sum", [0, 0], None),
    ],
)
def test_a_line_holds_the_arithmetic_of_one_number(kind, targets, factor):
    outputs = [{"k": k, "target": target} for k, target in enumerate(targets)]
    steps = [{"t": 2, "outputs": outputs}, {"t": 4, "outputs": outputs}]
    for step, told in [(2, 2), (4, 4), (0, 4), (3, 4)]:
        assert run(TOLD, {"kind": kind, "steps": steps, "step": step}) == [factor, told]
