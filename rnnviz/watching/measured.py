"""A recorded update as a row of numbers: norms over time, gates, the parameters' gradient."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from rnnviz import gradients
from rnnviz.interop.modules.calls import Update
from rnnviz.network.arrays import Array
from rnnviz.network.propagation import Direction
from rnnviz.training.loop.measures import CLOSED, OPEN, norms_over_time
from rnnviz.watching.repeated import Batch
from rnnviz.watching.watched import NONE, Gate, Row


def measured(update: Update, batches: Sequence[Batch]) -> Row:
    """What is kept of an update. The sequences read for it count as items of one batch, each from
    its first step."""
    norms: dict[str, Array] = {}
    outside: dict[str, float] = {}
    gates: dict[str, Gate] = {}
    first = batches[0]
    for direction in first.directions:
        cell = first.recording.propagation.directions[direction].cell
        for state in cell.h_and_states:
            norms[direction.prefix + state] = _over_sequences(
                [
                    (call.sequence, call.number, _norms(found))
                    for batch in batches
                    for call, found in zip(
                        batch.calls, batch.derivatives(direction, state), strict=True
                    )
                ]
            )
        outside[direction.prefix] = _from_outside(batches, direction)
        for gate in cell.gates:
            runs = [batch.recording.propagation for batch in batches]
            values = [run.directions[direction].value(gate)[run.present] for run in runs]
            gates[direction.prefix + gate] = _gate(values)
    found = update.norms
    return Row(
        update.number,
        norms,
        outside,
        gates,
        NONE if found is None else found.backward,
        NONE if found is None or found.step is None else found.step,
        bool(found and found.by_one_factor),
        update.optimizer,
    )


def _over_sequences(found: list[tuple[int, int, Array]]) -> Array:
    """(time,): of norms of calls, each (sequence, number of the call, norms at its steps).

    The calls of a sequence follow one another in time; sequences lie side by side.
    """
    of_sequences: defaultdict[int, list[Array]] = defaultdict(list)
    for sequence, _, norms in sorted(found, key=lambda one: one[:2]):
        of_sequences[sequence].append(norms)
    joined = [np.concatenate(each) for each in of_sequences.values()]
    steps = zip_longest(*joined, fillvalue=0.0)
    return np.array([np.hypot.reduce(sizes) for sizes in steps])


def _from_outside(batches: Sequence[Batch], direction: Direction) -> float:
    """The sum of the norms of what reached the states, step by step, of all sequences.

    To a call's last states torch brings also what comes back through the call that goes on from
    them; that is taken off again.
    """
    through: dict[tuple[int, str], Array] = {}
    reached: dict[tuple[int, str], Array] = {}
    follows: dict[int, int] = {}
    last: dict[int, int] = {}
    for batch in batches:
        found = batch.gradients.found.cells[direction]
        for name, gradient in found.initial.items():
            for call, part in zip(batch.calls, batch.of_calls(gradient, axis=0), strict=True):
                through[call.number, name] = part
        for name, array in batch.gradients.found.directions[direction].outside.items():
            for call, part in zip(batch.calls, batch.of_calls(array), strict=True):
                reached[call.number, name] = part
    for call in sorted((c for b in batches for c in b.calls), key=lambda call: call.number):
        if call.sequence in last:
            follows[last[call.sequence]] = call.number
        last[call.sequence] = call.number
    total = 0.0
    for (number, name), array in reached.items():
        sizes = _norms(array)
        if (follows.get(number), name) in through:
            sizes[-1] = gradients.norms(array[-1:] - through[follows[number], name])[0]
        total += float(sizes.sum())
    return total


def _norms(gradient: Array) -> Array:
    """(time,): the shorter way where no square is lost in float64."""
    return norms_over_time(gradient) if gradient.itemsize == 4 else gradients.norms(gradient)


def _gate(values: list[Array]) -> Gate:
    count = sum(value.size for value in values)
    return Gate(
        sum(float(value.sum(dtype=float)) for value in values) / count,
        sum(int(np.count_nonzero(value < CLOSED)) for value in values) / count,
        sum(int(np.count_nonzero(value > OPEN)) for value in values) / count,
    )
