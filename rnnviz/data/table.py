"""Columns by name, what was guessed to read them, and the cells that are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, get_args

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.summary import summary
from rnnviz.texts import Sentence

Filling = Literal["refuse", "carry", "interpolate"]
FEW = 3


class Missing(NamedTuple):
    """A cell without a number. row, column: from 1, a header counted. text: what stands there."""

    row: int
    column: int
    text: str = ""

    def __str__(self) -> str:
        return f"{self.row}, {self.column}" + (f" (“{self.text}”)" if self.text else "")


@dataclass(frozen=True)
class Guess:
    """How a file was read.

    separator: between cells; " " stands for any white space, "" for one column. decimal: of its
    numbers. header: whether its first row has names. encoding: of its bytes. dates: column name →
    format, as `strptime` takes it. missing: cells of number columns that have no number. empty:
    columns, from 1, left out because nothing stands in them. words: column name → the first cell
    that is no number, where half of a column's cells or more are and it was read as texts. doubt:
    what else it could be.
    """

    separator: str
    decimal: str = "."
    header: bool = False
    encoding: str = "utf-8"
    dates: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    empty: tuple[int, ...] = ()
    words: Mapping[str, Missing] = field(default_factory=dict)
    doubt: Sentence | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """What was read: name → (rows,) of float64, datetime64[s] or str, and how.

    A missing number is NaN, a missing date NaT, a missing text "".
    """

    columns: Mapping[str, Array]
    guess: Guess = field(default_factory=lambda: Guess(""))

    __repr__ = summary

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    @property
    def first_row(self) -> int:
        """Which row of the file the first of the table is, from 1."""
        return 1 + self.guess.header

    @property
    def numbers(self) -> list[str]:
        """The columns that are numbers."""
        return [name for name, column in self.columns.items() if column.dtype.kind == "f"]

    @property
    def texts(self) -> list[str]:
        """The columns that are texts."""
        return [name for name, column in self.columns.items() if column.dtype.kind in "UT"]

    def words(self, name: str) -> tuple[str, ...]:
        """A column's cells as texts; dates as the file writes them."""
        column = self.columns[name]
        if column.dtype.kind != "M":
            return tuple(map(str, column))
        form = self.guess.dates[name]
        return tuple("" if np.isnat(one) else one.item().strftime(form) for one in column)

    def filled(self, how: Filling) -> "Table":
        """The same with every missing number replaced.

        Args:
            how: "carry" takes the last number above it, "interpolate" the straight line between its
                neighbours; at an end, where there is none, both take the nearest. "refuse" raises.

        Raises:
            ValueError: numbers are missing and are refused, or a column has none at all.
        """
        if how not in get_args(Filling):
            raise ValueError(f"missing is one of {', '.join(get_args(Filling))}, not {how!r}")
        gaps = {name for name in self.numbers if np.isnan(self.columns[name]).any()}
        if gaps and how == "refuse":
            raise ValueError(missing_sentence(self.guess.missing))
        columns = {
            name: _filled(column, how) if name in gaps else column
            for name, column in self.columns.items()
        }
        return Table(columns, replace(self.guess, missing=()) if gaps else self.guess)


def _filled(column: Array, how: Filling) -> Array:
    there = np.flatnonzero(~np.isnan(column))
    steps = np.arange(len(column))
    if how == "interpolate":
        return np.interp(steps, there, column[there])
    last = np.searchsorted(there, steps, side="right") - 1
    filled: Array = column[there[np.maximum(last, 0)]]
    return filled


def missing_sentence(missing: Sequence[Missing]) -> Sentence:
    """Where numbers are missing, and that it is to be chosen what is taken instead."""
    first = "; ".join(str(one) for one in missing[:FEW])
    if len(missing) > FEW:
        return Sentence(
            "{count} numbers are missing, the first at row, column: {first}. Choose what stands in "
            "their place: the last number, or a line between their neighbours",
            count=f"{len(missing):,}",
            first=first,
        )
    return Sentence(
        "Numbers are missing at row, column: {first}. Choose what stands in their place: the last "
        "number, or a line between their neighbours",
        first=first,
    )
