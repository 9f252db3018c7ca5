"""Boxes on the canvas and the ports where wires leave and enter them.

Wires run on a lattice of points `PITCH` pixels apart; a port is the lattice point before a side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

from rnnviz.diagram.flow import Kind

Point = tuple[float, float]
Vertex = tuple[int, int]

PITCH = 10
CLEARANCE = 10
OFF_CENTRE = 12
ROOM = 8
"""Lattice lines round all boxes where wires may run."""

LEFT, RIGHT, UP, DOWN = (-1, 0), (1, 0), (0, -1), (0, 1)


@dataclass(frozen=True)
class Place:
    """A box on the canvas: its centre and its size, in pixels."""

    kind: Kind
    x: float
    y: float
    width: float
    height: float

    def distance(self, other: "Place") -> float:
        return abs(self.x - other.x) + abs(self.y - other.y)


@dataclass(frozen=True)
class Port:
    """Where a wire meets a box: on its border, and the lattice point it comes from."""

    border: Point
    vertex: Vertex
    side: Vertex
    cost: int


# Where a wire may leave a box and where it may enter, and what the less usual sides cost.
EXITS: Mapping[Kind, Mapping[Vertex, int]] = {
    "leaf": {RIGHT: 8, UP: 0, DOWN: 30},
    "gate": {UP: 0, RIGHT: 0, DOWN: 60},
    "operator": {RIGHT: 0, UP: 0, DOWN: 10},
    "function": {RIGHT: 0, UP: 0, DOWN: 10},
    "state": {},
}
ENTRIES: Mapping[Kind, Mapping[Vertex, int]] = {
    "leaf": {},
    "gate": {DOWN: 0, LEFT: 15, UP: 50, RIGHT: 120},
    "operator": {LEFT: 0, DOWN: 0, UP: 0, RIGHT: 5},
    "function": {LEFT: 0, DOWN: 0, UP: 0, RIGHT: 120},
    "state": {LEFT: 0, DOWN: 60, UP: 60},
}


def exits(place: Place) -> Iterator[Port]:
    """Where a wire may leave, in the middle of a side."""
    for side, cost in EXITS[place.kind].items():
        yield _port(place, side, cost, 0)


def entries(place: Place) -> Iterator[Port]:
    """Where a wire may enter; a gate takes wires all along its sides, best in their middle."""
    for side, cost in ENTRIES[place.kind].items():
        along = place.width if side[1] else place.height
        reach = int((along / 2 - 15) // PITCH) if place.kind == "gate" else 0
        for offset in range(-reach, reach + 1):
            yield _port(place, side, cost + OFF_CENTRE * abs(offset), offset)


def _port(place: Place, side: Vertex, cost: int, offset: int) -> Port:
    """The port `offset` lattice points from the middle of a side."""
    half = (place.height if side[1] else place.width) / 2
    x, y = place.x + side[0] * half, place.y + side[1] * half
    before = half + CLEARANCE
    if side[1]:
        x += offset * PITCH
        vertex = round(x / PITCH), _outwards(place.y / PITCH, side[1] * before / PITCH)
    else:
        y += offset * PITCH
        vertex = _outwards(place.x / PITCH, side[0] * before / PITCH), round(y / PITCH)
    return Port((x, y), vertex, side, cost)


def _outwards(centre: float, away: float) -> int:
    """The lattice line at `centre + away` or the next further out."""
    return ceil(centre + away) if away > 0 else floor(centre + away)


def covered(place: Place) -> Iterator[Vertex]:
    """The lattice points on a box or closer to it than the clearance."""
    x, y = place.x / PITCH, place.y / PITCH
    across = (place.width / 2 + CLEARANCE) / PITCH
    down = (place.height / 2 + CLEARANCE) / PITCH
    for column in range(floor(x - across) + 1, ceil(x + across)):
        for row in range(floor(y - down) + 1, ceil(y + down)):
            yield column, row
