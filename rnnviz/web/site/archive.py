"""Many payloads in little room: what is alike in several stands once (read by site/archive.js).

An archive is zlib's (RFC 1950) of: four bytes, the length of a JSON index, little-endian; the
index; zeros up to a multiple of 8; then all numbers back to back, each array from a multiple of 8
on, as float32 where that loses nothing, else as float64.

A piece is what belongs together of a payload, a header and arrays: a page puts a payload together
from several (a network, a sequence, where L is).
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from rnnviz.network.arrays import Array
from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser

DEEP = 3
"""How many levels of a header are looked through for what is alike."""
BETWEEN = "|"


class Archive:
    """Pieces by key, and what a page says besides.

    page: plain JSON, of the page itself: its settings and how their pieces are put together.
    """

    def __init__(self, page: Mapping[str, Any]) -> None:
        self.page = page
        self._values: dict[str, int] = {}
        self._numbers: dict[tuple[int, bytes], int] = {}
        self._pieces: dict[str, Any] = {}

    def add(
        self,
        key: str,
        header: Mapping[str, Any],
        arrays: Mapping[str, ArrayLike] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a piece of a payload.

        more: what the page wants to know of it that is in no payload.
        """
        index = [
            [name, list(np.shape(array)), self._place(np.asarray(array, float))]
            for name, array in (arrays or {}).items()
        ]
        self._pieces[key] = [self._shared(header), index, self._shared(more or {})]

    def to_bytes(self) -> bytes:
        """The whole."""
        index = {
            "page": {"texts": for_browser(language()), **self.page},
            "values": [json.loads(text) for text in self._values],
            "numbers": [(size, len(data) // size) for size, data in self._numbers],
            "pieces": self._pieces,
        }
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        encoded = text.encode()
        start = len(encoded).to_bytes(4, "little") + encoded
        numbers = b"".join(_padded(data) for _, data in self._numbers)
        return zlib.compress(_padded(start) + numbers, 9)

    def _shared(self, value: Any, deep: int = DEEP) -> Any:
        """The same, each leaf in its place a number: its own among all there are."""
        if deep and isinstance(value, dict | list) and value and _is_branch(value):
            if isinstance(value, dict):
                return {name: self._shared(one, deep - 1) for name, one in value.items()}
            return [self._shared(one, deep - 1) for one in value]
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        return self._values.setdefault(text, len(self._values))

    def _place(self, array: Array) -> int:
        with np.errstate(over="ignore"):  # then it is not exact
            small = array.astype("<f4")
        is_exact = small.astype("<f8").tobytes() == array.astype("<f8").tobytes()
        numbers = small if is_exact else array.astype("<f8")
        key = numbers.itemsize, numbers.tobytes()
        return self._numbers.setdefault(key, len(self._numbers))


def _is_branch(value: dict[str, Any] | list[Any]) -> bool:
    """Whether its entries are looked at one by one: of a list, where these are objects."""
    return isinstance(value, dict) or all(isinstance(one, dict) for one in value)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)


def key_of(name: str, *texts: str) -> str:
    """What a piece is called: of which kind it is, and the settings it depends on, as in a link."""
    return BETWEEN.join((name, *texts))
