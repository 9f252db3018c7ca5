"""How often the gates of the trained networks that ship are shut, open, or in between."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from rnnviz.cells import GALLERY, MENU
from rnnviz.network.arrays import Array
from rnnviz.recording import trace
from rnnviz.scenes.examples import PRESETS, drawn, trained

SHUT, OPEN = 0.05, 0.95


class Shares(NamedTuple):
    """Of a gate's values: how many there are, below 0.05, above 0.95, and in between."""

    values: int
    shut: float
    between: float
    open: float


class GateShares(NamedTuple):
    """A gate of a gallery cell. by_task: task → its values in the network trained on that."""

    cell: str
    gate: str
    by_task: Mapping[str, Shares]


def shares(values: Array) -> Shares:
    """Of numbers from 0 to 1, of any shape."""
    shut, is_open = float((values < SHUT).mean()), float((values > OPEN).mean())
    return Shares(values.size, shut, 1.0 - shut - is_open, is_open)


@cache
def of_trained() -> tuple[GateShares, ...]:
    """Every gate of every trained network, over 64 sequences that it was never trained on."""
    found: dict[tuple[str, str], dict[str, Shares]] = {
        (name, gate): {} for name in MENU for gate in GALLERY[name].gates
    }
    for task in PRESETS:
        x = drawn(task).x
        for name in MENU:
            if GALLERY[name].gates:
                recorded = trace(trained(task, name)[0], x)
                for gate in GALLERY[name].gates:
                    found[name, gate][task] = shares(recorded[gate])
    return tuple(GateShares(*key, by_task) for key, by_task in found.items())


def together(some: Iterable[Shares]) -> Shares:
    """All values of some as one."""
    found = list(some)
    counts = np.array([one.values for one in found])
    parts = np.array([one[1:] for one in found])
    shut, between, is_open = (counts @ parts / counts.sum()).tolist()
    return Shares(int(counts.sum()), shut, between, is_open)
