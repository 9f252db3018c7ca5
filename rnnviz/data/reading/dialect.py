"""How a text is cut into cells: the separator and decimal sign under which it is most regular."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rnnviz.data.reading.numerals import is_missing, is_number
from rnnviz.texts import Sentence

SEPARATORS = ("\t", ";", ",", "|", " ", "")
SAMPLE = 200  # lines
LOOKED_AT = 5_000  # cells of them
DATE = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
END = "end of the text\n"
"""A line that a quotation mark left open would swallow."""
TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
FEWEST = 2  # rows by which one that is not closed may be told
REGULAR = 0.9  # share of the lines that have as many cells


@dataclass(frozen=True)
class Dialect:
    """separator: "" for one column, " " for white space. decimal: "." or ","."""

    separator: str
    decimal: str


def sniffed(text: str, separator: str | None = None, decimal: str | None = None) -> Dialect:
    """The dialect in which most lines have as many cells, and most cells are numbers.

    Args:
        text: not empty.
        separator, decimal: what is known.
    """
    lines = list(islice((line for line in text.splitlines(keepends=True) if line.strip()), SAMPLE))
    tried = [
        Dialect(one, sign)
        for one in (SEPARATORS if separator is None else (separator,))
        for sign in ((".", ",") if decimal is None else (decimal,))
        if one != sign or separator is not None
    ]
    return max(tried, key=lambda dialect: _regularity(lines, dialect))


def doubt(text: str, dialect: Dialect) -> Sentence | None:
    """Whether commas between two whole numbers could as well be decimal signs."""
    lines = list(islice((line for line in text.splitlines(keepends=True) if line.strip()), SAMPLE))
    rows = list(cells_of(lines, dialect.separator))
    pairs = [row for row in rows if len(row) == 2 and all(one.strip().isdigit() for one in row)]
    if dialect.separator != "," or len(pairs) < max(len(rows) - 1, 1):
        return None
    return Sentence("The commas were taken for separators; they could be decimal signs")


def cells_of(lines: list[str], separator: str) -> Iterator[list[str]]:
    """Lines cut into cells, quotes respected."""
    if separator in ("", " "):
        return (_with_times(line.split()) if separator else [line.strip()] for line in lines)
    return csv.reader(lines, delimiter=separator, skipinitialspace=True)


def closed_cells_of(lines: list[str], separator: str) -> tuple[list[list[str]], bool]:
    """The same, and whether every quotation mark is closed; a last row that one leaves open, with
    all that follows in a cell of it, is not among them."""
    if separator in ("", " "):
        return list(cells_of(lines, separator)), True
    *rows, last = cells_of([*lines, END], separator)
    return rows, last == [END.strip()]


def _with_times(cells: list[str]) -> list[str]:
    """A date and a time of day with a blank between are one cell."""
    if len(cells) > 1 and DATE.fullmatch(cells[0]) and TIME.fullmatch(cells[1]):
        return [f"{cells[0]} {cells[1]}", *cells[2:]]
    return cells


def _regularity(lines: list[str], dialect: Dialect) -> tuple[bool, float, bool, float, bool]:
    """What is compared, the first thing first; of all that give one column, none cuts."""
    try:
        rows = _to_be_looked_at(lines, dialect)
    except csv.Error:
        rows = []
    if not rows:
        return False, 0.0, False, 0.0, False
    width, often = Counter(map(len, rows)).most_common(1)[0]
    below = _numbers_in(rows[1:] or rows, dialect.decimal)  # the first row may be names
    is_cut = width > 1
    is_regular = often >= REGULAR * len(rows) and (dialect.separator != " " or below >= 0.5)
    return (
        is_regular or (is_cut and below >= REGULAR),
        below,
        is_cut,
        _numbers_in(rows, dialect.decimal),
        dialect.separator == "",
    )


def _to_be_looked_at(lines: list[str], dialect: Dialect) -> list[list[str]]:
    """Rows by which a dialect is judged; none where a quotation mark that is never closed leaves
    too few, and lines in which it were a letter are no table either."""
    rows, is_closed = closed_cells_of(lines, dialect.separator)
    if is_closed or len(rows) >= FEWEST:
        return rows
    rows = list(csv.reader(lines, delimiter=dialect.separator, quoting=csv.QUOTE_NONE))
    return rows if _is_a_table(rows, dialect.decimal) else []


def _is_a_table(rows: list[list[str]], decimal: str) -> bool:
    """Whether rows that a quotation mark swallows are a table all the same: as many cells in each,
    and numbers, or three rows in which no separator has a blank beside it, as a comma has in a
    story in which somebody speaks."""
    if len(rows[0]) < 2 or len({*map(len, rows)}) > 1:
        return False
    plain = [[cell.replace('"', "") for cell in row] for row in rows]
    is_of_numbers = _numbers_in(plain[1:] or plain, decimal) >= REGULAR
    is_tight = all(cell.strip() == cell for row in rows for cell in row)
    return is_of_numbers or (len(rows) > FEWEST and is_tight)


def _numbers_in(rows: list[list[str]], decimal: str) -> float:
    """Which share of the first cells are numbers, to the tenth."""
    there = (cell for row in rows for cell in row if not is_missing(cell))
    cells = [*islice(there, LOOKED_AT)]
    return round(sum(is_number(cell, decimal) for cell in cells) / max(len(cells), 1), 1)
