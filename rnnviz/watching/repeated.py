"""What led to an update, computed once more by the engine with everything recorded.

It starts from what torch read and from the gradients that arrived at what the module gave, and its
output is compared with torch's: where the two differ, nothing is said of the inside.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from rnnviz.engine.threads import blas
from rnnviz.interop.modules.calls import Call
from rnnviz.network.arrays import Array, Params
from rnnviz.network.dropout import DropoutRun, between_layers
from rnnviz.network.propagation import Direction, Propagation
from rnnviz.network.stage import Pass, StageRun, Workspaces
from rnnviz.recording.recorded import View
from rnnviz.recording.recorded_gradients import Gradients
from rnnviz.recording.recording import Recording
from rnnviz.recording.tracing import whole_state
from rnnviz.summary import summary
from rnnviz.texts import Sentence

TOLERANCE = {4: 1e-3, 8: 1e-8}
"""Bytes of a number → how far the engine's output may be from torch's, as a share of its largest
number (or of 1)."""


class CannotRepeat(ValueError):
    """The engine computes something else than torch did."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Calls of one length, run side by side: the items of call k begin at `starts[k]`."""

    calls: tuple[Call, ...]
    starts: tuple[int, ...]
    recording: Recording
    gradients: Gradients

    __repr__ = summary

    @property
    def directions(self) -> tuple[Direction, ...]:
        return tuple(self.recording.propagation.directions)

    def values(self, direction: Direction, name: str) -> list[Array]:
        """For each call (time, batch, size); what stands in padding is no value."""
        run = self.recording.propagation.directions[direction]
        return self.of_calls(self._own(direction, name, run.value(name)))

    def derivatives(self, direction: Direction, name: str) -> list[Array]:
        """The same for dL/d(value), the total derivative; 0 in padding."""
        found = self.gradients.found.directions[direction]
        return self.of_calls(self._own(direction, name, found.value(name)))

    def of_calls(self, array: Array, axis: int = 1) -> list[Array]:
        """An array's part of each call; the items stand along `axis`."""
        return np.split(array, self.starts[1:], axis=axis)

    def _own(self, direction: Direction, name: str, array: Array) -> Array:
        """Without zeros that are added to h."""
        return View(batched=True).of(self.recording.network, direction).own(name, array)


Spaces = defaultdict[int, Workspaces]
"""Arrays to compute in, kept from one update to the next: for each batch of it."""


def repeat(calls: Sequence[Call], spaces: Spaces) -> tuple[Batch, ...]:
    """Run all calls, those of one length and of the same weights in one go.

    Args:
        spaces: what was computed in them before is overwritten.

    Raises:
        CannotRepeat: the output is not torch's, with a sentence that says so.
    """
    alike: defaultdict[tuple[object, ...], list[Call]] = defaultdict(list)
    for call in calls:
        ways = (bool(call.kept), call.lengths is None, call.c_is_total)
        alike[id(call.network), len(call.x), *ways].append(call)
    with blas().limit(limits=1):
        return tuple(
            _batch(tuple(each), spaces[number]) for number, each in enumerate(alike.values())
        )


def _batch(calls: tuple[Call, ...], workspaces: Workspaces) -> Batch:
    sizes = [call.x.shape[1] for call in calls]
    x = side_by_side([call.x for call in calls], axis=1)
    top = calls[0].network.layers[-1]
    given = _states(calls, [call.initial for call in calls])
    initial = {name: whole_state(top, state) for name, state in given.items()}
    kept = [
        side_by_side(list(factors), axis=1)
        for factors in zip(*(c.kept for c in calls), strict=True)
    ]
    known = [call.lengths for call in calls if call.lengths is not None]
    lengths = np.concatenate(known) if known else None
    how = Pass(initial, workspaces=workspaces, lengths=lengths)
    run = _propagated(calls[0], x, how, kept)
    output = top.narrowed(run.output)
    _compare(output, side_by_side([call.output for call in calls], axis=1), calls[0])
    recording = Recording(run, initial, (), batched=True)
    doutput = side_by_side([call.doutput for call in calls], axis=1)
    final = _states(calls, [call.final for call in calls])
    if calls[0].c_is_total:
        final |= _from_outside(run, doutput, final)
    gradients = recording.backward(doutput, final=final)
    return Batch(calls, (0, *accumulate(sizes[:-1])), recording, gradients)


def _from_outside(run: Propagation, doutput: Array, final: Params) -> dict[str, Array]:
    """What reached the c of single steps without what came through their own h."""
    within = run.backward(doutput)
    return {
        name: gradient - within.cells[direction].value("c")[-1]
        for direction in run.directions
        for name, gradient in final.items()
        if name == f"{direction.prefix}c"
    }


def _states(calls: Sequence[Call], given: Sequence[Params]) -> dict[str, Array]:
    """Full name of a state → (batch, hidden), zeros for a call that has none of it; of an h that is
    projected its own numbers."""
    names = dict.fromkeys(name for each in given for name in each)
    top = calls[0].network.layers[-1]
    sizes = {name: top.size(name.rpartition(".")[2]) for name in names}
    return {
        name: side_by_side(
            [
                each.get(name, np.zeros((call.x.shape[1], sizes[name]), call.x.dtype))
                for call, each in zip(calls, given, strict=True)
            ]
        )
        for name in names
    }


def _propagated(call: Call, x: Array, how: Pass, kept: Sequence[Array]) -> Propagation:
    """Through all layers; between two of them what torch's dropout left."""
    network = between_layers(call.network, 0.0) if kept else call.network
    left, runs, read = iter(kept), dict[str, StageRun](), x
    for name, stage in network.stages.items():
        if name.startswith("dropout"):
            factors = network.layers[0].widened(next(left))
            runs[name] = DropoutRun(read * factors, factors)
        else:
            runs[name] = stage.forward(read, name, how)
        read = runs[name].output
    return Propagation(network, x, runs, how.lengths)


def _compare(ours: Array, theirs: Array, call: Call) -> None:
    """CannotRepeat where the outputs differ by more than rounding."""
    if not np.isfinite(theirs).all():
        return
    with np.errstate(all="ignore"):
        off = np.abs(ours - theirs).max() / max(1.0, float(np.abs(theirs).max()))
    if off <= TOLERANCE[theirs.itemsize]:
        return
    if call.kept:
        raise CannotRepeat(
            Sentence(
                "dropout between the layers was not drawn again as torch drew it: watch with "
                "dropout 0, or on the CPU"
            )
        )
    raise CannotRepeat(
        Sentence(
            "the module gave other numbers than its equations do: another hook, or a forward of "
            "its own, changes them"
        )
    )


def side_by_side(arrays: list[Array], axis: int = 0) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays, axis)
