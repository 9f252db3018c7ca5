"""Batches as the browser reads them (maths/training/batches.js), in few bytes: a column of two
values, as those of a one-hot code are, is sent as bits."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from rnnviz.network.lengths import present_steps
from rnnviz.tasks.sequences import Array, Batch


class Packed(NamedTuple):
    """header: JSON, see `BatchesHeader`. arrays: by the names that stand in it."""

    header: dict[str, Any]
    arrays: dict[str, Array]


def packed(batches: Sequence[Batch], *, first: int = 0, name: str = "batches") -> Packed:
    """Batches of one shape, one after the other.

    Args:
        first: the update that the first of them is for, from 0.
        name: how the names of the arrays begin.

    Raises:
        ValueError: a step counts in part: the browser knows masks of zeros and ones.
    """
    steps, size, _ = batches[0].x.shape
    fields = {
        "x": np.stack([batch.x for batch in batches]),
        "targets": np.stack([batch.targets for batch in batches]),
        "mask": np.stack([batch.mask for batch in batches])[..., None],
        "scored": np.stack([batch.scored for batch in batches])[..., None],
        "present": np.stack([_present(batch) for batch in batches])[..., None],
    }
    for field in ("mask", "scored"):
        if not np.isin(fields[field], (0.0, 1.0)).all():
            raise ValueError("a step of these batches counts in part")
    if fields["present"].all():
        fields["present"] = fields["present"][..., :0]
    arrays: dict[str, Array] = {}
    header: dict[str, Any] = {"first": first, "count": len(batches), "steps": steps, "size": size}
    header["fields"] = {
        field: [
            _column(whole[..., k].astype(float), f"{name}.{field}.{k}", arrays)
            for k in range(whole.shape[-1])
        ]
        for field, whole in fields.items()
    }
    return Packed(header, arrays)


def _present(batch: Batch) -> Array:
    steps, size, _ = batch.x.shape
    return np.ones((steps, size)) if batch.lengths is None else present_steps(batch.lengths, steps)


def _column(numbers: Array, name: str, arrays: dict[str, Array]) -> dict[str, Any]:
    """Add a column's array; bits go eight bytes at a time, as a number whose value says nothing."""
    low, high = float(numbers.min()), float(numbers.max())
    if not ((numbers == low) | (numbers == high)).all():
        arrays[name] = numbers.ravel()
        return {"array": name, "values": None}
    bits = np.packbits(numbers.ravel() == high)
    arrays[name] = np.pad(bits, (0, -len(bits) % 8)).view("<f8")
    return {"array": name, "values": [low, high]}
