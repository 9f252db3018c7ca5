"""Where the boxes of a diagram stand: by hints (column, row), or in layers from left to right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rnnviz.diagram.flow import Box, Flow
from rnnviz.diagram.places import PITCH, ROOM, Place

COLUMN, ROW = 100, 70
SIZES = {
    "leaf": (84, 40),
    "gate": (90, 80),
    "operator": (30, 30),
    "function": (56, 30),
    "state": (84, 40),
}


def size(box: Box, entering: int) -> tuple[float, float]:
    """Width and height; wide enough for the text and for the wires that enter."""
    width, height = SIZES[box.kind]
    if box.kind == "operator" and len(box.text) > 2:
        width = 20 + 10 * len(box.text)
    return max(width, 8 * len(box.text) + 20, PITCH * (entering + 2) if entering > 6 else 0), height


def by_hints(flow: Flow, hints: Mapping[str, tuple[float, float]]) -> dict[str, Place]:
    """Every box at its (column, row); a column is 100 pixels wide, a row 70 high."""
    return _moved_in(
        {b.id: (_snap(hints[b.id][0] * COLUMN), _snap(hints[b.id][1] * ROW)) for b in flow.boxes},
        flow,
    )


def _snap(value: float) -> float:
    return float(round(value / PITCH) * PITCH)


def _moved_in(centres: Mapping[str, tuple[float, float]], flow: Flow) -> dict[str, Place]:
    """The boxes at their centres, moved together so that there is room round them."""
    places = {}
    for box in flow.boxes:
        width, height = size(box, len(flow.sources(box.id)))
        places[box.id] = Place(box.kind, *centres[box.id], width, height)
    left = min(p.x - p.width / 2 for p in places.values()) // PITCH * PITCH - ROOM * PITCH
    top = min(p.y - p.height / 2 for p in places.values()) // PITCH * PITCH - ROOM * PITCH
    return {n: Place(p.kind, p.x - left, p.y - top, p.width, p.height) for n, p in places.items()}


def in_layers(flow: Flow) -> dict[str, Place]:
    """Boxes in layers by their longest way from a leaf, so that all wires run to the right.

    Within a layer boxes stand near what they are wired to; a wire that crosses layers takes a slot
    in each, so that there is room for it. Conveyors run along the top.
    """
    layers = _Layers(flow)
    for sweep in range(6):
        layers.order(forwards=sweep % 2 == 0)
    for sweep in range(6):
        layers.shift(forwards=sweep % 2 == 1)
    return _moved_in(layers.centres(), flow)


class _Layers:
    """Layers of slots; a slot is a box, or the passage of a value through a layer."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.level = _levels(flow)
        self.lane = {n: k for k, path in enumerate(flow.lanes.values()) for n in path}
        self.slots: list[list[str]] = [[] for _ in range(max(self.level.values()) + 1)]
        self.before: dict[str, list[str]] = defaultdict(list)
        self.after: dict[str, list[str]] = defaultdict(list)
        self.height = {b.id: SIZES[b.kind][1] + 30.0 for b in flow.boxes}
        for box in sorted(flow.boxes, key=lambda b: (self.lane.get(b.id, 99), b.id == "x")):
            self.slots[self.level[box.id]].append(box.id)
        for wire in flow.wires:
            self.thread(wire.source, wire.target)
        self.y: dict[str, float] = {}
        for slots in self.slots:
            self.stack(slots, dict.fromkeys(slots, 0.0))

    def thread(self, source: str, target: str) -> None:
        """Slots for a wire in the layers between, shared by the wires of one value."""
        last = source
        for level in range(self.level[source] + 1, self.level[target]):
            slot = f"{source}→{level}"
            if slot not in self.height:
                self.height[slot] = 20.0
                if self.lane.get(source) is not None and self.lane.get(target) == self.lane[source]:
                    self.lane[slot] = self.lane[source]
                self.slots[level].append(slot)
            self.join(last, slot)
            last = slot
        self.join(last, target)

    def join(self, source: str, target: str) -> None:
        if target not in self.after[source]:
            self.after[source].append(target)
            self.before[target].append(source)

    def order(self, *, forwards: bool) -> None:
        """Sort each layer by the middle of what its slots are joined to on one side."""
        near = self.before if forwards else self.after
        for slots in self.slots if forwards else self.slots[::-1]:
            middle = {s: _mean([self.y[n] for n in near[s]], self.y[s]) for s in slots}
            slots.sort(key=lambda s: (self.lane.get(s, 99), s == "x", middle[s]))
            self.stack(slots, dict.fromkeys(slots, 0.0))

    def shift(self, *, forwards: bool) -> None:
        """Move the slots of each layer towards their neighbours, in order and without overlap."""
        for slots in self.slots if forwards else self.slots[::-1]:
            near = self.before if forwards else self.after
            self.stack(slots, {s: _median([self.y[n] for n in near[s]], self.y[s]) for s in slots})

    def stack(self, slots: Sequence[str], wanted: Mapping[str, float]) -> None:
        """Give each slot its height: lanes on their rows, the rest below, as near as wanted."""
        for slot in slots:
            if slot in self.lane:
                self.y[slot] = 70.0 * self.lane[slot]
        free = [s for s in slots if s not in self.lane]
        offsets, offset = [], 0.0
        for above, slot in zip([None, *free], free, strict=False):
            offset += 0 if above is None else (self.height[above] + self.height[slot]) / 2
            offsets.append(offset)
        top = 70.0 * len(self.flow.lanes) + (20 if self.flow.lanes else 0)
        best = _monotone([wanted[s] - o for s, o in zip(free, offsets, strict=True)])
        for slot, place, offset in zip(free, best, offsets, strict=True):
            self.y[slot] = _snap(max(place, top)) + offset

    def centres(self) -> dict[str, tuple[float, float]]:
        """Centre of every box; between layers there is room for the wires that turn there."""
        found, x = {}, 0.0
        for level, slots in enumerate(self.slots):
            boxes = [self.flow.box[s] for s in slots if s in self.level]
            width = max([size(b, len(self.flow.sources(b.id)))[0] for b in boxes], default=0)
            turning = {n for s in slots for n in self.before[s] if self.y[n] != self.y[s]}
            x += (50 + PITCH * len(turning) if level else 0) + width / 2
            for box in boxes:
                found[box.id] = (_snap(x), _snap(self.y[box.id]))
            x += width / 2
        return found


def _levels(flow: Flow) -> dict[str, int]:
    """Box → its longest way from a leaf; the new states all stand last."""
    level: dict[str, int] = {}
    for box in flow.boxes:
        level[box.id] = (
            0
            if box.kind == "leaf"
            else 1 + max((level[s] for s in flow.sources(box.id)), default=0)
        )
    last = max(level.values())
    return {b.id: last if b.kind == "state" else level[b.id] for b in flow.boxes}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _median(values: Sequence[float], otherwise: float) -> float:
    """One of the values, so that a box stands straight beside one of its neighbours."""
    return sorted(values)[(len(values) - 1) // 2] if values else otherwise


def _monotone(wanted: Sequence[float]) -> list[float]:
    """The nearest numbers that never fall (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in wanted:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, m), (b, n) = pools[-2:]
            pools[-2:] = [((a * m + b * n) / (m + n), m + n)]
    return [value for value, count in pools for _ in range(count)]
