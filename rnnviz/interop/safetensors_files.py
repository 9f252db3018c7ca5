"""Files of .safetensors → named arrays: a header in JSON, then the numbers, one after another.

bfloat16 and the floats of eight bits are widened to float32.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

import numpy as np

from rnnviz.interop.names import shown
from rnnviz.interop.narrow_floats import NARROW
from rnnviz.interop.stored import Numbers, Opened, StateDict, Stored
from rnnviz.texts import Sentence

LARGEST_HEADER = 2**24
DAMAGED = Sentence("it is damaged, or no .safetensors file")
_DTYPES: Mapping[str, str] = MappingProxyType(
    {
        "F64": "<f8",
        "F32": "<f4",
        "F16": "<f2",
        "I64": "<i8",
        "I32": "<i4",
        "I16": "<i2",
        "I8": "i1",
        "U64": "<u8",
        "U32": "<u4",
        "U16": "<u2",
        "U8": "u1",
        "BOOL": "?",
        **{name: f"<{narrow.bits}" for name, narrow in NARROW.items()},
    }
)
"""The format's name of a type → NumPy's of what its bytes are read as."""


def holds(opened: Opened) -> bool:
    """Whether a header in JSON begins where it should."""
    return opened.head[8:9] == b"{"


def dictionaries(opened: Opened) -> tuple[tuple[StateDict, ...], Mapping[str, str]]:
    """The arrays, whose order tells nothing (they are sorted as they are written); and what is
    said beside them.

    Raises:
        ValueError: what is wrong with the file; about an array, when it is read.
    """
    header, start = _header(opened.file)
    metadata = header.pop("__metadata__", None) or {}
    size = opened.file.seek(0, 2) - start
    arrays = {
        name: _stored(opened.file, name, entry, start, size) for name, entry in header.items()
    }
    if not isinstance(metadata, dict):
        raise ValueError(DAMAGED)
    return (StateDict("", arrays, is_ordered=False),), metadata


def _header(file: BinaryIO) -> tuple[dict[str, Any], int]:
    """What the header says, and where the numbers start."""
    file.seek(0)
    length = int.from_bytes(file.read(8), "little")
    if length > LARGEST_HEADER:
        raise ValueError(DAMAGED)
    try:
        header = json.loads(file.read(length))
    except (ValueError, RecursionError):
        raise ValueError(DAMAGED) from None
    if not isinstance(header, dict):
        raise ValueError(DAMAGED)
    return header, 8 + length


def _stored(file: BinaryIO, name: str, entry: Any, start: int, size: int) -> Stored:
    """One array, its shape believed only where it has as many bytes as the header says."""
    try:
        kind, shape, (begin, end) = entry["dtype"], tuple(entry["shape"]), entry["data_offsets"]
    except (TypeError, KeyError, ValueError):
        raise ValueError(DAMAGED) from None
    if not isinstance(kind, str) or not all(
        type(n) is int and n >= 0 for n in (*shape, begin, end)
    ):
        raise ValueError(DAMAGED)
    if kind not in _DTYPES:
        return Stored(shape, lambda: _refused(name, kind))
    dtype = np.dtype(_DTYPES[kind])
    stored = Stored(shape, lambda: _array(file, kind, shape, start + begin, end - begin))
    if stored.size * dtype.itemsize != end - begin or end > size:
        raise ValueError(DAMAGED)
    return stored


def _array(file: BinaryIO, kind: str, shape: tuple[int, ...], start: int, length: int) -> Numbers:
    file.seek(start)
    numbers = np.frombuffer(file.read(length), _DTYPES[kind])
    found = NARROW[kind].widened(numbers) if kind in NARROW else numbers
    return found.reshape(shape)


def _refused(name: str, kind: str) -> Numbers:
    raise ValueError(
        Sentence(
            "{name} holds numbers of type {type}: save them as float32",
            name=shown(name),
            type=shown(kind),
        )
    )
