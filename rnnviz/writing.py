"""What goes out as text: where it goes, how long it may be, and tables in CSV."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\n")
"""What a cell begins with that Excel and its like take for a formula, and run when it is opened."""

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE).fullmatch


def written(text: str, path: str | Path | None) -> str | None:
    """The one rule of `to_html` and `to_csv`: with a path the text is written there, in UTF-8, and
    nothing is returned, so that a notebook prints nothing; without one it is returned."""
    if path is None:
        return text
    Path(path).write_text(text, encoding="utf-8")
    return None


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters, the last of them … where there were more."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def csv_of(rows: Iterable[Iterable[object]]) -> str:
    """A table in CSV, every digit of its numbers. A text that a spreadsheet would run stands after
    an apostrophe: it is shown there as it is, and is nothing but text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(_harmless, row) for row in rows)
    return text.getvalue()


def rows_of(text: str) -> list[list[str]]:
    """The cells of such a table, without the apostrophes that it was given."""
    return [list(map(_bare, row)) for row in csv.reader(io.StringIO(text, newline=""))]


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RUN_BY_SPREADSHEETS) else cell


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\r\n", "\n").replace("\r", "\n")  # alone it would begin a line
    return f"'{text}" if text.startswith(RUN_BY_SPREADSHEETS) and not NUMBER(text) else text
