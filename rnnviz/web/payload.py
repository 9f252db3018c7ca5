"""The bytes the stepper gets once: a JSON header and float64 arrays (read by stepper/payload.js).

uint32 (little-endian) length of the header, the header in UTF-8, zeros up to a multiple of 8 bytes
from the start, then the arrays back to back in the order of the header's "arrays".
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from rnnviz.network.arrays import Array


def pack(header: Mapping[str, object], arrays: Mapping[str, ArrayLike]) -> bytes:
    """Pack a header and its arrays.

    Args:
        header: plain JSON; its "arrays" entry is written here, from `arrays`.
        arrays: name → numbers, stored as float64. They may be NaN; the header's may not.

    Raises:
        ValueError: a number in the header is NaN or infinite.
    """
    return b"".join([_start(header, arrays), *_numbers(arrays)])


class Aside(NamedTuple):
    """What goes along with a payload, and its id says nothing of."""

    header: Mapping[str, object]
    arrays: Mapping[str, ArrayLike]


ALONE = Aside({}, {})


def identified(
    header: Mapping[str, object], arrays: Mapping[str, ArrayLike], aside: Aside = ALONE
) -> bytes:
    """The same, its header with an "id" before all else: a digest of what it would be without."""
    numbers = _numbers(arrays)
    digest = hashlib.sha256(_start(header, arrays))
    for array in numbers:
        digest.update(array)
    whole = {"id": digest.hexdigest()[:16], **header, **aside.header}
    start = _start(whole, {**arrays, **aside.arrays})
    return b"".join([start, *numbers, *_numbers(aside.arrays)])


def unpack(payload: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """The header without its "arrays", and these by name: the inverse of `pack`."""
    length = int.from_bytes(payload[:4], "little")
    header = json.loads(payload[4 : 4 + length])
    numbers = np.frombuffer(payload, "<f8", offset=-(-(4 + length) // 8) * 8)
    arrays: dict[str, Array] = {}
    for one in header.pop("arrays"):
        count = math.prod(one["shape"])
        arrays[one["name"]], numbers = numbers[:count].reshape(one["shape"]), numbers[count:]
    return header, arrays


def id_of(payload: bytes) -> str:
    """The "id" of what `identified` made."""
    found = re.match(rb'.{4}\{"id": "(\w+)"', payload, re.DOTALL)
    if found is None:
        raise ValueError("a payload that has no id")
    return found[1].decode()


def _numbers(arrays: Mapping[str, ArrayLike]) -> list[memoryview]:
    return [np.ascontiguousarray(array, dtype="<f8").data for array in arrays.values()]


def _start(header: Mapping[str, object], arrays: Mapping[str, ArrayLike]) -> bytes:
    """All that stands before the numbers."""
    index = [{"name": name, "shape": list(np.shape(array))} for name, array in arrays.items()]
    text = json.dumps({**header, "arrays": index}, allow_nan=False, ensure_ascii=False)
    encoded = text.encode("utf-8", errors="replace")  # half a pair of surrogates is no text
    start = len(encoded).to_bytes(4, "little") + encoded
    return start + bytes(-len(start) % 8)
