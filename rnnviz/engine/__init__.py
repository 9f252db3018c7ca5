"""A cell read over a sequence, forward and backward, every value and gradient recorded."""

from rnnviz.engine.cell_run import CellGradients, CellRun, Workspace, forward
from rnnviz.engine.checks import Hold

__all__ = ["CellGradients", "CellRun", "Hold", "Workspace", "forward"]
