"""A gate before a matrix that goes behind it, or one behind it that goes before."""

from collections.abc import Callable, Iterator

from rnnviz.cells.alterations.alteration import Alteration, Equations, altered
from rnnviz.equations.expressions import Applied, Expression, rewritten
from rnnviz.representation import Cell, is_parameter
from rnnviz.texts import Sentence


def moved_resets(cell: Cell, equations: Equations) -> Iterator[Alteration]:
    """A gate on a vector before a matrix goes behind it, or one behind it goes before."""
    for gate in cell.gates:
        after = altered(cell, {n: rewritten(e, _behind(gate)) for n, e in equations.items()})
        if after:
            title = Sentence("{gate} after the product", gate=gate)
            says = Sentence("{gate} scales what the matrix has mixed of the units.", gate=gate)
            yield Alteration(title, says, after)
        before = altered(cell, {n: rewritten(e, _ahead(gate)) for n, e in equations.items()})
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
