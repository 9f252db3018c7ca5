"""Recurrent cells written as equations: run, recorded, differentiated and shown."""

from rnnviz.equations import parse
from rnnviz.representation import Cell, EquationError, Step

__all__ = ["Cell", "EquationError", "Step", "parse"]
