"""The text of a recurrent cell → checked steps.

A cell is a few lines `name = expression`. `h_prev` is `h` at the step before; `W U V` (with an
optional `_part`) are matrices, `b p` vectors; everything else is a value. A text becomes tokens, a
tree and steps; nothing of it is ever executed. The modules of web/browser/equations do the same
while one types, with the same messages.
"""

from rnnviz.equations.language import MAX_CHARACTERS, to_json
from rnnviz.equations.parsing import parse
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
    "to_json",
]
