"""What a component sends, checked: whoever holds the connection can send anything in its name."""

import math
from collections.abc import Mapping
from typing import Any

LARGEST = 2**53
"""Whole numbers up to here are exact in a browser."""


def entries(value: Any) -> dict[str, Any]:
    """An object's entries. ValueError where it is none."""
    if not (isinstance(value, Mapping) and all(isinstance(name, str) for name in value)):
        raise ValueError("no object with named entries")
    return dict(value)


def items(value: Any) -> list[Any]:
    """A list's items. ValueError where it is none."""
    if not isinstance(value, list | tuple):
        raise ValueError("no list")
    return list(value)


def text(value: Any) -> str:
    """ValueError where it is none."""
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def count(value: Any) -> int:
    """A whole number from 0 up. ValueError where it is none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (is_number and 0 <= value <= LARGEST and value == value // 1):
        raise ValueError("no whole number from 0 up")
    return int(value)


def number(value: Any) -> float:
    """A finite number. ValueError where it is none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (is_number and abs(value) <= LARGEST and math.isfinite(value)):
        raise ValueError("no finite number")
    return float(value)
