"""Networks from elsewhere and back: PyTorch modules, checkpoints, autograd as the oracle."""

from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.loading import load
from rnnviz.interop.modules.conversion import from_torch, to_torch
from rnnviz.interop.refusals import CheckpointError
from rnnviz.interop.saving import save

__all__ = ["CheckpointError", "from_torch", "load", "load_bytes", "save", "to_torch"]
