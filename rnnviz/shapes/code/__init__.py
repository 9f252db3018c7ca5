"""PyTorch's lines for a setup: read from what was pasted, never run, and written."""

from rnnviz.shapes.code.problems import CodeError
from rnnviz.shapes.code.reading import read
from rnnviz.shapes.code.writing import Piece, lines, write

__all__ = ["CodeError", "Piece", "lines", "read", "write"]
