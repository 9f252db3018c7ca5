"""Tokens by number, and what a network reads of them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array

Codes = npt.NDArray[np.intp]
"""Tokens by number."""
Reading = Callable[[Codes], Array]
"""Tokens by number → what a network reads of them, with one axis more: (…, inputs)."""


def read(codes: Codes, *, known: int, numbered: bool) -> Array:
    """Tokens' numbers → what a network reads of them, (…, inputs): of an unknown one zeros."""
    return codes[..., None].astype(float) if numbered else one_hot(codes, known)


def one_hot(codes: Codes, known: int) -> Array:
    """(…) → (…, known), zeros for what is not known."""
    found = np.zeros((*codes.shape, known))
    places = np.nonzero(codes < known)
    found[(*places, codes[places])] = 1.0
    return found
