"""Recurrent cells written as equations: run, recorded, differentiated and shown."""

from rnnviz import cells, gradients, tasks, training
from rnnviz.engine import Hold
from rnnviz.equations import EquationError, parse
from rnnviz.interop import CheckpointError, load, save
from rnnviz.network import Initial, Layer, Loss, Network, Readout
from rnnviz.recording import Gradients, Recording, trace
from rnnviz.representation import Cell, Step

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
