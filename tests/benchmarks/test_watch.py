"""What it costs a training of one's own to be watched."""

import torch

import rnnviz
from tests.benchmarks.timing import ratio

RECORDED, EVERY, TIME, HIDDEN, INPUTS, BATCH = 3, 20, 100, 256, 32, 32


def test_the_overhead_of_every_twentieth_update(figure):
    """nn.LSTM, the last step read out, squared error, clipping, Adam; float32."""
    module, readout = torch.nn.LSTM(INPUTS, HIDDEN), torch.nn.Linear(HIDDEN, 2)
    parameters = [*module.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(parameters, 1e-4)
    x, y = torch.randn(TIME, BATCH, INPUTS), torch.randn(BATCH, 2)

    def updates():
        for _ in range(RECORDED * EVERY):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(readout(module(x)[0][-1]), y).backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()

    def watched():
        with rnnviz.watch(module, every=EVERY) as seen:
            updates()
        assert len(seen.updates) == RECORDED

    figure(
        "a watched training vs the same alone, `every=20`, nn.LSTM, H = 256, T = 100, batch 32",
        ratio(watched, updates, rounds=5),
        budget=1.1,
    )
