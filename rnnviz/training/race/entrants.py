"""Who is in a fair race: cells at equal units, or at as equal a count of parameters as can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rnnviz import tasks
from rnnviz.cells import NamedCell
from rnnviz.network.architecture import Architecture

Matched = Literal["units", "parameters"]
MOST_UNITS = 256
FORGET_BIAS = 1.0


@dataclass(frozen=True)
class Entrant:
    """A cell in the race: its units, and how many numbers that makes to learn."""

    cell: NamedCell
    hidden: int
    parameters: int


def has_forget_bias(cell: NamedCell) -> bool:
    """Whether a cell starts with forget bias 1: those do that keep and write by gates of their
    own, as an LSTM does."""
    return cell.memory is not None and cell.memory.write is not None


def entrants(
    cells: Sequence[NamedCell], task: str, hidden: int, matched: Matched
) -> tuple[Entrant, ...]:
    """The cells at equal units, or each with the units that come nearest the first's parameters."""
    about = tasks.find(task)

    def count(cell: NamedCell, units: int) -> int:
        return Architecture(about.inputs, units, about.outputs).count(cell.cell)

    goal = count(cells[0], hidden)
    found = []
    for cell in cells:
        units = hidden
        if matched == "parameters":
            units = min(range(1, MOST_UNITS + 1), key=lambda n: abs(count(cell, n) - goal))
        found.append(Entrant(cell, units, count(cell, units)))
    return tuple(found)
