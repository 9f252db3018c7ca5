"""A stage is one file and its rules: a fixed linear map, added here, is run, trained and exported.

What stands here before the tests is all that such a stage takes: the stage itself, and one rule
for each reader.
"""

import importlib
import inspect
import pkgutil
import runpy
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pytest
import torch

from rnnviz import network as package
from rnnviz import trace, training
from rnnviz.cells import GALLERY
from rnnviz.interop import programs
from rnnviz.interop.modules import autograd
from rnnviz.interop.modules.conversion import to_torch
from rnnviz.interop.programs import stages as written_stages
from rnnviz.interop.saving import packed
from rnnviz.network.dropout import between_layers
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.pooling import Pooling
from rnnviz.training.loop import loop
from rnnviz.web import stages
from rnnviz.web.step.recorded import recorded_payload
from tests.javascript import run

READERS = {"torch": autograd.RULES, "programs": written_stages.WRITTEN, "browser": stages.RULES}


@dataclass(frozen=True, eq=False)
class FixedMap:
    """y = matrix @ x at every step, nothing in it to be learnt."""

    full_name = "maps.{}"
    matrix: np.ndarray
    parameters = {}  # noqa: RUF012

    @property
    def outputs(self):
        return self.matrix.shape[0]

    @property
    def inputs(self):
        return self.matrix.shape[1]

    def replaced(self, parameters):
        return self

    def forward(self, x, name, how):
        return Mapped(self.matrix, x @ self.matrix.T)


@dataclass(frozen=True, eq=False)
class Mapped:
    matrix: np.ndarray
    output: np.ndarray

    def backward(self, doutput):
        return Pulled(doutput @ self.matrix)


@dataclass(frozen=True, eq=False)
class Pulled:
    x: np.ndarray
    parameters = {}  # noqa: RUF012


def in_torch(stage, params, x):
    return x @ torch.tensor(stage.matrix).T


def in_a_program(stage, name, library):
    return written_stages.Written("", f"x @ numbers({stage.matrix.tolist()}).T")


def in_the_browser(stage, directions):
    return [{"kind": "map", "matrix": stage.matrix.tolist()}]


IN_JAVASCRIPT = """
import { STAGES } from "./maths/stages.js";
const times = (matrix, x, into) => into.set(Float64Array.from(into, (_, k) => {
  const row = matrix[k % matrix.length], t = Math.floor(k / matrix.length);
  return row.reduce((sum, weight, j) => sum + weight * x[t * row.length + j], 0);
}));
STAGES.set("map", ({ T }, { matrix }, inputs) => {
  const transposed = matrix[0].map((_, j) => matrix.map((row) => row[j]));
  const output = new Float64Array(T * matrix.length), dinput = new Float64Array(T * inputs);
  const forward = (input) => times(matrix, input, output);
  const backward = (gradient) => times(transposed, gradient, dinput);
  return { outputs: matrix.length, output, dinput, forward, backward };
});
"""


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    """The rules, beside those of the other stages."""
    with_map = zip(READERS.values(), (in_torch, in_a_program, in_the_browser), strict=True)
    tables = [{**rules, FixedMap: rule} for rules, rule in with_map]
    monkeypatch.setattr(autograd, "RULES", tables[0])
    monkeypatch.setattr(written_stages, "WRITTEN", tables[1])
    monkeypatch.setattr(stages, "RULES", tables[2])


RNG = np.random.default_rng(5)
FIRST, SECOND = RNG.normal(size=(3, 8)), RNG.normal(size=(4, 5))
X = RNG.normal(size=(7, 2, 3))


def network():
    """Two LSTMs, the lower one in both directions, and a map above each."""
    lower = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=4, bidirectional=True, seed=1)
    upper = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=5, seed=2)
    top = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=4, outputs=2, seed=3).readout
    return Network((*lower.body, FixedMap(FIRST), *upper.body, FixedMap(SECOND)), top)


def own_stages():
    """Every class of the network's modules that is a stage."""
    modules = pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    classes = {
        one
        for module in modules
        for _, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
    }
    return {one for one in classes if "full_name" in vars(one)}


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_a_rule_for_every_stage(name):
    assert set(READERS[name]) == own_stages()


def test_the_browser_runs_exactly_the_kinds_it_is_told_of():
    sizes = {"inputs": 1, "tokens": 5, "embedding": 3, "hidden": 4, "outputs": 2, "layers": 2}
    several = [
        between_layers(Network.fresh(GALLERY["LSTM"], **sizes, pooling=pooling), 0.5)
        for pooling in get_args(Pooling)
    ]
    assert {type(stage) for one in several for stage in one.stages.values()} == own_stages()
    kinds = {told["kind"] for one in several for told in stages.stages(one)}
    assert kinds == set(
        run('import { STAGES } from "./maths/stages.js"; output([...STAGES.keys()]);')
    )


def test_it_is_traced_and_its_gradients_equal_autograds():
    built, x = network(), torch.tensor(X)
    rec = trace(built, X)
    targets = np.random.default_rng(1).normal(size=(7, 2, 2))
    loss = Loss("squared error", None, targets)
    expected = autograd.gradients(built, X, loss)
    found = rec.backward(loss=loss).parameters
    assert set(found) == set(expected)
    for name, gradient in found.items():
        np.testing.assert_allclose(gradient, expected[name], rtol=1e-10, atol=1e-12)
    lower = to_torch(Network(built.body[:1]))
    upper = to_torch(Network(built.body[2:3]))
    by_torch = upper(lower(x)[0] @ torch.tensor(FIRST).T)[0] @ torch.tensor(SECOND).T
    by_torch = by_torch.detach().numpy()
    np.testing.assert_allclose(rec.output, by_torch, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(
        rec.prediction, by_torch @ built.readout.W.T + built.readout.b, rtol=1e-10
    )


def test_with_a_rotation_below_the_readout_descent_is_that_of_the_turned_readout(monkeypatch):
    """Gradient descent on W where the readout is W Q equals descent on W Q, for orthogonal Q."""
    Q = np.linalg.qr(np.random.default_rng(3).normal(size=(6, 6)))[0]
    knobs = {"task": "adding problem", "length": 6, "hidden": 6, "batch": 4, "layers": 2}
    plain = training.start(**knobs, optimizer="sgd", precision="float64", clip_norm=None)
    turned = {**plain.parameters, "readout.W": plain.parameters["readout.W"] @ Q.T}
    assembled = loop.assembled

    def with_map(knobs, parameters):
        found = assembled(knobs, parameters)
        return Network((*found.body, FixedMap(Q)), found.readout)

    expected = training.advance(plain, 30)
    monkeypatch.setattr(loop, "assembled", with_map)
    begun = type(plain)(plain.knobs, 0, turned, {}, plain.generators)
    found = training.advance(begun, 30)
    np.testing.assert_allclose(found.history["loss"], expected.history["loss"], rtol=1e-9)
    assert np.ptp(expected.history["loss"]) > 0
    for name, array in expected.parameters.items():
        back = found.parameters[name] @ Q if name == "readout.W" else found.parameters[name]
        np.testing.assert_allclose(back, array, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("write", [programs.with_numpy, programs.with_torch])
def test_a_program_with_it_answers_as_the_network(tmp_path, write):
    built = network()
    path = tmp_path / "network.py"
    path.write_text(write(built))
    found = np.asarray(runpy.run_path(str(path))["predict"](X[:, 0]))
    np.testing.assert_allclose(found, trace(built, X[:, 0]).prediction, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("keep", [to_torch, lambda network: packed(network, ".npz")])
def test_what_has_no_place_for_it_says_so(keep):
    with pytest.raises(ValueError, match=r"no place for the stage maps\.0"):
        keep(network())


STEP = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input);
const { prediction, dx, layers } = runNetwork(header, arrays, { item: 1 });
const h = layers.map(({ run }) => run.values.get("h"));
const dW = layers.map(({ gradients }) => gradients.params.get("W_f"));
output({ prediction, dx, h, dW });
"""


def test_it_is_stepped_in_the_browser_and_its_gradients_equal_the_engines():
    payload = recorded_payload(trace(network(), X), title="with maps")
    found = run(IN_JAVASCRIPT + STEP, payload)
    alone = trace(network(), X[:, 1])
    gradients = alone.backward(at=-1)
    np.testing.assert_allclose(found["prediction"], alone.prediction.ravel(), rtol=1e-11)
    np.testing.assert_allclose(found["dx"], gradients.x.ravel(), rtol=1e-9, atol=1e-12)
    for k, (layer, reverse) in enumerate([(0, False), (0, True), (1, False)]):
        h = alone.layer(layer, reverse=reverse)["h"]
        dW = gradients.layer(layer, reverse=reverse).params["W_f"]
        np.testing.assert_allclose(found["h"][k], h.ravel(), rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(found["dW"][k], dW.ravel(), rtol=1e-9, atol=1e-12)
