"""What is a number in a cell, and which one: signs, digits of any script, both decimal signs."""

import re
from collections.abc import Sequence

import numpy as np

from rnnviz.network.arrays import Array

SPACES = "\u00a0\u2009\u202f"  # between thousands
SIGNS = str.maketrans(
    {"−": "-", "–": "-", "．": ".", "，": ",", "＋": "+", "－": "-", "\u200c": "", "\u200d": ""}
)
NOTHING = frozenset({"", "na", "n/a", "nan", "null", "none", "nil", "-", "?", "#n/a"})
PATTERNS = {
    decimal: re.compile(
        rf"(?=.*\d)[+-]?(?:\d+|\d{{1,3}}(?:[{thousands}{SPACES}]\d{{3}})+)?"
        rf"(?:(?<=\d){re.escape(decimal)}\d*|{re.escape(decimal)}\d+)?(?:(?<=[\d.,])[eE][+-]?\d+)?"
    )
    for decimal, thousands in ((".", ","), (",", "."))
}


def is_missing(cell: str) -> bool:
    """Whether it stands for a number that is not there."""
    return cell.strip().lower() in NOTHING


def is_number(cell: str, decimal: str = ".") -> bool:
    """Whether a cell is one number, thousands set apart or not."""
    text = cell if cell.isascii() else cell.translate(SIGNS)
    return PATTERNS[decimal].fullmatch(text.strip()) is not None


def number(cell: str, decimal: str = ".") -> float:
    """The number of a cell that `is_number`."""
    text = cell.strip().translate(SIGNS)
    for other in ("." if decimal == "," else ",", *SPACES):
        text = text.replace(other, "")
    return float(text.replace(decimal, "."))


def plain_numbers(cells: Sequence[str], decimal: str = ".") -> Array | None:
    """`numbers`, some times as fast, where each cell is one as Python writes it; None where not."""
    whole = "".join(cells)
    if "_" in whole or (decimal == "," and "." in whole):
        return None
    try:
        found = np.array([float(cell.replace(decimal, ".")) for cell in cells])
    except ValueError:
        return None
    return found if np.isfinite(found).all() else None


def numbers(cells: Sequence[str], decimal: str = ".") -> Array:
    """(rows,) float64: each cell's number, NaN where there is none."""
    return np.array([number(one, decimal) if is_number(one, decimal) else np.nan for one in cells])
