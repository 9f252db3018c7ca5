"""Files, pastes and lists → a table."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from rnnviz.data.reading import lists
from rnnviz.data.reading.decoding import clean, decoded
from rnnviz.data.reading.dialect import closed_cells_of, doubt, sniffed
from rnnviz.data.reading.rows import table_of
from rnnviz.data.reading.sheets import sheet
from rnnviz.data.table import Filling, Guess, Missing, Table
from rnnviz.texts import Sentence

LARGEST = 64 * 2**20
ARRAY, ARCHIVE = b"\x93NUMPY", b"PK\x03\x04"
"""What files of NumPy's begin with, and .xlsx."""


def read(source: str | Path | bytes, *, missing: Filling | None = None, **known: Any) -> Table:
    """Read a table from a file, from its bytes, or from a text.

    What a visitor typed goes to `read_text`: it must not name a file.

    Args:
        source: a path; a text of more than one line, or a list; the bytes of a file.
        missing: what stands in the place of missing numbers, as `Table.filled` takes it; None
            leaves them NaN.
        **known: corrections of what is guessed, as `read_text` takes them; `encoding`.

    Raises:
        ValueError: one sentence on what it cannot be read as.
    """
    if isinstance(source, bytes):
        table = read_bytes(source, **known)
    elif isinstance(source, str) and ("\n" in source or lists.is_list(source)):
        table = read_text(source, **known)
    else:
        table = read_bytes(_bytes_of(Path(source)), **known)
    return table.filled(missing) if missing else table


def read_bytes(data: bytes, *, encoding: str | None = None, **known: Any) -> Table:
    """Read a file that was sent. What it is its first bytes say: .npy, .xlsx, or else a text.

    Args:
        data: what is in it.
        encoding: of a text; None: guessed.
        **known: as `read_text` takes them.

    Raises:
        ValueError: larger than 64 MB, damaged, or as `read_text`.
    """
    if len(data) > LARGEST:
        size = f"{LARGEST / 2**20:.0f}"
        raise ValueError(Sentence("This file is larger than {size} MB", size=size))
    if data.startswith(ARRAY):
        return _array(data)
    if data.startswith(ARCHIVE):
        return sheet(data, **known)
    text, name = decoded(data, encoding)
    table = read_text(text, **known)
    return Table(table.columns, replace(table.guess, encoding=name))


def is_of_text(data: bytes) -> bool:
    """Whether a file is read as a text."""
    return not data.startswith((ARRAY, ARCHIVE))


def read_text(
    text: str,
    *,
    separator: str | None = None,
    decimal: str | None = None,
    header: bool | None = None,
    day_first: bool | None = None,
) -> Table:
    r"""Read what was typed or pasted: rows of cells, or a list as Python prints it.

    Args:
        text: such as "21,5;40,2\n21,7;41,0".
        separator: " " for any white space, "" for one column; None: guessed, as all that follow.
        decimal: "." or ",".
        header: whether the first row has names.
        day_first: whether 3/4/2024 is in April.

    Raises:
        ValueError: nothing in it, rows of different lengths, a word among numbers.
    """
    text = clean(text)
    if not text.strip():
        raise ValueError(Sentence("There is nothing in it"))
    if separator is None and lists.is_list(text):
        return table_of(lists.rows_of(text), Guess(","), header=header or False)
    dialect = sniffed(text, separator, decimal)
    is_told = separator is not None or decimal is not None
    guess = Guess(
        dialect.separator, dialect.decimal, doubt=None if is_told else doubt(text, dialect)
    )
    return table_of(cells_in(text, dialect.separator), guess, header=header, day_first=day_first)


def cells_in(text: str, separator: str) -> list[list[str]]:
    """Rows of cells as they stand; empty lines are none. ValueError: it cannot be cut so."""
    try:
        rows, is_closed = closed_cells_of(text.splitlines(keepends=True), separator)
    except csv.Error:
        problem = Sentence(
            "It cannot be cut into cells: a quotation mark is not closed, or a cell has more than "
            "{most} letters",
            most=f"{csv.field_size_limit():,}",
        )
        raise ValueError(problem) from None
    rows = [row for row in rows if row and (len(row) > 1 or row[0].strip())]
    if not is_closed:
        problem = Sentence(
            "Row {row} opens a quotation mark that is never closed: close it or take it away",
            row=len(rows) + 1,
        )
        raise ValueError(problem)
    return rows


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        problem = Sentence("{path} cannot be read: {reason}", path=path, reason=error.strerror)
        raise ValueError(problem) from None


def _array(data: bytes) -> Table:
    try:
        found = np.load(io.BytesIO(data), allow_pickle=False)
    except (ValueError, EOFError, OSError, MemoryError):
        problem = Sentence("This .npy file is damaged, or holds more than numbers")
        raise ValueError(problem) from None
    if found.ndim not in (1, 2) or found.dtype.kind not in "fiub" or not found.size:
        problem = Sentence(
            "This .npy file holds {type} of shape {shape}: rows of numbers are needed",
            type=str(found.dtype),
            shape=str(found.shape),
        )
        raise ValueError(problem)
    rows = found.reshape(len(found), -1).astype(float)
    is_there = np.isfinite(rows)
    full = is_there.any(axis=0)
    gone = np.argwhere(~is_there & full)
    missing = tuple(Missing(int(r) + 1, int(c) + 1, str(rows[r, c])) for r, c in gone)
    rows[~is_there] = np.nan
    columns = {f"column {k + 1}": rows[:, k] for k in np.flatnonzero(full).tolist()}
    if not columns:
        raise ValueError(Sentence("There is nothing in it"))
    empty = tuple((np.flatnonzero(~full) + 1).tolist())
    return Table(columns, Guess("", missing=missing, empty=empty))
