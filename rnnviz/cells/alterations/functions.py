"""Another function in the place of one, or none."""

from collections.abc import Iterator, Mapping
from math import isfinite

from rnnviz.cells.alterations.alteration import Alteration, Equations, altered, own_gates
from rnnviz.equations.expressions import Applied, Expression, rewritten
from rnnviz.notation.symbols import literal
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

SWAPS: Mapping[str, tuple[str, ...]] = {
    "tanh": ("relu", "identity"),
    "relu": ("tanh", "identity"),
    "sigmoid": ("hard_sigmoid",),
    "hard_sigmoid": ("sigmoid",),
    "hard_sigmoid_02": ("sigmoid",),
    "hard_tanh": ("tanh",),
    "softsign": ("tanh",),
    "softplus": ("relu",),
}
"""Function → what may stand in its place; `identity`: nothing."""


def other_functions(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """A function of all gates; or one function, or none in its place."""
    own = own_gates(cell, equations)
    for op in dict.fromkeys(cell.step(gate).op for gate in own):
        gates = [gate for gate in own if cell.step(gate).op == op]
        for other in SWAPS.get(op, ()):
            made = {**equations, **{g: _swapped_first(equations[g], op, other) for g in gates}}
            yield from _swap(cell, made, ", ".join(gates), op, other)
    for name, expression in equations.items():
        if name in own:
            continue
        for op in dict.fromkeys(_functions(expression)):
            for other in SWAPS.get(op, ()):
                changed = _swapped_first(expression, op, other)
                yield from _swap(cell, {**equations, name: changed}, name, op, other)


def _swap(
    cell: Cell, equations: Equations, names: str, op: str, other: str
) -> Iterator[Alteration]:
    made = altered(cell, equations)
    if not made:
        return
    if other == "identity":
        title = Sentence("{name} without {function}", name=names, function=op)
    else:
        title = Sentence("{name}: {other} for {function}", name=names, other=other, function=op)
    yield Alteration(title, _bounds(op, other), made)


def _bounds(op: str, other: str) -> Sentence:
    """What another function in the place of one does to the values."""
    old, new = OPERATIONS[op], OPERATIONS[other]
    if isfinite(old.high) and not isfinite(new.high):
        return Sentence("Nothing keeps it below {bound} any more.", bound=_text(old.high))
    if isfinite(old.low) and not isfinite(new.low):
        return Sentence("Nothing keeps it above {bound} any more.", bound=_text(old.low))
    if isfinite(new.high) and not isfinite(old.high):
        low, high = _text(new.low), _text(new.high)
        return Sentence("It is kept between {low} and {high} now.", low=low, high=high)
    return Sentence("The same weights, another curve.")


def _text(bound: float) -> str:
    return literal(bound, "screen")


def _functions(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Applied):
        for one in expression.args:
            yield from _functions(one)
        if expression.op in SWAPS:
            yield expression.op


def _swapped_first(expression: Expression, op: str, other: str) -> Expression:
    """With every `op` become `other`."""

    def swap(one: Expression) -> Expression:
        if not isinstance(one, Applied) or one.op != op:
            return one
        return one.args[0] if other == "identity" else Applied(other, one.args)

    return rewritten(expression, swap)
