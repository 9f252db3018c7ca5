"""Colours for what Python draws, those of drawing/theme.css: the light theme's, and what stands in
their place in the dark one."""

from collections.abc import Mapping
from types import MappingProxyType
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
GROUND = "#ffffff"
_IN_THE_DARK = {
    "forget": Colour("#e8711a", "#f28c45"),
    "input": Colour("#1db88c", "#34c79d"),
    "candidate": Colour("#d98fb9", "#e2a3c6"),
    "output": Colour("#3c9bd6", "#5fb2e6"),
    "cell": Colour("#e69f00", "#eeb02c"),
    "hidden": Colour("#7fb3ea", "#8fbdee"),
    "other": Colour("#98a4b0", "#98a4b0"),
}
DARK: Mapping[str, str] = MappingProxyType(
    {
        **{ROLES[role].text: colour.text for role, colour in _IN_THE_DARK.items()},
        **{ROLES[role].fill: colour.fill for role, colour in _IN_THE_DARK.items()},
        GROUND: "#12161c",
        INK: "#e4e7eb",
        SOFT: "#9da0a5",
        LINE: "#34373d",
        BLANK: "#23272d",
    }
)
"""A colour of the light theme → the dark one's; of one that is a text's too, the area's."""
