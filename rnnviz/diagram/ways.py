"""The cheapest way for a wire across the lattice, given the boxes and the wires laid already."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from rnnviz.diagram.places import DOWN, LEFT, RIGHT, UP, Port, Vertex

FORWARD, BACKWARD, SHARED = 10, 25, 4
TURN, CROSSING, TOUCHING = 12, 40, 400
HASTE = 40


class Way(NamedTuple):
    """A wire's port of departure, the lattice points it runs through, its port of arrival."""

    start: Port
    path: list[Vertex]
    end: Port


class State(NamedTuple):
    """Where the search stands, and along which axis it came (0 across, 1 up or down)."""

    vertex: Vertex
    axis: int


class Traffic:
    """What the wires already laid make each move cost for one net."""

    def __init__(self, net: str, laid: list[tuple[str, Way]]) -> None:
        self.net = net
        self.own: set[tuple[Vertex, Vertex]] = set()
        self.others: set[tuple[Vertex, Vertex]] = set()
        self.passed: dict[Vertex, set[int]] = defaultdict(set)
        self.corners: set[Vertex] = set()
        for other, way in laid:
            if other == net:
                self.share(way)
            else:
                self.others.update(_steps(way))
                self.occupy(way)

    def share(self, way: Way) -> None:
        self.own.update(_steps(way))

    def occupy(self, way: Way) -> None:
        start, path, end = way
        axes = [abs(start.side[1]), *map(_axis, path, path[1:]), abs(end.side[1])]
        for vertex, before, after in zip(path, axes, axes[1:], strict=False):
            self.passed[vertex].update((before, after))
            if before != after or vertex in (path[0], path[-1]):
                self.corners.add(vertex)

    def move(self, start: Vertex, end: Vertex) -> int:
        pair = (start, end) if start < end else (end, start)
        if pair in self.own:
            return SHARED
        cost = BACKWARD if end[0] < start[0] else FORWARD
        if pair in self.others or end in self.corners:
            return cost + TOUCHING
        return cost + (CROSSING if end in self.passed else 0)

    def turn(self, vertex: Vertex) -> int:
        return TURN + (TOUCHING if vertex in self.passed else 0)


def _steps(way: Way) -> Iterator[tuple[Vertex, Vertex]]:
    return ((min(pair), max(pair)) for pair in pairwise(way.path))


def _axis(start: Vertex, end: Vertex) -> int:
    return int(start[0] == end[0])


class _Search:
    """Dijkstra's algorithm with a lower bound of what remains (A*)."""

    def __init__(self, ends: list[Port], traffic: Traffic, *, hasty: bool) -> None:
        self.traffic, self.hasty = traffic, hasty
        self.ends: dict[Vertex, list[Port]] = defaultdict(list)
        for port in ends:
            self.ends[port.vertex].append(port)
        columns, rows = zip(*self.ends, strict=True)
        self.box: tuple[int, int, int, int] = min(columns), max(columns), min(rows), max(rows)
        self.cost: dict[State, int] = {}
        self.came: dict[State, State | Port] = {}
        self.waiting: list[tuple[int, int, State]] = []

    def reach(self, state: State, cost: int, came: State | Port) -> None:
        if state not in self.cost or cost < self.cost[state]:
            self.cost[state], self.came[state] = cost, came
            heappush(self.waiting, (cost + self.remaining(state.vertex), cost, state))

    def remaining(self, vertex: Vertex) -> int:
        """At least what the rest of the way costs; in haste far more, which makes for the goal."""
        left, right, top, bottom = self.box
        x, y = vertex
        away = max(left - x, 0, x - right) + max(top - y, 0, y - bottom)
        least = SHARED if self.traffic.own else FORWARD
        return (HASTE if self.hasty else least) * away

    def turning(self, state: State, axis: int) -> int:
        return 0 if state.axis == axis else self.traffic.turn(state.vertex)

    def run(self, is_free: Callable[[Vertex], bool]) -> tuple[State, Port]:
        """The state at the best port of arrival, and that port."""
        best: tuple[int, State, Port] | None = None
        while self.waiting:
            estimate, cost, state = heappop(self.waiting)
            if best and estimate >= best[0]:
                break
            if cost > self.cost[state]:
                continue
            for port in self.ends.get(state.vertex, ()):
                total = cost + port.cost + self.turning(state, abs(port.side[1]))
                if not best or total < best[0]:
                    best = total, state, port
            for dx, dy in (RIGHT, UP, DOWN, LEFT):
                there = (state.vertex[0] + dx, state.vertex[1] + dy)
                if is_free(there):
                    further = self.traffic.move(state.vertex, there)
                    further += self.turning(state, abs(dy))
                    self.reach(State(there, abs(dy)), cost + further, state)
        if not best:
            raise LookupError("the boxes leave no way for a wire")
        return best[1], best[2]

    def back(self, state: State) -> Iterator[State | Port]:
        """From a state back to the port of departure."""
        here: State | Port = state
        while isinstance(here, State):
            yield here
            here = self.came[here]
        yield here


def cheapest(
    starts: list[Port],
    ends: list[Port],
    traffic: Traffic,
    is_free: Callable[[Vertex], bool],
    *,
    hasty: bool = False,
) -> Way:
    """The cheapest way from one of the starts to one of the ends; in haste any good one.

    Raises:
        LookupError: there is none.
    """
    search = _Search(ends, traffic, hasty=hasty)
    for port in starts:
        touching = TOUCHING if port.vertex in traffic.passed else 0
        search.reach(State(port.vertex, abs(port.side[1])), port.cost + touching, port)
    state, end = search.run(is_free)
    *path, start = search.back(state)
    assert isinstance(start, Port)
    return Way(start, [s.vertex for s in path[::-1] if isinstance(s, State)], end)
