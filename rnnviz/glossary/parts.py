"""The entries of what the cells are made of: each part's name, whatever cell it stands in."""

import re
from collections.abc import Iterable

from rnnviz.cells import ABOUT, MENU
from rnnviz.glossary.entry import Entry, Meaning, Place
from rnnviz.notation import symbol

MARK = re.compile(r"[^\W\d_]{3,}|[\u4e00-\u9fff]{2,}")
"""What is a word, and no symbol as `c̃` and `log f`."""

_IN_PYTORCH = ("GRU (PyTorch)",)
"""Cells of the year of a paper that are a library's reading of it."""


def part_entries() -> tuple[Entry, ...]:
    """One for each title of a part; a meaning for each thing that parts of this title are for, in
    the order of the gallery, its paper that of the first cell that has it."""
    by_title: dict[str, list[tuple[str, str]]] = {}
    for cell in ABOUT:
        for value, part in ABOUT[cell].parts.items():
            by_title.setdefault(part.title, []).append((cell, value))
    return tuple(_entry(title, where) for title, where in by_title.items())


def _entry(title: str, where: list[tuple[str, str]]) -> Entry:
    by_purpose: dict[str, list[tuple[str, str]]] = {}
    for cell, value in where:
        by_purpose.setdefault(ABOUT[cell].parts[value].purpose, []).append((cell, value))
    meanings = tuple(_meaning(purpose, found) for purpose, found in by_purpose.items())
    names = (alias for cell, value in where for alias in ABOUT[cell].parts[value].aliases)
    return Entry(title, meanings, _unlike(title, filter(MARK.search, names)))


def _unlike(title: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name != title)


def _meaning(purpose: str, where: list[tuple[str, str]]) -> Meaning:
    cells = list(dict.fromkeys(cell for cell, _ in where))
    first = min(cells, key=lambda cell: (ABOUT[cell].year, cell in _IN_PYTORCH))
    marks = (symbol(value) for _, value in where)
    others = (
        alias
        for cell, value in where
        for alias in ABOUT[cell].parts[value].aliases
        if alias != value and not MARK.search(alias)
    )
    return Meaning(
        purpose,
        tuple(map(place_of, cells)),
        ABOUT[first].paper,
        tuple(dict.fromkeys((*marks, *others))),
    )


def place_of(cell: str) -> Place:
    """Where the Step page shows a cell of the gallery; the second notation of one is a switch."""
    about = ABOUT[cell]
    if cell in MENU or about.counterpart is None:
        return Place("Step", {"cell": cell}, about.title)
    return Place("Step", {"cell": about.counterpart.name, "z": "takes"}, about.title)
