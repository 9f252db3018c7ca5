"""What a network computes, counted from the steps of its cell: nothing is run for it.

A matrix of m rows and n columns times a vector is m·n multiply-adds. On the way back the same
product is met twice more: once for the gradient of the matrix, once for that of the vector, if
anything that is learnt, or a state, lies below it. To look up the row of an embedding takes none.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from rnnviz.network.layer_run import WAYS
from rnnviz.representation import Cell
from rnnviz.training.knobs.knobs import Knobs

Shapes = Mapping[str, tuple[int, ...]]
"""Full name of a parameter → its shape."""


class Arithmetic(NamedTuple):
    """What is computed. multiply_adds: of matrices with vectors, readout included. elementwise:
    the other operations of the cells, each entry of a vector one: sums, products, functions."""

    multiply_adds: int
    elementwise: int


def of_step(knobs: Knobs) -> Arithmetic:
    """One time step of one sequence through all layers, and the answer of the readout."""
    shapes = knobs.shapes
    cells = [_of_cell(knobs, prefix) for prefix in _prefixes(shapes)]
    above = _attention(shapes) + math.prod(shapes["readout.W"])
    return Arithmetic(
        sum(cell.multiply_adds for cell in cells) + above,
        sum(cell.elementwise for cell in cells),
    )


def of_update(knobs: Knobs) -> int:
    """Multiply-adds of an update: the whole batch through all time steps and back, the readout
    where it is asked for an answer."""
    shapes, about = knobs.shapes, knobs.about_task
    steps = about.steps(knobs.length_in_force)
    answers = steps if about.loss_at == "every" else 1
    each = sum(_there_and_back(knobs.cell_in_force, shapes, one) for one in _prefixes(shapes))
    each += 3 * _attention(shapes)
    return knobs.batch * (steps * each + 3 * answers * math.prod(shapes["readout.W"]))


def recurrent_parameters(knobs: Knobs) -> int:
    """How many numbers the layers have to learn, the readout left out."""
    return sum(math.prod(shape) for n, shape in knobs.shapes.items() if n.startswith("layers."))


def _attention(shapes: Shapes) -> int:
    """Multiply-adds of the score that attention gives a time step."""
    return sum(math.prod(shapes.get(f"attention.{name}", (0,))) for name in "Wv")


def _prefixes(shapes: Shapes) -> list[str]:
    """Where the parameters of each cell are: "layers.0.", "layers.0.reverse.", …"""
    found = {name.rpartition(".")[0] + "." for name in shapes if name.startswith("layers.")}
    return sorted(found)


def _of_cell(knobs: Knobs, prefix: str) -> Arithmetic:
    """One time step of one cell."""
    cell, shapes = knobs.cell_in_force, knobs.shapes
    sizes = {"number": 1, "hidden": knobs.hidden, "inputs": knobs.about_task.inputs}
    for name, words in cell.parameters.items():
        sizes |= dict(zip(words, shapes[prefix + name], strict=True))
    products = sum(_product(shapes, prefix, str(s.args[0])) for s in cell.steps if s.op == "matmul")
    others = sum(sizes[cell.sizes[s.name]] for s in cell.steps if s.op != "matmul")
    return Arithmetic(products, others)


def _there_and_back(cell: Cell, shapes: Shapes, prefix: str) -> int:
    """Multiply-adds of one time step of one cell, forward and backward."""
    is_first = prefix in {f"layers.0.{way}" for way in WAYS} and "embedding.W" not in shapes
    given = _given(cell) if is_first else frozenset()
    products = [s for s in cell.steps if s.op == "matmul"]
    return sum(
        (2 if s.args[1] in given else 3) * _product(shapes, prefix, str(s.args[0]))
        for s in products
    )


def _given(cell: Cell) -> frozenset[str]:
    """The values that follow from x alone: below them nothing is learnt."""
    found = {"x"}
    for step in cell.steps:
        if step.op != "matmul" and step.operands and found.issuperset(step.operands):
            found.add(step.name)
    return frozenset(found)


def _product(shapes: Shapes, prefix: str, matrix: str) -> int:
    return math.prod(shapes[prefix + matrix])
