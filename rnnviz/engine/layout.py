"""Where the values of a cell lie, and which of them a run keeps.

What a run writes costs more time than what it computes once it outgrows fast memory. So a value
that its author left unnamed, and from which no gradient is computed, is not kept: it is there for
its step alone, or, where it is a sum, until its function is written over it.
"""

from typing import NamedTuple

from rnnviz.engine.calls import Buffer, Place
from rnnviz.engine.sums import Stack, Sum
from rnnviz.operations import FUNCTIONS, OPERANDS, OPERATIONS, Source
from rnnviz.representation import Cell, Operand, Step, consumers, is_part


class Layout(NamedTuple):
    """places: value → its place. overwritten: the sums over which their functions are written."""

    places: dict[str, Place]
    buffers: dict[str, Buffer]
    overwritten: frozenset[str]


def lay_out(
    cell: Cell, stacks: tuple[Stack, ...], inside: frozenset[str], moving: frozenset[str]
) -> Layout:
    """What a stack computes lies in its buffers, every other value in one of its own.

    inside: the steps inside sums. moving: what is computed step by step.
    """
    places: dict[str, Place] = {"x": Place("x")}
    buffers: dict[str, Buffer] = {"x": Buffer("inputs")}
    for state in cell.states:
        places[state], places[f"{state}_prev"] = Place(state, later=1), Place(state)
        buffers[state] = Buffer(state=True)
    read, users = _read_back(cell), consumers(cell.steps)
    overwritten: set[str] = set()
    for stack in stacks:
        buffers[stack.name] = Buffer(slots=len(stack.sums))
        followed: list[Sum] = []
        for k, one in enumerate(stack.sums):
            places[one.name] = Place(stack.name, k, k + 1)
            user = users.get(one.name, (one.step,))[0]
            if user.op in FUNCTIONS and user.name not in places:
                places[user.name] = Place(stack.after, k, k + 1)
                buffers[stack.after] = Buffer(slots=k + 1)
                followed.append(one)
        if read.isdisjoint(one.name for one in followed):
            overwritten |= {one.name for one in followed}
    alone = [step.name for step in cell.steps if step.name not in {*places, *inside}]
    places |= {name: Place(name) for name in alone}
    passing = {name for name in alone if is_part(name) and name in moving and name not in read}
    for name in alone:
        buffers[name] = Buffer(cell.sizes[name], passing=name in passing)
    return Layout(places, buffers, frozenset(overwritten))


def sources(step: Step) -> dict[Source, Operand]:
    """What the gradients of a step may be computed from."""
    return {"result": step.name, **dict(zip(OPERANDS, step.args, strict=False))}


def _read_back(cell: Cell) -> set[Operand]:
    """What some gradient is computed from."""
    return {
        sources(step)[source]
        for step in cell.steps
        for arg, pull in zip(step.args, OPERATIONS[step.op].gradients, strict=True)
        if isinstance(arg, str)
        for source in pull.sources
        if source != "gradient"
    }
