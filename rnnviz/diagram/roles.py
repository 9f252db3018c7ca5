"""What part each value plays, where nobody has said: seen from what it multiplies."""

from collections.abc import Mapping

from rnnviz.diagram.flow import Flow
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, base_of, is_part


def roles(cell: Cell, flow: Flow, known: Mapping[str, str]) -> dict[str, str]:
    """Node → role: the known one of its value, or what the steps tell.

    A gate that multiplies an old state forgets, one that multiplies the function of a new state
    puts out, any other lets in; other boxes are candidates. What flows on a state's lane has the
    state's role.
    """
    on_lane = {node: state for state, path in flow.lanes.items() for node in path}
    found = {}
    for box in flow.boxes:
        name = on_lane.get(box.id, base_of(box.name))
        found[box.id] = known.get(name) or _derived(cell, flow, name)
    return found


def _derived(cell: Cell, flow: Flow, name: str) -> str:
    if name == "h":
        return "hidden"
    if name in cell.states:
        return "cell"
    if name == "x" or is_part(name) or flow.box[name].kind != "gate":
        return "other"
    if name not in cell.gates:
        return "candidate"
    partners = _partners(flow, name)
    if any(p.endswith("_prev") for p in partners):
        return "forget"
    squashed = {p for p in partners if flow.box[p].kind == "function"}
    return "output" if {*partners, *squashed} & _after_states(cell, flow) else "input"


def _partners(flow: Flow, name: str) -> list[str]:
    """What a value is multiplied with."""
    sign = OPERATIONS["mul"].drawn
    products = [
        w.target for w in flow.wires if w.source == name and flow.box[w.target].text == sign
    ]
    return [s for product in products for s in flow.sources(product) if s != name]


def _after_states(cell: Cell, flow: Flow) -> set[str]:
    """The new states and what is computed from one of them alone."""
    found = set(cell.states)
    for box in flow.boxes:
        sources = flow.sources(box.id)
        if sources and found.issuperset(sources):
            found.add(box.id)
    return found
