"""Floats that NumPy has no type for, as the bits that a file holds → float32, exactly."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from rnnviz.interop.stored import Numbers


class Narrow(NamedTuple):
    """bits: NumPy's name of the integers that they are read as. widened: those → float32."""

    bits: str
    widened: Callable[[Numbers], Numbers]


def bfloat16(bits: Numbers) -> Numbers:
    """The upper half of a float32. bits: uint16."""
    widened: Numbers = (bits.astype("<u4") << 16).view("<f4")
    return widened


def float8_e5m2(bits: Numbers) -> Numbers:
    """The upper half of a float16. bits: uint8."""
    return (bits.astype("<u2") << 8).view("<f2").astype(np.float32)


def float8_e4m3(bits: Numbers) -> Numbers:
    """Four bits of exponent, three of fraction, NaN where all are set (Micikevicius et al. 2022,
    FP8 formats for deep learning, arXiv:2209.05433). bits: uint8."""
    return _E4M3[bits]


def _e4m3() -> Numbers:
    """All 256 numbers."""
    bits = np.arange(256)
    exponent, fraction = bits >> 3 & 15, (bits & 7) / 8
    normal = (1 + fraction) * 2.0 ** (exponent - 7)
    size = np.where(exponent == 0, fraction * 2.0**-6, normal)
    size[bits & 127 == 127] = np.nan
    signed: Numbers = np.where(bits & 128, -size, size).astype(np.float32)
    return signed


_E4M3 = _e4m3()
NARROW: Mapping[str, Narrow] = MappingProxyType(
    {
        "BF16": Narrow("u2", bfloat16),
        "F8_E5M2": Narrow("u1", float8_e5m2),
        "F8_E4M3": Narrow("u1", float8_e4m3),
    }
)
"""By the names that .safetensors has for them."""
