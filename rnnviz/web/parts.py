"""What the values of a cell are called on a screen, and which colour's role each has."""

from typing import TypedDict

from rnnviz import diagram, notation
from rnnviz.cells import about_like
from rnnviz.representation import Cell


class Part(TypedDict):
    """title: "forget gate". role: one of `cells.ROLES`. symbol: "f_t"."""

    title: str
    role: str
    symbol: str


def parts(cell: Cell) -> dict[str, Part]:
    """What each named value is called; in a written cell, by its own name and its place in it."""
    about = about_like(cell)
    known = about.parts if about else {}
    derived = {node.name: node.role for node in diagram.layout(cell).nodes}
    return {
        value: {
            "title": known[value].title if value in known else value,
            "role": known[value].role if value in known else derived.get(value, "other"),
            "symbol": notation.symbol(value),
        }
        for value in cell.names
    }
