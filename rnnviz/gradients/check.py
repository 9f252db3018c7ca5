"""The gradient check: the engine against central differences and against torch autograd."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnnviz.gradients.measured import measure
from rnnviz.network.arrays import Array
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate

STEPS = tuple(10.0**-k for k in (2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6))
"""Distances tried for a difference, as shares of the parameter's size (at least 1)."""


class Entry(NamedTuple):
    """One number of a parameter: `name` ("layers.0.U_f"), row and column `at`, from 0."""

    name: str
    at: tuple[int, ...]


class Row(NamedTuple):
    """dL/d(one number), three ways, and how far the other two are from the engine's.

    difference: (L(w + d) − L(w − d)) / 2d, at the distance d where it changes least.
    from_difference, from_autograd: |a − b| / max(|a|, |b|); zero where both are zero.
    resolution: what a difference cannot tell from zero, the rounding of L divided by d.
    """

    entry: Entry
    value: float
    engine: float
    difference: float
    autograd: float
    from_difference: float
    from_autograd: float
    distance: float
    resolution: float


class Checked(NamedTuple):
    """What is checked: dL/d(parameters) of a network that reads x, (time, batch, inputs)."""

    network: Network
    x: Array
    loss: Loss


def check(of: Checked, *, count: int = 6, seed: int = 0) -> list[Row]:
    """Check `count` numbers, spread over the parameters, chosen by `seed`."""
    return check_entries(of, chosen(of.network, count, seed))


def chosen(network: Network, count: int, seed: int) -> list[Entry]:
    """Numbers to check: a different parameter each as long as there are any."""
    generator = np.random.default_rng(seed)
    parameters = network.parameters
    names: list[str] = []
    while len(names) < count and parameters:
        names += [list(parameters)[k] for k in generator.permutation(len(parameters))]
    return [
        Entry(name, tuple(int(generator.integers(n)) for n in parameters[name].shape))
        for name in names[:count]
    ]


def check_entries(of: Checked, entries: Sequence[Entry]) -> list[Row]:
    """Check these numbers, all in float64. Imports torch.

    Raises:
        ValueError: the network has no such parameter.
    """
    from rnnviz.interop.modules.autograd import gradients

    for entry in entries:
        if entry.name not in of.network.parameters:
            raise ValueError(f"there is no parameter {entry.name!r}")
    with np.errstate(all="ignore"):
        engine = measure(*of).found.parameters
    autograd = gradients(*of)
    return [_row(of, e, float(engine[e.name][e.at]), autograd) for e in entries]


def _row(of: Checked, entry: Entry, engine: float, autograd: dict[str, Array]) -> Row:
    value = float(of.network.parameters[entry.name][entry.at])
    difference, distance, resolution = central_difference(of, entry)
    torchs = float(autograd[entry.name][entry.at])
    return Row(
        entry,
        value,
        engine,
        difference,
        torchs,
        relative_error(engine, difference),
        relative_error(engine, torchs),
        distance,
        resolution,
    )


def central_difference(of: Checked, entry: Entry) -> tuple[float, float, float]:
    """The difference, its distance d, and what it cannot resolve.

    A long d adds the curve of L (it falls with d²), a short one the rounding of L (it grows with
    1/d): of a ladder of distances the one is taken at which the difference moves least.
    """
    value = float(of.network.parameters[entry.name][entry.at])
    distances = [step * max(1.0, abs(value)) for step in STEPS]
    with np.errstate(all="ignore"):
        pairs = [(_loss(of, entry, d), _loss(of, entry, -d)) for d in distances]
        found = np.array(
            [(up - down) / (2 * d) for (up, down), d in zip(pairs, distances, strict=True)]
        )
        moves = np.abs(np.diff(found))
        rounding = np.array([_resolution(*p, d) for p, d in zip(pairs, distances, strict=True)])
        doubt = np.maximum(moves, rounding[1:])
    doubt = np.where(np.isfinite(doubt), doubt, np.inf)
    best = 1 + int(doubt.argmin())
    return float(found[best]), distances[best], float(rounding[best])


def relative_error(one: float, other: float) -> float:
    """|a − b| / max(|a|, |b|), 0 where they are equal; nan or inf where one is not finite."""
    if one == other:
        return 0.0
    with np.errstate(all="ignore"):
        return float(np.abs(np.float64(one) - other) / max(abs(one), abs(other)))


def _loss(of: Checked, entry: Entry, moved: float) -> float:
    parameter = np.array(of.network.parameters[entry.name], float)
    parameter[entry.at] += moved
    run = propagate(of.network.replace({entry.name: parameter}), of.x)
    return of.loss.judge(run.output, run.prediction).value


def _resolution(up: float, down: float, distance: float) -> float:
    return float(np.finfo(float).eps * max(abs(up), abs(down)) / (2 * distance))
