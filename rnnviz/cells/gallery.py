"""The gallery: each cell's equations, its paper, what its parts are called.

A cell is added by adding its entry to a table; everything else is derived from the equations.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from rnnviz.cells.about import About, Part
from rnnviz.cells.classic import CLASSIC
from rnnviz.cells.gating import gating
from rnnviz.cells.recent import RECENT
from rnnviz.equations import parse
from rnnviz.representation import Cell

_WRITTEN = CLASSIC | RECENT
GALLERY: Mapping[str, Cell] = MappingProxyType({n: parse(a.equations) for n, a in _WRITTEN.items()})


def _with_gating(about: About, cell: Cell) -> About:
    """Its boxes say what their gates do at 0 and 1, but where they say something already."""

    def with_ends(name: str, part: Part) -> Part:
        found = gating(cell, name)
        return replace(part, does=found.does) if found and not part.does else part

    return replace(about, parts={name: with_ends(name, part) for name, part in about.parts.items()})


ABOUT: Mapping[str, About] = MappingProxyType(
    {name: _with_gating(about, GALLERY[name]) for name, about in _WRITTEN.items()}
)
MENU: tuple[str, ...] = tuple(n for n, about in ABOUT.items() if about.is_on_menu)
"""The names a menu offers; the others are reached through `About.counterpart`."""
