"""The bound of Pascanu, Mikolov & Bengio (2013) beside the measurement. It is no prediction.

On the difficulty of training recurrent neural networks, ICML, arXiv:1211.5063, section 2.1,
equations 6 and 7: each step back multiplies the norm of the gradient with at most
‖U‖ · max |slope|, so k steps back with at most its k-th power.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnnviz.engine.cell_run import CellRun
from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import Measured
from rnnviz.network.arrays import Array
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell, is_parameter
from rnnviz.summary import summary
from rnnviz.texts import _


class Plain(NamedTuple):
    """A cell h = function(matrix @ h_prev + what h_prev does not enter)."""

    function: str
    matrix: str


@dataclass(frozen=True, eq=False)
class Bound:
    """Upper bounds of ‖dL/dh_t‖, each (time,).

    largest_singular: of the recurrent matrix. steepest: the function's largest slope anywhere.
    theory: (largest_singular · steepest)^k, k steps left of a single loss, times the norm there;
        with losses at several steps, the sum of these.
    slopes: the largest slope at each step of this run. measured: the bound with these slopes.
    """

    largest_singular: float
    steepest: float
    theory: Array
    slopes: Array
    measured: Array

    __repr__ = summary

    @property
    def factor(self) -> float:
        """What a step back multiplies the gradient with at most."""
        return self.largest_singular * self.steepest


def bound(measured: Measured) -> Bound | None:
    """The bounds for a plain cell; None for others, see `why_none`."""
    cell, run = measured.run.cell, measured.run
    found = plain(cell)
    steepest = OPERATIONS[found.function].steepest if found else None
    if found is None or steepest is None:
        return None
    matrix = run.params[found.matrix]
    with np.errstate(all="ignore"):
        largest = float(np.linalg.norm(matrix, 2)) if np.isfinite(matrix).all() else float("nan")
        slopes = np.abs(_slopes(run, found.function)).astype(float).max((1, 2))
    local = norms(measured.parts["h"].local)
    everywhere = np.full_like(slopes, steepest)
    return Bound(
        largest,
        steepest,
        _accumulated(local, largest * everywhere),
        slopes,
        _accumulated(local, largest * slopes),
    )


def _slopes(run: CellRun, function: str) -> Array:
    """(time, hidden, batch): the slope at every h of the function that gives it; 1 of a sum, 0 in
    padding, which no gradient reaches."""
    last, ones = run.cell.step("h"), np.ones_like(run.internal("h"))
    slopes = run.pulled(last, 0, ones) if last.op == function else ones
    return slopes if run.absent is None else np.where(run.absent, 0.0, slopes)


def _accumulated(local: Array, factors: Array) -> Array:
    """b_t = local_t + factor_{t+1} · b_{t+1}."""
    found = local.copy()
    with np.errstate(all="ignore"):
        for t in reversed(range(len(local) - 1)):
            found[t] += factors[t + 1] * found[t + 1]
    return found


def plain(cell: Cell) -> Plain | None:
    """The function and matrix of a cell whose state goes through one matrix and one function."""
    if cell.states != ("h",):
        return None
    top, function = cell.step("h"), "identity"
    if OPERATIONS[top.op].squashes:
        function = top.op
        terms = _terms(cell, str(top.args[0]))
    else:
        terms = _terms(cell, "h")
    moving = [t for t in terms if "h_prev" in _leaves(cell, t)]
    if len(moving) != 1 or moving[0] == "h_prev":
        return None
    product = cell.step(moving[0])
    through = product.op == "matmul" and product.args[1] == "h_prev"
    return Plain(function, str(product.args[0])) if through else None


def _terms(cell: Cell, name: str) -> list[str]:
    """What a value is the sum of, differences and signs included."""
    step = None if _is_leaf(name) else cell.step(name)
    if step is None or OPERATIONS[step.op].kind != "sum":
        return [name]
    return [t for arg in step.args if isinstance(arg, str) for t in _terms(cell, arg)]


def _leaves(cell: Cell, name: str) -> set[str]:
    if _is_leaf(name):
        return {name}
    return {leaf for arg in cell.step(name).operands for leaf in _leaves(cell, arg)}


def _is_leaf(name: str) -> bool:
    return name == "x" or name.endswith("_prev") or is_parameter(name)


def why_none(cell: Cell) -> str | None:
    """One sentence on why the bound does not apply to a cell; None where it does."""
    found = plain(cell)
    if found and OPERATIONS[found.function].steepest is not None:
        return None
    if found:
        return _(
            "The slope of {function} has no largest value, so there is no bound.",
            function=found.function,
        )
    if cell.gates:
        return _(
            "The bound is about a state that goes through one matrix and one function. Here a step "
            "also hands it on through gates ({gates}), whose values change from step to step: see "
            "its Jacobians instead.",
            gates=", ".join(cell.gates),
        )
    return _(
        "The bound is about a single state that goes through one matrix and one function, and this "
        "cell is built otherwise: see its Jacobians instead."
    )
