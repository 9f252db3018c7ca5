"""Where values lie, and the calls that compute them: neighbours of one kind are made one call."""

from collections.abc import Iterable
from enum import StrEnum, auto
from operator import attrgetter
from typing import NamedTuple

from rnnviz.operations import Rule
from rnnviz.representation import Operand, Size


class Kind(StrEnum):
    """What a buffer over time keeps of each value that lies in it."""

    VALUE = auto()
    GRADIENT = auto()  # dL/d(value)
    SLOPE_BY_FIRST = auto()  # of the function that gave the value, by its first operand …
    SLOPE_BY_SECOND = auto()  # … and by its second
    HELD_AT = auto()  # what a held value is replaced by …
    MASK = auto()  # … and where
    PASSED = auto()  # the gradient that passes below a value that is held or carried
    ABSENT = auto()  # where a sequence has no such step: it is padding
    VECTOR = auto()  # of parameters, at no step: a column for each sequence of the batch


SLOPES = (Kind.SLOPE_BY_FIRST, Kind.SLOPE_BY_SECOND)


class Place(NamedTuple):
    """Where a value lies: rows `start` to `stop` (counted in sizes) of a buffer over time.

    A state's buffer begins with its initial value; `later` is 1 for the state after the step.
    """

    buffer: str
    start: int = 0
    stop: int = 1
    later: int = 0
    kind: Kind = Kind.VALUE

    def beside(self, kind: Kind) -> "Place":
        """The same rows of the buffer that keeps something else of these values."""
        return self._replace(kind=kind)

    @property
    def at_any_step(self) -> "Place":
        """The rows alone: the state before a step and the one after it are the same rows."""
        return self._replace(later=0) if self.later else self


ABSENT = Place("x", kind=Kind.ABSENT)
"""Where nothing is read."""


class Use(StrEnum):
    """What a work array is for."""

    MATRICES = auto()  # those of a block, one below the other
    TRANSPOSED = auto()  # the same, turned
    SHARE = auto()  # what is about to be added to a value, or to a gradient


class Work(NamedTuple):
    """An array without time, for the value, stack or block of that name."""

    use: Use
    name: str


class Call(NamedTuple):
    """`rule` of `operands` into `target`."""

    rule: Rule
    operands: tuple[Place | Work | Operand, ...]
    target: Place | Work


class Buffer(NamedTuple):
    """An array over time of `slots` × size rows; a state's has one entry more than steps, and one
    that is passing has a single entry, which every step writes anew."""

    size: Size = "hidden"
    slots: int = 1
    state: bool = False
    passing: bool = False


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
    joined = Call(first.rule, tuple(s for s in spans[:-1] if s is not None), spans[-1])
    return joined if _is_above(first, joined) or _is_above(second, joined) else None


def _is_above(one: Call, joined: Call) -> bool:
    """Whether all that it takes and writes are the first rows of what `joined` does."""
    pairs = zip((*one.operands, one.target), (*joined.operands, joined.target), strict=True)
    return all(
        a.start == b.start for a, b in pairs if isinstance(a, Place) and isinstance(b, Place)
    )


def _span(a: Place | Work | Operand, b: Place | Work | Operand) -> Place | Operand | None:
    if isinstance(a, Place) and isinstance(b, Place):
        low, high = sorted((a, b), key=attrgetter("start"))
        adjacent = low._replace(start=low.stop, stop=high.stop) == high
        return low._replace(stop=high.stop) if adjacent else None
    return a if isinstance(a, float) and a == b else None
