"""The kinds of values that settings have: numbers, whole numbers, texts, one or several options."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Protocol

BETWEEN = ";"
"""What separates the values of a setting that has several."""


class Kind(Protocol):
    """The values a setting can have."""

    @property
    def range(self) -> str:
        """The allowed values in words."""

    def allows(self, value: object) -> bool:
        """Whether a setting may have this value."""

    def read(self, text: str) -> Any:
        """The allowed value nearest to what a link says; None where it says nothing of the kind."""

    def write(self, value: Any) -> str:
        """What `read` turns into this value."""


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`; `step` is how far one press of its control goes."""

    low: float
    high: float
    step: float = 0.1

    @property
    def range(self) -> str:
        return f"a number from {self.low:,g} to {self.high:,g}"

    def allows(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, Real):
            return False
        return self.low <= float(value) <= self.high

    def read(self, text: str) -> float | None:
        number = _finite(text)
        return None if number is None else min(max(number, self.low), self.high)

    def write(self, value: float) -> str:
        return repr(float(value)).removesuffix(".0")


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`; `step` is how far one press of its control goes."""

    low: int
    high: int
    step: int = 1

    @property
    def range(self) -> str:
        return f"a whole number from {self.low:,d} to {self.high:,d}"

    def allows(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, Integral):
            return False
        return self.low <= int(value) <= self.high

    def read(self, text: str) -> int | None:
        number = _finite(text)
        return None if number is None else round(min(max(number, self.low), self.high))

    def write(self, value: int) -> str:
        return str(int(value))


@dataclass(frozen=True)
class Text:
    """A text of at most so many characters."""

    longest: int

    @property
    def range(self) -> str:
        return f"a text of at most {self.longest:,} characters"

    def allows(self, value: object) -> bool:
        return isinstance(value, str) and len(value) <= self.longest

    def read(self, text: str) -> str | None:
        return text[: self.longest]

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True)
class Option:
    """A value of a choice: its key, what is shown for it, and how older links spell it."""

    key: str | int
    label: str
    was: tuple[str, ...] = ()


def options(*keys: str | int) -> tuple[Option, ...]:
    """Options whose labels, in English, read as their keys do."""
    return tuple(Option(key, str(key)) for key in keys)


@dataclass(frozen=True)
class Choice:
    """One of some options. Links may spell a key in small or capital letters.

    ValueError where one spelling stands for two of them.
    """

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        refuse_twice(spelling for option in self.options for spelling in _spellings(option))

    @property
    def keys(self) -> tuple[Any, ...]:
        return tuple(option.key for option in self.options)

    @property
    def range(self) -> str:
        return f"one of {', '.join(map(str, self.keys))}"

    def label(self, key: object) -> str:
        """What is shown for a key; the key itself where it is none of the options'."""
        return next((one.label for one in self.options if one.key == key), str(key))

    def allows(self, value: object) -> bool:
        return value in self.keys

    def read(self, text: str) -> Any:
        spelling = text.strip().casefold()
        return next((one.key for one in self.options if spelling in _spellings(one)), None)

    def write(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True)
class Several:
    """Some of a choice's options, each once, at least `fewest`, in any order."""

    of: Choice
    fewest: int = 0

    @property
    def range(self) -> str:
        return f"at least {self.fewest} out of {', '.join(map(str, self.of.keys))}"

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or len(value) < self.fewest:
            return False
        return len(set(value)) == len(value) and all(map(self.of.allows, value))

    def read(self, text: str) -> tuple[Any, ...] | None:
        known = [self.of.read(word) for word in text.split(BETWEEN)]
        found = tuple(dict.fromkeys(key for key in known if key is not None))
        means_none = not text.strip() and not self.fewest
        return found if found or means_none else None

    def write(self, value: Iterable[Any]) -> str:
        return BETWEEN.join(map(self.of.write, value))


def _spellings(option: Option) -> list[str]:
    return [str(spelling).casefold() for spelling in (option.key, *option.was)]


def refuse_twice(keys: Iterable[str]) -> None:
    """Raise a ValueError where a key is there twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"two have the key {key!r}")
        seen.add(key)


def _finite(text: str) -> float | None:
    """A finite number, or None. (`float` takes "1_0" and "nan", which nobody means.)"""
    try:
        number = float(text[:40]) if "_" not in text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
