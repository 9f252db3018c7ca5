"""The kinds of values that settings have: numbers, texts, one or several of some options."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, ClassVar

from rnnviz.texts import Sentence

BETWEEN = ";"
"""What separates the values of a setting that has several."""
NAMED_ANEW: Mapping[str, str] = {
    "as drawn": "drawn",
    "as trained": "trained",
    "as written": "written",
    "each step": "every",
    "fair race": "race",
    "keeps the old": "keeps",
    "last step": "last",
    "one number": "number",
    "one step": "one",
    "spectral radius": "scaled",
    "takes the new": "takes",
    "the cliff": "cliff",
    "what the file proves": "proven",
    "your file": "file",
    "your own equations": "own",
    "your own numbers": "numbers",
    "your own text": "text",
}
"""What stood in links in a key's place → the key. Links are read for ever: no line may go."""


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`; `step` is how far one press of its control goes."""

    low: float
    high: float
    step: float = 0.1
    type: ClassVar[type] = Real

    @property
    def range(self) -> Sentence:
        """The allowed values in words."""
        return Sentence(
            "a number from {low} to {high}", low=f"{self.low:,g}", high=f"{self.high:,g}"
        )

    def allows(self, value: Any) -> bool:
        """Whether a setting may have this value."""
        is_one = isinstance(value, self.type) and not isinstance(value, bool)
        return is_one and bool(self.low <= value <= self.high)

    def read(self, text: str) -> Any:
        """The allowed value nearest to what a link says; None where it says none of the kind."""
        number = _finite(text)
        return None if number is None else min(max(number, self.low), self.high)

    def write(self, value: Any) -> str:
        """What `read` turns into this value."""
        return repr(float(value)).removesuffix(".0")


@dataclass(frozen=True)
class Whole(Number):
    """A whole number from `low` to `high`."""

    step: float = 1
    type: ClassVar[type] = Integral

    @property
    def range(self) -> Sentence:
        return Sentence(
            "a whole number from {low} to {high}", low=f"{self.low:,d}", high=f"{self.high:,d}"
        )

    def read(self, text: str) -> int | None:
        number = super().read(text)
        return None if number is None else round(number)

    def write(self, value: Any) -> str:
        return str(int(value))


@dataclass(frozen=True)
class Text:
    """A text of at most so many characters.

    is_bounded: False where only links have no more: a box takes what is pasted, and what is too
    much is answered with a sentence. (Streamlit drops it without a word.)
    """

    longest: int
    is_bounded: bool = True

    @property
    def range(self) -> Sentence:
        return Sentence("a text of at most {most} characters", most=f"{self.longest:,}")

    def allows(self, value: object) -> bool:
        return isinstance(value, str) and (not self.is_bounded or len(value) <= self.longest)

    def fits_link(self, value: str) -> bool:
        """Whether a link has room for it."""
        return self.is_bounded or len(value) <= self.longest

    def read(self, text: str) -> str | None:
        return text[: self.longest] if self.is_bounded else text

    def write(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True)
class Choice:
    """One of some options: key → label. Links may spell a key in small or capital letters.

    ValueError where two are spelled alike.
    """

    options: Mapping[Any, str]

    def __post_init__(self) -> None:
        if len({str(key).casefold() for key in self.options}) < len(self.options):
            raise ValueError(f"two options are spelled alike: {self.range}")

    @property
    def keys(self) -> tuple[Any, ...]:
        return tuple(self.options)

    @property
    def range(self) -> Sentence:
        return Sentence("one of {keys}", keys=", ".join(map(str, self.keys)))

    def label(self, key: Any) -> str:
        """What is shown for a key, in English."""
        return self.options.get(key, str(key))

    def allows(self, value: object) -> bool:
        return value in self.keys

    def read(self, text: str) -> Any:
        spelling = text.strip().casefold()
        known = {str(key).casefold(): key for key in self.keys}
        return known.get(spelling, known.get(NAMED_ANEW.get(spelling, "")))

    def write(self, value: Any) -> str:
        return str(value)


def choice(*options: str | int | Mapping[str, str]) -> Choice:
    """A choice of keys whose labels, in English, read as they do, and of others: key → label."""
    found: dict[Any, str] = {}
    for one in options:
        found |= one if isinstance(one, Mapping) else {one: str(one)}
    return Choice(found)


@dataclass(frozen=True)
class Several:
    """Some of a choice's options, each once, at least `fewest`, in any order."""

    of: Choice
    fewest: int = 0

    @property
    def range(self) -> Sentence:
        keys = ", ".join(map(str, self.of.keys))
        return Sentence("at least {fewest} out of {keys}", fewest=self.fewest, keys=keys)

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or len(value) < self.fewest:
            return False
        return len(set(value)) == len(value) and all(map(self.of.allows, value))

    def read(self, text: str) -> tuple[Any, ...] | None:
        known = (self.of.read(word) for word in text.split(BETWEEN))
        found = tuple(dict.fromkeys(key for key in known if key is not None))
        return found if found or (not text.strip() and not self.fewest) else None

    def write(self, value: Iterable[Any]) -> str:
        return BETWEEN.join(map(self.of.write, value))


Kind = Number | Text | Choice | Several


def _finite(text: str) -> float | None:
    """A finite number, or None. (`float` takes "1_0" and "nan", which nobody means.)"""
    try:
        number = float(text[:40]) if "_" not in text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
