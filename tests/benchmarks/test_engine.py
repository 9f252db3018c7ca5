"""The recording engine against PyTorch: a trace with its gradients, and a step of training."""

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY
from rnnviz.network.network import Network
from rnnviz.recording.recording import trace
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.loop.flat import Flat
from rnnviz.training.loop.optimizers import OPTIMIZERS
from rnnviz.training.loop.stack import Stack
from tests.benchmarks.timing import ratio

CELLS = {"LSTM": torch.nn.LSTMCell, "GRU (PyTorch)": torch.nn.GRUCell}
MODULES = {
    "RNN (tanh)": (torch.nn.RNN, 0.45),
    "GRU (PyTorch)": (torch.nn.GRU, 0.45),
    "LSTM": (torch.nn.LSTM, 1.25),
}
TIME, HIDDEN, INPUTS = 50, 32, 8


@pytest.mark.parametrize("batch", [1, 32])
@pytest.mark.parametrize("name", CELLS)
def test_trace_and_backward_against_autograd_over_a_cell_loop(name, batch, figure):
    """Both keep dL/d of every state; ours what every gate's and part's follow from. float64."""
    cell = CELLS[name](INPUTS, HIDDEN, dtype=torch.float64)
    network = Network.fresh(GALLERY[name], inputs=INPUTS, hidden=HIDDEN)
    x = np.random.default_rng(0).normal(size=(TIME, batch, INPUTS))
    steps = torch.tensor(x)

    def ours():
        gradients = trace(network, x).backward(at=-1)
        return gradients.params, gradients["h"]

    def theirs():
        cell.zero_grad()
        state, kept = None, []
        for step in steps:
            state = cell(step, state)
            kept.append(state if isinstance(state, tuple) else (state,))
            for tensor in kept[-1]:
                tensor.retain_grad()
        kept[-1][0].sum().backward()
        return [tensor.grad for tensors in kept for tensor in tensors]

    figure(
        "`trace` + `backward`, everything recorded, vs torch autograd over a cell loop",
        ratio(ours, theirs),
        budget=0.5,
        case=f"{name}, batch {batch}",
    )


@pytest.mark.parametrize("name", MODULES)
def test_a_recording_training_step_against_torch_nn(name, figure):
    """Forward, a linear readout of the last step, squared error, backward, clip, Adam. float32."""
    module, budget = MODULES[name]
    rng = np.random.default_rng(0)
    x = rng.normal(size=(TIME, 32, INPUTS)).astype(np.float32)
    targets = rng.normal(size=(32, 2)).astype(np.float32)
    ratio_now = ratio(our_step(name, x, targets), torch_step(module(INPUTS, HIDDEN), x, targets))
    theirs = "`nn.LSTM` (oneDNN)" if name == "LSTM" else "`nn.RNN` and `nn.GRU`"
    what = f"a training step that records everything vs {theirs}, H = 32, T = 50, batch 32"
    figure(what, ratio_now, budget, case=name)


def our_step(name, x, targets):
    """As `training` takes it: the engine in kept arrays, torch's optimizer on one flat array."""
    network = Network.fresh(GALLERY[name], inputs=INPUTS, hidden=HIDDEN, outputs=2)
    flat = Flat(network.parameters, np.float32)
    stack = Stack(network, flat)
    nothing_left_out = np.random.default_rng(0)
    weights, gradients = torch.from_numpy(flat.values), torch.from_numpy(flat.gradients)
    weights.grad = gradients
    knobs, remembered = Knobs(), {}
    W, b = flat.named["readout.W"], flat.named["readout.b"]

    def step():
        run, factors = stack.learn(x, nothing_left_out)
        output = run.output
        error = output[-1] @ W.T + b - targets
        gradient = 2 * error / error.size
        np.matmul(gradient.T, output[-1], out=flat.pulled["readout.W"])
        gradient.sum(0, out=flat.pulled["readout.b"])
        dh = np.zeros_like(output)
        dh[-1] = gradient @ W
        stack.backward(run, dh, factors)
        torch.nn.utils.clip_grad_norm_([weights], 1.0)
        OPTIMIZERS["adam"](weights, gradients, remembered, 1e-3, knobs)
        return (error * error).mean()

    return step


def torch_step(module, x, targets):
    readout = torch.nn.Linear(HIDDEN, 2)
    parameters = [*module.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(parameters, 1e-3)
    inputs, wanted = torch.tensor(x), torch.tensor(targets)

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(readout(module(inputs)[0][-1]), wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        return loss.item()

    return step
