"""What a gate does at 1, and what at 0: read off the equations, in a few words for its box.

A gate that the old state is multiplied with keeps; which of its ends keeps all is asked of the
state's share (`influence`), so that z says the right thing in each of its two notations. What else
is multiplied is read, shown or let in. Where the equations do not tell, nothing is said.
"""

from functools import lru_cache
from typing import NamedTuple

from rnnviz.cells.influence import Influence
from rnnviz.cells.roles import after_states, partners
from rnnviz.representation import Cell, is_parameter
from rnnviz.texts import N_


class Gating(NamedTuple):
    """does: for a box. purpose: what a gate is for, in a phrase, where nobody has said."""

    does: str
    purpose: str


KEEPS = Gating(N_("1 keeps all"), N_("how much of the old state is kept: 1 all, 0 nothing"))
KEEPS_AT_ONE = Gating(N_("1 keeps all"), N_("how much of the old state is kept: 1 all of it"))
REPLACES = Gating(
    N_("1 replaces all"), N_("how much of the old state is replaced: 1 all, 0 nothing")
)
KEEPS_AT_ZERO = Gating(
    N_("0 keeps all"), N_("how much of the old state is let go: 0 nothing, more lets more go")
)
READS = Gating(N_("1 reads all"), N_("how much of the old state is read: 1 all, 0 nothing"))
SHOWS = Gating(
    N_("1 shows all"), N_("how much of what the new state gives is shown: 1 all, 0 nothing")
)
LETS_IN = Gating(
    N_("1 lets all in"), N_("how much of what it multiplies is let in: 1 all, 0 nothing")
)

ALL, NOTHING = (1.0, 1.0), (0.0, 0.0)
"""Between which numbers a share lies that is known."""


@lru_cache(maxsize=512)
def gating(cell: Cell, name: str) -> Gating | None:
    """What a named value does as a gate; None for what is none, or where it cannot be told."""
    if name in cell.states or name == "h":
        return None
    for state in reversed(cell.states):
        found = _on_memory(cell, name, state)
        if found:
            return found
    return _on_the_rest(cell, name) if name in cell.gates else None


def _on_memory(cell: Cell, name: str, state: str) -> Gating | None:
    """By the share of the old state that is left where the value is held at each of its ends."""
    at_zero, at_one = (Influence(cell, state, name, held).shares[state] for held in (0.0, 1.0))
    if at_zero.ends == at_one.ends:
        return None
    if at_one.ends == ALL and at_one.moves == 1:
        return KEEPS if at_zero.ends == NOTHING else KEEPS_AT_ONE
    if at_zero.ends == ALL and at_one.moves == -1:
        return REPLACES if at_one.ends == NOTHING else KEEPS_AT_ZERO
    return None


def _on_the_rest(cell: Cell, name: str) -> Gating | None:
    """By what a gate multiplies: something of old states alone, of new ones alone, or new."""
    multiplied = partners(cell, name)
    if multiplied & _of_old_states(cell):
        return READS
    if multiplied & after_states(cell):
        return SHOWS
    return LETS_IN if multiplied else None


def _of_old_states(cell: Cell) -> set[str]:
    """The old states, and what is computed from them and parameters alone."""
    found = {f"{state}_prev" for state in cell.states}
    for step in cell.steps:
        values = {v for v in step.operands if not is_parameter(v)}
        if values and values <= found:
            found.add(step.name)
    return found
