"""What the values of a cell are called on a screen, and which colour's role each has."""

from typing import TypedDict

from rnnviz import notation
from rnnviz.cells.named import named
from rnnviz.glossary import part_key
from rnnviz.representation import Cell
from rnnviz.texts import _


class Part(TypedDict):
    """title: "forget gate". role: one of `cells.ROLES`. symbol: "f_t". purpose: what it is for, in
    a phrase; does: in a few words, none where it has no box. term: its entry in the glossary."""

    title: str
    role: str
    symbol: str
    purpose: str
    does: str
    term: str


def parts(cell: Cell) -> dict[str, Part]:
    """What each named value is called; in a written cell, by its own name and its place in it."""
    whole = named(cell)
    known = whole.about.parts
    return {
        value: {
            "title": _(known[value].title),
            "role": known[value].role,
            "symbol": notation.symbol(value),
            "purpose": _(known[value].purpose),
            "does": _(known[value].does),
            "term": part_key(whole, value),
        }
        for value in cell.names
    }
