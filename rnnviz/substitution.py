"""A cell with other functions in the place of its own, its parameters unchanged."""

from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, Operand, is_part


def with_functions(cell: Cell, gate: str, candidate: str) -> Cell:
    """The cell with another function for its gates, and for its candidate (or a plain RNN's h).

    The candidate is the named tanh, ReLU or other function of a sum that is no gate.
    """
    changed = {}
    for step in cell.steps:
        squashes = OPERATIONS[step.op].squashes
        if is_part(step.name) or not squashes or not _is_sum(cell, step.args[0]):
            continue
        chosen = gate if step.name in cell.gates else candidate
        if chosen != "written":
            changed[step.name] = step._replace(op=chosen)
    return Cell(tuple(changed.get(step.name, step) for step in cell.steps))


def _is_sum(cell: Cell, argument: Operand) -> bool:
    return isinstance(argument, str) and is_part(argument) and cell.step(argument).op == "add"
