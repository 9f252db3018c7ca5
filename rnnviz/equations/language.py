"""What there is in the language, as data: words, signs and limits.

The browser's parser (web/browser/equations) reads the same by `to_json`.
"""

import keyword

from rnnviz.operations import FUNCTIONS, OPERATIONS

MAX_CHARACTERS, MAX_NAME = 4000, 24
MAX_BRACKETS, MAX_DEPTH, MAX_STEPS = 200, 60, 256
MAX_NUMBER = 1e6

TAKEN = tuple(keyword.kwlist)
"""Words that cannot be names: the program that a cell is saved as could not have them."""
ARITY = {name: OPERATIONS[name].arity for name in FUNCTIONS}
SIGNS = {o.spelled.plain.strip(): o.name for o in OPERATIONS.values() if o.form == "infix"}
"""Sign between two operands → its operation."""
LEVELS = {"==": 0, "+": 1, "-": 1, "*": 2, "@": 2, "/": 2, "//": 2, "**": 3}
"""How tightly Python's signs bind, those that mean nothing here included: so that what is refused
can be quoted whole. All are read from left to right."""
QUOTABLE = (
    r"[!-_a-~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u052f\u1d00-\u1d7f\u2010-\u2027\u2030-\u205e"
    r"\u2070\u2071\u2074-\u208e\u2100-\u218b\u2190-\u23ff\u2460-\u2b73\u3001-\u303f\u3041-\u3096"
    r"\u30a0-\u30ff\u4e00-\u9ffc\uac00-\ud7a3\uff01-\uff5e]"
)
"""The characters that a message shows; of any other it gives the number. It is a list, since what
is printable depends on whose tables of Unicode are asked."""


def to_json() -> dict[str, object]:
    """All of it, for the parser in the browser."""
    return {
        "most": {
            "characters": MAX_CHARACTERS,
            "name": MAX_NAME,
            "brackets": MAX_BRACKETS,
            "depth": MAX_DEPTH,
            "steps": MAX_STEPS,
            "number": MAX_NUMBER,
        },
        "taken": list(TAKEN),
        "arity": dict(ARITY),
        "signs": dict(SIGNS),
        "levels": dict(LEVELS),
        "quotable": QUOTABLE,
    }
