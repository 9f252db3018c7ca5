"""Networks from elsewhere and back: PyTorch modules, checkpoints, autograd as the oracle."""

from rnnviz.interop.checkpoints import CheckpointError, load, load_bytes, save
from rnnviz.interop.modules import from_torch, to_torch

__all__ = ["CheckpointError", "from_torch", "load", "load_bytes", "save", "to_torch"]
