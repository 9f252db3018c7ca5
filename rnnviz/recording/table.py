"""Every value of a run as a table in CSV."""

import csv
import io

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.propagation import Propagation


def table(propagation: Propagation, *, batched: bool) -> str:
    """One row for each time step (and item of the batch); what the columns are, `to_csv` says."""
    columns = _columns(propagation)
    numbers = np.concatenate(list(columns.values()), axis=-1)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    units = [f"{name}[{unit}]" for name, a in columns.items() for unit in range(a.shape[-1])]
    rows.writerow(["step", *(["item"] if batched else []), *units])
    for step, items in enumerate(numbers.tolist()):
        for item, row in enumerate(items):
            rows.writerow([step, *([item] if batched else []), *row])
    return text.getvalue()


def _columns(propagation: Propagation) -> dict[str, Array]:
    """Name → (time, batch, units), time as in the sequence."""
    columns = {"x": propagation.x}
    alone = len(propagation.runs) == 1
    for direction, run in propagation.runs.items():
        for name in run.cell.names:
            value = run.value(name)[::-1] if direction.reverse else run.value(name)
            columns[name if alone else direction.prefix + name] = value
    if propagation.prediction is not None:
        columns["prediction"] = propagation.prediction
    return columns
