"""Rows of cells → named columns: which row has the names, what each column is, what is missing."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rnnviz.data.reading.columns import column
from rnnviz.data.reading.numerals import is_missing, is_number
from rnnviz.data.table import Guess, Missing, Table
from rnnviz.texts import Counted, Sentence

MOST_COLUMNS = 1_000
LONGEST_NAME, MOST_WORDS = 40, 4
LOOKED_AT = 20  # rows
YEAR = re.compile(r"1[89]\d{2}|2[01]\d{2}")
MONTH_FIRST = Sentence("In the dates the month was taken to come first; it could be the day")
Rows = Sequence[Sequence[str]]


def table_of(
    rows: Rows, guess: Guess, *, header: bool | None = None, day_first: bool | None = None
) -> Table:
    """The table that rows of cells are.

    Args:
        rows: cells as they stand.
        guess: how they were cut.
        header, day_first: as `read_text` takes them.

    Raises:
        ValueError: rows of different lengths, no row below a header, a word among numbers.
    """
    width = _width(rows)
    has_names = is_header(rows, guess.decimal) if header is None else header
    body = rows[1:] if has_names else rows
    if not body:
        raise ValueError(Sentence("There is a header, and no row below it"))
    first = 1 + has_names
    columns, dates, missing, empty = {}, {}, list[Missing](), list[int]()
    words = {}
    for place, name in enumerate(_names(rows[0] if has_names else [""] * width), 1):
        cells = [row[place - 1] for row in body]
        if all(is_missing(cell) for cell in cells):
            empty.append(place)
            continue
        found = column(cells, guess.decimal, place=place, first=first, day_first=day_first)
        columns[name] = found.values
        if found.format:
            dates[name] = found.format
        if found.word is not None:
            words[name] = Missing(first + found.word, place, cells[found.word].strip())
        if found.is_doubtful:
            guess = replace(guess, doubt=guess.doubt or MONTH_FIRST)
        if found.values.dtype.kind == "f":
            gone = (k for k, cell in enumerate(cells) if is_missing(cell))
            missing += [Missing(first + k, place, cells[k].strip()) for k in gone]
    if not columns:
        raise ValueError(Sentence("There is nothing in it"))
    found_out = replace(
        guess,
        header=has_names,
        dates=dates,
        missing=tuple(sorted(missing)),
        empty=tuple(empty),
        words=words,
    )
    return Table(columns, found_out)


def is_header(rows: Rows, decimal: str) -> bool:
    """Whether the first row has names: no numbers but years in a row, above numbers; or, above
    texts, a few short words each, found nowhere below, and shorter than what stands there or above
    a few that come again and again, as labels do."""
    head, body = rows[0], rows[1 : LOOKED_AT + 1]
    if not body:
        return False
    below = list(zip(*body, strict=True))
    if any(is_number(cell, decimal) for cell in head):
        return _are_years_above_others(head, below, decimal)
    if any(all(is_number(c, decimal) or is_missing(c) for c in cells) for cells in below):
        return True
    is_short = all(
        0 < len(cell) <= LONGEST_NAME and len(cell.split()) <= MOST_WORDS for cell in head
    )
    whole = list(zip(*rows[1:], strict=True))
    is_apart = len({*head}) == len(head) > 1 and all(
        cell not in cells for cell, cells in zip(head, whole, strict=True)
    )
    is_longer = any(max(map(len, c)) > 2 * len(name) for name, c in zip(head, below, strict=True))
    return is_short and is_apart and (is_longer or any(map(_comes_again, whole)))


def _comes_again(cells: Sequence[str]) -> bool:
    """Whether there are several texts, each in at least two rows."""
    counts = Counter(cells)
    return len(counts) > 1 and min(counts.values()) > 1


def _are_years_above_others(
    head: Sequence[str], below: Sequence[Sequence[str]], decimal: str
) -> bool:
    """Whether the numbers of a first row are years one after the other, and what is below them is
    not: 2019, 2020, 2021. All else in the row is words."""
    found = [place for place, cell in enumerate(head) if is_number(cell, decimal)]
    texts = [head[place].strip() for place in found]
    if len(found) < 2 or not all(YEAR.fullmatch(text) for text in texts):
        return False
    years = [int(text) for text in texts]
    is_in_a_row = all(later - year == 1 for year, later in pairwise(years))
    others = (cell for place in found for cell in below[place] if not is_missing(cell))
    return is_in_a_row and not all(YEAR.fullmatch(cell.strip()) for cell in others)


def _width(rows: Rows) -> int:
    if not rows or not rows[0]:
        raise ValueError(Sentence("There is nothing in it"))
    width = len(rows[0])
    for row, cells in enumerate(rows, 1):
        if len(cells) != width:
            raise ValueError(
                Counted(
                    "Row {row} has {count} cell and row 1 has {width}: every row needs as many",
                    "Row {row} has {count} cells and row 1 has {width}: every row needs as many",
                    len(cells),
                    row=row,
                    width=width,
                )
            )
    if width > MOST_COLUMNS:
        count, most = f"{width:,}", f"{MOST_COLUMNS:,}"
        raise ValueError(Sentence("It has {count} columns: at most {most}", count=count, most=most))
    return width


def _names(head: Sequence[str]) -> list[str]:
    """One name a column, none twice."""
    names: list[str] = []
    for place, cell in enumerate(head, 1):
        name = cell.strip() or f"column {place}"
        names.append(name if name not in names else f"{name} ({place})")
    return names
