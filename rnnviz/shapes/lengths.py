"""The lengths of a batch's sequences, as a setting: any order, any of them alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rnnviz.settings.kinds import BETWEEN, Text, Whole
from rnnviz.texts import Sentence


@dataclass(frozen=True)
class Lengths(Text):
    """A tuple of whole numbers from 1 to `most`, at most `count`; none at all is allowed.

    A link has them as a text, "5;3;2".
    """

    longest: int = 400
    most: int = 100
    count: int = 64

    @property
    def range(self) -> Sentence:
        return Sentence("up to {count} lengths from 1 to {most}", count=self.count, most=self.most)

    def allows(self, value: object) -> bool:
        if not isinstance(value, tuple) or len(value) > self.count:
            return False
        return all(map(self._one.allows, value))

    def read(self, text: str) -> Any:
        found = [self._one.read(word) for word in text[: self.longest].split(BETWEEN)]
        known = tuple(length for length in found if length is not None)[: self.count]
        return known if known or not text.strip() else None

    def write(self, value: Iterable[int]) -> str:
        return BETWEEN.join(map(str, value))

    @property
    def _one(self) -> Whole:
        return Whole(1, self.most)


def falling(length: int, count: int) -> tuple[int, ...]:
    """Lengths to begin with: the first sequence whole, the others ever shorter, down to one step.

    length: the longest, in steps. count: how many sequences.
    """
    return tuple(max(1, round(length * (1 - 0.4 * k / max(1, count / 2)))) for k in range(count))
