"""What a network is made of: stages, each of which turns one sequence of vectors into the next.

A stage is a value. Its `forward` gives a record of what it computed, the record's `backward` the
gradients: thinc's idea of a layer, with the closure made a value that can be looked at. Arrays are
(time, batch, size), time as in the sequence.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, Self

import numpy as np

from rnnviz.engine.cell_run import Workspace
from rnnviz.engine.checks import Hold
from rnnviz.network.arrays import Array
from rnnviz.network.lengths import Lengths


class Workspaces(defaultdict[tuple[str, int, int], Workspace]):
    """Arrays kept for the next run: one workspace for each direction, segment and batch size.

    A run in them overwrites the record of the run before it of the same sizes.
    """

    def __init__(self) -> None:
        super().__init__(Workspace)


@dataclass(frozen=True)
class Pass:
    """How a sequence goes through a network, beside the network and the sequence.

    initial: "layers.0.h", "layers.0.reverse.c", … → (batch, hidden); zeros where not given.
    holds: interventions, by the prefix of the direction they act on ("layers.0.reverse.").
    workspaces: arrays to write into.
    truncate: no gradient passes from a step that is a multiple of it to the step before, counted
        as a direction reads. None: all pass.
    generator: draws what dropout leaves out. None: nothing is left out.
    lengths: how long each sequence is; what stands after its end is padding, of which a stage hands
        up zeros where it can. None: all are as long as the batch.
    """

    initial: Mapping[str, Array] = field(default_factory=dict)
    holds: Mapping[str, Sequence[Hold]] = field(default_factory=dict)
    workspaces: Workspaces | None = None
    truncate: int | None = None
    generator: np.random.Generator | None = None
    lengths: Lengths | None = None


class StageGradients(Protocol):
    """What came back through a stage."""

    @property
    def x(self) -> Array:
        """(time, batch, inputs): dL/d(what the stage read)."""

    @property
    def parameters(self) -> Mapping[str, Array]:
        """dL/d(parameter), by the names of `Stage.parameters`."""


class StageRun(Protocol):
    """The record of a sequence through a stage."""

    @property
    def output(self) -> Array:
        """(time, batch, outputs): what the stage hands up."""

    def backward(self, doutput: Array) -> StageGradients:
        """The gradients, where dL/d(output) from above is (time, batch, outputs)."""


class Stage(Protocol):
    """A part of a network, as a value: its sizes and its parameters.

    full_name: what it is called in its network; {} is its number among those called so, from 0.
    """

    full_name: ClassVar[str]

    @property
    def inputs(self) -> int:
        """How many numbers it reads at each step."""

    @property
    def outputs(self) -> int:
        """How many numbers it hands up at each step."""

    @property
    def parameters(self) -> Mapping[str, Array]:
        """What can be learnt, by its name within the stage."""

    def replaced(self, parameters: Mapping[str, Array]) -> Self:
        """The stage with these arrays, one for each of its parameters."""

    def forward(self, x: Array, name: str, how: Pass) -> StageRun:
        """Take x (time, batch, inputs) through; `name` is its full name, "layers.0"."""
