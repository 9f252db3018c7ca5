"""The gallery: each cell's equations, its paper, what its parts are called.

A cell is added by adding its entry to a table; everything else is derived from the equations.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rnnviz.cells.about import About
from rnnviz.cells.classic import CLASSIC
from rnnviz.cells.recent import RECENT
from rnnviz.equations import parse
from rnnviz.representation import Cell

ABOUT: Mapping[str, About] = MappingProxyType(CLASSIC | RECENT)
GALLERY: Mapping[str, Cell] = MappingProxyType({n: parse(a.equations) for n, a in ABOUT.items()})
MENU: tuple[str, ...] = tuple(n for n, about in ABOUT.items() if about.is_on_menu)
"""The names a menu offers; the others are reached through `About.counterpart`."""
