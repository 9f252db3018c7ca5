"""Lists as Python, NumPy and PyTorch print them, read as rows of cells. Nothing is executed."""

import re
from collections.abc import Sequence

from rnnviz.data.reading.numerals import is_missing, is_number
from rnnviz.texts import Sentence

BEGINS = re.compile(r"\s*(?:\w+\s*=\s*)?(?:(?:np|numpy|torch)\.)?(?:array|tensor)?\s*[\[(]")
WORDS = re.compile(r"[\s\[(]*(?!(?:nan|inf|none)\b)[^\W\d_]", re.IGNORECASE)
"""What a text in brackets begins with, and no list of numbers does."""
INNERMOST = re.compile(r"[\[(]([^\[\]()]*)[\])]")
AROUND = re.compile(
    r"dtype\s*=\s*[\w.']+|device\s*=\s*[\w.':]+|requires_grad\s*=\s*True|grad_fn\s*=\s*<\w+>"
    r"|\b(?:(?:np|numpy|torch)\.)?(?:array|tensor)\b|[\[\](),\s]"
)
BETWEEN = re.compile(r"\s*,\s*|\s+")


def is_list(text: str) -> bool:
    """Whether a text begins as a list does."""
    begun = BEGINS.match(text)
    return begun is not None and not WORDS.match(text, begun.end())


def rows_of(text: str) -> list[list[str]]:
    """The cells of each innermost list; a list of numbers alone is one number a row.

    Raises:
        ValueError: something else stands between the lists.
    """
    begun = BEGINS.match(text)
    body = text[begun.end() - 1 :] if begun else text
    rows = [_cells(found) for found in INNERMOST.findall(body)]
    rest = AROUND.sub(" ", INNERMOST.sub(" ", body)).split()
    others = [cell for row in rows for cell in row if not is_number(cell) and not is_missing(cell)]
    if not rows or rest or others:
        words = [word for word in rest if not is_number(word)] or others or rest or [body]
        word = words[0][:40]
        raise ValueError(Sentence("“{word}” is no part of a list of numbers", word=word))
    return [[cell] for cell in rows[0]] if len(rows) == 1 and _depth(body) == 1 else rows


def _cells(text: str) -> list[str]:
    cells: Sequence[str] = BETWEEN.split(text.strip())
    return [cell for k, cell in enumerate(cells) if cell or k < len(cells) - 1]


def _depth(text: str) -> int:
    """How many brackets are open before the first closes; a call's own are none."""
    opened = re.split(r"[\])]", text)[0]
    return opened.count("[") or opened.count("(")
