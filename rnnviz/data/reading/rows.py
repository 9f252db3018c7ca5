"""Rows of cells → named columns: which row has the names, what each column is, what is missing."""

from collections.abc import Sequence
from dataclasses import replace

from rnnviz.data.reading.columns import column
from rnnviz.data.reading.numerals import is_missing, is_number
from rnnviz.data.table import Guess, Missing, Table
from rnnviz.texts import Sentence

MOST_COLUMNS = 1_000
LONGEST_NAME, MOST_WORDS = 40, 4
LOOKED_AT = 20  # rows
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
    for place, name in enumerate(_names(rows[0] if has_names else [""] * width), 1):
        cells = [row[place - 1] for row in body]
        if all(is_missing(cell) for cell in cells):
            empty.append(place)
            continue
        found = column(cells, guess.decimal, place=place, first=first, day_first=day_first)
        columns[name] = found.values
        if found.format:
            dates[name] = found.format
        if found.is_doubtful:
            guess = replace(guess, doubt=guess.doubt or MONTH_FIRST)
        if found.values.dtype.kind == "f":
            gone = (k for k, cell in enumerate(cells) if is_missing(cell))
            missing += [Missing(first + k, place, cells[k].strip()) for k in gone]
    if not columns:
        raise ValueError(Sentence("There is nothing in it"))
    found_out = replace(
        guess, header=has_names, dates=dates, missing=tuple(sorted(missing)), empty=tuple(empty)
    )
    return Table(columns, found_out)


def is_header(rows: Rows, decimal: str) -> bool:
    """Whether the first row has names: no numbers, above numbers; or, above texts, a few short
    words each, shorter than what stands below, and found nowhere there."""
    head, body = rows[0], rows[1 : LOOKED_AT + 1]
    if not body or any(is_number(cell, decimal) for cell in head):
        return False
    below = list(zip(*body, strict=True))
    if any(all(is_number(c, decimal) or is_missing(c) for c in cells) for cells in below):
        return True
    is_short = all(
        0 < len(cell) <= LONGEST_NAME and len(cell.split()) <= MOST_WORDS for cell in head
    )
    is_apart = len({*head}) == len(head) > 1 and all(
        cell not in cells for cell, cells in zip(head, zip(*rows[1:], strict=True), strict=True)
    )
    widths = zip(head, below, strict=True)
    return is_short and is_apart and any(max(map(len, c)) > 2 * len(name) for name, c in widths)


def _width(rows: Rows) -> int:
    if not rows or not rows[0]:
        raise ValueError(Sentence("There is nothing in it"))
    width = len(rows[0])
    for row, cells in enumerate(rows, 1):
        if len(cells) != width:
            raise ValueError(
                Sentence(
                    "Row {row} has {count} cells and row 1 has {width}: every row needs as many",
                    row=row,
                    count=len(cells),
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
