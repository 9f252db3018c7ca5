"""The answer in words says what the numbers say: the likeliest output, its target, what it was."""

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY
from tests.javascript import run
from tests.web.stepper.networks import example

ANSWER = """
import { answerAt, askedSteps, sentenceOf } from "./stepper/answer.js";
import { argmax } from "./maths/effect.js";
"""

SAID = (
    ANSWER
    + """
const { kind, in_order } = input;
const readout = { kind, in_order, labels: ["a", "b", "c"].slice(0, input.answer.live.length) };
output(sentenceOf(readout, input.answer));
"""
)


def said(kind, live, ghost=None, *, target=None, in_order=False):
    answer = {
        "live": np.array(live),
        "ghost": np.array(live if ghost is None else ghost),
        "targets": np.array(target or [0.0] * len(live)),
        "isAsked": target is not None,
    }
    return run(SAID, {"kind": kind, "in_order": in_order, "answer": answer})


@pytest.mark.parametrize(
    ("live", "ghost", "target", "sentence"),
    [
        ([0.2, 0.7, 0.1], None, None, "b 70%"),
        ([0.2, 0.7, 0.1], None, [0.0, 0.0, 1.0], "b 70% (target c)"),
        ([0.2, 0.7, 0.1], [0.2, 0.7, 0.1], None, "b 70%"),
        ([0.2, 0.7, 0.1], [0.2, 0.704, 0.1], None, "b 70%"),
        ([0.2, 0.7, 0.1], [0.3, 0.6, 0.1], None, "b 70% (was b 60%)"),
        ([0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [1.0, 0.0, 0.0], "b 70% (target a, was a 50%)"),
        ([0.449, 0.451, 0.1], [0.451, 0.449, 0.1], None, "b 45% (was a 45%)"),
        ([np.nan] * 3, None, [1.0, 0.0, 0.0], "not a number (target a)"),
    ],
)
def test_of_a_softmax_the_likeliest_output_is_told(live, ghost, target, sentence):
    assert said("softmax", live, ghost, target=target) == sentence


@pytest.mark.parametrize(
    ("live", "ghost", "target", "sentence"),
    [
        ([0.5], None, None, "0.50"),
        ([0.5], None, [-1.0], "0.50 (target −1.00)"),
        ([0.5], [0.25], None, "0.50 (was 0.25)"),
        ([0.5, 2.0, -3.0], None, None, "b: 2.00"),
        ([0.5, 2.0, -3.0], None, [1.0, 0.0, 0.0], "b: 2.00"),
        ([0.5, 2.0, -3.0], [4.0, 2.0, -3.0], None, "b: 2.00 (was a: 4.00)"),
        ([0.5, 2.0, -3.0], [0.5, 2.0, -1.0], None, "b: 2.00"),
    ],
)
def test_of_a_linear_readout_the_number_is_told(live, ghost, target, sentence):
    assert said("linear", live, ghost, target=target) == sentence


@pytest.mark.parametrize("numbers", [[1.0, 3.0, 2.0], [np.nan, -1.0, -2.0], [2.0, 2.0], [np.nan]])
def test_the_largest_is_the_first_that_is_a_number(numbers):
    found = run(ANSWER + "output(argmax(input));", np.array(numbers))
    assert found == (0 if np.isnan(numbers).all() else np.nanargmax(numbers))


STEPS = (
    ANSWER
    + """
import { createModel } from "./stepper/model.js";
import { unpack } from "./maths/payload.js";
const payload = unpack(input.payload), model = createModel(payload, 0);
output({ steps: askedSteps(payload.header), prediction: model.live.prediction,
  answers: Array.from({ length: model.T }, (_, t) => answerAt(payload.header, model, t)) });
"""
)


def test_each_step_has_its_own_answer():
    made = example(GALLERY["LSTM"], outputs=3, loss="cross entropy", steps=(1, 4))
    told = run(STEPS, made.message)
    probabilities = torch.softmax(torch.tensor(told["prediction"]).reshape(-1, 3), dim=1)
    assert told["steps"] == [1, 4]
    assert [one["isAsked"] for one in told["answers"]] == [False, True, False, False, True]
    for one, expected in zip(told["answers"], probabilities, strict=True):
        np.testing.assert_allclose(one["live"], expected, rtol=1e-12)


def test_a_loss_without_targets_asks_for_nothing():
    told = run(STEPS, example(GALLERY["LSTM"], outputs=3, loss="sum", steps=(1, 4)).message)
    assert told["steps"] == []
    assert not any(one["isAsked"] for one in told["answers"])


OUTPUTS = (
    ANSWER.replace("askedSteps, ", "askedSteps, shownOutputs, ")
    + """
const labels = Array.from(input.live, (_, k) => `${k}`);
output(shownOutputs({ kind: input.kind, labels, in_order: input.in_order }, input));
"""
)


def outputs(kind, live, target=None, *, in_order=False):
    targets = np.eye(len(live))[target or 0]
    answer = {"live": np.array(live), "targets": targets, "isAsked": target is not None}
    return run(OUTPUTS, {"kind": kind, "in_order": in_order, **answer})


def test_of_many_outputs_the_five_likeliest_are_shown_and_the_target():
    live = np.random.default_rng(0).permutation(25) / 300
    best = np.argsort(-live)[:5].tolist()
    worst = int(live.argmin())
    assert outputs("softmax", live) == best
    assert outputs("softmax", live, worst) == [*best, worst]
    assert outputs("softmax", live, best[3]) == best


def test_few_outputs_are_all_shown_in_their_places():
    assert outputs("softmax", [0.1, 0.9]) == [0, 1]
    assert outputs("softmax", np.arange(8.0) / 28) == [*range(8)]
    assert outputs("linear", [3.0, -1.0, 2.0, 0.0, 1.0]) == [*range(5)]


def test_of_many_numbers_the_five_largest_are_shown():
    assert outputs("linear", np.arange(20.0) - 30) == [19, 18, 17, 16, 15]
    assert outputs("linear", [np.nan, *range(5), -9.0], 6) == [5, 4, 3, 2, 1]


def test_what_stands_in_order_is_shown_from_the_first_on():
    assert outputs("linear", np.arange(20.0), in_order=True) == [*range(5)]
    assert outputs("linear", np.arange(3.0), in_order=True) == [*range(3)]
    for target, words in (([7.0, 8.0, 9.0], "a: 1.00 (target 7.00)"), (None, "a: 1.00")):
        numbers = [1.0, 5.0, 3.0]
        assert said("linear", numbers, numbers, target=target, in_order=True) == words


def test_what_is_no_number_comes_last():
    assert outputs("softmax", [np.nan] * 4 + [0.1] * 6)[:5] == [4, 5, 6, 7, 8]
