"""Who gets the credit: each time step's share of the gradient of the parameters, gate by gate."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import Measured
from rnnviz.network.arrays import Array
from rnnviz.representation import Cell
from rnnviz.summary import summary


@dataclass(frozen=True, eq=False)
class Credit:
    """A map time × gate.

    gates: named value → its parameters, such as "f" → ("W_f", "U_f", "b_f").
    shares: (time, gates), the norm of each step's share of the gradient of a gate's parameters,
        taken together. The shares themselves add up to the gradient, their norms do not.
    gradient: (gates,), the norm of the gradient.
    """

    gates: Mapping[str, tuple[str, ...]]
    shares: Array
    gradient: Array

    __repr__ = summary


def credit(measured: Measured) -> Credit:
    """The map of the layer that is looked at, time as it reads."""
    gates = gates_of(measured.run.cell)
    found = measured.cell
    columns, totals = [], []
    with np.errstate(all="ignore"):
        shares = {n: found.params_over_time(n) for names in gates.values() for n in names}
        for names in gates.values():
            flat = np.concatenate([shares[n].reshape(len(measured.x), -1) for n in names], axis=1)
            columns.append(norms(flat))
            totals.append(float(norms(flat.sum(0)[None])[0]))
    return Credit(gates, np.array(columns).T.reshape(len(measured.x), -1), np.array(totals))


def gates_of(cell: Cell) -> dict[str, tuple[str, ...]]:
    """Named value → the parameters it reads, each parameter with the first value that reads it."""
    gates: dict[str, tuple[str, ...]] = {}
    for name in cell.parameters:
        gate = cell.uses(name)[0][0].name.partition(".")[0]
        gates[gate] = (*gates.get(gate, ()), name)
    return {name: gates[name] for name in cell.names if name in gates}
