"""Lines over steps or updates, on a logarithmic axis, as one SVG of bounded size."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.web.figures.colours import INK, LINE, ROLES, SOFT
from rnnviz.web.figures.lines import Line, decades
from rnnviz.web.notebook.markup import element

WIDTH, HEIGHT = 760, 210
LEFT, RIGHT, TOP, BOTTOM = 56, 190, 12, 38
DASHES = ("none", "7 4", "2 3", "9 3 2 3", "14 4")
"""A second mark for each line, beside its colour."""
MOST_STRETCHES = 200
MOST_GRID_LINES = 7


class _Sheet(NamedTuple):
    """What the axes span: powers of ten upwards, the first and the last number along."""

    low: float
    high: float
    first: int
    last: int

    def x(self, at: float) -> float:
        share = (at - self.first) / max(self.last - self.first, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, power: float) -> float:
        share = (power - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def chart(lines: Sequence[Line], *, along: str, says: str, first: int = 1) -> Element:
    """Sizes as lines, each with its name beside it.

    Args:
        lines: `sizes` that are not above 0, or no numbers, are gaps; of a long line each stretch is
            drawn by its least and its largest.
        along: what is counted along the bottom: "step", "update".
        says: what the chart shows, for those who do not see it.
        first: the number of each line's first place.
    """
    longest = max(len(line.sizes) for line in lines)
    sheet = _Sheet(*decades([line.sizes for line in lines]), first, first + longest - 1)
    drawn = (part for k, line in enumerate(lines) for part in _drawn(line, k, sheet))
    about = {
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "role": "img",
        "aria-label": says,
        "style": f"width:100%;max-width:{WIDTH}px;height:auto;display:block",
        "font-size": 12,
        "fill": INK,
    }
    return element("svg", about, *_axes(sheet, along), *drawn)


def _axes(sheet: _Sheet, along: str) -> Iterator[Element]:
    stride = math.ceil((sheet.high - sheet.low) / MOST_GRID_LINES)
    for power in range(int(sheet.low), int(sheet.high) + 1, stride):
        y = sheet.y(power)
        yield _path([(LEFT, y), (WIDTH - RIGHT, y)], LINE, width=1)
        small = element("tspan", {"dy": -5, "font-size": 9}, str(power).replace("-", "−"))
        yield element("text", {"x": LEFT - 8, "y": y + 4, "text-anchor": "end"}, "10", small)
    foot = HEIGHT - BOTTOM
    middle = (sheet.first + sheet.last) // 2
    for at in dict.fromkeys((sheet.first, middle, sheet.last)):
        place = {"x": sheet.x(at), "y": foot + 16, "text-anchor": "middle"}
        yield element("text", place, f"{at:,}")
    under = {"x": (LEFT + WIDTH - RIGHT) / 2, "y": HEIGHT - 4, "text-anchor": "middle"}
    yield element("text", {**under, "fill": SOFT}, along)


def _drawn(line: Line, number: int, sheet: _Sheet) -> Iterator[Element]:
    colour, dash = ROLES[line.role], DASHES[number % len(DASHES)]
    for points in _pieces(line.sizes, sheet):
        yield _path(points, colour.fill, dash=dash)
        if len(points) == 1:
            (x, y) = points[0]
            yield element("circle", {"cx": x, "cy": y, "r": 3, "fill": colour.fill})
    y, x = TOP + 8 + 18 * number, WIDTH - RIGHT + 14
    yield _path([(x, y), (x + 26, y)], colour.fill, dash=dash)
    yield element("text", {"x": x + 32, "y": y + 4, "fill": colour.text}, line.name)


def _pieces(sizes: Array, sheet: _Sheet) -> list[list[tuple[float, float]]]:
    """The points of a line, cut where there is a gap."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for at in _kept(sizes):
        if np.isfinite(sizes[at]) and sizes[at] > 0:
            pieces[-1].append((sheet.x(sheet.first + at), sheet.y(math.log10(sizes[at]))))
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _kept(sizes: Array) -> list[int]:
    """The places that are drawn: all, or the least and the largest of each stretch."""
    if len(sizes) <= 2 * MOST_STRETCHES:
        return list(range(len(sizes)))
    kept: list[int] = []
    for stretch in np.array_split(np.arange(len(sizes)), MOST_STRETCHES):
        kept += sorted(
            {int(stretch[sizes[stretch].argmin()]), int(stretch[sizes[stretch].argmax()])}
        )
    return kept


def _path(
    points: Sequence[tuple[float, float]], colour: str, *, width: float = 2, dash: str = "none"
) -> Element:
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    look = {"stroke": colour, "stroke-width": width, "stroke-dasharray": dash, "fill": "none"}
    return element("path", {"d": line, **look})
