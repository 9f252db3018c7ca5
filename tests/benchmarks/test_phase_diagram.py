"""The phase diagram, all networks at once, beside a loop over torch's modules and autograd."""

import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from rnnviz.gradients.phase import LENGTHS, SCALES, PhaseDiagram
from rnnviz.gradients.setup import Setup

SETUP = Setup(hidden=32)
LOOPED = (0.5, 1.0, 1.5)


def processor_time(work):
    """The smallest of three, in seconds; other jobs' share of the machine does not count."""
    times = []
    for _ in range(3):
        start = time.process_time()
        found = work()
        times.append(time.process_time() - start)
    return min(times), found


def whole(**sizes):
    *_, found = PhaseDiagram(SETUP, **sizes).blocks()
    return found


def one_at_a_time(name):
    """(scales, lengths) of `LOOPED` and LENGTHS for one seed, each point by itself."""
    found = np.empty((len(LOOPED), len(LENGTHS)))
    for i, scale in enumerate(LOOPED):
        module = replace(SETUP, scale=scale).network(name).to_torch()
        for j, length in enumerate(LENGTHS):
            x = torch.tensor(replace(SETUP, length=length).x)
            _, states = module(x[:1])
            h = states[0] if isinstance(states, tuple) else states
            h.retain_grad()
            last = module(x[1:], states)[0][-1] if length > 1 else h
            last.sum().backward()
            found[i, j] = np.log10(h.grad.norm().item() / np.sqrt(SETUP.hidden))
    return found


@pytest.mark.parametrize("name", ["RNN (tanh)", "RNN (ReLU)", "LSTM", "GRU (PyTorch)"])
def test_all_networks_at_once(figure, name):
    torch.set_num_threads(1)
    looped, expected = processor_time(lambda: one_at_a_time(name))
    batched, found = processor_time(lambda: whole(cells=[name]))
    alone = whole(cells=[name], scales=LOOPED, seeds=1)
    np.testing.assert_allclose(alone.log10[0], expected, rtol=1e-8, atol=1e-12)
    points = len(SCALES) * len(LENGTHS) * found.seeds
    gain = (looped / expected.size) / (batched / points)
    what = f"phase diagram of {points:,} networks × lengths vs a loop over them"
    figure(what, 1 / gain, 1 / 20, case=name)
    assert gain >= 20
