"""In which order, and where in memory, the values and gradients of a cell are computed.

What a step over time costs is the number of calls it makes, so three things are arranged once per
cell: what no state enters is computed for the whole sequence beforehand; matrices that multiply
the same vector are stacked; values that meet the same operation lie side by side, so that one call
serves them all. A `Schedule` is static: the engine adds the arrays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import zip_longest
from types import MappingProxyType

import numpy as np

from rnnviz.engine.calls import ABSENT, SLOPES, Buffer, Call, Kind, Place, Use, Work, merged
from rnnviz.engine.layout import Layout, lay_out, sources
from rnnviz.engine.order import Item, Replaced, hold, in_order
from rnnviz.engine.sums import Stack, Sum, find_sums, moving_values, stacks
from rnnviz.operations import OPERATIONS, Slope, Source
from rnnviz.operations.table import KEEP
from rnnviz.representation import Cell, Operand, Step, consumers, is_part

VECTORS = "vectors of parameters"
"""The buffer they lie in; a value's name has no space in it."""


@lru_cache(maxsize=64)
def schedule(cell: Cell, held: frozenset[str] = frozenset(), *, padded: bool = False) -> "Schedule":
    """Arrange a cell in which some values are held; padded: where sequences have not every step."""
    return Schedule(cell, held, padded)


@dataclass(frozen=True)
class Schedule:
    """A cell, arranged: what comes before the loop over time, and what happens within it."""

    cell: Cell
    held: frozenset[str]
    padded: bool = False

    @property
    def carried(self) -> tuple[str, ...]:
        """The values that padding leaves as they were."""
        return self.cell.states if self.padded else ()

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The values that something else may stand for: no gradient passes below it there."""
        return self.held.union(self.carried)

    @cached_property
    def moving(self) -> frozenset[str]:
        """The values that are computed step by step."""
        return moving_values(self.cell, self.carried)

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
    def in_blocks(self) -> frozenset[str]:
        """The products of a matrix that a block of a stack computes."""
        sums = (one for stack in self.stacks for one in stack.sums)
        return frozenset(one.inputs.name for one in sums if one.inputs)

    @cached_property
    def outside_stacks(self) -> tuple[tuple[str, Step, int], ...]:
        """The uses of parameters that are no stack's: parameter, step, its slot."""
        in_sums = self.inside.keys() | {one.step.name for k in self.stacks for one in k.sums}
        return tuple(
            (name, step, slot)
            for name in self.cell.parameters
            for step, slot in self.cell.uses(name)
            if step.name not in in_sums or (step.op == "matmul" and slot == 1)
        )

    @cached_property
    def vectors(self) -> dict[str, Place]:
        """Vector of parameters → where it lies: those of a stack side by side, as its sums are."""
        in_sums = [name for k in self.stacks for one in k.sums for name in one.fixed]
        vectors = [name for name, sizes in self.cell.parameters.items() if len(sizes) == 1]
        ordered = dict.fromkeys(n for n in (*in_sums, *vectors) if n in vectors)
        return {
            str(name): Place(VECTORS, k, k + 1, kind=Kind.VECTOR) for k, name in enumerate(ordered)
        }

    @cached_property
    def before(self) -> tuple[Step, ...]:
        """The steps computed for the whole sequence at once."""
        skipped = self.moving.union(self.inside)
        return tuple(s for s in self.cell.steps if s.name not in skipped)

    @property
    def places(self) -> dict[str, Place]:
        """Value → where it, or what is kept of it, lies."""
        return self._layout.places

    @property
    def buffers(self) -> dict[str, Buffer]:
        return self._layout.buffers

    @cached_property
    def kept(self) -> dict[str, Place]:
        """Value → where it lies after a run. What is not here is computed again on request."""
        return {
            name: place
            for name, place in self.places.items()
            if not self.buffers[place.buffer].passing and name not in self._layout.overwritten
        }

    @cached_property
    def overwriting(self) -> tuple[Stack, ...]:
        """The stacks whose functions are written over their sums."""
        gone = self._layout.overwritten
        return tuple(k for k in self.stacks if any(s.name in gone for s in k.sums))

    @cached_property
    def shared(self) -> frozenset[str]:
        """The buffers in which several values lie one below the other."""
        return frozenset(n for n, buffer in self.buffers.items() if buffer.slots > 1) | {VECTORS}

    @cached_property
    def value_buffers(self) -> dict[tuple[Kind, str], Buffer]:
        """What a run forward writes, but for the masks of what is held."""
        there = {stack.after for stack in self.overwriting}
        made = {(Kind.VALUE, n): buffer for n, buffer in self.buffers.items() if n not in there}
        made[Kind.VECTOR, VECTORS] = Buffer(slots=len(self.vectors), passing=True)
        return made | {(Kind.HELD_AT, n): Buffer(self.cell.sizes[n]) for n in self.held}

    @cached_property
    def _layout(self) -> Layout:
        return lay_out(self.cell, self.stacks, frozenset(self.inside), self.moving)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What happens within one step, in order."""
        steps = self.moving.difference(self.inside)
        return in_order((s for s in self.cell.steps if s.name in steps), self.stacks, self.replaced)

    @cached_property
    def ahead(self) -> tuple[Call, ...]:
        """The calls, over the whole sequence, for what no state enters of the sums."""
        return merged(call for stack in self.stacks for call in self._ahead(stack))

    def _ahead(self, stack: Stack) -> Iterable[Call]:
        for block in stack.blocks:
            below = (Work(Use.MATRICES, block.name), self.operand(block.operand))
            yield Call(np.matmul, below, Place(stack.name, block.start, block.stop))
        terms = {self.places[one.name]: [*map(self.operand, one.fixed)] for one in stack.sums}
        for one in stack.sums:
            if one.inputs is None:
                rows = self.places[one.name]
                first = terms[rows].pop() if terms[rows] else 0.0
                yield Call(np.positive, (first,), rows)
        for terms_there in zip_longest(*terms.values()):
            for rows, term in zip(terms, terms_there, strict=True):
                if term is not None:
                    yield Call(np.add, (rows, term), rows)

    @cached_property
    def during(self) -> tuple[Call, ...]:
        """The calls of one step forward."""
        return merged(call for item in self.items for call in self._forward(item))

    def _forward(self, item: Item) -> Iterable[Call]:
        match item:
            case Stack():
                products = Work(Use.SHARE, item.name)
                below = (Work(Use.MATRICES, item.product.name), self.places[item.operand])
                yield Call(np.matmul, below, products)
                yield Call(np.add, (whole(item), products), whole(item))
            case Replaced(name):
                if name in self.held:
                    held_at, mask = (Place(name, kind=k) for k in (Kind.HELD_AT, Kind.MASK))
                    yield Call(hold, (held_at, mask), self.places[name])
                if name in self.carried:
                    yield Call(hold, (Place(name), ABSENT), self.places[name])
            case Step():
                operands = tuple(map(self.operand, item.args))
                yield Call(OPERATIONS[item.op].forward, operands, self.places[item.name])

    def operand(self, name: Operand) -> Place | Operand:
        """Where a value or a vector of parameters lies; numbers as they are."""
        if not isinstance(name, str):
            return name
        return self.places.get(name) or self.vectors.get(name) or name

    def sources(self, step: Step) -> dict[Source, Place | Operand]:
        """Where the operands and the result of a step lie."""
        return {source: self.operand(name) for source, name in sources(step).items()}

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
        """The gradient that passes below a value: its own unless the value may be replaced."""
        return Place(name, kind=Kind.PASSED) if name in self.replaced else self.gradients[name]


@lru_cache(maxsize=64)
def gradient_buffers(plan: Schedule, external: frozenset[str]) -> Mapping[tuple[Kind, str], Buffer]:
    """What a way back writes where these values get a gradient from outside as well."""
    kept = _kept_gradients(plan, external)
    made = {
        (Kind.GRADIENT, name): buffer._replace(passing=name not in kept)
        for name, buffer in plan.buffers.items()
    }
    made |= {(Kind.PASSED, name): Buffer(plan.cell.sizes[name]) for name in plan.replaced}
    for step, slot in plan.sloped:
        name = plan.places[step.name].buffer
        made[SLOPES[slot], name] = plan.buffers[name]._replace(state=False, passing=False)
    return MappingProxyType(made)


def _kept_gradients(plan: Schedule, external: frozenset[str]) -> set[str]:
    """The buffers of gradients that are given, or by which those of parameters, and of what is
    computed before the loop, are found. All others follow from these."""
    sums = {one.name for stack in plan.stacks for one in stack.sums}
    last = {
        step.name
        for step in plan.cell.steps
        if step.name in plan.moving and not plan.moving.issuperset(step.operands)
    }
    names = {*external, *plan.cell.states, *sums, *last}
    return {plan.gradients[name].buffer for name in names if name in plan.gradients}


def whole(stack: Stack) -> Place:
    """All rows of a stack."""
    return Place(stack.name, 0, len(stack.sums))


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
                is_whole = user.name not in plan.replaced
                found[name] = found[user.name] if is_whole else Place(user.name, kind=Kind.PASSED)
    return found | {name: found[one] for name, one in plan.inside.items()}
