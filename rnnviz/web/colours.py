"""The light theme's colours for what Python draws: those of drawing/theme.css."""

from typing import NamedTuple


class Colour(NamedTuple):
    """A role's colour for areas and lines, and a darker one for text."""

    fill: str
    text: str


ROLES = {
    "forget": Colour("#d55e00", "#b34f00"),
    "input": Colour("#009e73", "#007a59"),
    "candidate": Colour("#cc79a7", "#a8487d"),
    "output": Colour("#0072b2", "#0069a4"),
    "cell": Colour("#b8860b", "#8a6408"),
    "hidden": Colour("#2b6cb0", "#2b6cb0"),
    "other": Colour("#5b6773", "#5b6773"),
}
INK, SOFT, LINE, BLANK = "#1f2933", "#69717a", "#dbdddf", "#f8f9f9"
