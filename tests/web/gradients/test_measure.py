"""The browser's Gradients page computes what rnnviz.gradients does, at every knob."""

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.cells import OWN
from rnnviz.gradients.bound import bound
from rnnviz.gradients.credit import credit
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import CELLS, PLAIN, Setup
from rnnviz.gradients.truncation import all_cuts, compared, shares, truncate
from rnnviz.gradients.waterfall import chain, waterfall
from rnnviz.network.propagation import propagate
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.gradients.payload import gradients_payload
from tests.javascript import run

LAB = """
import { attended } from "./gradients/attended.js";
import { createSetup, SCENE } from "./gradients/setup.js";
import * as lab from "./gradients/measure.js";
import { unpack } from "./maths/payload.js";
const page = unpack(input.payload);
const setup = createSetup(page);
const finished = (steps) => {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};
"""
MEASURE = (
    LAB
    + """
const told = ({ total, local, through, before, drops, float32Zero, condition, log10Ratio }) =>
  ({ total, local, through, before, drops, float32Zero, condition, log10Ratio });
output(input.knobs.map((knobs) => input.cells.map((name) => {
  const ran = setup.run(name, knobs);
  const found = lab.measureInDetail(ran);
  const { direct, total, rest } = found.waterfall.norms;
  const U = ran.layer.plain && ran.run.params.get(ran.layer.plain.matrix);
  const limit = U ? lab.boundOf(ran.run, ran.layer, found, lab.largestSingular(U)) : null;
  return {
    x: ran.run.values.get("x"),
    params: new Map(ran.run.params),
    curves: new Map([...found.curves].map(([state, one]) => [state, told(one)])),
    start: found.start, loss: found.loss, gradientNorm: found.gradientNorm,
    factors: found.waterfall.factors, norms: { direct, total, rest },
    killers: lab.killers(found.waterfall.norms),
    gates: found.credit, flat: found.shares.flat,
    bound: limit,
    cut: lab.cutAt(ran, found, Math.floor(knobs.length / 3)),
    cuts: ran.lossSteps.length > 1 ? null : lab.allCuts(found),
  };
})));
"""
)
OWN_CELLS = {
    "gates": "k = hard_sigmoid(W_k @ x + U_k @ h_prev - b_k)\n"
    "s = k * s_prev + (1 - k) * exp(W @ x)\nh = tanh(s) + 0.5 * h_prev",
    "h is not handed on": "c = sigmoid(W_f @ x + b_f) * c_prev + W @ x\nh = tanh(c)",
    "a bound": "h = relu(W @ x - U @ h_prev + b)",
}
KNOBS = [
    Setup(),
    Setup(length=7, hidden=5, scale=0.4, forget_bias=-1.5, input_scale=2.5, seed=3),
    Setup(length=9, hidden=32, activation="identity", scale=1.1, loss="every"),
    Setup(length=100, hidden=8, activation="relu", scale=1.3, loss="one", step=40),
    Setup(length=1, hidden=1),
    Setup(length=6, hidden=3, scale=0.0),
    *(
        Setup(cells=(OWN,), equations=text, length=12, hidden=4, seed=5, scale=0.9)
        for text in OWN_CELLS.values()
    ),
]


def payload(setup):
    shown = scene(StepSettings(weights="fresh", sequence="marked recall", hidden=4))
    return gradients_payload(setup, setup.seed, shown, own=setup.equations)


WITH_ATTENTION = (
    LAB
    + """
output(input.cells.map((name) => {
  const { ran, weights } = attended(setup.run(name, input.knobs), page.arrays);
  const { curves, start, loss } = lab.measure(ran);
  return { curves, start, loss, weights };
}));
"""
)


@pytest.mark.parametrize("setup", KNOBS[:6], ids=str)
def test_with_an_attention_above_every_curve_is_the_engine_s(setup):
    message = {"payload": payload(setup), "knobs": asdict(setup), "cells": [PLAIN, "LSTM"]}
    for name, told in zip(message["cells"], run(WITH_ATTENTION, message), strict=True):
        measured = measure(setup.attended(name), setup.x, setup.judge)
        run_of_pool = propagate(setup.attended(name), setup.x)
        loss = setup.judge.judge(run_of_pool.output, None).value
        assert told["loss"] == pytest.approx(loss, rel=1e-9, abs=1e-12)
        assert told["start"] == measured.start
        for state, curve in curves(measured).items():
            for part in ("total", "local", "through"):
                shown = told["curves"][state][part]
                np.testing.assert_allclose(shown, getattr(curve, part), rtol=1e-9, atol=1e-300)
        until = propagate(setup.attended(name), setup.x[: measured.start + 1])
        weights = until.stages["attention"].weights[:, 0]
        assert told["weights"]["least"] == pytest.approx(weights.min(), rel=1e-12)
        assert told["weights"]["most"] == pytest.approx(weights.max(), rel=1e-12)


def close(found, expected, tolerance=1e-10):
    """Norms agree relative to the largest of them; those of rounding errors do not count."""
    expected = np.asarray(expected, float).ravel()
    floor = 1e-300 if not expected.size else 1e-14 * np.abs(expected).max(initial=0.0)
    np.testing.assert_allclose(np.asarray(found).ravel(), expected, rtol=tolerance, atol=floor)


@pytest.mark.parametrize("setup", KNOBS, ids=str)
def test_every_quantity_is_the_engine_s(setup):
    names = [PLAIN, *CELLS, *([OWN] if setup.equations else [])]
    message = {"payload": payload(setup), "knobs": [asdict(setup)], "cells": names}
    (found,) = run(MEASURE, message)
    for name, told in zip(names, found, strict=True):
        network = setup.network(name)
        for parameter, array in network.layers[0].params.items():
            assert told["params"][parameter].tolist() == array.ravel().tolist(), parameter
        assert told["x"].tolist() == setup.x.ravel().tolist()
        measured = measure(network, setup.x, setup.judge)
        loss = setup.judge.judge(propagate(network, setup.x).output, None).value
        assert told["loss"] == pytest.approx(loss, rel=1e-9, abs=1e-12)
        agree_on_the_curve(told, measured)
        agree_on_the_reasons(told, measured)
        agree_on_the_credit(told, measured)


def agree_on_the_curve(told, measured):
    assert told["start"] == measured.start
    for state, curve in curves(measured).items():
        shown = told["curves"][state]
        if state == "m":  # an sLSTM's stabiliser changes no answer: what is left is rounding
            assert max(*shown["total"], *curve.total) < 1e-12
            continue
        for part in ("total", "local", "through"):
            np.testing.assert_allclose(shown[part], getattr(curve, part), rtol=1e-9, atol=1e-300)
        assert shown["before"] == pytest.approx(curve.before, rel=1e-9)
        assert tuple(shown["drops"]) == curve.drops
        assert shown["float32Zero"] == curve.float32_zero
        assert shown["condition"] == curve.condition
        approx = pytest.approx(curve.log10_ratio, rel=1e-9, abs=1e-12, nan_ok=True)
        assert shown["log10Ratio"] == approx
    limit = bound(measured)
    assert (told["bound"] is None) == (limit is None)
    if limit:
        assert told["bound"]["factor"] == pytest.approx(limit.factor, rel=1e-12)
        np.testing.assert_allclose(told["bound"]["theory"], limit.theory, rtol=1e-9)
        np.testing.assert_allclose(told["bound"]["measured"], limit.measured, rtol=1e-9)


def agree_on_the_reasons(told, measured):
    of = waterfall(measured)
    np.testing.assert_allclose(told["factors"], of.factors.ravel(), rtol=1e-12, atol=0)
    norms = of.norms()
    for part in ("direct", "total"):
        np.testing.assert_allclose(told["norms"][part], norms[part], rtol=1e-9, atol=1e-300)
    off = np.abs(told["norms"]["rest"] - norms["rest"])  # a difference of the other two
    assert (off <= 1e-10 * norms["rest"] + 1e-13 * norms["total"]).all()
    for part, expected in of.killers().items():
        shown = told["killers"][part]
        assert (shown and shown["step"]) == (expected and expected.step)
        assert (shown and shown["factor"]) == (expected and pytest.approx(expected.factor, 1e-9))


def agree_on_the_credit(told, measured):
    of = credit(measured)
    assert list(told["gates"]) == list(of.gates)
    for k, shown in enumerate(told["gates"].values()):
        close(shown["norms"], of.shares[:, k], 1e-9)
        assert shown["gradient"] == pytest.approx(of.gradient[k], rel=1e-9)
    time = len(measured.x)
    flat = np.concatenate(
        [s.reshape(time, -1) for s in shares(measured, measured.steps).values()], axis=1
    )
    assert told["gradientNorm"] == pytest.approx(np.linalg.norm(flat.sum(0)), rel=1e-9)
    close(told["flat"], flat)
    same_cut(told["cut"], truncate(measured, time // 3).total)
    if told["cuts"]:
        every = all_cuts(measured)
        close([cut["lost"] for cut in told["cuts"]], every.lost, 1e-9)
        shown = np.array([cut["angle"] for cut in told["cuts"]])
        np.testing.assert_allclose(shown, every.angle, rtol=1e-7, atol=1e-6)


def same_cut(shown, expected):
    for part in ("full", "truncated"):
        assert shown[part] == pytest.approx(getattr(expected, part), rel=1e-9)
    assert shown["lost"] == pytest.approx(expected.lost, rel=1e-9, abs=1e-16 * expected.full)
    assert shown["angle"] == pytest.approx(expected.angle, rel=1e-7, abs=1e-6, nan_ok=True)


CHAIN = (
    LAB
    + """
const ran = setup.run(input.cell, input.knobs);
const { matrices, singular, log10Products } = finished(lab.chain(ran.run));
output({ matrices, singular, log10Products });
"""
)


@pytest.mark.parametrize("cell", ["RNN", "LSTM", "GRU (PyTorch)", "MGU"])
def test_jacobians_and_spectra_are_the_engine_s(cell):
    setup = Setup(length=12, hidden=6)
    message = {"payload": payload(setup), "knobs": asdict(setup), "cell": cell}
    found = run(CHAIN, message)
    of = chain(measure(setup.network(cell), setup.x, setup.judge))
    np.testing.assert_allclose(
        np.ravel(found["matrices"]), of.matrices.ravel(), rtol=1e-11, atol=1e-15
    )
    np.testing.assert_allclose(found["singular"], of.singular, rtol=1e-11, atol=1e-14)
    top = of.log10_products[:, 0]
    shown = np.array(found["log10Products"])
    np.testing.assert_allclose(shown[:, 0], top, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(
        10 ** (shown - top[:, None]), 10 ** (of.log10_products - top[:, None]), atol=1e-11
    )


def test_the_step_page_s_network_is_measured_as_it_was_there():
    shown = scene(StepSettings(cell="GRU (PyTorch)"))
    bytes_ = gradients_payload(Setup(), 0, shown)
    source = LAB + (
        "const found = lab.measure(setup.run(SCENE, null));"
        "output({ total: found.curves.get('h').total, local: found.curves.get('h').local,"
        "  loss: found.loss })"
    )
    found = run(source, {"payload": bytes_})
    alone = shown.reading.x[:, :1]
    loss = shown.loss
    if loss.targets is not None:
        loss = type(loss)(loss.kind, loss.steps, loss.targets[:, :1])
    ran = propagate(shown.network, alone)
    judged = loss.judge(ran.output, ran.prediction)
    assert found["loss"] == pytest.approx(judged.value, rel=1e-9)
    curve = curves(measure(shown.network, alone, loss))["h"]
    np.testing.assert_allclose(found["total"], curve.total, rtol=1e-9)
    np.testing.assert_allclose(found["local"], curve.local, rtol=1e-9, atol=1e-300)


def test_compared_has_no_angle_where_a_gradient_is_nothing():
    assert np.isnan(compared(np.zeros(3), np.ones(3)).angle)


@given(st.lists(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0]), min_size=2), min_size=20))
@settings(max_examples=10)
def test_the_killer_is_the_smallest_factor_and_of_equal_ones_the_first_going_left(norms):
    source = """
    import { killer } from "./maths/gradient_paths.js";
    output(input.map((norms) => killer(norms)?.step ?? -1));
    """
    for one, step in zip(norms, run(source, norms), strict=True):
        factors = {t: one[t] / one[t + 1] for t in range(len(one) - 1) if one[t + 1] > 0}
        least = min(factors.values(), default=None)
        assert step == max((t for t, factor in factors.items() if factor == least), default=-1)
