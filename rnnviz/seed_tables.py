"""What was measured on seeds, kept as a table in CSV beside the code that measures it.

A row for each thing that was measured of a subject: subject, name of the row, then a value for each
seed from 0 on.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from rnnviz.writing import csv_of, rows_of

Row = Sequence[object]
"""subject, name, and a value for each seed; None where a seed has none."""


@cache
def read(file: Path) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Subject → name of a row → what the file has of each seed, as text."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for subject, name, *values in rows_of(file.read_text(encoding="utf-8"))[1:]:
        found.setdefault(subject, {})[name] = tuple(values)
    return found


def write(file: Path, heads: tuple[str, str], seeds: int, rows: Iterable[Row]) -> None:
    """Write the file anew. heads: what subjects and rows are called in its first line."""
    first = [*heads, *(f"seed {seed}" for seed in range(seeds))]
    file.write_text(csv_of([first, *rows]), encoding="utf-8", newline="")
    read.cache_clear()
