"""A sequence through all stages of a network, and the gradient back down through them.

Arrays are (time, batch, size). A layer's reverse direction reads each sequence from its end: its
`CellRun` counts steps in the order it takes them, while what is handed up, and the gradient handed
down, stand at the time steps of the sequence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.engine.cell_run import CellGradients, CellRun
from rnnviz.engine.checks import Hold
from rnnviz.network.arrays import Array
from rnnviz.network.layer_run import (
    WAYS,
    DirectionGradients,
    DirectionRun,
    LayerGradients,
    LayerRun,
)
from rnnviz.network.lengths import Lengths, present_steps, without_padding
from rnnviz.network.network import Network
from rnnviz.network.stage import Pass, StageGradients, StageRun, Workspaces
from rnnviz.summary import summary

__all__ = ["Direction", "Gradients", "Propagation", "Workspaces", "direction_in", "propagate"]


class Direction(NamedTuple):
    """A layer (from 0) and one of its directions."""

    layer: int
    reverse: bool = False

    @property
    def prefix(self) -> str:
        """The beginning of its parameters' full names."""
        return f"layers.{self.layer}.{WAYS[self.reverse]}"


@dataclass(frozen=True, eq=False)
class Propagation:
    """What happened: the record of every stage, by its full name ("layers.0")."""

    network: Network
    x: Array
    stages: Mapping[str, StageRun]
    lengths: Lengths | None = None

    __repr__ = summary

    @property
    def present(self) -> npt.NDArray[np.bool_]:
        """(time, batch): whether a sequence has this step, or it is padding."""
        time, batch, _ = self.x.shape
        lengths = np.full(batch, time) if self.lengths is None else self.lengths
        return present_steps(lengths, time)

    @property
    def output(self) -> Array:
        """(time, batch, features): what stands below the readout, the last layer's h mostly; 0 in
        padding."""
        return list(self.stages.values())[len(self.network.body) - 1].output

    @property
    def prediction(self) -> Array | None:
        """(time, batch, outputs), before the softmax, or None without a readout."""
        return self.stages["readout"].output if self.network.readout else None

    @cached_property
    def directions(self) -> dict[Direction, DirectionRun]:
        """The records of the cells, time as in the sequence."""
        layers = (run for run in self.stages.values() if isinstance(run, LayerRun))
        return {
            Direction(k, run.reverse): run
            for k, layer in enumerate(layers)
            for run in layer.directions
        }

    @cached_property
    def runs(self) -> dict[Direction, CellRun]:
        """The records of the cells, time as each reads. ValueError where a run was truncated."""
        return {direction: run.whole for direction, run in self.directions.items()}

    def direction(self, layer: int, *, reverse: bool = False) -> Direction:
        """A layer, −1 being the last, and a direction. ValueError where there is none such."""
        return direction_in(self.network, layer, reverse=reverse)

    def backward(
        self,
        doutput: Array | None = None,
        dprediction: Array | None = None,
        final: Mapping[str, Array] | None = None,
    ) -> "Gradients":
        """The gradients of an L of which dL/d(output) or dL/d(prediction), or both, are given.

        What is given in padding counts as 0.

        final: "layers.0.c", "layers.1.reverse.h", … → (batch, hidden): what L gives a state besides
            after the last step that its direction reads, as torch's h_n and c_n are.
        """
        given = np.zeros_like(self.output) if doutput is None else doutput
        given = without_padding(given, self.lengths)
        found: dict[str, StageGradients] = {}
        if dprediction is not None and self.network.readout:
            counted = without_padding(dprediction, self.lengths)
            found["readout"] = self.stages["readout"].backward(counted)
            given = given + found["readout"].x
        below = list(self.stages.items())[: len(self.network.body)]
        for number, (name, run) in reversed(list(enumerate(below))):
            if isinstance(run, LayerRun):
                found[name] = run.backward(given, _within(name, final or {}))
            else:
                found[name] = run.backward(given)
            given = found[name].x if number else given
        return Gradients(self, found)


@dataclass(frozen=True, eq=False)
class Gradients:
    """dL/d everything that L depends on: of every stage on the way back, by its full name.

    They lie in the arrays of the run, and are read from there when they are asked for.
    """

    of: Propagation
    stages: Mapping[str, StageGradients]

    __repr__ = summary

    @cached_property
    def x(self) -> Array:
        """(time, batch, inputs): dL/d(the sequence)."""
        return self.stages[next(iter(self.of.stages))].x

    @property
    def vectors(self) -> Array:
        """(time, batch, size): dL/d(what the first layer read): the sequence, or the vectors of an
        embedding."""
        return self.stages["layers.0"].x

    @cached_property
    def directions(self) -> dict[Direction, DirectionGradients]:
        """The gradients in the cells, time as in the sequence; the last layer's first."""
        layers = {
            int(name.split(".")[1]): gradients
            for name, gradients in self.stages.items()
            if isinstance(gradients, LayerGradients)
        }
        return {
            Direction(k, gradients.of.reverse): gradients
            for k, layer in layers.items()
            for gradients in layer.directions
        }

    @cached_property
    def cells(self) -> dict[Direction, CellGradients]:
        """The gradients in the cells, time as each reads. ValueError where a run was truncated."""
        return {direction: gradients.whole for direction, gradients in self.directions.items()}

    @cached_property
    def readout(self) -> dict[str, Array]:
        """ "readout.W", "readout.b" → gradient, where L is of the prediction."""
        found = self.stages.get("readout")
        return (
            {f"readout.{name}": array for name, array in found.parameters.items()} if found else {}
        )

    @cached_property
    def parameters(self) -> dict[str, Array]:
        """Full name → gradient, for every parameter of the network, in its order."""
        found = {
            f"{called}.{name}": gradient
            for called, gradients in self.stages.items()
            for name, gradient in gradients.parameters.items()
        }
        return {
            name: found[name] if name in found else np.zeros_like(array)
            for name, array in self.of.network.parameters.items()
        }


def _within(stage: str, named: Mapping[str, Array]) -> dict[str, Array]:
    """What belongs to a stage, by the names within it."""
    return {n.removeprefix(f"{stage}."): a for n, a in named.items() if n.startswith(f"{stage}.")}


def direction_in(network: Network, layer: int, *, reverse: bool = False) -> Direction:
    """A layer, −1 being the last, and a direction. ValueError where the network has none such."""
    layers = len(network.layers)
    if not -layers <= layer < layers:
        raise ValueError(f"there is no layer {layer}: the network has layers 0 to {layers - 1}")
    direction = Direction(layer % layers, reverse)
    if reverse and network.layers[direction.layer].reverse is None:
        raise ValueError(f"layer {direction.layer} has no reverse direction")
    return direction


def propagate(
    network: Network,
    x: Array,
    *,
    initial: Mapping[str, Array] | None = None,
    holds: Iterable[Hold] = (),
    workspaces: Workspaces | None = None,
    truncate: int | None = None,
    generator: np.random.Generator | None = None,
    lengths: Lengths | None = None,
) -> Propagation:
    """Run a network over a batch of sequences.

    Args:
        x: (time, batch, inputs).
        initial: "layers.0.h", "layers.0.reverse.c", … → (batch, hidden); zeros where not given.
        holds: interventions; their steps are time steps of the sequence, in both directions.
        workspaces: arrays to write into; the record of their run before is then overwritten.
        truncate: gradients do not pass from a step that is a multiple of it to the step before.
        generator: what dropout draws from; None leaves nothing out.
        lengths: how long each sequence is, (batch,); what x holds after its end changes nothing.
            None: all are as long as x.
    """
    held: defaultdict[str, list[Hold]] = defaultdict(list)
    for hold in holds:
        held[Direction(hold.layer % len(network.layers), hold.reverse).prefix].append(hold)
    how = Pass(initial or {}, held, workspaces, truncate, generator, lengths)
    runs: dict[str, StageRun] = {}
    read = x
    for name, stage in network.stages.items():
        runs[name] = stage.forward(read, name, how)
        read = runs[name].output
    return Propagation(network, x, runs, lengths)
