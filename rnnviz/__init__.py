"""Recurrent cells written as equations: run, recorded, differentiated and shown."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from rnnviz import cells, gradients, tasks
from rnnviz.checkpoints import CheckpointError, load, save
from rnnviz.checks import Hold
from rnnviz.equations import EquationError, parse
from rnnviz.initial import Initial
from rnnviz.layers import Layer, Readout
from rnnviz.losses import Loss
from rnnviz.network import Network
from rnnviz.recorded import Gradients
from rnnviz.recording import Recording, trace
from rnnviz.representation import Cell, Step

if TYPE_CHECKING:
    from rnnviz import training
else:

    def __getattr__(name: str) -> ModuleType:
        """`rnnviz.training`, imported at its first use: it brings torch."""
        if name == "training":
            return import_module("rnnviz.training")
        raise AttributeError(f"module 'rnnviz' has no attribute {name!r}")


__all__ = [
    "Cell",
    "CheckpointError",
    "EquationError",
    "Gradients",
    "Hold",
    "Initial",
    "Layer",
    "Loss",
    "Network",
    "Readout",
    "Recording",
    "Step",
    "cells",
    "gradients",
    "load",
    "parse",
    "save",
    "tasks",
    "trace",
    "training",
]
