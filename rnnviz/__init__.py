"""Recurrent cells written as equations: run, recorded, differentiated and shown."""

from importlib.metadata import PackageNotFoundError, version

from rnnviz import cells, data, gradients, tasks, training
from rnnviz.engine import Hold
from rnnviz.equations import EquationError, parse
from rnnviz.interop import CheckpointError, load, save
from rnnviz.network import Initial, Layer, Loss, Network, Readout
from rnnviz.recording import Gradients, Recording, trace
from rnnviz.representation import Cell, Step
from rnnviz.watching import watch

try:
    __version__ = version("rnnviz")
except PackageNotFoundError:  # run from a folder, installed nowhere
    __version__ = "0"

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
    "__version__",
    "cells",
    "data",
    "gradients",
    "load",
    "parse",
    "save",
    "tasks",
    "trace",
    "training",
    "watch",
]
