"""An h that has fewer numbers than its c, as an LSTM's with `proj_size`.

A cell has one size for all its states, so such an h is written with as many numbers as c: those
that are added are always 0. Here both spellings are made of one another.
"""

import numpy as np

from rnnviz.network.arrays import Array


def narrowed(array: Array, numbers: int, hidden: int) -> Array:
    """(…, hidden) → (…, numbers); or of several directions side by side, each cut so."""
    ways = array.reshape(*array.shape[:-1], -1, hidden)[..., :numbers]
    return ways.reshape(*array.shape[:-1], -1)


def widened(array: Array, numbers: int, hidden: int) -> Array:
    """The inverse of `narrowed`: zeros after the numbers of each direction."""
    ways = array.reshape(*array.shape[:-1], -1, numbers)
    none = [(0, 0)] * (ways.ndim - 1)
    padded: Array = np.pad(ways, (*none, (0, hidden - numbers)))
    return padded.reshape(*array.shape[:-1], -1)
