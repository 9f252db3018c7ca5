"""Every sentence of the Gradients page that claims something is true at every setting that a link
can reach: each is read back and compared with the engine."""

import random
import re
from dataclasses import asdict

import numpy as np
import pytest

from rnnviz.cells import OWN
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import CELLS, KNOBS, PLAIN, Setup
from rnnviz.gradients.waterfall import waterfall
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.gradients.payload import gradients_payload
from tests.javascript import run
from tests.web.gradients.claims import case_of, holds

SENTENCES = """
import { createSetup } from "./gradients/setup.js";
import * as lab from "./gradients/measure.js";
import { cutWords, earlyWords, sharesWords } from "./gradients/credit_words.js";
import { GUESSES, outcomeWords } from "./gradients/question_words.js";
import { outcomeAt } from "./gradients/question_view.js";
import { chosenCurve, titleOf } from "./gradients/series.js";
import { matrixWords } from "./gradients/spectra_words.js";
import { unitWords, whyWords } from "./gradients/why_words.js";
import { boundWords, trouble } from "./gradients/words.js";
import { lookup } from "./maths/lookup.js";
import { unpack } from "./maths/payload.js";
import { niceCeiling } from "./drawing/colours.js";
import { largestSize } from "./drawing/scales.js";

const payload = unpack(input.payload);
const { header } = payload;
const { knobs } = input;
const setup = createSetup(payload);
const said = [];
const say = (cell, texts, at = null, state = "h") => {
  for (const text of texts.filter(Boolean)) said.push({ cell, text, at, state });
};
const asked = { ...knobs, length: Math.max(knobs.length, 10) };
for (const [guess, shown] of GUESSES) {
  const { verdict, reasons } = outcomeWords(guess, outcomeAt(payload, asked, knobs), asked);
  say("asked", [...verdict, ...reasons], shown);
}
for (const name of input.cells) {
  const ran = setup.run(name, knobs);
  const found = lab.measureInDetail(ran);
  const { plain } = ran.layer;
  const U = plain && ran.run.params.get(plain.matrix);
  const limits = U ? lab.boundOf(ran.run, ran.layer, found, lab.largestSingular(U)) : null;
  say(name, [boundWords(limits && { ...limits, name }, header, { ...knobs, cells: [name] })]);
  for (const state of ["h", "long"])
    say(name, [trouble(titleOf(name, knobs), chosenCurve(found, state))], null, state);
  say(name, whyWords(found, knobs, ran.run));
  say(name, [0, found.hidden - 1].map((unit) => unitWords(found, unit)));
  say(name, [earlyWords(found)]);
  for (const t of new Set([0, found.T >> 1, found.T - 1])) {
    say(name, [cutWords(t, lab.cutAt(ran, found, t))], t);
    say(name, [sharesWords(found, t)], t);
  }
  if (!input.withMatrix) continue;
  const steps = lab.chain(ran.run);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const states = ran.run.states.map((one) => one.name);
  const limit = niceCeiling(largestSize(step.value.matrices[found.T >> 1]));
  say(name, [matrixWords({ ...step.value, T: found.T, states }, found.T >> 1, limit)]);
}
output(said);
"""
EXPLODING = "h = exp(W @ x) * h_prev + exp(U @ h_prev) + b"
OWN_TEXTS = {
    "explodes": EXPLODING,
    "squares": "h = h_prev * h_prev + W @ x + U @ h_prev",
    "is nothing": "c = 0 * c_prev + W @ x\nh = 0 * tanh(c)",
    "has a slope of a quarter": "h = sigmoid(W @ x + U @ h_prev)",
    "negative factors": "h = W @ x - 0.5 * h_prev + tanh(U @ h_prev)",
}
ENDS = [
    (name, end)
    for name in ("length", "scale", "forget_bias", "input_scale", "hidden")
    for end in (KNOBS[name].kind.low, KNOBS[name].kind.high)
] + [("activation", one) for one in KNOBS["activation"].kind.keys]


def sentences(setup, cells, *, with_matrix=False):
    shown = scene(StepSettings(weights="fresh", sequence="marked recall", hidden=4))
    payload = gradients_payload(setup, setup.seed, shown, own=setup.equations)
    message = {
        "payload": payload, "knobs": asdict(setup), "cells": cells, "withMatrix": with_matrix
    }  # fmt: skip
    return run(SENTENCES, message, seconds=120)


def check(setup, cells, **also):
    """Every sentence is true; how many there were."""
    asked = Setup(**{**asdict(setup), "length": max(setup.length, 10), "loss": "last"})
    said = sentences(setup, cells, **also)
    cases = {}
    with np.errstate(all="ignore"):
        for one in said:
            cell, state = one["cell"], one["state"]
            if (cell, state) not in cases:
                of = (asked, PLAIN) if cell == "asked" else (setup, cell)
                cases[cell, state] = case_of(*of, state=state)
            case = cases[cell, state]._replace(at=one["at"])
            assert holds(one["text"], case), (cell, one["text"])
    return len(said)


@pytest.mark.parametrize("loss", ["last", "every", "one"])
@pytest.mark.parametrize(("knob", "end"), ENDS)
def test_at_the_ends_of_every_knob(knob, end, loss):
    middle = {"length": 30, "hidden": 8, "step": 12, "loss": loss}
    setup = Setup(**{**middle, knob: end})
    assert check(setup, [PLAIN, "LSTM", "GRU (PyTorch)"], with_matrix=end != 200) > 20


def drawn(seed):
    """Any setting that a link can say."""
    dice = random.Random(seed)
    chosen = {
        name: dice.choice([kind.low, kind.high, round(dice.uniform(kind.low, kind.high), 2)])
        for name in ("scale", "forget_bias", "input_scale")
        if (kind := KNOBS[name].kind)
    }
    return Setup(
        **chosen,
        length=dice.choice([1, 2, 3, 45, 120]),
        hidden=dice.choice([1, 2, 7, 24]),
        activation=dice.choice(KNOBS["activation"].kind.keys),
        loss=dice.choice(KNOBS["loss"].kind.keys),
        step=dice.choice([1, 2, 20, 200]),
        seed=dice.randrange(9999),
    )


@pytest.mark.parametrize("seed", range(24))
def test_at_settings_drawn_by_chance(seed):
    dice = random.Random(seed)
    check(drawn(seed), [PLAIN, *dice.sample(list(CELLS), 3)], with_matrix=True)


@pytest.mark.parametrize("own", OWN_TEXTS)
@pytest.mark.parametrize(
    "knobs", [{}, {"length": 150, "scale": 3.0, "input_scale": 5.0}, {"scale": 0.0}]
)
def test_of_a_cell_of_ones_own_that_explodes_or_is_nothing(own, knobs):
    settings = {"length": 20, "hidden": 3, "seed": 1, **knobs}
    setup = Setup(cells=(OWN,), equations=OWN_TEXTS[own], **settings)
    check(setup, [OWN])


def test_the_links_of_the_faults():
    """Where sentences were false: each is true now."""
    for link in (
        {"scale": 0.0},
        {"scale": 3.0},
        {"activation": "identity"},
        {"activation": "relu", "scale": 3.0, "length": 200, "hidden": 32},
        {"length": 45, "loss": "one", "step": 20, "scale": 2.0},
        {"length": 30, "loss": "every", "forget_bias": 3.0},
        {"length": 200, "scale": 3.0, "hidden": 32},
    ):
        check(Setup(**link), [PLAIN, "LSTM", "Peephole LSTM", "CIFG"])


def ratio(name, **knobs):
    setup = Setup(**knobs)
    found = curves(measure(setup.network(name), setup.x, setup.judge))
    return found["h"].log10_ratio


def test_what_contradicts_the_textbook_does():
    """Each finding is read back: about the knobs as they begin, and the seeds 0 to 9."""
    source = 'import { FINDINGS } from "./gradients/findings.js"; output(FINDINGS);'
    gates, scale, bias = run(source, None)
    ((keeps, lost),) = re.findall(
        r"^As the knobs begin, the gradients of LSTM and GRU vanish too: at bias 1 the gate that "
        r"keeps is near ([\d.]+), so about (\d+) % is lost at every step back\.", gates,
    )  # fmt: skip
    for name in ("LSTM", "GRU (PyTorch)"):
        assert ratio(name) < -3
        setup = Setup()
        factors = waterfall(measure(setup.network(name), setup.x, setup.judge)).factors
        typical = np.exp(np.log(factors).mean())
        assert typical == pytest.approx(float(keeps), abs=0.03)
        assert 100 * (1 - typical) == pytest.approx(float(lost), abs=3)
    assert "scale 1 still vanishes" in scale
    assert all(ratio(PLAIN, seed=seed) < -3 for seed in range(10))
    ((lose, gain),) = re.findall(
        r"of seeds 0 to 9, (\w+) lose gradient on the way back and (\w+) gain some\.$", scale
    )
    gains = [ratio(PLAIN, scale=2.0, seed=seed) for seed in range(10)]
    told = [COUNTS.index(one) for one in (lose, gain)]
    assert [sum(one < 0 for one in gains), sum(one > 0 for one in gains)] == told
    assert bias == (
        "As the knobs begin, the bias of the gate moves the LSTM's curve by more decades than the "
        "recurrent scale does: try −5 and 5, then 0.5 and 3."
    )
    by_bias = ratio("LSTM", forget_bias=5.0) - ratio("LSTM", forget_bias=-5.0)
    by_scale = ratio("LSTM", scale=3.0) - ratio("LSTM", scale=0.5)
    assert by_bias > by_scale > 0


COUNTS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize("scale", [0.5, 0.9, 1.0, 1.2, 2.0, 3.0])
def test_scale_to_the_power_of_the_steps_is_the_law_of_the_linear_network(scale):
    for seed in range(5):
        setup = Setup(activation="identity", scale=scale, length=200, seed=seed)
        total = curves(measure(setup.network(PLAIN), setup.x, setup.judge))["h"].total
        per_step = (np.log10(total[20]) - np.log10(total[120])) / 100
        assert per_step == pytest.approx(np.log10(scale), abs=0.02)
