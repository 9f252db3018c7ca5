"""Every value of a run as a table in CSV."""

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.propagation import Propagation
from rnnviz.writing import csv_of


def table(propagation: Propagation, *, batched: bool) -> str:
    """One row for each time step (and item of the batch) but those of padding; what the columns
    are, `to_csv` says."""
    columns = _columns(propagation)
    numbers = np.concatenate(list(columns.values()), axis=-1)
    units = [f"{name}[{unit}]" for name, a in columns.items() for unit in range(a.shape[-1])]
    rows: list[list[object]] = [["step", *(["item"] if batched else []), *units]]
    lengths = propagation.lengths
    for step, items in enumerate(numbers.tolist()):
        for item, row in enumerate(items):
            if lengths is None or step < lengths[item]:
                rows.append([step, *([item] if batched else []), *row])
    return csv_of(rows)


def _columns(propagation: Propagation) -> dict[str, Array]:
    """Name → (time, batch, units), time as in the sequence."""
    columns = {"x": propagation.x}
    alone = len(propagation.directions) == 1
    for direction, run in propagation.directions.items():
        for name in run.cell.names:
            value = run.value(name)
            if name == "h":
                value = propagation.network.layers[direction.layer].narrowed(value)
            columns[name if alone else direction.prefix + name] = value
    if propagation.prediction is not None:
        columns["prediction"] = propagation.prediction
    return columns
