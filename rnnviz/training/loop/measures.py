"""What is written down at every update: lengths of gradients, gates, weights; and what went bad."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from rnnviz.network.lengths import Lengths, present_steps, without_padding
from rnnviz.network.propagation import Gradients, Propagation
from rnnviz.training.loop.flat import Flat

Array = npt.NDArray[np.floating]
CLOSED, OPEN = 0.1, 0.9


def measured(gradients: Gradients, flat: Flat) -> dict[str, Array | float]:
    """Each layer's gradient norms over time and its gates; each parameter's norm."""
    row: dict[str, Array | float] = {}
    last = f"layers.{len(gradients.of.network.layers) - 1}."
    for direction, run in gradients.of.directions.items():
        prefix = direction.prefix.removeprefix(last)
        for state in run.cell.h_and_states:
            norms = norms_over_time(gradients.directions[direction].value(state))
            row[f"{prefix}d{state}_norms"] = norms
        for gate in run.cell.gates:
            row |= _gate(f"{prefix}gate", gate, own_steps(run.value(gate), run.lengths))
    squares = np.square(flat.values, dtype=float)
    norms = np.sqrt(np.add.reduceat(squares, list(flat.starts.values())))
    row |= {f"weight_norm.{name}": norm for name, norm in zip(flat.starts, norms, strict=True)}
    return row


def own_steps(values: Array, lengths: Lengths | None) -> Array:
    """(time, batch, size), or (steps, size) of those that sequences have where lengths differ."""
    return values if lengths is None else values[present_steps(lengths, len(values))]


def norms_over_time(gradient: Array) -> Array:
    """(time, batch, size) → (time,): lengths over batch and units, taken in float64.

    In float32 the squares of a vanished gradient would be exactly 0.
    """
    wide = gradient.astype(float, copy=False)
    squares: Array = np.einsum("tbn,tbn->t", wide, wide)
    return np.sqrt(squares)


def _gate(prefix: str, name: str, values: Array) -> dict[str, float]:
    return {
        f"{prefix}_mean.{name}": float(values.mean()),
        f"{prefix}_closed.{name}": np.count_nonzero(values < CLOSED) / values.size,
        f"{prefix}_open.{name}": np.count_nonzero(values > OPEN) / values.size,
    }


def first_bad_value(run: Propagation) -> tuple[str, int, int] | None:
    """(name, time step, layer) of the first value that is not finite, in order of computation."""
    for direction, one in run.directions.items():
        named = {
            name: _bad_steps(without_padding(one.value(name), run.lengths))
            for name in one.cell.names
        }
        found = _first(named, is_falling=direction.reverse)
        if found:
            return (*found, direction.layer)
    return None


def first_bad_gradient(gradients: Gradients) -> tuple[str, int, int] | None:
    """The same for dL/d(value), on the way back: from the last layer and step."""
    for direction, one in gradients.directions.items():
        names = reversed(one.of.cell.names)
        named = {name: _bad_steps(one.value(name)) for name in names}
        found = _first(named, is_falling=not direction.reverse)
        if found:
            return (f"dL/d{found[0]}", found[1], direction.layer)
    return None


def _bad_steps(values: Array) -> npt.NDArray[np.intp]:
    return np.flatnonzero(~np.isfinite(values).all(axis=(1, 2)))


def _first(bad: Mapping[str, npt.NDArray[np.intp]], *, is_falling: bool) -> tuple[str, int] | None:
    """The first bad step as the sequence was gone through, and the name that comes first there."""
    order, first = (-1, -1) if is_falling else (1, 0)
    steps = [(order * int(at[first]), k) for k, at in enumerate(bad.values()) if at.size]
    if not steps:
        return None
    step, k = min(steps)
    return list(bad)[k], abs(step)
