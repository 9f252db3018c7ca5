"""What changes if: cells that differ from one in a single thing, read off its equations.

A rule goes from a cell and its equations to alterations; a file holds those of one subject.
"""

from typing import NamedTuple

from rnnviz.cells.alterations.alteration import Alteration
from rnnviz.cells.alterations.functions import other_functions
from rnnviz.cells.alterations.gates import coupled_gates, without_gates
from rnnviz.cells.alterations.resets import moved_resets
from rnnviz.equations.expressions import expressions
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell

__all__ = ["Alteration", "Change", "alterations", "difference"]

RULES = (without_gates, coupled_gates, moved_resets, other_functions)


class Change(NamedTuple):
    """A named value's line before and after; "" where there is none."""

    name: str
    before: str
    after: str

    @property
    def is_one(self) -> bool:
        return self.before != self.after


def alterations(cell: Cell) -> tuple[Alteration, ...]:
    """Without a gate, with two gates coupled, with another function, with its reset moved."""
    equations = expressions(cell)
    found: dict[Cell, Alteration] = {}
    for make in RULES:
        for one in make(cell, equations):
            if one.cell != cell:
                found.setdefault(one.cell, one)
    return tuple(found.values())


def difference(before: Cell, after: Cell) -> tuple[Change, ...]:
    """Every line of both, in the order of the later one; what is gone stands where it stood."""
    old, new = _lines(before), _lines(after)
    order = list(new)
    for place, name in enumerate(old):
        if name not in new:
            order.insert(place, name)
    return tuple(Change(name, old.get(name, ""), new.get(name, "")) for name in order)


def _lines(cell: Cell) -> dict[str, str]:
    return dict(zip(cell.names, plain(cell).split("\n"), strict=True))
