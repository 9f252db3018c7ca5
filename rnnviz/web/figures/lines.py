"""Sizes over time, as lines on a logarithmic axis: what is drawn, and how far the axis goes."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from rnnviz.network.arrays import Array


class Line(NamedTuple):
    """Sizes over time, (time,), not negative; `is_shown` at first, or after a click."""

    name: str
    sizes: Array
    role: str
    is_shown: bool = True


def decades(several: Iterable[Array]) -> tuple[float, float]:
    """Powers of ten that hold all sizes above zero."""
    sizes = np.concatenate([np.ravel(np.asarray(sizes, float)) for sizes in several])
    seen = sizes[np.isfinite(sizes) & (sizes > 0)]
    if not seen.size:
        return -1.0, 1.0
    low, high = math.floor(np.log10(seen.min())), math.ceil(np.log10(seen.max()))
    return float(low), float(max(high, low + 1))
