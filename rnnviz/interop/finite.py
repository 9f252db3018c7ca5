"""Arrays out of a file, as they may stand in a network: real, finite, in single or double."""

import numpy as np

from rnnviz.interop.names import not_real, shown
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence


def finite(name: str, array: Array) -> Array:
    """A copy as float32 or float64.

    Raises:
        ValueError: it holds no real numbers, or NaN or infinity; the sentence has its name.
    """
    if array.dtype.kind not in "fiub":
        raise ValueError(not_real(name, array.dtype))
    single = array.dtype.kind == "f" and array.dtype.itemsize <= 4
    with np.errstate(all="ignore"):
        numbers: Array = np.array(array, np.float32 if single else np.float64, order="C")
    if not np.isfinite(numbers).all():
        raise ValueError(_not_finite(shown(name), has_nan=bool(np.isnan(numbers).any())))
    return numbers


def _not_finite(name: str, *, has_nan: bool) -> Sentence:
    if has_nan:
        return Sentence("{name} has NaN in it: take a checkpoint from before that", name=name)
    return Sentence("{name} has infinity in it: take a checkpoint from before that", name=name)
