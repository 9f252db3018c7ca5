"""Sequences of several lengths in one batch: how long each is, and how each is turned round.

A batch is as long as its longest sequence at least; what follows a shorter one's end is padding.
Where `lengths` is None below, every sequence is as long as the batch.
"""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Lengths = npt.NDArray[np.intp]
"""(batch,), each from 1 to the steps of the batch."""
Number = TypeVar("Number", bound=np.generic)


def checked_lengths(given: npt.ArrayLike, time: int, batch: int) -> Lengths:
    """The lengths of a batch of so many sequences.

    Raises:
        ValueError: there is not one for each sequence, or one is no whole number from 1 to `time`.
    """
    lengths = np.asarray(given)
    if lengths.ndim != 1:
        raise ValueError(f"lengths are one whole number for each sequence, not {given!r}")
    if len(lengths) != batch:
        raise ValueError(f"there are {batch} sequences, and lengths for {len(lengths)}")
    if lengths.dtype.kind not in "iu":
        raise ValueError(f"lengths are whole numbers, not {lengths.dtype}: {lengths.tolist()}")
    for item, length in enumerate(lengths.tolist()):
        if not 1 <= length <= time:
            raise ValueError(f"the length of item {item} is from 1 to {time} steps, not {length}")
    return lengths.astype(np.intp)


def present_steps(lengths: Lengths, time: int) -> npt.NDArray[np.bool_]:
    """(time, batch): whether a sequence has this step, or it is padding."""
    return np.arange(time)[:, None] < lengths


def turned(array: npt.NDArray[Number], lengths: Lengths | None) -> npt.NDArray[Number]:
    """(time, batch, …) read from each sequence's own end; its padding stays where it is.

    Turned twice it is what it was.
    """
    if lengths is None:
        return array[::-1]
    steps = np.arange(len(array))[:, None]
    places = np.where(steps < lengths, lengths - 1 - steps, steps)
    return array[places, np.arange(len(lengths))]


def without_padding(array: npt.NDArray[Number], lengths: Lengths | None) -> npt.NDArray[Number]:
    """(time, batch, …) with 0 in the padding, as torch's `pad_packed_sequence` gives it."""
    return array if lengths is None else padded_with(0, array, lengths)


def padded_with(fill: Any, array: npt.NDArray[Number], lengths: Lengths) -> npt.NDArray[Number]:
    """(time, batch, …) with this in the padding: a number, or one for each sequence, (batch, …)."""
    there = present_steps(lengths, len(array))
    return np.where(there.reshape(*there.shape, *(1,) * (array.ndim - 2)), array, fill)
