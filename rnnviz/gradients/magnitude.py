"""The size of a gradient: norms in float64, where squares in float32 would be zero below 1e-22."""

import numpy as np
import numpy.typing as npt

from rnnviz.operations import Array


def norms(values: npt.ArrayLike) -> Array:
    """(time,): the Euclidean norm of everything at a time step; values: (time, …).

    Scaled by the largest entry, so that it is right down to 1e-300.
    """
    array = np.abs(np.asarray(values, np.float64)).reshape(len(np.asarray(values)), -1)
    largest = array.max(1, keepdims=True)
    with np.errstate(all="ignore"):
        scaled = array / largest
        scaled[np.isinf(array)] = 1.0
        norm = largest[:, 0] * np.sqrt((scaled * scaled).sum(1))
    return np.where(largest[:, 0] == 0, 0.0, norm)
