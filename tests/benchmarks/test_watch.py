"""What it costs a training of one's own to be watched."""

import torch

import rnnviz
from tests.benchmarks.timing import ratio

EVERY, TIME, HIDDEN, INPUTS, BATCH = 20, 100, 256, 32, 32


def test_the_overhead_of_every_twentieth_update(figure):
    """nn.LSTM, the last step read out, squared error, clipping, Adam; float32. Each time so many
    updates that one of them is recorded, in a training that goes on."""
    alone, module = torch.nn.LSTM(INPUTS, HIDDEN), torch.nn.LSTM(INPUTS, HIDDEN)
    with rnnviz.watch(module, every=EVERY) as seen:
        measured = ratio(updates_of(module), updates_of(alone), rounds=9)
    assert len(seen.updates) == 3 + 9
    figure(
        "a watched training vs the same alone, `every=20`, nn.LSTM, H = 256, T = 100, batch 32",
        measured,
        budget=1.1,
    )


def updates_of(module):
    """A call that makes as many updates as go by from one that is recorded to the next."""
    readout = torch.nn.Linear(HIDDEN, 2)
    parameters = [*module.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(parameters, 1e-4)
    x, y = torch.randn(TIME, BATCH, INPUTS), torch.randn(BATCH, 2)

    def updates():
        for _ in range(EVERY):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(readout(module(x)[0][-1]), y).backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()

    return updates
