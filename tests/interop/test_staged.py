"""Networks with more than layers and a readout, as torch modules and as files that build them."""

import runpy

import numpy as np
import pytest
import torch

from rnnviz import Network, trace
from rnnviz.cells import GALLERY
from rnnviz.interop import programs
from rnnviz.network.dropout import between_layers

CELLS = ["RNN (tanh)", "RNN (ReLU)", "LSTM", "GRU (PyTorch)"]
STAGES = {
    "embedding": {"tokens": 7, "embedding": 3},
    "mean": {"pooling": "mean"},
    "maximum": {"pooling": "maximum"},
    "attention": {"pooling": "attention"},
    "skip": {"skip": True, "layers": 3},
    "all": {"tokens": 7, "embedding": 3, "pooling": "attention", "skip": True, "layers": 2,
            "bidirectional": True},
    "no readout": {"pooling": "mean", "outputs": 0},
}  # fmt: skip


def built(cell="LSTM", stages="all", **more):
    sizes = {"hidden": 4, "outputs": 2, "kind": "softmax", **STAGES[stages], **more}
    return Network.fresh(GALLERY[cell], inputs=1 if "tokens" in sizes else 3, seed=3, **sizes)


def sequences(network, batch=2):
    rng = np.random.default_rng(0)
    if network.inputs == 1:
        return rng.integers(7, size=(9, batch, 1)).astype(float)
    return rng.normal(size=(9, batch, network.inputs))


def answer(network, x):
    rec = trace(network, x)
    return rec.output if network.readout is None else rec.prediction


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("stages", STAGES)
def test_the_module_answers_and_learns_as_the_network_does(cell, stages):
    network = built(cell, stages)
    x, module = sequences(network), network.to_torch()
    found = module(torch.tensor(x))
    np.testing.assert_allclose(found.detach(), answer(network, x), rtol=1e-12, atol=1e-12)
    found.sum().backward()
    assert all(one.grad is not None for one in module.parameters())
    again = Network.from_torch(module)
    assert again.parameters.keys() == network.parameters.keys()
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(again.parameters[name], array)
    assert [type(one) for one in again.body] == [type(one) for one in network.body]
    assert (again.readout and again.readout.kind) == (network.readout and "softmax")
    np.testing.assert_allclose(answer(again, x), found.detach(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("stages", STAGES)
def test_the_file_has_a_module_that_answers_as_the_network(cell, stages, tmp_path):
    network = built(cell, stages)
    path, x = tmp_path / "network.py", sequences(network)
    path.write_text(programs.with_torch(network))
    there = runpy.run_path(str(path))
    assert issubclass(there["Network"], torch.nn.Module)
    assert not {"rnnviz", "eval(", "exec("} & {*path.read_text().split()}
    expected = answer(network, x)
    found = there["Network"]()(torch.tensor(x)).detach()
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    alone = there["predict"](x[:, 0])
    np.testing.assert_allclose(alone, expected[:, 0], rtol=1e-12, atol=1e-12)


def test_dropout_is_off_until_the_module_is_trained():
    network = between_layers(built("LSTM", "skip"), 0.5)
    x, module = sequences(network), network.to_torch()
    quiet = module(torch.tensor(x)).detach()
    np.testing.assert_allclose(quiet, answer(network, x), rtol=1e-12, atol=1e-12)
    assert not torch.equal(module.train()(torch.tensor(x)), quiet)
    again = Network.from_torch(module)
    assert [type(one) for one in again.body] == [type(one) for one in network.body]


def test_float32_stays():
    network = built()
    single = {name: array.astype(np.float32) for name, array in network.parameters.items()}
    module = network.replace(single).to_torch()
    assert {one.dtype for one in module.parameters()} == {torch.float32}


def test_a_cell_that_torch_has_not_is_refused_by_its_name():
    with pytest.raises(ValueError, match="PyTorch has no MGU"):
        built("MGU").to_torch()


def test_a_program_of_such_a_cell_computes_it_step_by_step(tmp_path):
    network = built("MGU")
    path, x = tmp_path / "network.py", sequences(network)
    path.write_text(programs.with_torch(network))
    found = runpy.run_path(str(path))["predict"](x[:, 0])
    np.testing.assert_allclose(found, answer(network, x)[:, 0], rtol=1e-12, atol=1e-12)
