"""What changes if: cells that differ from one in a single thing, read off its equations."""

from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import NamedTuple

from rnnviz.equations import EquationError, parse
from rnnviz.equations.expressions import (
    Applied,
    Expression,
    cell_of,
    expressions,
    names_in,
    rewritten,
    simplified,
)
from rnnviz.notation.symbols import literal
from rnnviz.notation.writer import plain
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, base_of, is_parameter
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

Equations = dict[str, Expression]


class Alteration(NamedTuple):
    """A cell that differs from another in one thing: what was done, and what it comes to."""

    title: Sentence
    says: Sentence
    cell: Cell


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
    for make in (_without_gates, _coupled, _moved_resets, _other_functions):
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


def _cell(before: Cell, equations: Equations) -> Cell | None:
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


def _own_gates(cell: Cell, equations: Equations) -> list[str]:
    """The gates that are made of more than another gate, and are no states."""
    return [
        gate
        for gate in cell.gates
        if gate not in cell.h_and_states and not names_in(equations[gate]) <= set(cell.gates)
    ]


def _without_gates(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """A gate is left open; where nothing new would then be written, it is left shut."""
    for gate in cell.gates:
        if gate in cell.h_and_states:
            continue
        for number in (1.0, 0.0):
            made = _cell(cell, {**equations, gate: number})
            if made and _is_written(made):
                title = Sentence("Without the gate {gate}", gate=gate)
                says = (
                    Sentence("It is as if {gate} were 1 at every step.", gate=gate)
                    if number
                    else Sentence("It is as if {gate} were 0 at every step.", gate=gate)
                )
                yield Alteration(title, says, made)
                break


def _is_written(cell: Cell) -> bool:
    """Whether every state gets something new, and the input reaches h."""
    values = expressions(cell)
    reached = {"x"}
    for name in [*values, *values]:
        if names_in(values[name]) & (reached | {f"{n}_prev" for n in reached}):
            reached.add(name)
    return {*cell.states, "h"} <= reached


def _coupled(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """One gate becomes what another leaves: i = 1 − f."""
    for kept, other in _pairs(cell, equations):
        made = _placed_after(equations, kept, other, Applied("sub", (1.0, kept)))
        coupled = _cell(cell, made) if made else None
        if coupled:
            yield Alteration(
                Sentence("{other} = 1 − {gate}", other=other, gate=kept),
                Sentence(
                    "{other} is learned no longer: what {gate} leaves, {other} lets in.",
                    other=other,
                    gate=kept,
                ),
                coupled,
            )


def _pairs(cell: Cell, equations: Equations) -> Iterator[tuple[str, str]]:
    """A gate that keeps an old state, and one that lets the new into the same state; where a state
    has no such, any other gate."""
    own = _own_gates(cell, equations)
    for state in cell.h_and_states:
        factors = [_factors(term) for term in _terms(equations[state])]
        keeping = [g for g in own if any({g, f"{state}_prev"} <= f for f in factors)]
        writing = [g for g in own if any(g in f and f"{state}_prev" not in f for f in factors)]
        for kept in keeping:
            partners = [g for g in writing if g != kept] or [g for g in own if g not in keeping]
            yield from ((kept, other) for other in partners)


def _terms(expression: Expression) -> list[Expression]:
    match expression:
        case Applied("add" | "sub", (left, right)):
            return [*_terms(left), *_terms(right)]
    return [expression]


def _factors(expression: Expression) -> set[Expression]:
    match expression:
        case Applied("mul", (left, right)):
            return _factors(left) | _factors(right)
    return {expression}


def _placed_after(
    equations: Equations, first: str, name: str, expression: Expression
) -> Equations | None:
    """The equations with another one for `name`, below the line of `first`; None if it is read
    before that."""
    found: Equations = {}
    for one, value in equations.items():
        if first not in found and name in names_in(value):
            return None
        if one != name:
            found[one] = value
        if one == first:
            found[name] = expression
    return found


def _other_functions(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """A function of all gates; or one function, or none in its place."""
    own = _own_gates(cell, equations)
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
    made = _cell(cell, equations)
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


def _moved_resets(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """A gate on a vector before a matrix goes behind it, or one behind it goes before."""
    for gate in cell.gates:
        after = _cell(cell, {n: rewritten(e, _behind(gate)) for n, e in equations.items()})
        if after:
            title = Sentence("{gate} after the product", gate=gate)
            says = Sentence("{gate} scales what the matrix has mixed of the units.", gate=gate)
            yield Alteration(title, says, after)
        before = _cell(cell, {n: rewritten(e, _ahead(gate)) for n, e in equations.items()})
        if before:
            title = Sentence("{gate} before the product", gate=gate)
            says = Sentence("{gate} scales each unit before the matrix mixes them.", gate=gate)
            yield Alteration(title, says, before)


def _behind(gate: str) -> Callable[[Expression], Expression]:
    """U @ (r * h) → r * (U @ h)."""

    def rule(one: Expression) -> Expression:
        match one:
            case Applied("matmul", (matrix, Applied("mul", (left, right)))) if gate in (
                left,
                right,
            ):
                vector = right if left == gate else left
                return Applied("mul", (gate, Applied("matmul", (matrix, vector))))
        return one

    return rule


def _ahead(gate: str) -> Callable[[Expression], Expression]:
    """r * (U @ h) → U @ (r * h); a bias beside the product stays outside."""

    def rule(one: Expression) -> Expression:
        match one:
            case Applied("mul", (left, right)) if gate in (left, right):
                return moved(right if left == gate else left) or one
        return one

    def moved(scaled: Expression) -> Expression | None:
        match scaled:
            case Applied("matmul", (matrix, vector)):
                return Applied("matmul", (matrix, Applied("mul", (gate, vector))))
            case Applied("add", (product, str(bias))) if is_parameter(bias):
                inner = moved(product)
                return Applied("add", (inner, bias)) if inner else None
        return None

    return rule
