"""What is written down at every update: lengths of gradients, gates, weights; and what went bad."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from rnnviz.training.flat import Flat
from rnnviz.training.tower import Tower, Way

Array = npt.NDArray[np.floating]
CLOSED, OPEN = 0.1, 0.9


def measured(tower: Tower, flat: Flat) -> dict[str, Array | float]:
    """Each layer's gradient norms over time and its gates; each parameter's norm."""
    row: dict[str, Array | float] = {}
    last = f"layers.{len(tower.floors) - 1}."
    for way in tower.ways:
        prefix = way.prefix.removeprefix(last)
        for state in way.cell.states:
            row[f"{prefix}d{state}_norms"] = norms_over_time(way.gradient(state))
        for gate in way.cell.gates:
            row |= _gate(f"{prefix}gate", gate, way.value(gate))
    squares = np.square(flat.values, dtype=float)
    norms = np.sqrt(np.add.reduceat(squares, list(flat.starts.values())))
    row |= {f"weight_norm.{name}": norm for name, norm in zip(flat.starts, norms, strict=True)}
    return row


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


def first_bad_value(tower: Tower) -> tuple[str, int, int] | None:
    """(name, time step, layer) of the first value that is not finite, in order of computation."""
    for layer, floor in enumerate(tower.floors):
        for way in floor:
            named = {name: _bad_steps(way.value(name)) for name in way.cell.names}
            found = _first(way, named, 1)
            if found:
                return (*found, layer)
    return None


def first_bad_gradient(tower: Tower) -> tuple[str, int, int] | None:
    """The same for dL/d(value), on the way back: from the last layer and step."""
    for layer, floor in reversed(list(enumerate(tower.floors))):
        for way in floor:
            named = {name: _bad_steps(way.gradient(name)) for name in reversed(way.cell.names)}
            found = _first(way, named, -1)
            if found:
                return (f"dL/d{found[0]}", found[1], layer)
    return None


def _bad_steps(values: Array) -> npt.NDArray[np.intp]:
    return np.flatnonzero(~np.isfinite(values).all(axis=(1, 2)))


def _first(
    way: Way, bad: Mapping[str, npt.NDArray[np.intp]], forward: int
) -> tuple[str, int] | None:
    """The first bad step as the way was walked, and the name that comes first there."""
    order = forward * way.direction
    steps = [
        (order * int(at[0 if order > 0 else -1]), k) for k, at in enumerate(bad.values()) if at.size
    ]
    if not steps:
        return None
    step, k = min(steps)
    return list(bad)[k], abs(step)
