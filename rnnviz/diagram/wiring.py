"""Wires between placed boxes: orthogonal, round the boxes, with few bends and crossings.

Wires of one value share their way and branch off it. Each is the cheapest path on a lattice, where
turning, crossing, running backwards and above all touching another value's wire cost; then each
value's wires are taken up and laid once more, knowing all the others.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from rnnviz.diagram.flow import Wire
from rnnviz.diagram.places import PITCH, ROOM, Place, Point, Vertex, covered, entries, exits
from rnnviz.diagram.ways import Traffic, Way, cheapest

# From here on the search for good ways takes seconds, and more boxes than that nobody can read.
LARGE, DRAWABLE = 22, 60


def wires_between(
    places: Mapping[str, Place], wires: Sequence[Wire], first: frozenset[Wire]
) -> dict[Wire, tuple[Point, ...]]:
    """The corners of every wire, from border to border. Wires in `first` get the straight ways.

    With more than `DRAWABLE` boxes the wires run straight through, so that any cell has a diagram.
    """
    if len(places) > DRAWABLE:
        return {w: _straight(places[w.source], places[w.target]) for w in wires}
    board = _Board(places, _nets(wires, places))
    order = sorted(
        wires,
        key=lambda w: (
            w not in first,
            places[w.source].kind == "leaf",
            places[w.source].distance(places[w.target]),
        ),
    )
    for wire in order:
        board.lay(wire)
    for source in dict.fromkeys(w.source for w in order) if not board.hasty else ():
        again = [w for w in order if w.source == source]
        for wire in again:
            board.lift(wire)
        for wire in again:
            board.lay(wire)
    return {w: board.corners(w) for w in wires}


def _straight(source: Place, target: Place) -> tuple[Point, ...]:
    """Across, up or down, across, whatever is in the way."""
    start = source.x + source.width / 2, source.y
    end = target.x - target.width / 2, target.y
    if start[1] == end[1]:
        return start, end
    middle = end[0] - 2 * PITCH
    return start, (middle, start[1]), (middle, end[1]), end


def _nets(wires: Sequence[Wire], places: Mapping[str, Place]) -> dict[str, str]:
    """Source → the net its wires belong to.

    Leaves that feed the same two or more boxes run as one: what the books write as `[h, x]`.
    """
    targets: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for wire in sorted(wires, key=lambda w: w.target):
        targets[wire.source] = (*targets[wire.source], wire.target)
    joined: dict[tuple[str, ...], str] = {}
    nets = {}
    for source, fed in targets.items():
        together = places[source].kind == "leaf" and len(fed) > 1
        nets[source] = joined.setdefault(fed, source) if together else source
    return nets


class _Board:
    """The lattice, what the boxes block on it, and the wires laid so far."""

    def __init__(self, places: Mapping[str, Place], nets: Mapping[str, str]) -> None:
        self.places, self.nets, self.hasty = places, nets, len(places) > LARGE
        self.columns = int(max(p.x + p.width / 2 for p in places.values())) // PITCH + ROOM
        self.rows = int(max(p.y + p.height / 2 for p in places.values())) // PITCH + ROOM
        self.blocked = set(chain.from_iterable(map(covered, places.values())))
        self.laid: dict[Wire, Way] = {}
        self.traffic: Traffic | None = None

    def is_free(self, vertex: Vertex) -> bool:
        inside = 0 <= vertex[0] < self.columns and 0 <= vertex[1] < self.rows
        return inside and vertex not in self.blocked

    def lay(self, wire: Wire) -> None:
        starts = [p for p in exits(self.places[wire.source]) if self.is_free(p.vertex)]
        ends = [p for p in entries(self.places[wire.target]) if self.is_free(p.vertex)]
        traffic = self.traffic_for(self.nets[wire.source])
        self.laid[wire] = cheapest(starts, ends, traffic, self.is_free, hasty=self.hasty)
        traffic.share(self.laid[wire])

    def lift(self, wire: Wire) -> None:
        del self.laid[wire]
        self.traffic = None

    def traffic_for(self, net: str) -> Traffic:
        """What the other nets' wires mean for this net; kept while its wires are laid in a row."""
        if self.traffic is None or self.traffic.net != net:
            self.traffic = Traffic(
                net, [(self.nets[w.source], way) for w, way in self.laid.items()]
            )
        return self.traffic

    def corners(self, wire: Wire) -> tuple[Point, ...]:
        start, path, end = self.laid[wire]
        between = [(float(x * PITCH), float(y * PITCH)) for x, y in path]
        points = [start.border, *between, end.border]
        steps = pairwise(pairwise(points))
        bends = [
            b for (a, b), (_, c) in steps if not (a[0] == b[0] == c[0] or a[1] == b[1] == c[1])
        ]
        return (start.border, *bends, end.border)
