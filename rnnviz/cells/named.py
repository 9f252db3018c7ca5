"""A cell and what it is called: the one value wherever a cell goes, the gallery's or one's own."""

from dataclasses import dataclass, replace
from functools import lru_cache

from rnnviz.cells.about import About, Part
from rnnviz.cells.gallery import ABOUT, GALLERY
from rnnviz.cells.gating import gating
from rnnviz.cells.memory_bias import MemoryBias, memory_bias
from rnnviz.cells.roles import PURPOSES, roles
from rnnviz.notation.writer import plain
from rnnviz.operations import FUNCTIONS
from rnnviz.representation import Cell, Step
from rnnviz.texts import N_

OWN = "own"
OWN_TITLE = N_("your own cell")


@dataclass(frozen=True)
class NamedCell:
    """A cell and what it is called. Make one with `named`, or with `own`.

    name: the gallery's, or OWN for one that was written, whether or not the gallery has it too.
    """

    name: str
    cell: Cell

    def __repr__(self) -> str:
        """Its title, and its equations as far as ten lines go."""
        head, *lines = self.title, *plain(self.cell).split("\n")
        shown = lines if len(lines) <= 9 else [*lines[:8], f"… and {len(lines) - 8} more"]
        return "\n  ".join([head, *shown])

    def _repr_html_(self) -> str:
        """What a notebook shows: that of the cell."""
        return self.cell._repr_html_()

    @property
    def is_own(self) -> bool:
        return self.name == OWN

    @property
    def title(self) -> str:
        """What it is called where it is spoken of, in English."""
        return name_of(self.cell) or OWN_TITLE if self.is_own else self.name

    @property
    def about(self) -> About:
        """Its equations, and the title and role of every value; of no paper if it is one's own."""
        return ABOUT[self.name] if self.name in ABOUT else _about(self.cell)

    @property
    def memory(self) -> MemoryBias | None:
        """Which biases keep and write its memory, if its equations tell."""
        like = _like(self.cell)
        return memory_bias(GALLERY[like] if like else self.cell)

    def __reduce__(self) -> tuple[object, tuple[str | Cell, ...]]:
        """A cell of the gallery travels to another process as its name."""
        known = self.name in GALLERY
        return (named, (self.name,)) if known else (NamedCell, (self.name, self.cell))


def named(which: "str | Cell | NamedCell") -> NamedCell:
    """The cell of this name in the gallery; or a cell, by the gallery's name where it has it.

    KeyError where the gallery has no such name.
    """
    if isinstance(which, NamedCell):
        return which
    if isinstance(which, str):
        return NamedCell(which, GALLERY[which])
    return NamedCell(name_of(which) or OWN, which)


def own(cell: Cell) -> NamedCell:
    """A cell that somebody wrote, whether or not the gallery has it too."""
    return NamedCell(OWN, cell)


def name_of(cell: Cell) -> str | None:
    """The gallery's name of a cell, or None for a cell that is written elsewhere."""
    return next((name for name, known in GALLERY.items() if known == cell), None)


def about_like(cell: Cell) -> About | None:
    """The description of the gallery's cell with these equations, whatever functions are in them.

    A hard sigmoid in a gate's place leaves it the gate it is: what it is called, its colour, where
    it is drawn.
    """
    name = _like(cell)
    return ABOUT[name] if name else None


def _like(cell: Cell) -> str | None:
    like = (name for name, known in GALLERY.items() if _bare(known) == _bare(cell))
    return name_of(cell) or next(like, None)


@lru_cache(maxsize=64)
def _bare(cell: Cell) -> tuple[Step, ...]:
    """Its steps with one and the same function everywhere."""
    return tuple(s._replace(op="identity") if s.op in FUNCTIONS else s for s in cell.steps)


@lru_cache(maxsize=64)
def _about(cell: Cell) -> About:
    """A written cell's description: as in the gallery where that has one like it, or derived."""
    like = about_like(cell)
    if like:
        return replace(like, title=OWN_TITLE, equations=plain(cell), paper="", counterpart=None)
    parts = {name: _part(cell, name, role) for name, role in roles(cell).items()}
    return About(title=OWN_TITLE, equations=plain(cell), paper="", year=0, parts=parts)


def _part(cell: Cell, name: str, role: str) -> Part:
    """What its equations tell of a value that nobody has named."""
    gate = gating(cell, name)
    return Part(name, role, purpose=gate.purpose if gate else PURPOSES.get(role, ""))
