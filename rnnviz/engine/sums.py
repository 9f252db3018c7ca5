"""Sums with parameters: `W_f @ x + U_f @ h_prev + b_f` as one thing instead of five steps.

The engine computes the terms that no state enters for the whole sequence at once, and multiplies
the stacked matrices of all sums that share a vector in one call.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rnnviz.operations import FUNCTIONS
from rnnviz.representation import Cell, Operand, Step, consumers, is_part


class Sum(NamedTuple):
    """`step` = `product` + `inputs` + `fixed` terms + `moving` terms.

    `product` is a matrix times something that moves with the state, `inputs` one times something
    that does not. `name` is where the sum is kept: the step's own name if its author gave none.
    """

    step: Step
    product: Step
    inputs: Step | None
    fixed: tuple[Operand, ...]
    moving: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.step.name if is_part(self.step.name) else f"{self.step.name}.0"


@dataclass(frozen=True)
class Stack:
    """The sums whose matrices multiply one vector, side by side, those with one function first."""

    operand: str
    sums: tuple[Sum, ...]

    @property
    def name(self) -> str:
        """Of the buffer in which the sums lie; a value's name has no space in it."""
        return f"stack {self.operand}"

    @property
    def after(self) -> str:
        """The name of the buffer in which the functions of the sums lie."""
        return f"after {self.operand}"

    @property
    def product(self) -> "Block":
        """What is left to multiply at each step."""
        return Block(self.operand, 0, tuple(s.product.operands[0] for s in self.sums))

    @cached_property
    def blocks(self) -> "tuple[Block, ...]":
        """Neighbouring sums that also multiply one vector which does not move, such as x."""
        blocks: list[Block] = []
        for row, one in enumerate(self.sums):
            if one.inputs:
                matrix, operand = one.inputs.operands
                last = blocks[-1] if blocks else None
                if last and (last.operand, last.stop) == (operand, row):
                    blocks[-1] = Block(operand, last.start, (*last.matrices, matrix))
                else:
                    blocks.append(Block(operand, row, (matrix,)))
        return tuple(blocks)


class Block(NamedTuple):
    """`matrices` that multiply `operand` at once, into the rows of a stack from `start` on."""

    operand: str
    start: int
    matrices: tuple[str, ...]

    @property
    def name(self) -> str:
        return " ".join(self.matrices)

    @property
    def stop(self) -> int:
        return self.start + len(self.matrices)


def moving_values(cell: Cell, carried: Iterable[str]) -> frozenset[str]:
    """The values that must be computed step by step, since the state enters them.

    carried: the states that padding hands on as they were.
    """
    moving = {f"{state}_prev" for state in cell.states}.union(carried)
    for step in cell.steps:
        if moving.intersection(step.operands):
            moving.add(step.name)
    return frozenset(moving)


def find_sums(cell: Cell, moving: frozenset[str]) -> tuple[tuple[Sum, ...], dict[str, str]]:
    """The sums with a moving product, and for each step inside one the name of that sum."""
    sums: list[Sum] = []
    inside: dict[str, str] = {}
    for step in reversed(cell.steps):
        if step.name in moving and step.name not in inside:
            found, parts = _take_apart(cell, step, moving)
            if found:
                sums.append(found)
                inside |= dict.fromkeys(parts, found.name)
    return tuple(reversed(sums)), inside


def stacks(cell: Cell, sums: tuple[Sum, ...]) -> tuple[Stack, ...]:
    """The sums grouped by the vector they multiply."""
    operands = dict.fromkeys(str(s.product.args[1]) for s in sums)
    users = consumers(cell.steps)

    def function(one: Sum) -> str:
        user = users.get(one.step.name, (one.step,))[0]
        return user.op if user.op in FUNCTIONS and is_part(one.step.name) else "~"

    return tuple(
        Stack(v, tuple(sorted((s for s in sums if s.product.args[1] == v), key=function)))
        for v in operands
    )


def _take_apart(
    cell: Cell, step: Step, moving: frozenset[str]
) -> tuple[Sum | None, frozenset[str]]:
    terms, partial = _terms(cell, step)
    steps = [cell.step(t) for t in terms if isinstance(t, str) and is_part(t)]
    if step.op == "matmul":
        steps = [step]
    products = [s for s in steps if s.op == "matmul"]
    product = next((s for s in products if s.name in moving), None)
    inputs = next((s for s in products if s.name not in moving), None)
    if product is None:
        return None, frozenset()
    taken = {product.name, inputs.name} if inputs else {product.name}
    rest = [t for t in terms if t not in taken]
    found = Sum(
        step,
        product,
        inputs,
        fixed=tuple(t for t in rest if t not in moving),
        moving=tuple(t for t in rest if isinstance(t, str) and t in moving),
    )
    return found, frozenset((taken | partial) - {step.name})


def _terms(cell: Cell, step: Step) -> tuple[list[Operand], set[str]]:
    """The terms of a sum, and its unnamed partial sums, which were taken apart."""
    if step.op != "add":
        return [step.name], set()
    terms: list[Operand] = []
    partial: set[str] = set()
    for arg in step.args:
        if isinstance(arg, str) and is_part(arg) and cell.step(arg).op == "add":
            inner, parts = _terms(cell, cell.step(arg))
            terms += inner
            partial |= parts | {arg}
        else:
            terms.append(arg)
    return terms, partial
