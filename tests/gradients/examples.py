"""Networks to measure, and torch's word on them: a walk in which any state may be detached."""

from dataclasses import dataclass

import numpy as np
import torch

from rnnviz.cells import GALLERY
from rnnviz.gradients.check import Checked
from rnnviz.gradients.measured import Measured, measure
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout
from tests import oracle

# An sLSTM's stabiliser and its b_i change no answer: their gradients are rounding, of no size that
# could be compared. tests/test_recent_cells.py has it.
NAMES = [name for name in GALLERY if name != "sLSTM"]
MADE_OF_H = [name for name in NAMES if "h" in GALLERY[name].states]
STEPS = {"last": [-1], "each": None, "some": [1, 3, 6]}


@dataclass(frozen=True, eq=False)
class Example(Measured):
    """A measured network, and the loss it is measured by."""

    loss: Loss

    @property
    def checked(self):
        return Checked(self.network, self.x, self.loss)


def example(*names, steps=None, readout=False, time=7, batch=2, hidden=3, seed=0, scale=0.8):
    """A measured network whose layers are these gallery cells, L a sum or a squared error."""
    rng, layers, below = np.random.default_rng(seed), [], 2
    for name in names:
        cell, sizes = GALLERY[name], {"hidden": hidden, "inputs": below}
        params = {
            parameter: scale * rng.normal(size=[sizes[s] for s in shape])
            for parameter, shape in cell.parameters.items()
        }
        layers.append(Layer(cell, params))
        below = hidden
    x = rng.normal(size=(time, batch, 2))
    read, loss = None, Loss("sum", steps)
    if readout:
        read = Readout(rng.normal(size=(2, hidden)), rng.normal(size=2))
        loss = Loss("squared error", steps, rng.normal(size=(time, batch, 2)))
    return Example(**vars(measure(Network(tuple(layers), read), x, loss)), loss=loss)


class Torch:
    """The same network by hand in torch; every state is detached before the steps in `cuts`."""

    def __init__(self, measured, cuts=()):
        self.leaves = {n: oracle.tensor(a) for n, a in measured.network.parameters.items()}
        self.rows = []
        below = list(torch.tensor(measured.x))
        for k, layer in enumerate(measured.network.layers):
            params = {n: self.leaves[f"layers.{k}.{n}"] for n in layer.cell.parameters}
            zero = torch.zeros(measured.x.shape[1], layer.hidden, dtype=torch.float64)
            states, rows = dict.fromkeys(layer.cell.states, zero), []
            for t, x in enumerate(below):
                if t in cuts:
                    states = {s: value.detach() for s, value in states.items()}
                rows.append(oracle.step(layer.cell, params, x, states, (), t, oracle.tracked))
                states = {s: rows[-1][s] for s in states}
            below = [row["h"] for row in rows]
            self.rows.append(rows)
        judge(measured, torch.stack(below), self.leaves).backward()

    def gradient(self, name, layer=-1):
        return np.stack([oracle.gradient(row[name]) for row in self.rows[layer]])

    @property
    def parameters(self):
        return {name: oracle.gradient(leaf) for name, leaf in self.leaves.items()}


def judge(measured, output, leaves):
    loss, at = measured.loss, list(measured.steps)
    if loss.kind == "sum":
        return output[at].sum()
    y = output @ leaves["readout.W"].T + leaves["readout.b"]
    return torch.nn.functional.mse_loss(y[at], torch.tensor(loss.targets)[at])


def close(found, expected, tolerance=1e-10):
    """Equal relative to the largest number expected."""
    np.testing.assert_allclose(found, expected, rtol=0, atol=tolerance * np.abs(expected).max())
