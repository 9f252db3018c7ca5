"""All parameters in one array, each a view of it by its full name: what the optimizer steps on."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]


class Flat:
    """values and gradients, one entry for each of a parameter; `named` and `pulled` are views.

    starts: where each parameter begins.
    """

    def __init__(self, parameters: Mapping[str, Array], dtype: npt.DTypeLike) -> None:
        self.values = np.concatenate([a.ravel() for a in parameters.values()]).astype(dtype)
        self.gradients = np.zeros_like(self.values)
        self.named: dict[str, Array] = {}
        self.pulled: dict[str, Array] = {}
        self.starts: dict[str, int] = {}
        start = 0
        for name, array in parameters.items():
            part = slice(start, start + array.size)
            self.starts[name] = start
            self.named[name] = self.values[part].reshape(array.shape)
            self.pulled[name] = self.gradients[part].reshape(array.shape)
            start = part.stop

    def copies(self) -> dict[str, Array]:
        """The parameters as arrays of their own."""
        return {name: array.copy() for name, array in self.named.items()}
