"""In which order, and where in memory, the values and gradients of a cell are computed.

What a step over time costs is the number of calls it makes, so three things are arranged once per
cell: what no state enters is computed for the whole sequence beforehand; matrices that multiply
the same vector are stacked; values that meet the same operation lie side by side, so that one call
serves them all. A `Schedule` is static: the engine adds the arrays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.engine.calls import SLOPES, Buffer, Call, Kind, Place, Use, Work, merged
from rnnviz.engine.sums import Stack, Sum, find_sums, moving_values, stacks
from rnnviz.operations import FUNCTIONS, OPERANDS, OPERATIONS, Array, Slope
from rnnviz.operations.table import KEEP
from rnnviz.representation import Cell, Operand, Step, consumers, is_part


class Held(NamedTuple):
    """The moment at which a value is replaced by what it is held at."""

    name: str


Item = Stack | Step | Held
Mask = npt.NDArray[np.bool_]


def hold(values: Array, mask: Mask, out: Array) -> Array:
    np.copyto(out, values, where=mask)
    return out


@lru_cache(maxsize=64)
def schedule(cell: Cell, held: frozenset[str] = frozenset()) -> "Schedule":
    """Arrange a cell in which some values are held."""
    return Schedule(cell, held)


@dataclass(frozen=True)
class Schedule:
    """A cell, arranged: what comes before the loop over time, and what happens within it."""

    cell: Cell
    held: frozenset[str]

    @cached_property
    def moving(self) -> frozenset[str]:
        """The values that are computed step by step."""
        return moving_values(self.cell)

    @cached_property
    def _sums(self) -> tuple[tuple[Sum, ...], dict[str, str]]:
        return find_sums(self.cell, self.moving)

    @property
    def inside(self) -> dict[str, str]:
        """Step inside a sum → that sum. It has no place of its own; its gradient is the sum's."""
        return self._sums[1]

    @cached_property
    def stacks(self) -> tuple[Stack, ...]:
        return stacks(self.cell, self._sums[0])

    @cached_property
    def before(self) -> tuple[Step, ...]:
        """The steps computed for the whole sequence at once."""
        skipped = self.moving.union(self.inside)
        return tuple(s for s in self.cell.steps if s.name not in skipped)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Value → where it lies. What is not here is recomputed on request."""
        return self._layout[0]

    @cached_property
    def buffers(self) -> dict[str, Buffer]:
        return self._layout[1]

    @cached_property
    def shared(self) -> frozenset[str]:
        """The buffers in which several values lie one below the other."""
        return frozenset(name for name, buffer in self.buffers.items() if buffer.slots > 1)

    @cached_property
    def value_buffers(self) -> dict[tuple[Kind, str], Buffer]:
        """What a run forward writes, but for the masks of what is held."""
        made = {(Kind.VALUE, name): buffer for name, buffer in self.buffers.items()}
        return made | {(Kind.HELD_AT, name): self._alone(name) for name in self.held}

    @cached_property
    def gradient_buffers(self) -> dict[tuple[Kind, str], Buffer]:
        """What a way back writes."""
        made = {(Kind.GRADIENT, name): buffer for name, buffer in self.buffers.items()}
        made |= {(Kind.PASSED, name): self._alone(name) for name in self.held}
        sloped = dict.fromkeys((SLOPES[k], self.places[s.name].buffer) for s, k in self.sloped)
        return made | {(kind, n): self.buffers[n]._replace(state=False) for kind, n in sloped}

    def _alone(self, name: str) -> Buffer:
        return Buffer(self.cell.sizes[name])

    @cached_property
    def _layout(self) -> tuple[dict[str, Place], dict[str, Buffer]]:
        return _layout(self.cell, self.stacks, frozenset(self.inside))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What happens within one step, in order."""
        steps = self.moving.difference(self.inside)
        return _in_order((s for s in self.cell.steps if s.name in steps), self.stacks, self.held)

    @cached_property
    def during(self) -> tuple[Call, ...]:
        """The calls of one step forward."""
        return merged(call for item in self.items for call in self._forward(item))

    def _forward(self, item: Item) -> Iterable[Call]:
        match item:
            case Stack():
                matrices, products = (Work(u, item.name) for u in (Use.MATRICES, Use.SHARE))
                yield Call(np.matmul, (matrices, self.places[item.operand]), products)
                yield Call(np.add, (whole(item), products), whole(item))
            case Held(name):
                held_at, mask = (Place(name, kind=k) for k in (Kind.HELD_AT, Kind.MASK))
                yield Call(hold, (held_at, mask), self.places[name])
            case Step():
                yield Call(OPERATIONS[item.op].forward, self.operands(item), self.places[item.name])

    def operands(self, step: Step) -> tuple[Place | Operand, ...]:
        """Where the arguments of a step lie; vectors of parameters and numbers as they are."""
        return tuple(self.places.get(a, a) if isinstance(a, str) else a for a in step.args)

    def sources(self, step: Step) -> dict[str, Place | Operand]:
        """Where the operands and the result of a step lie."""
        operands = zip(OPERANDS, self.operands(step), strict=False)
        return {**dict(operands), "result": self.places[step.name]}

    @cached_property
    def slopes(self) -> tuple[Call, ...]:
        """The calls, over the whole sequence, for the slopes that the way back needs."""
        calls = []
        for step, slot in self.sloped:
            rule, names = OPERATIONS[step.op].gradients[slot]
            sources = self.sources(step)
            operands = tuple(sources[name] for name in names)
            calls.append(Call(rule, operands, self.slope(step.name, slot)))
        return merged(calls)

    @cached_property
    def sloped(self) -> tuple[tuple[Step, int], ...]:
        """The functions on the way back, each with the slot of an operand reached by a slope."""
        return tuple(
            (step, slot)
            for step in self.items
            if isinstance(step, Step)
            for slot, pull in enumerate(OPERATIONS[step.op].gradients)
            if isinstance(pull, Slope) and step.args[slot] in self.gradients
        )

    def slope(self, name: str, slot: int) -> Place:
        """Where the slope lies of the function that gives a value, by the operand in that slot."""
        return self.places[name].at_any_step.beside(SLOPES[slot])

    @cached_property
    def gradients(self) -> dict[str, Place]:
        """Value → where its gradient lies; a term of a sum shares the gradient of the sum."""
        return _gradient_places(self)

    def passed(self, name: str) -> Place:
        """The gradient that passes below a value: its own unless the value is held."""
        return Place(name, kind=Kind.PASSED) if name in self.held else self.gradients[name]


def whole(stack: Stack) -> Place:
    """All rows of a stack."""
    return Place(stack.name, 0, len(stack.sums))


def _layout(
    cell: Cell, stacked: tuple[Stack, ...], inside: frozenset[str]
) -> tuple[dict[str, Place], dict[str, Buffer]]:
    places: dict[str, Place] = {"x": Place("x")}
    buffers: dict[str, Buffer] = {"x": Buffer("inputs")}
    for state in cell.states:
        places[state], places[f"{state}_prev"] = Place(state, later=1), Place(state)
        buffers[state] = Buffer(state=True)
    users = consumers(cell.steps)
    for stack in stacked:
        buffers[stack.name] = Buffer(slots=len(stack.sums))
        for k, one in enumerate(stack.sums):
            places[one.name] = Place(stack.name, k, k + 1)
            user = users.get(one.name, (one.step,))[0]
            if user.op in FUNCTIONS and user.name not in places:
                places[user.name] = Place(stack.after, k, k + 1)
                buffers[stack.after] = Buffer(slots=k + 1)
    for step in cell.steps:
        if step.name not in places and step.name not in inside:
            places[step.name] = Place(step.name)
            buffers[step.name] = Buffer(cell.sizes[step.name])
    return places, buffers


def _in_order(
    steps: Iterable[Step], stacked: tuple[Stack, ...], held: frozenset[str]
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
        if step.name in held:
            add(Held(step.name), step.name, (step.name,), "held")
    return tuple(item for *_, item in sorted(items, key=lambda entry: entry[:2]))


def _gradient_places(plan: Schedule) -> dict[str, Place]:
    """Beside each value that moves, but for unnamed ones whose gradient is another's as it is: a
    term of a sum has the sum's, and what an operation hands its gradient on to unchanged has that
    operation's. These lie where that one does, and nothing is computed or copied for them."""
    users = consumers(plan.cell.steps)
    sums = [one for stack in plan.stacks for one in stack.sums]
    sum_of = {term: one.name for one in sums for term in one.moving}
    of_sums = {one.name: plan.places[one.name].beside(Kind.GRADIENT) for one in sums}
    found = {f"{s}_prev": Place(s, kind=Kind.GRADIENT) for s in plan.cell.states} | of_sums
    for step in reversed(plan.cell.steps):  # users before what they use
        name = step.name
        if name not in plan.moving or name not in plan.places or name in found:
            continue
        found[name] = plan.places[name].beside(Kind.GRADIENT)
        if name in sum_of and is_part(name):
            found[name] = found[sum_of[name]]
        elif is_part(name):
            user = users[name][0]
            if OPERATIONS[user.op].gradients[user.args.index(name)] is KEEP:
                is_held = user.name in plan.held
                found[name] = Place(user.name, kind=Kind.PASSED) if is_held else found[user.name]
    return found | {name: found[one] for name, one in plan.inside.items()}
