"""Numbers that a visitor typed, pasted or sent → what a network reads. Nothing is changed without a
word: what can be read in two ways is refused, and what is made of it is said in the story.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, NoReturn

import numpy as np

from rnnviz.data.reading import cells_in, is_of_text, lists
from rnnviz.data.reading.decoding import clean, decoded
from rnnviz.data.reading.dialect import Dialect, sniffed
from rnnviz.data.reading.numerals import is_missing, is_number
from rnnviz.data.reading.rows import table_of
from rnnviz.data.table import Guess, Table
from rnnviz.interop.npz_files import array_in
from rnnviz.network.arrays import Array
from rnnviz.scenes.reading import Reading, input_names, refuse_too_long, some_numbers, words_of
from rnnviz.texts import N_, _, ngettext

MOST_COLUMNS = 1024
LARGEST_NUMBER = 1e6
LONGEST = 2_000_000
"""How many characters are read: 10,000 rows of 20 columns, or 500 of 400."""
LONGEST_NAME = 24
BETWEEN = {".": re.compile(r" *[,;\t] *| +"), ",": re.compile(r" *[;\t] *| +")}
"""Decimal sign → what parts two numbers."""
IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+")
Rows = list[list[str]]


class Cut(NamedTuple):
    """Cells as they were written, row after row. is_nested: they are lists in a list, whose rows
    are steps."""

    rows: Rows
    dialect: Dialect
    is_nested: bool = False


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
    rows, dialect, is_nested = _cut(clean(text))
    if len(rows) == 1 and len(rows[0]) != (inputs or 1) and not is_nested:
        rows = [[cell] for cell in rows[0]]  # each number of a single row is a step
    _refuse_too_much(len(rows), len(rows[0]))
    _refuse_gaps(rows)
    return _of_table(table_of(rows, Guess(dialect.separator, dialect.decimal)), rows)


def numbers_in(name: str, data: bytes, inputs: int | None = None) -> Reading:
    """The numbers of a file: of .npy (time,) or (time, inputs), or of a text as `own_numbers` has.

    ValueError in one sentence about what is wrong with it.
    """
    if not name.lower().endswith(".npy"):
        if not is_of_text(data):
            raise ValueError(_("It is neither a .npy file nor a text, as a .csv is"))
        return own_numbers(decoded(data)[0], inputs)
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
    _refuse_too_much(*x.shape)
    for row, column in np.argwhere(~(np.abs(x) <= LARGEST_NUMBER))[:1]:
        _refuse(str(x[row, column]), int(row) + 1, int(column) + 1)
    return _reading(x)


def _cut(text: str) -> Cut:
    """The cells of a text, however it parts them."""
    if lists.is_list(text):
        rows, is_nested = lists.rows_of(text), "[[" in "".join(text.split())
        flat = [[cell for row in rows for cell in row]]
        return Cut(rows if is_nested else flat, Dialect(",", "."), is_nested)
    lines = [line for line in text.splitlines() if re.search(r"[^\s,;]", line)]
    if not lines:
        raise ValueError(_("There is no number yet: type some, as in 0.5, 1, -0.3"))
    _refuse_thousands(lines)
    whole = "\n".join(lines)
    dialect = sniffed(whole)
    rows, between = cells_in(whole, dialect.separator), BETWEEN[dialect.decimal]
    cells = {cell for row in rows for cell in row if cell.strip()}
    others = (cell for cell in cells if not is_number(cell, dialect.decimal))
    if any(_are_numbers(between.split(cell), dialect.decimal) for cell in others):
        rows = [between.split(line.strip(" ")) for line in lines]  # by several signs
    while all(len(row) > 1 and not row[-1].strip() for row in rows):  # a sign at the end of each
        rows = [row[:-1] for row in rows]
    return Cut(rows, dialect)


def _are_numbers(cells: Sequence[str], decimal: str) -> bool:
    return len(cells) > 1 and all(is_missing(one) or is_number(one, decimal) for one in cells)


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


def _refuse_too_much(steps: int, width: int) -> None:
    if width > MOST_COLUMNS:
        raise ValueError(
            _(
                "These are {width} inputs a step: from 1 to {most} can be read",
                width=width,
                most=MOST_COLUMNS,
            )
        )
    refuse_too_long(steps, N_("These are {count} steps: from 1 to {most} can be read"))


def _refuse_gaps(rows: Rows) -> None:
    """Rows that differ in length, or have a cell without a number."""
    width = len(rows[0])
    for row, cells in enumerate(rows, 1):
        if len(cells) != width:
            raise ValueError(
                _(
                    "Row {row} has {numbers} and row 1 has {width}: give every step the same "
                    "inputs",
                    row=row,
                    numbers=some_numbers(len(cells)),
                    width=width,
                )
            )
        for column, cell in enumerate(cells, 1):
            if not cell.strip():
                raise ValueError(
                    _(
                        "Row {row}, column {column} is empty: put a number there, or leave the row "
                        "out",
                        row=row,
                        column=column,
                    )
                )
            if is_missing(cell):
                _refuse("nan", row, column)


def _of_table(table: Table, rows: Rows) -> Reading:
    """What a table reads as: its numbers, the names of its columns, its dates as words."""
    guess, first = table.guess, table.first_row
    dates = [name for name in guess.dates if len(table.columns) > 1][:1]
    for place, (name, column) in enumerate(table.columns.items()):
        cells = [row[place] for row in rows[first - 1 :]]
        is_good = (
            np.abs(column) <= LARGEST_NUMBER
            if name in table.numbers
            else np.array([name in dates or is_number(cell, guess.decimal) for cell in cells])
        )
        for row in np.flatnonzero(~is_good)[:1].tolist():
            _refuse(cells[row].strip(), first + row, place + 1)
    x = np.stack([table.columns[name] for name in table.numbers], axis=-1)
    notes = [_("Commas are read as decimal points.")] if guess.decimal == "," else []
    if not guess.header:
        return _reading(x, notes, words=[table.words(name) for name in dates])
    notes.append(_("The first row names the inputs."))
    names = tuple(name[:LONGEST_NAME] for name in table.numbers)
    return _reading(x, notes, names, [table.words(name) for name in dates])


def _reading(
    x: Array,
    notes: Sequence[str] = (),
    names: tuple[str, ...] = (),
    words: Sequence[tuple[str, ...]] = (),
) -> Reading:
    """notes: what was made of the numbers. names: of the inputs. words: of the steps, at most one
    tuple of them."""
    width = x.shape[1]
    story = ngettext(
        "As you gave them, {count} number at each step.",
        "As you gave them, {count} numbers at each step.",
        width,
    )
    return Reading(
        _("Your numbers"),
        " ".join((story, *notes)),
        x[:, None],
        tuple(words) or (words_of(x),),
        names or input_names(width),
    )


def _refuse(text: str, row: int, column: int) -> NoReturn:
    """ValueError: why there is no number in this cell that can be read."""
    shown_text = text if len(text) <= 20 else f"{text[:19]}…"
    if is_missing(text):
        problem = _(
            "Row {row}, column {column} is not a number (NaN) and cannot be read: put one there, "
            "or leave the row out",
            row=row,
            column=column,
        )
    elif "_" in text and is_number(text.replace("_", "")):
        problem = _(
            "“{text}” in row {row} cannot be read: write {one}",
            text=shown_text,
            row=row,
            one=shown_text.replace("_", ""),
        )
    elif is_number(text) or text.strip("+-−").lower() == "inf":
        problem = _(
            "“{text}” in row {row} cannot be read: numbers go from −{most} to {most}",
            text=shown_text,
            row=row,
            most=f"{LARGEST_NUMBER:,.0f}",
        )
    else:
        problem = _(
            "“{text}” in row {row} is not a number: use 0.5, 1, -0.3", text=shown_text, row=row
        )
    raise ValueError(problem)
