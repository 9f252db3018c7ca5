"""The readout: a prediction from the last layer's output, at every time step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np

from rnnviz.network.arrays import Array, as_array, check_shape, set_frozen
from rnnviz.network.stage import Pass
from rnnviz.summary import NamedValues, summary

ReadoutKind = Literal["linear", "softmax"]


@dataclass(frozen=True, eq=False)
class Readout:
    """prediction = W @ output + b at every time step.

    W (outputs, features), b (outputs,). kind "softmax": the predictions are scores of classes,
    still before the softmax.
    """

    full_name: ClassVar[str] = "readout"

    W: Array
    b: Array
    kind: ReadoutKind = "linear"

    __repr__ = summary

    def __post_init__(self) -> None:
        set_frozen(self, "W", as_array("readout.W", self.W))
        set_frozen(self, "b", as_array("readout.b", self.b))
        if self.W.ndim != 2 or self.W.size == 0:
            raise ValueError(f"readout.W has shape {self.W.shape}, not (outputs, features)")
        check_shape("readout.b", self.b, (self.outputs,))
        if self.kind not in ("linear", "softmax"):
            raise ValueError(f"a readout is linear or softmax, not {self.kind!r}")

    @property
    def inputs(self) -> int:
        return int(self.W.shape[1])

    @property
    def outputs(self) -> int:
        return int(self.W.shape[0])

    @property
    def parameters(self) -> NamedValues[Array]:
        return NamedValues({"W": self.W, "b": self.b})

    def replaced(self, parameters: Mapping[str, Array]) -> "Readout":
        """The readout with these arrays."""
        return replace(self, W=parameters["W"], b=parameters["b"])

    def forward(self, x: Array, name: str, how: Pass) -> "ReadoutRun":
        """x: (time, batch, features)."""
        return ReadoutRun(self, x, product(self.W, x) + self.b)


@dataclass(frozen=True, eq=False)
class ReadoutRun:
    """What was read, x (time, batch, features), and the prediction (time, batch, outputs)."""

    readout: Readout
    x: Array
    output: Array

    def backward(self, doutput: Array) -> "ReadoutGradients":
        """doutput: dL/d(prediction)."""
        return ReadoutGradients(self, doutput)


@dataclass(frozen=True, eq=False)
class ReadoutGradients:
    of: ReadoutRun
    dprediction: Array

    @cached_property
    def x(self) -> Array:
        return product(self.of.readout.W.T, self.dprediction)

    @cached_property
    def parameters(self) -> dict[str, Array]:
        return {
            "W": np.tensordot(self.dprediction, self.of.x, axes=((0, 1), (0, 1))),
            "b": self.dprediction.sum(axis=(0, 1)),
        }


def product(matrix: Array, vectors: Array) -> Array:
    """matrix @ each vector of (time, batch, size), feature-major inside."""
    found: Array = np.matmul(matrix, vectors.swapaxes(1, 2))
    return found.swapaxes(1, 2)
