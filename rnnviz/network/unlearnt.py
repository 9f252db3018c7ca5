"""What stages share that have nothing to learn, and hand up as many numbers as they read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from rnnviz.network.arrays import Array


@dataclass(frozen=True, eq=False)
class Unlearnt:
    """A stage's sizes and parameters, where there are none of the latter."""

    inputs: int

    @property
    def outputs(self) -> int:
        return self.inputs

    @property
    def parameters(self) -> dict[str, Array]:
        return {}

    def replaced(self, parameters: Mapping[str, Array]) -> Self:
        return self


@dataclass(frozen=True, eq=False)
class UnlearntGradients:
    """What came back through such a stage: x (time, batch, inputs) alone."""

    x: Array

    @property
    def parameters(self) -> dict[str, Array]:
        return {}
