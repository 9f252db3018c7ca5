"""What flows where in a cell: its steps folded into the boxes, circles and pills of a diagram.

A sum of products with parameters, and the function around it, is one box; what its author left
unnamed elsewhere is a circle (operators) or a pill (functions). No places yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rnnviz.notation.symbols import literal, symbol
from rnnviz.operations import OPERATIONS
from rnnviz.representation import (
    Cell,
    Operand,
    Step,
    base_of,
    is_parameter,
    is_part,
)
from rnnviz.texts import N_

Kind = Literal["leaf", "gate", "operator", "function", "state"]

LINEAR = N_("linear")


@dataclass(frozen=True)
class Box:
    """A node without a place: `name` is the value it shows, `text` its badge or sign."""

    id: str
    kind: Kind
    name: str
    text: str


@dataclass(frozen=True)
class Wire:
    """From node to node; `name` is the value that flows."""

    source: str
    target: str
    name: str


@dataclass(frozen=True)
class Flow:
    """Nodes in the order they are computed, leaves first and the new states last."""

    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]

    @cached_property
    def box(self) -> Mapping[str, Box]:
        return {b.id: b for b in self.boxes}

    def sources(self, target: str) -> list[str]:
        return [w.source for w in self.wires if w.target == target]

    @cached_property
    def lanes(self) -> Mapping[str, tuple[str, ...]]:
        """State → the nodes from `n_prev` to its new value when only operators lie between.

        Such a state is a conveyor: what is on it is multiplied and added to, never squashed.
        """
        states = [b for b in self.boxes if b.kind == "state"]
        paths = {b.name: self._back(b.id, f"{b.name}_prev") for b in states}
        return {name: path for name, path in paths.items() if path}

    def _back(self, node: str, goal: str) -> tuple[str, ...]:
        """The shortest path of operators that ends at `node`; empty where there is none."""
        paths: list[tuple[str, ...]] = [(node,)]
        seen = {node}
        for path in paths:
            for source in self.sources(path[0]):
                if source == goal:
                    return (goal, *path)
                if source not in seen and self.box[source].kind == "operator":
                    seen.add(source)
                    paths.append((source, *path))
        return ()


def flow(cell: Cell) -> Flow:
    """The nodes and wires of a cell. A new state's own node is called `h.next`."""
    folding = _Folding(cell)
    for name in cell.names:
        folding.visit(name)
    ends = dict.fromkeys((*cell.states, "h"))
    leaves = dict.fromkeys(w.source for w in folding.wires if w.source not in folding.boxes)
    ordered = sorted(leaves, key=lambda n: (n == "x", base_of(n) == "h"))
    boxes = (
        *(Box(n, "leaf", n, symbol(n)) for n in ordered),
        *folding.boxes.values(),
        *(Box(f"{n}.next", "state", n, symbol(n)) for n in ends),
    )
    wires = (*folding.wires, *(Wire(n, f"{n}.next", n) for n in ends))
    return Flow(boxes, wires)


class _Folding:
    """Walks back from the named values; makes one box of each sum with parameters."""

    def __init__(self, cell: Cell) -> None:
        self.cell = cell
        self.ends = {*cell.states, "h"}
        self.boxes: dict[str, Box] = {}
        self.wires: dict[Wire, None] = {}

    def visit(self, name: str) -> None:
        step = self.cell.step(name)
        operation = OPERATIONS[step.op]
        body = step.args[0] if operation.squashes else name
        terms = self.terms(body, root=name)
        weighted = [t for t in terms if self.is_weighted(t, root=name)]
        if weighted:
            inputs = [i for t in terms for i in (self.vectors(t) if t in weighted else [t])]
            badge = operation.spelled.screen if operation.squashes else LINEAR
            box = Box(name, "gate", name, badge)
        else:
            inputs, box = list(step.args), self.plain_box(step)
        for operand in dict.fromkeys(i for i in inputs if self.is_value(i)):
            source = str(operand)
            if is_part(source) and source not in self.boxes:
                self.visit(source)
            self.wires[Wire(source, name, source)] = None
        self.boxes[name] = box

    def plain_box(self, step: Step) -> Box:
        """Circle or pill; a named value that is no state is a box, so that its numbers are seen."""
        text = _text(step)
        if not is_part(step.name) and step.name not in self.ends:
            return Box(step.name, "gate", step.name, text)
        is_function = OPERATIONS[step.op].form == "function"
        return Box(step.name, "function" if is_function else "operator", step.name, text)

    def terms(self, operand: Operand, root: str) -> list[Operand]:
        """What a sum adds up; an operand that is no sum, or has a name, is one term."""
        terms, waiting = [], [operand]
        while waiting:
            term = waiting.pop()
            open_ = isinstance(term, str) and (term == root or is_part(term))
            step = self.cell.step(str(term)) if open_ else None
            if step and _is_sum(step):
                waiting.extend(reversed(step.args))
            else:
                terms.append(term)
        return terms

    def is_weighted(self, term: Operand, root: str) -> bool:
        """Whether a term is a parameter or a product with one."""
        if isinstance(term, float) or is_parameter(term):
            return isinstance(term, str)
        if term != root and not is_part(term):
            return False
        step = self.cell.step(term)
        is_product = OPERATIONS[step.op].kind in ("matrix product", "product")
        return is_product and any(map(is_parameter, step.operands))

    def vectors(self, term: Operand) -> tuple[Operand, ...]:
        """What a weighted term multiplies with its parameter."""
        return () if is_parameter(str(term)) else self.cell.step(str(term)).args

    def is_value(self, operand: Operand) -> bool:
        return isinstance(operand, str) and not is_parameter(operand)


def _is_sum(step: Step) -> bool:
    operation = OPERATIONS[step.op]
    return operation.kind == "sum" and operation.form != "function"


def _text(step: Step) -> str:
    """`×`, `1−`, `×0.5`, `σ`: what an operation is called, with the number it has, if any."""
    operation, numbered = OPERATIONS[step.op], any(isinstance(a, float) for a in step.args)
    called = operation.drawn or operation.spelled.screen.strip()
    if operation.form == "function" and numbered:
        inside = (literal(a, "screen") if isinstance(a, float) else "·" for a in step.args)
        return f"{called}({', '.join(inside)})"
    if isinstance(step.args[0], float):
        number = literal(step.args[0], "screen")
        return f"{called}{number}" if operation.commutes else f"{number}{called}"
    if numbered:
        return f"{called}{literal(float(step.args[1]), 'screen')}"
    return called
