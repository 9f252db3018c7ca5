"""What an object says of itself in a notebook: a few lines, its arrays by their shapes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

MOST_LINES = 9
LONGEST = 76


def summary(thing: Any) -> str:
    """A dataclass or a named tuple as a line for each field; no number of an array is in it.

    To be a class's `__repr__`.
    """
    width = max((len(name) for name, _ in _fields(thing)), default=0)
    lines = [f"{name:{width}}  {_brief(value)}" for name, value in _fields(thing)]
    return head_and_lines(type(thing).__name__, lines)


def head_and_lines(head: str, lines: Sequence[str]) -> str:
    """A first line, and others under it as far as ten lines go."""
    shown = [*lines[: MOST_LINES - 1], f"… and {len(lines) - MOST_LINES + 1} more"]
    return "\n  ".join([head, *(lines if len(lines) <= MOST_LINES else shown)])


def _fields(thing: Any) -> Iterator[tuple[str, Any]]:
    names = [one.name for one in fields(thing)] if is_dataclass(thing) else thing._fields
    return ((name, getattr(thing, name)) for name in names)


def _brief(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, np.ndarray):
        return f"{value.shape} {value.dtype}"
    if isinstance(value, Mapping):
        return _cut(f"{len(value)} named: {', '.join(map(str, value))}" if value else "none")
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return _cut(", ".join(map(_brief, value)) if value else "none")
    return _cut(repr(value).split("\n")[0])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
