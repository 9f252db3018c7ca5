"""The way back through one step: which gradient is computed from which, in what order."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from rnnviz.engine.calls import ABSENT, Call, Kind, Place, Use, Work, merged
from rnnviz.engine.order import Mask, Replaced
from rnnviz.engine.schedule import Schedule, whole
from rnnviz.engine.sums import Stack
from rnnviz.operations import OPERATIONS, Array, Rule, Slope
from rnnviz.operations.table import KEEP
from rnnviz.representation import Operand, Step


def release(gradient: Array, mask: Mask, out: Array) -> Array:
    """The gradient that passes below a value: none where it is replaced."""
    np.copyto(out, gradient)
    np.copyto(out, 0.0, where=mask)
    return out


def carry(gradient: Array, absent: Mask, out: Array) -> Array:
    """The gradient that a state hands to the one before it, as whose copy it stands there."""
    out[...] = 0.0
    np.copyto(out, gradient, where=absent)
    return out


@lru_cache(maxsize=64)
def backward_calls(
    plan: Schedule, external: frozenset[str]
) -> tuple[tuple[Call, ...], tuple[Place, ...]]:
    """The calls of one step backward, and the gradients that none of them writes.

    `external` values get a gradient from outside as well.
    """
    reversal = _Reversal(plan, external)
    calls = merged(reversal.calls())
    written = reversal.written.union(plan.gradients[s].at_any_step for s in plan.cell.states)
    places = dict.fromkeys(plan.gradients.values())
    return calls, tuple(place for place in places if place.at_any_step not in written)


class _Reversal:
    """Writes the way back: the first contribution to a gradient is written, later ones are added.

    A state's gradient at step t − 1 is first written by step t, through `n_prev`.
    """

    def __init__(self, plan: Schedule, external: frozenset[str]) -> None:
        self.plan = plan
        self.written = {plan.gradients[name].at_any_step for name in external}

    def calls(self) -> Iterable[Call]:
        for item in reversed(self.plan.items):
            match item:
                case Replaced(name):
                    yield from self.below(name)
                case Stack() if item.operand in self.plan.gradients:
                    turned, rows = Work(Use.TRANSPOSED, item.product.name), whole(item)
                    below = (turned, rows.beside(Kind.GRADIENT))
                    yield from self.give(np.matmul, below, item.operand)
                case Step():
                    yield from self.through(item)

    def below(self, name: str) -> Iterable[Call]:
        plan = self.plan
        gradient, passed = plan.gradients[name], plan.passed(name)
        if name in plan.carried:
            yield from self.give(carry, (gradient, ABSENT), f"{name}_prev")
            yield Call(release, (gradient, ABSENT), passed)
            gradient = passed
        if name in plan.held:
            yield Call(release, (gradient, Place(name, kind=Kind.MASK)), passed)

    def through(self, step: Step) -> Iterable[Call]:
        plan = self.plan
        gradient = plan.gradients[step.name] if "." in step.name else plan.passed(step.name)
        sources = plan.sources(step) | {"gradient": gradient}
        for slot, pull in enumerate(OPERATIONS[step.op].gradients):
            arg = step.args[slot]
            if not isinstance(arg, str) or plan.gradients.get(arg, gradient) == gradient:
                continue
            if isinstance(pull, Slope):
                yield from self.give(np.multiply, (gradient, plan.slope(step.name, slot)), arg)
            else:
                yield from self.give(pull.rule, tuple(sources[s] for s in pull.sources), arg)

    def give(
        self, rule: Rule, operands: tuple[Place | Work | Operand, ...], name: str
    ) -> Iterable[Call]:
        target = self.plan.gradients[name]
        rows, is_state = target.at_any_step, name in self.plan.cell.states
        if rows not in self.written and not is_state:
            self.written.add(rows)
            yield Call(rule, operands, target)
        elif rule is KEEP.rule:
            yield Call(np.add, (target, *operands), target)
        else:
            share = Work(Use.SHARE, name)
            yield Call(rule, operands, share)
            yield Call(np.add, (target, share), target)
