"""A workbook of Excel's → a table."""

import io
import zipfile
from typing import Any

from rnnviz.data.reading.rows import table_of
from rnnviz.data.table import Guess, Table
from rnnviz.texts import Sentence

LARGEST_UNPACKED = 256 * 2**20
INSTALL = 'pip install "rnnviz[files]"'


def sheet(
    data: bytes, *, header: bool | None = None, day_first: bool | None = None, **_of_text: Any
) -> Table:
    """The first sheet of an .xlsx file, which has no separator and one decimal sign. Of formulas it
    has what Excel made of them last; none is computed.

    Raises:
        ValueError: it is damaged, too large or empty, or what reads it is not installed.
    """
    import pandas as pd

    if _unpacked(data) > LARGEST_UNPACKED:
        size = f"{LARGEST_UNPACKED / 2**20:.0f}"
        raise ValueError(Sentence("Unpacked, this file is larger than {size} MB", size=size))
    try:
        frame = pd.read_excel(io.BytesIO(data), header=None, dtype=str, engine="openpyxl")
    except ImportError:
        problem = Sentence("To read .xlsx, openpyxl is needed: {command}", command=INSTALL)
        raise ValueError(problem) from None
    except MemoryError:
        raise
    except Exception:  # openpyxl raises whatever it meets first in a damaged file
        raise ValueError(_damaged()) from None
    rows = frame.fillna("").to_numpy().tolist()
    if not rows:
        raise ValueError(Sentence("There is nothing in it"))
    return table_of(rows, Guess(""), header=header, day_first=day_first)


def _unpacked(data: bytes) -> int:
    """How many bytes its members have, by the file's own account; no more are ever unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return sum(member.file_size for member in file.infolist())
    except (zipfile.BadZipFile, OSError, EOFError, OverflowError, ValueError, NotImplementedError):
        raise ValueError(_damaged()) from None


def _damaged() -> Sentence:
    return Sentence("This file is damaged, or no .xlsx file")
