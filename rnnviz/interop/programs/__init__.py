"""A network as a Python program of its own: equations as they are written, weights included."""

from rnnviz.interop.programs.program import with_numpy, with_torch

__all__ = ["with_numpy", "with_torch"]
