"""A cell as trees, one for each named value, for whoever rewrites it; and back to steps."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Union

import numpy as np

from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, Operand, Step, is_part

Expression = Union[Operand, "Applied"]
"""A name, a number, or an operation of expressions."""


class Applied(NamedTuple):
    """An operation of expressions."""

    op: str
    args: tuple[Expression, ...]


def expressions(cell: Cell) -> dict[str, Expression]:
    """Named value → its expression, in the order of computation. A value that is another under a
    new name is just that name."""
    return {name: _expression(cell, name) for name in cell.names}


def cell_of(equations: Mapping[str, Expression]) -> Cell:
    """The cell of these equations, its parts named as `parse` names them."""
    steps: list[Step] = []
    for name, expression in equations.items():
        _write(steps, name, expression)
    return Cell(tuple(steps))


def names_in(expression: Expression) -> frozenset[str]:
    """The names of values and parameters that an expression reads."""
    if isinstance(expression, Applied):
        return frozenset[str]().union(*map(names_in, expression.args))
    return frozenset([expression]) if isinstance(expression, str) else frozenset()


def rewritten(expression: Expression, rule: Callable[[Expression], Expression]) -> Expression:
    """The expression with a rule applied to each of its pieces, the innermost first."""
    if isinstance(expression, Applied):
        args = tuple(rewritten(one, rule) for one in expression.args)
        expression = Applied(expression.op, args)
    return rule(expression)


def simplified(expression: Expression) -> Expression:
    """The outermost operation done where its operands are numbers, or where one changes nothing.

    Raises:
        ValueError: a matrix is multiplied with a number.
    """
    match expression:
        case Applied("matmul", (_, float())):
            raise ValueError("a vector must follow a matrix")
        case Applied(op, args) if all(isinstance(one, float) for one in args):
            with np.errstate(all="ignore"):
                return float(OPERATIONS[op].forward(*map(np.asarray, args)))
        case Applied("mul", (1.0, other) | (other, 1.0)) | Applied("div", (other, 1.0)):
            return other
        case Applied("mul", (0.0, _) | (_, 0.0)):
            return 0.0
        case Applied("add", (0.0, other) | (other, 0.0)) | Applied("sub", (other, 0.0)):
            return other
        case Applied("sub", (0.0, other)):
            return Applied("neg", (other,))
        case Applied("neg", (Applied("neg", (other,)),)):
            return other
    return expression


def _expression(cell: Cell, name: str) -> Expression:
    """Of a named value, or of a part."""
    _, op, args = cell.step(name)
    inner = tuple(
        _expression(cell, one) if isinstance(one, str) and is_part(one) else one for one in args
    )
    if op == "identity" and not is_part(name) and not isinstance(inner[0], Applied):
        return inner[0]
    return Applied(op, inner)


def _write(steps: list[Step], name: str, expression: Expression) -> None:
    parts = 0

    def written(one: Expression) -> Operand:
        nonlocal parts
        if not isinstance(one, Applied):
            return one
        args = tuple(written(inner) for inner in one.args)
        parts += 1
        steps.append(Step(f"{name}.{parts}", one.op, args))
        return steps[-1].name

    if not isinstance(expression, Applied):
        expression = Applied("identity", (expression,))
    written(expression)
    steps[-1] = steps[-1]._replace(name=name)
