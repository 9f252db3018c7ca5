"""How a cell is written: one writer, two spellings (LaTeX and plain), symbols or numbers."""

from rnnviz.notation.writer import (
    equations,
    latex,
    latex_line,
    number,
    numbers,
    percent,
    plain,
    symbol,
    to_json,
)

__all__ = [
    "equations",
    "latex",
    "latex_line",
    "number",
    "numbers",
    "percent",
    "plain",
    "symbol",
    "to_json",
]
