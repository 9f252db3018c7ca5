"""The order of what happens within one step of a cell."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.engine.sums import Stack
from rnnviz.operations import Array
from rnnviz.representation import Step


class Replaced(NamedTuple):
    """The moment at which a value is replaced: by what it is held at, or, where a sequence has no
    such step, by the state that it had before."""

    name: str


Item = Stack | Step | Replaced
Mask = npt.NDArray[np.bool_]


def hold(values: Array, mask: Mask, out: Array) -> Array:
    np.copyto(out, values, where=mask)
    return out


def in_order(
    steps: Iterable[Step], stacked: tuple[Stack, ...], replaced: frozenset[str]
) -> tuple[Item, ...]:
    """Everything as early as it can be, and the same operations next to each other."""
    home = {one.step.name: (stack, one) for stack in stacked for one in stack.sums}
    levels: dict[str, int] = {}
    items: list[tuple[int, str, Item]] = []

    def add(item: Item, name: str, needs: Iterable[str], kind: str) -> None:
        levels[name] = 1 + max((levels.get(n, 0) for n in needs), default=0)
        items.append((levels[name], kind, item))

    for step in steps:
        if step.name in home:
            stack, one = home[step.name]
            if stack.name not in levels:
                add(stack, stack.name, (stack.operand,), "stack")
            levels[one.name] = levels[stack.name]
            for term in one.moving:
                partial = Step(one.name, "add", (one.name, term))
                add(partial, one.name, partial.operands, "add")
            if one.name != step.name:
                add(Step(step.name, "identity", (one.name,)), step.name, (one.name,), "identity")
        else:
            add(step, step.name, step.operands, step.op)
        if step.name in replaced:
            add(Replaced(step.name), step.name, (step.name,), "held")
    return tuple(item for *_, item in sorted(items, key=lambda entry: entry[:2]))
