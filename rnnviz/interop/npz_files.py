"""NumPy's .npz files → named arrays. Of an array is believed what its bytes bear out."""

import io
import math
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnviz.interop.archive import Archive
from rnnviz.interop.names import not_real, shown
from rnnviz.texts import Sentence

Numbers = npt.NDArray[Any]


def read(data: bytes, most: int, note: str) -> tuple[Iterator[tuple[str, Numbers]], Numbers | None]:
    """The arrays, one after another, and the one called `note`, if it is there.

    Args:
        data: the file.
        most: how many numbers of eight bytes it may unpack to.
        note: the name of an array that is none of the network's.

    Raises:
        ValueError: what is wrong with the file; about an array, when its turn comes.
    """
    archive = Archive(data, most)
    for member in archive.names:
        if not member.endswith(".npy"):
            raise ValueError(Sentence("it holds {name}, which is no array", name=shown(member)))
    names = [member.removesuffix(".npy") for member in archive.names]
    found = _array(note, archive.read(f"{note}.npy")) if note in names else None
    return _unpacked(archive, [name for name in names if name != note]), found


def array_in(name: str, data: bytes) -> Numbers:
    """The array of a .npy file. ValueError: what is wrong with it."""
    return _array(shown(name), data)


def _unpacked(archive: Archive, names: Iterable[str]) -> Iterator[tuple[str, Numbers]]:
    for name in names:
        yield name, _array(shown(f"{name}.npy"), archive.read(f"{name}.npy"))


def _array(name: str, content: bytes) -> Numbers:
    """One array, its header believed only where it says as many bytes as there are."""
    stream = io.BytesIO(content)
    try:
        with warnings.catch_warnings(action="ignore"):
            version = np.lib.format.read_magic(stream)
            read = {(1, 0): np.lib.format.read_array_header_1_0}.get(
                version, np.lib.format.read_array_header_2_0
            )
            shape, by_columns, dtype = read(stream)
    except Exception:  # NumPy parses the header as Python's text, so it raises what parsers raise
        raise ValueError(Sentence("{name} is damaged", name=name)) from None
    if dtype.hasobject or dtype.kind not in "fiub":
        raise ValueError(not_real(name, dtype))
    rest = memoryview(content)[stream.tell() :]
    if not rest:
        raise ValueError(Sentence("{name} is empty", name=name))
    counts = all(type(size) is int and size >= 0 for size in shape)  # True and False are no sizes
    if not counts or math.prod(shape) * dtype.itemsize != len(rest):
        raise ValueError(Sentence("{name} is cut off, or not of the size it says", name=name))
    return np.frombuffer(rest, dtype).reshape(shape, order="F" if by_columns else "C")
