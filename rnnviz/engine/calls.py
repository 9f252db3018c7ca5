"""Where values lie, and the calls that compute them: neighbours of one kind are made one call."""

from collections.abc import Iterable
from typing import NamedTuple

from rnnviz.operations import Rule
from rnnviz.representation import Operand, Size


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


def scratch(name: str) -> str:
    """The work array that is added to a value's buffer."""
    return f"scratch {name}"


def merged(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Neighbouring calls of the same rule on neighbouring rows, made one."""
    found: list[Call] = []
    for call in calls:
        both = _joined(found[-1], call) if found else None
        if both:
            found[-1] = both
        else:
            found.append(call)
    return tuple(found)


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
