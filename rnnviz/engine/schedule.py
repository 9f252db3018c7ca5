"""In which order, and where in memory, the values and gradients of a cell are computed.

What a step over time costs is the number of calls it makes, so three things are arranged once per
cell: what no state enters is computed for the whole sequence beforehand; matrices that multiply
the same vector are stacked; values that meet the same operation lie side by side, so that one call
serves them all. A `Schedule` is static: the engine adds the arrays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.engine.operations import BACKWARD, FORWARD, KEEP, SCALE, SLOPE, Array, Rule
from rnnviz.engine.sums import Stack, Sum, find_sums, moving_values, stacks
from rnnviz.representation import (
    FUNCTIONS,
    Cell,
    Operand,
    Size,
    Step,
    consumers,
    is_part,
)


class Place(NamedTuple):
    """Where a value lies: rows `start` to `stop` (counted in sizes) of a buffer over time.

    A state's buffer begins with its initial value; `later` is 1 for the state after the step.
    """

    buffer: str
    start: int = 0
    stop: int = 1
    later: int = 0

    def beside(self, kind: str) -> "Place":
        """The same rows of the buffer that keeps the gradient or the slope of these values."""
        return self._replace(buffer=f"{kind} {self.buffer}")


class Call(NamedTuple):
    """`rule` of `operands` into `target`. What is no place is a constant's name, or a number."""

    rule: Rule
    operands: tuple[Place | Operand, ...]
    target: Place | str


class Buffer(NamedTuple):
    """An array over time of `slots` × size rows; a state's has one entry more than steps."""

    size: Size = "hidden"
    slots: int = 1
    state: bool = False


class Held(NamedTuple):
    """The moment at which a value is replaced by what it is held at."""

    name: str


Item = Stack | Step | Held
Mask = npt.NDArray[np.bool_]


def hold(values: Array, mask: Mask, out: Array) -> Array:
    np.copyto(out, values, where=mask)
    return out


def release(gradient: Array, mask: Mask, out: Array) -> Array:
    """The gradient that passes below a held value: none where it is held."""
    np.copyto(out, gradient)
    np.copyto(out, 0.0, where=mask)
    return out


@cache
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
        return _merged(call for item in self.items for call in self._forward(item))

    def _forward(self, item: Item) -> Iterable[Call]:
        match item:
            case Stack():
                product, target = scratch(item.name), whole(item)
                operand = self.places.get(item.operand, item.operand)
                yield Call(np.matmul, (item.matrix, operand), product)
                yield Call(np.add, (target, product), target)
            case Held(name):
                yield Call(hold, (f"values {name}", f"mask {name}"), self.places[name])
            case Step():
                yield Call(FORWARD[item.op], self.operands(item), self.places[item.name])

    def operands(self, step: Step) -> tuple[Place | Operand, ...]:
        """Where the arguments of a step lie; parameters and numbers as they are."""
        return tuple(self.places.get(a, a) if isinstance(a, str) else a for a in step.args)

    @cached_property
    def slopes(self) -> tuple[Call, ...]:
        """The calls, over the whole sequence, for the slopes that the way back needs."""
        rules = {n: SLOPE[self.cell.step(n).op] for n in self.sloped}
        return _merged(Call(rules[n], (self.places[n],), self.slope(n)) for n in self.sloped)

    @cached_property
    def sloped(self) -> tuple[str, ...]:
        """The values that are given by a function, in order."""
        steps = (i for i in self.items if isinstance(i, Step))
        return tuple(s.name for s in steps if SCALE in BACKWARD[s.op])

    def slope(self, name: str) -> Place:
        """Where the slope of the function that gives a value lies."""
        return self.places[name]._replace(later=0).beside("slope")

    @cached_property
    def gradients(self) -> dict[str, Place]:
        """Value → where its gradient lies; a term of a sum shares the gradient of the sum."""
        return _gradient_places(self)

    def passed(self, name: str) -> Place:
        """The gradient that passes below a value: its own unless the value is held."""
        return Place(f"passed {name}") if name in self.held else self.gradients[name]


def scratch(name: str) -> str:
    """The work array that is added to a value's buffer."""
    return f"scratch {name}"


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
        after = f"after {stack.operand}"
        for k, one in enumerate(stack.sums):
            places[one.name] = Place(stack.name, k, k + 1)
            user = users.get(one.name, (one.step,))[0]
            if user.op in FUNCTIONS and user.name not in places:
                places[user.name] = Place(after, k, k + 1)
                buffers[after] = Buffer(slots=k + 1)
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
    users = consumers(plan.cell.steps)
    sums = [one for stack in plan.stacks for one in stack.sums]
    sum_of = {term: one.name for one in sums for term in one.moving if is_part(term)}
    kept = {one.name for one in sums}
    found: dict[str, Place] = {}
    names = [n for n in plan.places if n in plan.moving or n in kept]
    order = {s.name: k for k, s in enumerate(plan.cell.steps)}
    for name in sorted(names, key=lambda n: order.get(n, -1), reverse=True):
        found[name] = plan.places[name].beside("gradient")
        if not is_part(name) or name in kept:
            continue
        if name in sum_of:
            found[name] = plan.places[sum_of[name]].beside("gradient")
        else:
            user = users[name][0]
            if BACKWARD[user.op][user.args.index(name)] is KEEP:
                held = user.name in plan.held
                found[name] = Place(f"passed {user.name}") if held else found[user.name]
    return found | {name: found[one] for name, one in plan.inside.items()}


def _merged(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Neighbouring calls of the same rule on neighbouring rows, made one."""
    merged: list[Call] = []
    for call in calls:
        both = _joined(merged[-1], call) if merged else None
        if both:
            merged[-1] = both
        else:
            merged.append(call)
    return tuple(merged)


def _joined(first: Call, second: Call) -> Call | None:
    if first.rule is not second.rule:
        return None
    pairs = zip((*first.operands, first.target), (*second.operands, second.target), strict=True)
    spans = [_span(a, b) for a, b in pairs]
    if not isinstance(spans[-1], Place) or None in spans:
        return None
    return Call(first.rule, tuple(s for s in spans[:-1] if s is not None), spans[-1])


def _span(a: Place | Operand, b: Place | Operand) -> Place | Operand | None:
    if isinstance(a, Place) and isinstance(b, Place):
        low, high = min(a, b), max(a, b)
        adjacent = low._replace(start=low.stop, stop=high.stop) == high
        return low._replace(stop=high.stop) if adjacent else None
    return a if isinstance(a, float) and a == b else None


@cache
def backward_calls(
    plan: Schedule, external: frozenset[str]
) -> tuple[tuple[Call, ...], tuple[Place, ...]]:
    """The calls of one step backward, and the gradients that none of them writes.

    `external` values get a gradient from outside as well.
    """
    reversal = _Reversal(plan, external)
    calls = _merged(reversal.calls())
    states = {plan.gradients[n]._replace(later=0) for n in plan.cell.states}
    unwritten = set(plan.gradients.values()) - reversal.written - states
    return calls, tuple(
        p for p in unwritten if p._replace(later=0) not in reversal.written | states
    )


class _Reversal:
    """Writes the way back: the first contribution to a gradient is written, later ones are added.

    A state's gradient at step t − 1 is first written by step t, through `n_prev`.
    """

    def __init__(self, plan: Schedule, external: frozenset[str]) -> None:
        self.plan = plan
        self.written = {plan.gradients[n]._replace(later=0) for n in external}

    def calls(self) -> Iterable[Call]:
        for item in reversed(self.plan.items):
            match item:
                case Held(name):
                    g = self.plan.gradients[name]
                    yield Call(release, (g, f"mask {name}"), self.plan.passed(name))
                case Stack() if item.operand in self.plan.gradients:
                    below = (f"transposed {item.matrix}", whole(item).beside("gradient"))
                    yield from self.give(np.matmul, below, item.operand)
                case Step():
                    yield from self.through(item)

    def through(self, step: Step) -> Iterable[Call]:
        plan = self.plan
        gradient = plan.gradients[step.name] if "." in step.name else plan.passed(step.name)
        sources: dict[str, Place | Operand] = {"gradient": gradient}
        sources["slope"] = plan.slope(step.name)
        sources |= zip(("first", "second"), plan.operands(step), strict=False)
        for arg, pull in zip(step.args, BACKWARD[step.op], strict=True):
            if isinstance(arg, str) and arg in plan.gradients and plan.gradients[arg] != gradient:
                yield from self.give(pull.rule, tuple(sources[s] for s in pull.sources), arg)

    def give(self, rule: Rule, operands: tuple[Place | Operand, ...], name: str) -> Iterable[Call]:
        target = self.plan.gradients[name]
        key, is_state = target._replace(later=0), name in self.plan.cell.states
        if key not in self.written and not is_state:
            self.written.add(key)
            yield Call(rule, operands, target)
        elif rule is KEEP.rule:
            yield Call(np.add, (target, *operands), target)
        else:
            share = scratch(name)
            yield Call(rule, operands, share)
            yield Call(np.add, (target, share), target)
