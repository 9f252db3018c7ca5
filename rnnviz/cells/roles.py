"""Which part each named value plays, where nobody has said: seen from what it multiplies."""

from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, Step, is_parameter, is_part
from rnnviz.texts import N_

PURPOSES = {
    "forget": N_("a gate on an old state: it multiplies it"),
    "input": N_("a gate: it multiplies what else is computed"),
    "output": N_("a gate on a new state: it multiplies what comes from it"),
    "candidate": N_("a value on the way to the states"),
    "cell": N_("a state: what is handed on to the next step"),
    "hidden": N_("what the cell gives, and reads again at the next step"),
}
"""Role → what a value that plays it does, where nobody has said what it is for."""
ROLES = ("forget", "input", "candidate", "output", "cell", "hidden", "other")


def roles(cell: Cell) -> dict[str, str]:
    """Named value → role, one of `ROLES`.

    A gate that multiplies an old state forgets, one that multiplies the function of a new state
    puts out, any other lets in; what is neither gate nor state is a candidate.
    """
    after = after_states(cell)
    return {name: _role(cell, name, after) for name in cell.names}


def _role(cell: Cell, name: str, after: set[str]) -> str:
    if name == "h":
        return "hidden"
    if name in cell.states:
        return "cell"
    if name not in cell.gates:
        return "candidate"
    others = partners(cell, name)
    if any(other.endswith("_prev") for other in others):
        return "forget"
    return "output" if others & after else "input"


def partners(cell: Cell, name: str) -> set[str]:
    """What a value is multiplied with, elementwise and by no parameter."""
    products = (set(_values(s)) for s in cell.steps if OPERATIONS[s.op].kind == "product")
    return {other for values in products if name in values for other in values - {name}}


def after_states(cell: Cell) -> set[str]:
    """The new states, and what is computed from them and from parameters alone."""
    found, constant = set(cell.states), set[str]()
    for step in cell.steps:
        values = {v for v in _values(step) if v not in constant}
        if values and values <= found:
            found.add(step.name)
        elif not values and is_part(step.name):
            constant.add(step.name)
    return found


def _values(step: Step) -> tuple[str, ...]:
    """The operands that are no parameters."""
    return tuple(operand for operand in step.operands if not is_parameter(operand))
