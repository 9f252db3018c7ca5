"""What a file holds before any of its numbers is read: named arrays, by their shapes."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.interop.archive import Archive
from rnnviz.interop.names import not_real, shown
from rnnviz.interop.refusals import QUANTISED
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence

Numbers = npt.NDArray[Any]


class Opened(NamedTuple):
    """A file: its name, its beginning, and its directory where it is a zip archive."""

    name: str
    file: BinaryIO
    head: bytes
    archive: Archive | None


@dataclass(frozen=True)
class Stored:
    """An array of a file. Its numbers are read when they are needed.

    read: gives them, in the file's type; raises ValueError, one sentence, where they are none.
    record: where they stand, if several arrays share that.
    """

    shape: tuple[int, ...]
    read: Callable[[], Numbers]
    record: str = ""

    @property
    def size(self) -> int:
        return math.prod(self.shape)

    @property
    def is_matrix(self) -> bool:
        return len(self.shape) == 2


class StateDict(NamedTuple):
    """Arrays that were saved as one dictionary.

    path: where it stands in the file, "model_state_dict" or "", the file itself.
    is_ordered: whether its arrays stand in the order in which a module declares its parts.
    """

    path: str
    arrays: Mapping[str, Stored]
    is_ordered: bool

    def full(self, name: str) -> str:
        """An array's name in the file."""
        return f"{self.path}.{name}" if self.path else name


def read(arrays: Mapping[str, Stored], most: int) -> dict[str, Array]:
    """The arrays as float32 or float64, all numbers finite.

    Raises:
        ValueError: more than `most` numbers in all, NaN, infinity, or what an array's reading says.
    """
    if sum(array.size for array in arrays.values()) > most:
        raise ValueError(Sentence("it holds more than {most} numbers", most=f"{most:,}"))
    by_record = sorted(arrays.items(), key=lambda each: each[1].record)
    found = {name: finite(name, array.read()) for name, array in by_record}
    return {name: found[name] for name in arrays}


def finite(name: str, array: Numbers) -> Array:
    """A copy as float32 or float64. ValueError, one sentence, where its numbers are not finite, or
    no plain real numbers."""
    if array.dtype.kind not in "fiub":
        raise ValueError(not_real(name, array.dtype))
    if array.dtype.kind in "iu" and array.dtype.itemsize == 1:
        raise ValueError(QUANTISED)
    single = array.dtype.kind == "f" and array.dtype.itemsize <= 4
    with np.errstate(all="ignore"):
        numbers: Array = np.array(array, np.float32 if single else np.float64, order="C")
    if not np.isfinite(numbers).all():
        raise ValueError(_notfinite(shown(name), has_nan=bool(np.isnan(numbers).any())))
    return numbers


def _notfinite(name: str, *, has_nan: bool) -> Sentence:
    if has_nan:
        return Sentence("{name} has NaN in it: take a checkpoint from before that", name=name)
    return Sentence("{name} has infinity in it: take a checkpoint from before that", name=name)
