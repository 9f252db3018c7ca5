"""NumPy's .npz files → named arrays. Of an array is believed what its bytes bear out."""

import io
import math
import warnings
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple, cast

import numpy as np

from rnnviz.interop.archive import DAMAGED, Archive
from rnnviz.interop.names import not_real, shown
from rnnviz.interop.our_names import NOTE
from rnnviz.interop.refusals import DAMAGED_NOTE
from rnnviz.interop.stored import Numbers, Opened, StateDict, Stored
from rnnviz.texts import Sentence

LONGEST_HEADER = 2**14


def holds(opened: Opened) -> bool:
    """Whether it is a zip file of NumPy's arrays."""
    names = opened.archive.names if opened.archive else ()
    return any(name.endswith(".npy") for name in names)


def dictionaries(opened: Opened) -> tuple[tuple[StateDict, ...], Mapping[str, str]]:
    """The arrays in the order in which they were given, and what is said beside them.

    Raises:
        ValueError: what is wrong with the file; about an array's numbers, when they are read.
    """
    archive = cast("Archive", opened.archive)
    for member in archive.names:
        if not member.endswith(".npy"):
            raise ValueError(Sentence("it holds {name}, which is no array", name=shown(member)))
    arrays = {
        member.removesuffix(".npy"): Stored(
            _header(archive, member).shape, partial(_array, archive, member)
        )
        for member in archive.names
    }
    note = arrays.pop(NOTE, None)
    return (StateDict("", arrays, is_ordered=True),), {} if note is None else {NOTE: _text(note)}


def array_in(name: str, data: bytes) -> Numbers:
    """The array of a .npy file. ValueError: what is wrong with it."""
    return _numbers(_header_of(shown(name), data[:LONGEST_HEADER], len(data)), data)


class _Header(NamedTuple):
    """What an array's own header says, and how many bytes it has."""

    shape: tuple[int, ...]
    by_columns: bool
    dtype: np.dtype[Any]
    length: int


def _header(archive: Archive, member: str) -> _Header:
    head = archive.head(member, LONGEST_HEADER)
    return _header_of(shown(member), head, archive.size(member))


def _header_of(name: str, head: bytes, size: int) -> _Header:
    """An array's header, believed only where it says as many bytes as there are."""
    stream = io.BytesIO(head)
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
    rest = size - stream.tell()
    if rest <= 0:
        raise ValueError(Sentence("{name} is empty", name=name))
    counts = all(type(size) is int and size >= 0 for size in shape)  # True and False are no sizes
    if not counts or math.prod(shape) * dtype.itemsize != rest:
        raise ValueError(Sentence("{name} is cut off, or not of the size it says", name=name))
    return _Header(shape, by_columns, dtype, stream.tell())


def _array(archive: Archive, member: str) -> Numbers:
    return _numbers(_header(archive, member), archive.read(member))


def _numbers(header: _Header, content: bytes) -> Numbers:
    rest = memoryview(content)[header.length :]
    if len(rest) != math.prod(header.shape) * header.dtype.itemsize:
        raise ValueError(DAMAGED)
    found = np.frombuffer(rest, header.dtype)
    return found.reshape(header.shape, order="F" if header.by_columns else "C")


def _text(note: Stored) -> str:
    numbers = note.read()
    if numbers.dtype != np.uint8:
        raise ValueError(DAMAGED_NOTE)
    return numbers.tobytes().decode(errors="replace")
