"""What of the old states still reaches the new ones where some values are held: read off the
equations, true of any weights."""

from collections.abc import Iterable, Mapping

import numpy as np

from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, Operand, is_part

Held = Mapping[str, float]
"""Value → the number that it is held at, in every unit."""


def remembered(cell: Cell, held: Held) -> frozenset[str]:
    """The old states that a new one, or what the cell gives, depends on; none where everything is
    forgotten."""
    reached = _reached(cell, held, frozenset())
    return _union(reached[name] for name in (*cell.states, "h"))


def readers(cell: Cell, held: Held) -> dict[str, frozenset[str]]:
    """Named value → the old states that it reads itself, and not through another named value."""
    named = frozenset(name for name in cell.names if not is_part(name))
    reached = _reached(cell, held, named)
    return {name: reached[name] for name in cell.names if name in named}


def _reached(cell: Cell, held: Held, opaque: frozenset[str]) -> dict[str, frozenset[str]]:
    """Value → the old states that reach it; what is opaque hands none on."""
    found = {f"{state}_prev": frozenset({state}) for state in cell.states}
    numbers: dict[str, float] = dict(held)

    def number(operand: Operand) -> float | None:
        return operand if isinstance(operand, float) else numbers.get(operand)

    for name, op, args in cell.steps:
        known = [number(arg) for arg in args]
        if name not in held and (result := _result(op, known)) is not None:
            numbers[name] = result
        reading = () if name in numbers else (a for a in args if a not in opaque)
        found[name] = _union(found.get(str(arg), frozenset()) for arg in reading)
    return found


def _result(op: str, operands: list[float | None]) -> float | None:
    """What an operation gives where that is known of its operands: anything times 0 is 0."""
    if OPERATIONS[op].kind in ("product", "matrix product") and 0.0 in operands:
        return 0.0
    known = [operand for operand in operands if operand is not None]
    if len(known) < len(operands):
        return None
    return float(OPERATIONS[op].forward(*map(np.array, known)))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
