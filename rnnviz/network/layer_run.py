"""The record of a layer: a cell run over a sequence in each direction, in one piece or in several.

The engine counts steps in the order in which it takes them. What stands here under a name is at the
time step of the sequence.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rnnviz.engine.cell_run import CellGradients, CellRun, forward_held
from rnnviz.engine.checks import Hold, Masks, checked_arrays, masks
from rnnviz.network.arrays import Array, Params
from rnnviz.network.lengths import (
    Lengths,
    Number,
    padded_with,
    present_steps,
    turned,
    without_padding,
)
from rnnviz.network.losses import chosen_steps
from rnnviz.network.stage import Pass
from rnnviz.representation import Cell

REVERSE = "reverse."
"""Before the names of the parameters that read the sequence from its end."""
WAYS = ("", REVERSE)
"""The same for each direction, the forward one first."""


def read(
    cell: Cell, params: Params, x: Array, prefix: str, how: Pass, *, reverse: bool
) -> "DirectionRun":
    """Run a cell over x (time, batch, inputs), from each sequence's end if `reverse`.

    With `how.truncate`, piece by piece: each goes on from the states the one before ended with.
    Padding is read as if it were a sequence's first step, which its cell can read.
    """
    time, batch, _ = x.shape
    given, spaces, lengths = how.initial, how.workspaces, how.lengths
    initial = {s: given[prefix + s] for s in cell.states if prefix + s in given}
    present = None if lengths is None else present_steps(lengths, time)
    sequence = x if lengths is None else padded_with(x[0], x, lengths)
    sequence = turned(sequence, lengths) if reverse else sequence
    held = _held(cell, params, sequence, how.holds.get(prefix, ()), lengths, reverse=reverse)
    segments: list[CellRun] = []
    for number, part in enumerate(_parts(time, how.truncate)):
        run = forward_held(
            cell,
            params,
            sequence[part],
            {name: (values[part], where[part]) for name, (values, where) in held.items()},
            initial=initial,
            present=None if present is None else present[part],
            workspace=None if spaces is None else spaces[prefix, number, batch],
        )
        initial = {state: run.value(state)[-1] for state in cell.states}
        segments.append(run)
    return DirectionRun(tuple(segments), reverse, lengths)


@dataclass(frozen=True, eq=False)
class DirectionRun:
    """A cell's record in one direction; the segments stand in the order in which they were read.

    A reverse direction begins at each sequence's own end, so its padding, as that of a forward one,
    comes last; there the states stand as they were.
    """

    segments: tuple[CellRun, ...]
    reverse: bool
    lengths: Lengths | None = None

    @property
    def cell(self) -> Cell:
        return self.segments[0].cell

    @property
    def whole(self) -> CellRun:
        """The record of the cell. ValueError where the sequence was read in several pieces."""
        if len(self.segments) > 1:
            raise ValueError("a truncated run has a record for each of its pieces")
        return self.segments[0]

    def value(self, name: str) -> Array:
        """(time, batch, size). KeyError where the cell has no such value."""
        return self.in_time([run.value(name) for run in self.segments])

    def in_time(self, parts: list[Array]) -> Array:
        """Arrays of the segments → (time, batch, …), time as in the sequence."""
        joined = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return turned(joined, self.lengths) if self.reverse else joined

    def backward(self, dh: Array, final: Mapping[str, Array] | None = None) -> "DirectionGradients":
        """dh (time, batch, hidden): what reaches each h from outside the layer; 0 in padding.
        final: state → (batch, hidden), what reaches it besides after the last step that is read."""
        outside = {"h": turned(dh, self.lengths) if self.reverse else dh}
        for state, gradient in (final or {}).items():
            known = outside.get(state)
            outside[state] = np.zeros_like(dh) if known is None else known.copy()
            if self.lengths is None:
                outside[state][-1] += gradient
            else:
                outside[state][self.lengths - 1, np.arange(len(gradient))] += gradient
        parts = _parts(len(dh), self.segments[0].buffers.shape.time)
        pairs = zip(self.segments, parts, strict=True)
        segments = tuple(
            run.backward(others={name: array[part] for name, array in outside.items()})
            for run, part in pairs
        )
        return DirectionGradients(self, outside, segments)


@dataclass(frozen=True, eq=False)
class DirectionGradients:
    """dL/d everything in one direction: total derivatives, of what truncation leaves of L.

    outside: "h", and each state whose last value L depends on → (time, batch, hidden), what reached
        it from outside the layer, time as it reads.
    """

    of: DirectionRun
    outside: Mapping[str, Array]
    segments: tuple[CellGradients, ...]

    @property
    def whole(self) -> CellGradients:
        """The cell's gradients. ValueError where the sequence was read in several pieces."""
        if len(self.segments) > 1:
            raise ValueError("a truncated run has gradients for each of its pieces")
        return self.segments[0]

    def value(self, name: str) -> Array:
        """(time, batch, size). KeyError where the cell has no such value."""
        return self.of.in_time([part.value(name) for part in self.segments])

    @cached_property
    def parameters(self) -> dict[str, Array]:
        """Parameter → its gradient, over all segments."""
        first, *others = (part.params for part in self.segments)
        return {
            name: sum((other[name] for other in others), start=first[name])
            for name in self.of.cell.parameters
        }


@dataclass(frozen=True, eq=False)
class LayerRun:
    """A layer's record: forward, and backward where it reads both ways.

    skipped: what it read, where that is handed up besides; else None.
    """

    directions: tuple[DirectionRun, ...]
    skipped: Array | None = None

    @cached_property
    def output(self) -> Array:
        """(time, batch, hidden or 2 × hidden): the h of all directions, forward first, and what is
        skipped added; 0 in padding."""
        whole = side_by_side([run.value("h") for run in self.directions])
        whole = whole if self.skipped is None else whole + self.skipped
        return without_padding(whole, self.directions[0].lengths)

    def backward(
        self, doutput: Array, final: Mapping[str, Array] | None = None
    ) -> "LayerGradients":
        """doutput: (time, batch, hidden or 2 × hidden), as `output`. final: "c", "reverse.h", … →
        (batch, hidden), what reaches a state after the last step that its direction reads."""
        shares, finals = np.split(doutput, len(self.directions), axis=-1), final or {}
        found = []
        for run, share, way in zip(self.directions, shares, WAYS, strict=False):
            own = {s: finals[way + s] for s in run.cell.states if way + s in finals}
            found.append(run.backward(share, own))
        return LayerGradients(tuple(found), None if self.skipped is None else doutput)


@dataclass(frozen=True, eq=False)
class LayerGradients:
    """dL/d everything in a layer. skipped: what comes past its cells, where anything does."""

    directions: tuple[DirectionGradients, ...]
    skipped: Array | None = None

    @cached_property
    def x(self) -> Array:
        """(time, batch, inputs): through all directions, and past them."""
        first, *others = (direction.value("x") for direction in self.directions)
        within = sum(others, start=first)
        return within if self.skipped is None else within + self.skipped

    @property
    def parameters(self) -> dict[str, Array]:
        """ "W_i", …, and "reverse.W_i", …"""
        return {
            way + name: gradient
            for way, direction in zip(WAYS, self.directions, strict=False)
            for name, gradient in direction.parameters.items()
        }


def side_by_side(arrays: list[Array]) -> Array:
    """Units of all directions; feature-major inside, as the engine has them."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate([a.swapaxes(1, 2) for a in arrays], axis=1).swapaxes(1, 2)


def _parts(time: int, length: int | None) -> Iterator[slice]:
    """The pieces of a sequence, in order; the last may be shorter."""
    length = length or time
    return (slice(start, min(start + length, time)) for start in range(0, time, length))


def _held(
    cell: Cell,
    params: Params,
    sequence: Array,
    holds: Iterable[Hold],
    lengths: Lengths | None,
    *,
    reverse: bool,
) -> Masks:
    """What is held where, time as the direction reads."""
    if not holds:
        return {}
    placed = [replace(hold, steps=chosen_steps(hold.steps, len(sequence))) for hold in holds]
    found = masks(cell, placed, checked_arrays(cell, params, sequence)[-1])
    if not reverse:
        return found
    return {
        name: (_turned_rows(v, lengths), _turned_rows(w, lengths)) for name, (v, w) in found.items()
    }


def _turned_rows(array: npt.NDArray[Number], lengths: Lengths | None) -> npt.NDArray[Number]:
    """(time, size, batch), turned round."""
    return turned(array.swapaxes(1, 2), lengths).swapaxes(1, 2)
