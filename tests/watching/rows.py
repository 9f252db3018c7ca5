"""Rows of a watched training, made up: the rules and pictures take them as they come."""

import numpy as np

from rnnviz.watching.watched import Gate, Row, Watched

EVEN = Gate(0.7, 0.1, 0.2)


def watched(*rows, cell="LSTM", layers=1, bidirectional=False):
    return Watched(cell, 2, 3, layers, bidirectional, tuple(rows))


def row(
    update=1, *, cell="LSTM", layers=1, bidirectional=False, h=(1.0,) * 20, c=None, outside=None,
    gates=None, **others,
):  # fmt: skip
    """h, c: norms over time, the same in all layers; `c` is 0 where it is not given."""
    seen = watched(cell=cell, layers=layers, bidirectional=bidirectional)
    sizes = {"h": np.array(h, float), "c": np.zeros(len(h)) if c is None else np.array(c, float)}
    return Row(
        update,
        {p + s: sizes[s] for p in seen.prefixes for s in seen.of.states},
        dict.fromkeys(seen.prefixes, float(np.nanmax(h)) if outside is None else outside),
        {p + g: (gates or {}).get(g, EVEN) for p in seen.prefixes for g in seen.of.gates},
        **{"gradient": 1.0, "stepped": 1.0} | others,
    )
