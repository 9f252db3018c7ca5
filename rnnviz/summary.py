"""What an object says of itself in a notebook: a few lines, its arrays by their shapes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np

from rnnviz.writing import shortened

MOST_LINES = 9
LONGEST = 76
Value = TypeVar("Value")


class NamedValues(Mapping[str, Value]):
    """Name → value, not to be changed. A notebook prints a line for each, and no array's numbers.

    named: kept as it is, not copied.
    """

    def __init__(self, named: Mapping[str, Value]) -> None:
        self._named = named

    def __getitem__(self, name: str) -> Value:
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def __repr__(self) -> str:
        width = max(map(len, self), default=0)
        lines = [f"{name:{width}}  {brief(value)}{_range(value)}" for name, value in self.items()]
        return head_and_lines(f"{len(self)} by name" if self else "none", lines)


def summary(thing: Any) -> str:
    """A dataclass or a named tuple as a line for each field; no number of an array is in it.

    To be a class's `__repr__`.
    """
    width = max((len(name) for name, _ in _fields(thing)), default=0)
    lines = [f"{name:{width}}  {brief(value)}" for name, value in _fields(thing)]
    return head_and_lines(type(thing).__name__, lines)


def head_and_lines(head: str, lines: Sequence[str]) -> str:
    """A first line, and others under it as far as ten lines go."""
    shown = [*lines[: MOST_LINES - 1], f"… and {len(lines) - MOST_LINES + 1} more"]
    return "\n  ".join([head, *(lines if len(lines) <= MOST_LINES else shown)])


def _fields(thing: Any) -> Iterator[tuple[str, Any]]:
    names = [one.name for one in fields(thing)] if is_dataclass(thing) else thing._fields
    return ((name, getattr(thing, name)) for name in names)


def brief(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, np.ndarray):
        return f"{value.shape} {value.dtype}"
    if isinstance(value, Mapping):
        return _cut(f"{len(value)} named: {', '.join(map(str, value))}" if value else "none")
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return _cut(", ".join(map(brief, value)) if value else "none")
    return _cut(repr(value).split("\n")[0])


def _range(value: Any) -> str:
    """From where to where an array's numbers go, and whether they are numbers."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu":
        return ""
    finite = value[np.isfinite(value)]
    span = f", {finite.min():.3g} to {finite.max():.3g}" if finite.size else ""
    return span if finite.size == value.size else f"{span}, {value.size - finite.size} not finite"


def _cut(text: str) -> str:
    return shortened(text, LONGEST)
