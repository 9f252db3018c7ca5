"""Numbers that a visitor typed, pasted or sent → what a network reads. Nothing is changed without a
word: what can be read in two ways is refused, and what is made of it is said in the story.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnnviz.interop.npz_files import array_in
from rnnviz.network.arrays import Array
from rnnviz.scenes.reading import Reading, input_names, refuse_too_long, some_numbers, words_of
from rnnviz.texts import N_, _, ngettext

MOST_COLUMNS = 1024
LARGEST_NUMBER = 1e6
LONGEST = 2_000_000
"""How many characters are read: 10,000 rows of 20 columns, or 500 of 400."""
LONGEST_NAME = 24
INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u2060\u2066-\u2069]")
LIST = re.compile(r"[\s\w.=()]*(\[[\[\]\s\d.,;:eE+\-−naif]*\])[\s\w.=(),':<>]*")
"""A list as Python, NumPy or PyTorch prints it: what stands around it names no number."""
DECIMAL_COMMA = re.compile(r"[-+−]?\d*,\d+(?:[eE][-+]?\d+)?")
IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+")
DATE = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?:[T ]\d{1,2}:\d{2}\S*)?|\d{1,2}:\d{2}(?::\d{2})?"
)


class Table(NamedTuple):
    """Cells as they were written, row after row, each row as long as the others.

    notes: what was made of them. names: of the columns; dates: of the rows; none where there are
    none.
    """

    rows: list[list[str]]
    notes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def own_numbers(text: str, inputs: int | None = None) -> Reading:
    """Typed or pasted numbers: one row per step if there are several columns, else one per step.

    Args:
        text: parted by commas, semicolons, tabs, blanks or new lines; a list of Python's.
        inputs: how many a network reads, where that is known: a single row of so many is one step.

    ValueError in one sentence about what is no number, not even, or too much.
    """
    if len(text) > LONGEST:
        raise ValueError(
            _(
                "These are {count} characters: up to {most} can be read here; send the numbers "
                "as a .npy file",
                count=f"{len(text):,}",
                most=f"{LONGEST:,}",
            )
        )
    table = _table(INVISIBLE.sub("", text), inputs)
    first = 2 if table.names else 1
    x = np.array(
        [
            [_number(cell, (row, column)) for column, cell in enumerate(cells, 1)]
            for row, cells in enumerate(table.rows, first)
        ]
    )
    return _reading(x, table)


def numbers_in(name: str, data: bytes, inputs: int | None = None) -> Reading:
    """The numbers of a file: of .npy (time,) or (time, inputs), or of a text as `own_numbers` has.

    ValueError in one sentence about what is wrong with it.
    """
    if not name.lower().endswith(".npy"):
        try:
            return own_numbers(data.decode("utf-8-sig"), inputs)
        except UnicodeDecodeError:
            raise ValueError(_("It is neither a .npy file nor a text, as a .csv is")) from None
    x = array_in(name, data).astype(float)
    if x.ndim == 3 and x.shape[1] == 1:  # (time, batch, inputs), of one sequence
        x = x[:, 0]
    if x.ndim == 1:
        x = x[:, None]
    if x.ndim != 2 or 0 in x.shape:
        raise ValueError(
            _(
                "Its shape is {shape}: one sequence is read, (time,) or (time, inputs)",
                shape=str(x.shape),
            )
        )
    wrong = np.argwhere(~(np.abs(x) <= LARGEST_NUMBER))
    if len(wrong):
        row, column = (int(place) for place in wrong[0])
        _number(str(x[row, column]), (row + 1, column + 1))
    return _reading(x, Table([]))


def _reading(x: Array, table: Table) -> Reading:
    steps, width = x.shape
    if width > MOST_COLUMNS:
        raise ValueError(
            _(
                "These are {width} inputs a step: from 1 to {most} can be read",
                width=width,
                most=MOST_COLUMNS,
            )
        )
    refuse_too_long(steps, N_("These are {count} steps: from 1 to {most} can be read"))
    story = ngettext(
        "As you gave them, {count} number at each step.",
        "As you gave them, {count} numbers at each step.",
        width,
    )
    return Reading(
        _("Your numbers"),
        " ".join((story, *table.notes)),
        x[:, None],
        (table.dates or words_of(x),),
        table.names or input_names(width),
    )


def _table(text: str, inputs: int | None) -> Table:
    listed = LIST.fullmatch(text)
    if listed:
        return _of_list(listed[1], inputs)
    lines = [line for line in text.splitlines() if line.strip(",; \t\r")]
    if not lines:
        raise ValueError(_("There is no number yet: type some, as in 0.5, 1, -0.3"))
    _refuse_thousands(lines)
    lines, notes = _with_points(lines)
    rows = [_cells(line, r" *[,;\t] *| +") for line in lines]
    rows, dates = _without_dates(rows)
    rows, names = _without_names(rows)
    if names:
        notes = (*notes, _("The first row names the inputs."))
    rows = _even(_by_steps(_without_ends(rows), inputs))
    return Table(rows, notes, names, dates if len(dates) == len(rows) else ())


def _of_list(text: str, inputs: int | None) -> Table:
    rows = [_cells(row, r"[,;\s]+") for row in re.findall(r"\[([^\[\]]*)\]", text) if row.strip()]
    rows = _without_ends(rows)
    return Table(_even(rows if "[[" in re.sub(r"\s", "", text) else _by_steps(rows, inputs)))


def _by_steps(rows: list[list[str]], inputs: int | None) -> list[list[str]]:
    """A row for each step: of a single row each number is one, unless a network reads them all."""
    if len(rows) == 1 and len(rows[0]) != (inputs or 1):
        return [[cell] for cell in rows[0]]
    return rows


def _cells(line: str, separator: str) -> list[str]:
    return re.split(separator, line.strip(" \r\n"))


def _with_points(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Decimal commas as points: where all commas are in numbers, which something else parts."""
    whole = "\n".join(lines)
    tokens = [token for line in lines for token in re.split(r"[;\t ]+", line) if "," in token]
    parted = re.search(r"[;\t]|\S +\S", whole)
    if not (parted and tokens and all(map(DECIMAL_COMMA.fullmatch, tokens))) or "." in whole:
        return lines, ()
    note = _("Commas are read as decimal points.")
    return [line.replace(",", ".") for line in lines], (note,)


def _refuse_thousands(lines: Sequence[str]) -> None:
    """What is one number in one country and two in another."""
    for row, line in enumerate(lines, 1):
        found = IN_THOUSANDS.search(line)
        if found:
            raise ValueError(
                _(
                    "“{text}” in row {row} can be one number or several: write {one}, or blanks "
                    "between numbers",
                    text=found[0],
                    row=row,
                    one=re.sub("[,\u00a0\u2009\u202f]", "", found[0]),
                )
            )


def _without_dates(rows: list[list[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Rows without the dates that each begins with (under a header, all but the first)."""
    joined = [_with_time(row) for row in rows]
    body = joined[1:] if len(joined) > 1 and not DATE.fullmatch(joined[0][0]) else joined
    if not all(len(row) > 1 and DATE.fullmatch(row[0]) for row in body):
        return rows, ()
    return [row[1:] for row in joined], tuple(row[0] for row in body)


def _with_time(row: list[str]) -> list[str]:
    """A date and a time of day with a blank between are one cell."""
    if len(row) > 1 and re.fullmatch(r"\d{1,2}:\d{2}\S*", row[1]):
        return [f"{row[0]} {row[1]}", *row[2:]]
    return row


def _without_names(rows: list[list[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Rows without the first, where that has a name for each column and no number."""
    first, rest = rows[0], rows[1:]
    if not rest or any(not cell or _is_number(cell) for cell in first):
        return rows, ()
    if not all(len(row) == len(first) for row in rest) or not _is_number(rest[0][0] or "0"):
        return rows, ()
    return rest, tuple(cell.strip("\"'")[:LONGEST_NAME] for cell in first)


def _without_ends(rows: list[list[str]]) -> list[list[str]]:
    """Rows without the empty cell that a separator at the end of each makes."""
    while all(len(row) > 1 and not row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    return rows


def _even(rows: list[list[str]]) -> list[list[str]]:
    """The rows, unless they differ in length or something is missing."""
    if not rows:
        raise ValueError(_("There is no number yet: type some, as in 0.5, 1, -0.3"))
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise ValueError(
                _(
                    "Row {row} has {numbers} and row 1 has {width}: give every step the same "
                    "inputs",
                    row=number,
                    numbers=some_numbers(len(row)),
                    width=width,
                )
            )
        if "" in row:
            raise ValueError(
                _(
                    "Row {row}, column {column} is empty: put a number there, or leave the row out",
                    row=number,
                    column=row.index("") + 1,
                )
            )
    return rows


def _is_number(text: str) -> bool:
    try:
        float(text.replace("−", "-"))
    except ValueError:
        return False
    return True


def _number(text: str, place: tuple[int, int]) -> float:
    row, column = place
    shown_text = text if len(text) <= 20 else f"{text[:19]}…"
    if not _is_number(text):
        raise ValueError(
            _("“{text}” in row {row} is not a number: use 0.5, 1, -0.3", text=shown_text, row=row)
        )
    if "_" in text:
        raise ValueError(
            _(
                "“{text}” in row {row} cannot be read: write {one}",
                text=shown_text,
                row=row,
                one=shown_text.replace("_", ""),
            )
        )
    number = float(text.replace("−", "-"))
    if math.isnan(number):
        raise ValueError(
            _(
                "Row {row}, column {column} is not a number (NaN) and cannot be read: put one "
                "there, or leave the row out",
                row=row,
                column=column,
            )
        )
    if abs(number) > LARGEST_NUMBER:
        raise ValueError(
            _(
                "“{text}” in row {row} cannot be read: numbers go from −{most} to {most}",
                text=text[:20],
                row=row,
                most=f"{LARGEST_NUMBER:,.0f}",
            )
        )
    return number
