"""A gate left out, or two become one."""

from collections.abc import Iterator

from rnnviz.cells.alterations.alteration import Alteration, Equations, altered, own_gates
from rnnviz.equations.expressions import Applied, Expression, expressions, names_in
from rnnviz.representation import Cell
from rnnviz.texts import Sentence


def without_gates(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """A gate is left open; where nothing new would then be written, it is left shut."""
    for gate in cell.gates:
        if gate in cell.h_and_states:
            continue
        for number in (1.0, 0.0):
            made = altered(cell, {**equations, gate: number})
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


def coupled_gates(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """One gate becomes what another leaves: i = 1 − f."""
    for kept, other in _pairs(cell, equations):
        made = _placed_after(equations, kept, other, Applied("sub", (1.0, kept)))
        coupled = altered(cell, made) if made else None
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
    own = own_gates(cell, equations)
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
