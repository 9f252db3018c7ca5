"""A column of cells as what it is: numbers, dates or texts."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.dtypes import StringDType

from rnnviz.data.reading.numerals import is_missing, is_number, numbers, plain_numbers
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence

if TYPE_CHECKING:
    import pandas as pd

MOSTLY = 0.9  # a column with so many numbers is of numbers, and the rest are mistakes
LONGEST = 100_000  # letters in a cell
MONTHS = 12
FORMATS = (
    "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d", "%Y/%m/%d %H:%M", "%Y-%m", "%d.%m.%Y", "%d.%m.%Y %H:%M", "%Y年%m月%d日",
    "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%d %b %Y", "%b %d, %Y", "%b %Y",
    "%H:%M", "%H:%M:%S",
)  # fmt: skip


class Column(NamedTuple):
    """values: (rows,) of float64, datetime64[s] or str. format: of its dates, or "". is_doubtful:
    day and month could as well change places. word: the place of the first cell that made texts of
    a column in which at least half are numbers."""

    values: Array
    format: str = ""
    is_doubtful: bool = False
    word: int | None = None


def column(
    cells: Sequence[str], decimal: str, *, place: int, first: int, day_first: bool | None = None
) -> Column:
    """What a column's cells are.

    Args:
        cells: as they stand.
        decimal: sign of its numbers.
        place, first: the column, and the row of its first cell, from 1, for sentences.
        day_first: whether 3/4/2024 is in April; None: in March, unless a day forbids it.

    Raises:
        ValueError: a few cells among numbers are none, or one is too long to be one.
    """
    longest = max(map(len, cells), default=0)
    if longest > LONGEST:
        row = first + next(k for k, cell in enumerate(cells) if len(cell) > LONGEST)
        raise ValueError(
            Sentence(
                "Row {row}, column {column} has {count} letters: a cell has at most {most}",
                row=row,
                column=place,
                count=f"{longest:,}",
                most=f"{LONGEST:,}",
            )
        )
    plain = plain_numbers(cells, decimal)
    if plain is not None:
        return Column(plain)
    there = [k for k, cell in enumerate(cells) if not is_missing(cell)]
    wrong = [k for k in there if not is_number(cells[k], decimal)]
    if len(wrong) <= (1 - MOSTLY) * len(there):
        if wrong:
            raise ValueError(_no_number(cells[wrong[0]], first + wrong[0], place))
        return Column(numbers(cells, decimal))
    word = wrong[0] if len(wrong) <= len(there) / 2 else None
    return _dates(cells, day_first=day_first) or Column(texts(cells), word=word)


def texts(cells: Iterable[str]) -> Array:
    """(rows,) of str, each as long as it is: one long text makes no room for others as long."""
    return np.array([cell.strip() for cell in cells], StringDType())


def _no_number(cell: str, row: int, place: int) -> Sentence:
    return Sentence(
        "Row {row}, column {column}: “{text}” is no number",
        row=row,
        column=place,
        text=shortened(cell),
    )


def shortened(cell: str) -> str:
    """A cell as a sentence quotes it."""
    text = cell.strip()
    return text if len(text) <= 40 else text[:39] + "…"


def _dates(cells: Sequence[str], *, day_first: bool | None) -> Column | None:
    import pandas as pd

    texts = pd.Series(["" if is_missing(cell) else cell.strip() for cell in cells])
    known = texts[texts != ""]
    excluded = {None: "%", True: "%m/", False: "%d/"}[day_first]
    for form in (form for form in FORMATS if day_first is None or not form.startswith(excluded)):
        if len(known) and _parsed(known[:20], form).notna().all():
            dates = _parsed(texts, form)
            if dates.notna().sum() == len(known):
                could_be = day_first is None and form.startswith("%m/")
                is_doubtful = could_be and bool((dates.dropna().dt.day <= MONTHS).all())
                return Column(dates.to_numpy().astype("datetime64[s]"), form, is_doubtful)
    return None


def _parsed(texts: "pd.Series[str]", form: str) -> "pd.Series[Any]":
    import pandas as pd

    return pd.to_datetime(texts, format=form, errors="coerce")
