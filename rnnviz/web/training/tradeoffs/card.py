"""A figure of all contenders, as it is drawn: a row for each, dots for its seeds or rounds."""

from dataclasses import dataclass
from typing import NamedTuple


class Dot(NamedTuple):
    """One seed or round: where on the axis (0 to 1), and what it is, in words."""

    at: float
    says: str


@dataclass(frozen=True)
class Row:
    """A contender's. text: its figure. bar: the share of the longest (0 to 1). spread: from the
    lowest dot to the highest. is_best: whether it is the best of all, and told apart from them."""

    name: str
    text: str
    note: str = ""
    bar: float | None = None
    dots: tuple[Dot, ...] = ()
    mean: float | None = None
    is_best: bool = False

    @property
    def spread(self) -> tuple[float, float] | None:
        at = [dot.at for dot in self.dots]
        return (min(at), max(at)) if at else None


class Mark(NamedTuple):
    """A line across all rows: where on the axis (0 to 1), what it is, and whether it is dashed."""

    at: float
    says: str
    is_dashed: bool


@dataclass(frozen=True)
class Card:
    """A figure of all contenders. how: how it was come by. ends: what the axis goes from and to."""

    key: str
    title: str
    how: str
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...] = ()
    ends: tuple[str, str] | None = None
