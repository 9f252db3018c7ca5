"""The text of a recurrent cell → checked steps.

A cell is a few lines `name = expression`. `h_prev` is `h` at the step before; `W U V` (with an
optional `_part`) are matrices, `b p` vectors; everything else is a value. Only these modules know
Python's `ast`, and they walk it with an allowlist: nothing of the text is ever executed.
"""

from rnnviz.equations.parsing import MAX_CHARACTERS, parse
from rnnviz.equations.problems import EquationError
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.representation import Cell, Step

__all__ = [
    "FUNCTIONS",
    "MAX_CHARACTERS",
    "OPERATIONS",
    "Cell",
    "EquationError",
    "Step",
    "parse",
]
