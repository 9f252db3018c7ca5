"""A cell that differs from another in one thing, and how it is made: its equations, rewritten."""

from typing import NamedTuple

from rnnviz.equations import EquationError, parse
from rnnviz.equations.expressions import (
    Expression,
    cell_of,
    expressions,
    names_in,
    rewritten,
    simplified,
)
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell, base_of
from rnnviz.texts import Sentence

Equations = dict[str, Expression]


class Alteration(NamedTuple):
    """A cell that differs from another in one thing: what was done, and what it comes to."""

    title: Sentence
    says: Sentence
    cell: Cell


def altered(before: Cell, equations: Equations) -> Cell | None:
    """The cell of rewritten equations, without what nobody reads any more; None if it is none."""
    try:
        made = _without_unread(before, _folded(equations))
        return parse(plain(cell_of(made)))
    except (EquationError, ValueError, KeyError):
        return None


def _folded(equations: Equations) -> Equations:
    """With every number put in where it is read.

    ValueError: h or a state would be a number.
    """
    numbers: dict[str, float] = {}
    folded: Equations = {}

    def put(one: Expression) -> Expression:
        return numbers.get(one, one) if isinstance(one, str) else simplified(one)

    for name, expression in equations.items():
        reads = names_in(expression) & numbers.keys()
        value = rewritten(expression, put) if reads else expression
        if isinstance(value, float):
            numbers[name] = value
        else:
            folded[name] = value
    return folded


def _without_unread(before: Cell, equations: Equations) -> Equations:
    """Without the values that were read and are no more."""
    read_before = frozenset[str]().union(*map(names_in, expressions(before).values()))
    while True:
        read = {base_of(n) for n in frozenset[str]().union(*map(names_in, equations.values()))}
        dead = [n for n in equations if n != "h" and n in read_before and n not in read]
        if not dead:
            return equations
        equations = {n: e for n, e in equations.items() if n not in dead}


def own_gates(cell: Cell, equations: Equations) -> list[str]:
    """The gates that are made of more than another gate, and are no states."""
    return [
        gate
        for gate in cell.gates
        if gate not in cell.h_and_states and not names_in(equations[gate]) <= set(cell.gates)
    ]
