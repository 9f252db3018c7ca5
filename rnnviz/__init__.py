"""Recurrent cells written as equations: run, recorded, differentiated and shown."""

from rnnviz import cells, tasks
from rnnviz.equations import EquationError, parse
from rnnviz.representation import Cell, Step

__all__ = ["Cell", "EquationError", "Step", "cells", "parse", "tasks"]
