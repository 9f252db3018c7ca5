"""The diagram of a cell: nodes, edges and their places; nothing is drawn here.

Derived from the steps: what flows where (`flow`), where the boxes stand (`placement`: by the
gallery's hints, or in layers) and how the wires run between them (`wiring`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rnnviz.cells.named import named
from rnnviz.diagram.flow import Flow, Kind, Wire, flow
from rnnviz.diagram.placement import by_hints, in_layers
from rnnviz.diagram.places import Point
from rnnviz.diagram.wiring import wires_between
from rnnviz.representation import Cell, base_of

MARGIN = 10


@dataclass(frozen=True)
class Node:
    """A box, circle or pill. `name` is the value it shows, `text` its badge, sign or symbol.

    `x`, `y` are its centre, in pixels from the top left like all places here.
    """

    id: str
    kind: Kind
    name: str
    text: str
    role: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Edge:
    """A wire between two nodes, by their ids. `name` is the value that flows on it.

    `points` are its corners from border to border; wires of one value share their first part.
    `lane` says that it is part of a conveyor: a state on which only operators act.
    """

    source: str
    target: str
    name: str
    role: str
    points: tuple[Point, ...]
    lane: bool


@dataclass(frozen=True)
class Frame:
    """The outline of the cell: what is computed is inside, old and new states and x outside."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Diagram:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    frame: Frame
    width: float
    height: float

    def to_json(self) -> dict[str, object]:
        """Lists and dicts with the field names of `Diagram`, `Node`, `Edge` and `Frame`."""
        return asdict(self)


def layout(
    cell: Cell,
    roles: Mapping[str, str] | None = None,
    lanes: Mapping[str, tuple[float, float]] | None = None,
) -> Diagram:
    """The diagram of a cell.

    Args:
        roles: value → role, where it is not that of `cells.named`.
        lanes: node id → (column, row) for every node, a column 100 pixels, a row 70; for a gallery
            cell the gallery's. Without them the nodes stand in layers.
    """
    about = named(cell).about
    known = {value: part.role for value, part in about.parts.items()} | dict(roles or {})
    hints = about.lanes if lanes is None else lanes
    return _layout(cell, frozenset(known.items()), tuple(hints.items()))


@lru_cache(maxsize=64)
def _layout(
    cell: Cell,
    known: frozenset[tuple[str, str]],
    hints: tuple[tuple[str, tuple[float, float]], ...],
) -> Diagram:
    flowing = flow(cell)
    places = by_hints(flowing, dict(hints)) if hints else in_layers(flowing)
    lanes = _lane_wires(flowing)
    corners = wires_between(places, flowing.wires, lanes)
    role = _roles(flowing, dict(known))
    nodes = tuple(
        Node(b.id, b.kind, b.name, b.text, role[b.id], p.x, p.y, p.width, p.height)
        for b, p in ((b, places[b.id]) for b in flowing.boxes)
    )
    edges = tuple(
        Edge(w.source, w.target, w.name, role[w.source], corners[w], w in lanes)
        for w in flowing.wires
    )
    return _trimmed(nodes, edges, _frame(nodes, edges))


def _roles(flowing: Flow, known: Mapping[str, str]) -> dict[str, str]:
    """Node → role: that of its value. What flows on a state's lane has the state's."""
    on_lane = {node: state for state, path in flowing.lanes.items() for node in path}
    return {b.id: known.get(on_lane.get(b.id, base_of(b.name)), "other") for b in flowing.boxes}


def _trimmed(nodes: tuple[Node, ...], edges: tuple[Edge, ...], frame: Frame) -> Diagram:
    """The canvas just large enough, beginning at 0."""
    points = [p for e in edges for p in e.points]
    points += [(n.x + s * n.width / 2, n.y + s * n.height / 2) for n in nodes for s in (-1, 1)]
    points += [(frame.x, frame.y), (frame.x + frame.width, frame.y + frame.height)]
    left, top = min(x for x, _ in points) - MARGIN, min(y for _, y in points) - MARGIN
    right, bottom = max(x for x, _ in points) + MARGIN, max(y for _, y in points) + MARGIN
    return Diagram(
        tuple(replace(n, x=n.x - left, y=n.y - top) for n in nodes),
        tuple(replace(e, points=tuple((x - left, y - top) for x, y in e.points)) for e in edges),
        replace(frame, x=frame.x - left, y=frame.y - top),
        right - left,
        bottom - top,
    )


def _lane_wires(flowing: Flow) -> frozenset[Wire]:
    steps = {pair for path in flowing.lanes.values() for pair in pairwise(path)}
    return frozenset(w for w in flowing.wires if (w.source, w.target) in steps)


def _frame(nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> Frame:
    inner = [n for n in nodes if n.kind not in ("leaf", "state")]
    left = min(n.x - n.width / 2 for n in inner) - MARGIN
    right = max(n.x + n.width / 2 for n in inner) + MARGIN
    # The first stretch of the wire from x comes from below the frame.
    bends = [p for e in edges for p in e.points[2 if e.source == "x" else 1 :]]
    ys = [y for x, y in bends if left < x < right]
    top = min(*ys, *(n.y - n.height / 2 for n in inner)) - MARGIN
    bottom = max(*ys, *(n.y + n.height / 2 for n in inner)) + 2 * MARGIN
    return Frame(left, top, right - left, bottom - top)
