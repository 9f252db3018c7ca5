"""Weights that somebody gives: arrays by full name as one value, which a link has as a text."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array, as_array
from rnnviz.network.network import Network
from rnnviz.summary import NamedValues, head_and_lines
from rnnviz.texts import Sentence

BEFORE = "initial."
"""In the full name of a state before the first step: "layers.0.initial.h"."""
MOST_BYTES = 8 * 2**20
"""Of the numbers written out, whatever a text claims to hold."""


def as_given(name: str) -> str:
    """Full name of a state, "layers.0.h", among parameters: "layers.0.initial.h"."""
    prefix, _dot, state = name.rpartition(".")
    return f"{prefix}.{BEFORE}{state}"


def of_state(name: str) -> str:
    """The inverse: "layers.0.initial.h" → "layers.0.h"."""
    return name.replace(BEFORE, "")


@dataclass(frozen=True)
class GivenWeights:
    """Some or all parameters of a network, of finite numbers. Two of the same numbers are equal.

    text: full name → rows of numbers, as JSON, compressed, in the letters of a link.
    """

    text: str

    @staticmethod
    def of(weights: "Network | Mapping[str, npt.ArrayLike] | GivenWeights") -> "GivenWeights":
        """Those of a network, or arrays by full name: "layers.0.W_i", "readout.W".

        ValueError where one is no array of finite real numbers.
        """
        if isinstance(weights, GivenWeights):
            return weights
        named = weights.parameters if isinstance(weights, Network) else weights
        arrays = {name: as_array(name, array).astype(float) for name, array in named.items()}
        for name, array in arrays.items():
            if not np.isfinite(array).all():
                raise ValueError(Sentence("{name} holds a number that is not finite", name=name))
        written = json.dumps({n: a.tolist() for n, a in arrays.items()}, separators=(",", ":"))
        packed = zlib.compress(written.encode(), 9)
        return GivenWeights(base64.urlsafe_b64encode(packed).decode().rstrip("="))

    @staticmethod
    def read(text: str) -> "GivenWeights | None":
        """What a link says, if it is whole: not where it was cut short, or is something else."""
        try:
            packed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
            unpacking = zlib.decompressobj()
            written = unpacking.decompress(packed, MOST_BYTES)
            if not unpacking.eof:
                return None
            arrays = json.loads(written, parse_constant=_refuse)
            return GivenWeights.of({name: _numbers(rows) for name, rows in arrays.items()})
        except (AttributeError, binascii.Error, zlib.error, ValueError, RecursionError):
            return None

    @cached_property
    def arrays(self) -> NamedValues[Array]:
        """Full name → float64 array."""
        packed = base64.urlsafe_b64decode(self.text + "=" * (-len(self.text) % 4))
        named = json.loads(zlib.decompress(packed))
        return NamedValues({name: np.array(rows) for name, rows in named.items()})

    @property
    def count(self) -> int:
        """How many numbers are given."""
        return sum(array.size for array in self.arrays.values())

    def __repr__(self) -> str:
        lines = [f"{name} {array.shape}" for name, array in self.arrays.items()]
        return head_and_lines("GivenWeights", lines)


def _numbers(rows: Any) -> Array:
    """Rows as JSON has them → their array. ValueError where they are none of numbers."""
    array = np.array(rows)
    if array.dtype.kind not in "fi":
        raise ValueError("not numbers")
    return array.astype(float)


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no finite number")
