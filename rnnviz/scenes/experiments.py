"""Experiments a click starts on the Step page: what is held so that the memory fails or never does.

Each is a handful of ordinary holds, made for one of the sequences shown, around the first step that
matters of it: before it nothing is needed, after it the memory has to last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rnnviz.cells import named
from rnnviz.cells.forgetting import readers, remembered
from rnnviz.cells.gating import KEEPS, READS, REPLACES, gating
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.scenes.reading import Reading, notable
from rnnviz.texts import _

INPUT = "x"


class Held(NamedTuple):
    """Every unit of a value held in one direction of one layer, at steps first … end − 1.

    direction: its place among those of all layers, as they are executed. name: of a value, or
    `INPUT`.
    """

    direction: int
    name: str
    first: int
    end: int
    value: float


@dataclass(frozen=True)
class Experiment:
    """name: which of them it is. text: what is done, as a label of a button."""

    name: str
    text: str
    holds: tuple[Held, ...]


def experiments(network: Network, reading: Reading, item: int) -> tuple[Experiment, ...]:
    """Those that this network and this sequence allow.

    The first that matters of its steps (the mark; of a sequence without one the middle) is where
    they set in.
    """
    places = notable(reading.labels[item])
    step = places[0] if places else (reading.steps - 1) // 2
    makers = (_keep, _forget, _wipe, _close, _open, _cut)
    found = (make(network, step, reading.steps) for make in makers)
    return tuple(experiment for experiment in found if experiment.holds)


def _keep(network: Network, step: int, end: int) -> Experiment:
    """From the step after this one, in the order of reading, all is kept."""
    holds = [
        Held(direction, gate.keeps, first, last, 1.0 - gate.keeps_nothing_at)
        for direction, gate, reverse in _memory_gates(network)
        for first, last in _after(step, end, reverse=reverse)
    ]
    text = _("After step {step}, forget nothing: {gate}", step=step + 1, gate=_settings_of(holds))
    return Experiment("keep", text, tuple(holds))


def _forget(network: Network, step: int, end: int) -> Experiment:
    """From the step after this one, in the order of reading, the memory is not kept, and the old
    states are read by nothing that has a gate for it."""
    holds = [
        Held(direction, name, first, last, value)
        for direction, gate, reverse in _memory_gates(network)
        for name, value in gate.forgets.items()
        for first, last in _after(step, end, reverse=reverse)
    ]
    return Experiment("forget", _words_of_forgetting(network, step + 1, holds), tuple(holds))


def _words_of_forgetting(network: Network, step: int, holds: Sequence[Held]) -> str:
    """What is forgotten where these are held, and what of it is read all the same."""
    gates = _settings_of(holds)
    gone, kept = dict[str, None](), dict[str, None]()
    for cell, _reverse in _directions(network):
        gate = _memory_gate(cell)
        if gate is None or not remembered(cell, gate.forgets):
            continue
        before, after = readers(cell, {}), readers(cell, gate.forgets)
        gone |= dict.fromkeys(s for s in cell.states if s in before[s] - after[s])
        reading = [read for name, read in after.items() if name not in gate.forgets]
        kept |= dict.fromkeys(s for s in cell.states if any(s in read for read in reading))
    if not gone:
        return _("After step {step}, forget everything: {gate}", step=step, gate=gates)
    states = ", ".join(gone)
    still = ", ".join(state for state in kept if state in gone)
    if not still:
        return _(
            "After step {step}, keep no {states}: {gate}", step=step, states=states, gate=gates
        )
    return _(
        "After step {step}, keep no {states}: {gate} (still reads {kept})",
        step=step,
        states=states,
        gate=gates,
        kept=still,
    )


def _wipe(network: Network, step: int, end: int) -> Experiment:
    """Where no gate is known that forgets all there is, the states themselves are set to 0."""
    cells = [cell for cell, _reverse in _directions(network)]
    is_enough = all(map(_forgets_all, cells))
    holds = [
        Held(direction, name, step, step + 1, 0.0)
        for direction, cell in enumerate(() if is_enough else cells)
        for name in cell.states
    ]
    text = _("At step {step}, forget everything: {gate}", step=step + 1, gate=_settings_of(holds))
    return Experiment("wipe", text, tuple(holds))


def _close(network: Network, step: int, end: int) -> Experiment:
    """At this step nothing is written."""
    holds = [
        Held(direction, gate.writes, step, step + 1, gate.writes_nothing_at)
        for direction, gate, _reverse in _memory_gates(network)
    ]
    text = _("At step {step}, write nothing: {gate}", step=step + 1, gate=_settings_of(holds))
    return Experiment("close", text, tuple(holds))


def _open(network: Network, step: int, end: int) -> Experiment:
    """Every gate of every layer is 1, always."""
    holds = [
        Held(direction, name, 0, end, 1.0)
        for direction, (cell, _reverse) in enumerate(_directions(network))
        for name in cell.gates
    ]
    return Experiment("open", _("Always hold every gate at 1"), tuple(holds))


def _cut(network: Network, step: int, end: int) -> Experiment:
    """From the step after this one, in the order of reading, the first layer reads only zeros."""
    ways = len(network.layers[0].directions)
    holds = [
        Held(direction, INPUT, first, last, 0.0)
        for direction in range(ways)
        for first, last in _after(step, end, reverse=direction == 1)
    ]
    text = _("After step {step}, cut the input: {input}", step=step + 1, input=_settings_of(holds))
    return Experiment("cut", text, tuple(holds))


def _after(step: int, end: int, *, reverse: bool) -> list[tuple[int, int]]:
    """The steps after one, in the order of reading, as [first, end); none after the last."""
    first, last = (0, step) if reverse else (step + 1, end)
    return [(first, last)] if first < last else []


def _settings_of(holds: Sequence[Held]) -> str:
    """ "f = 0", of each value once."""
    return ", ".join(dict.fromkeys(f"{hold.name} = {hold.value:.0f}" for hold in holds))


class _MemoryGate(NamedTuple):
    """keeps: the gate that keeps the memory, none of it where it is `keeps_nothing_at`. writes: the
    gate that lets new things in, none where it is `writes_nothing_at`; it may be the same one.
    reads: gates without which the old states are not read, at 0."""

    keeps: str
    keeps_nothing_at: float
    writes: str
    writes_nothing_at: float
    reads: tuple[str, ...]

    @property
    def forgets(self) -> dict[str, float]:
        """Gate → where it forgets."""
        return {self.keeps: self.keeps_nothing_at, **dict.fromkeys(self.reads, 0.0)}


def _memory_gates(network: Network) -> Iterator[tuple[int, _MemoryGate, bool]]:
    """Of each direction that has one: its place, the gate, and whether it reads backwards."""
    for direction, (cell, reverse) in enumerate(_directions(network)):
        if gate := _memory_gate(cell):
            yield direction, gate, reverse


def _memory_gate(cell: Cell) -> _MemoryGate | None:
    """Found by the biases that keep and write, where the gate by itself keeps all and nothing."""
    memory = named(cell).memory
    keeps = _gate_of(cell, memory.keep) if memory else None
    if memory is None or keeps is None or gating(cell, keeps) not in (KEEPS, REPLACES):
        return None
    nothing = 0.0 if memory.sign > 0 else 1.0
    reads = tuple(name for name in cell.gates if gating(cell, name) == READS)
    writes = _gate_of(cell, memory.write) if memory.write else None
    if writes is None:
        return _MemoryGate(keeps, nothing, keeps, 1.0 - nothing, reads)
    return _MemoryGate(keeps, nothing, writes, 0.0 if memory.write_sign > 0 else 1.0, reads)


def _forgets_all(cell: Cell) -> bool:
    """Whether gates are known that leave nothing of the steps before."""
    gate = _memory_gate(cell)
    return gate is not None and not remembered(cell, gate.forgets)


def _gate_of(cell: Cell, bias: str) -> str | None:
    """The gate that a bias is added in."""
    users = {step.name.split(".")[0] for step in cell.steps if bias in step.args}
    return next((gate for gate in cell.gates if gate in users), None)


def _directions(network: Network) -> Iterator[tuple[Cell, bool]]:
    """Each direction's cell, and whether it reads the last step first."""
    for layer in network.layers:
        for way in range(len(layer.directions)):
            yield layer.cell, way == 1
