"""Dropout: what a network leaves out while it learns, drawn anew for each pass.

Between layers (Srivastava et al. 2014; between recurrent layers Zaremba et al. 2014,
arXiv:1409.2329) and of recurrent weights (Merity et al. 2017, arXiv:1708.02182).
"""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.stage import Pass, Stage
from rnnviz.network.unlearnt import Unlearnt, UnlearntGradients


@dataclass(frozen=True, eq=False)
class Dropout(Unlearnt):
    """Leaves out a share (0 to 1) of the numbers it reads, where a pass has a generator."""

    full_name: ClassVar[str] = "dropout.{}"

    share: float

    def forward(self, x: Array, name: str, how: Pass) -> "DropoutRun":
        if how.generator is None or not self.share:
            return DropoutRun(x, None)
        factors = leave_out(how.generator, x, self.share)
        return DropoutRun(x * factors, factors)


@dataclass(frozen=True, eq=False)
class DropoutRun:
    """factors: of each number, 0 where it was left out; None where nothing was."""

    output: Array
    factors: Array | None

    def backward(self, doutput: Array) -> "UnlearntGradients":
        return UnlearntGradients(doutput if self.factors is None else doutput * self.factors)


def between_layers(network: Network, share: float) -> Network:
    """The network with this share of what each layer hands to the next left out."""
    first, *others = network.body
    body: list[Stage] = [first]
    for stage in others:
        if isinstance(stage, Layer):
            body.append(Dropout(stage.inputs, share))
        body.append(stage)
    return replace(network, body=tuple(body))


def recurrent_factors(
    network: Network, share: float, generator: np.random.Generator
) -> dict[str, Array]:
    """Full name → a factor for each entry, of every matrix that multiplies a hidden state."""
    return {
        prefix + name: leave_out(generator, params[name], share)
        for prefix, layer, params in network.places()
        for name, shape in layer.cell.parameters.items()
        if shape == ("hidden", "hidden")
    }


def leave_out(generator: np.random.Generator, of: Array, share: float) -> Array:
    """Factors for `of`, of its shape and precision: zeros for the share that is left out; the rest
    is scaled up so that the mean stays."""
    return ((generator.random(of.shape) >= share) / (1.0 - share)).astype(of.dtype)
