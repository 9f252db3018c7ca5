"""Cells and what they are called: the gallery, and for any cell, one's own too, the title and role
of each part and the biases of its memory (`named`)."""

from rnnviz.cells.about import About, Counterpart, Part
from rnnviz.cells.gallery import ABOUT, GALLERY, MENU
from rnnviz.cells.memory_bias import MemoryBias
from rnnviz.cells.named import OWN, OWN_TITLE, NamedCell, about_like, name_of, named, own
from rnnviz.cells.roles import ROLES

__all__ = [
    "ABOUT",
    "GALLERY",
    "MENU",
    "OWN",
    "OWN_TITLE",
    "ROLES",
    "About",
    "Counterpart",
    "MemoryBias",
    "NamedCell",
    "Part",
    "about_like",
    "name_of",
    "named",
    "own",
]
