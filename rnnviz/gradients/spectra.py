"""Jacobians of the steps of a run, their products over time, and the spectra of both."""

from typing import NamedTuple

import numpy as np

from rnnviz.engine.cell_run import CellRun
from rnnviz.gradients.single import single_steps
from rnnviz.operations import Array
from rnnviz.summary import summary


class Products(NamedTuple):
    """Products of Jacobians that would over- or underflow: `matrices` × 10^`exponents`."""

    matrices: Array
    exponents: Array

    def __repr__(self) -> str:
        return summary(self)


def jacobians(record: CellRun) -> Array:
    """(time, batch, S, S): d state_t / d state_{t−1}, all states stacked in the order of the cell.

    Row s·hidden + k is unit k of state s. Unlike dL/dc_t, which counts the path c_t → h_t, a state
    is what is carried over: h_t and c_t are independent inputs of the next step.
    """
    one, shape = single_steps(record), record.buffers.shape
    states, hidden = record.cell.states, shape.hidden
    items, size = shape.time * shape.batch, len(states) * hidden
    found = np.empty((items, size, size), shape.dtype)
    outside = {s: np.zeros((1, items, hidden), shape.dtype) for s in states}
    for row in range(size):
        gradient = outside[states[row // hidden]]
        gradient[..., row % hidden] = 1.0
        initial = one.backward(others=outside).initial
        found[:, row] = np.concatenate([initial[s] for s in states], axis=-1)
        gradient[..., row % hidden] = 0.0
    return found.reshape(shape.time, shape.batch, size, size)


def singular_values(matrices: Array) -> Array:
    """(…, S): singular values, largest first; nan where a matrix is not finite."""
    finite = np.asarray(np.isfinite(matrices).all((-1, -2)))
    safe = np.where(finite[..., None, None], matrices, 0.0)
    found = np.linalg.svd(safe, compute_uv=False)
    return np.where(finite[..., None], found, np.nan)


def products(matrices: Array) -> Products:
    """J_T ⋯ J_{t+1} for every t: how a change of state t moves the last state.

    Args:
        matrices: (time, …, S, S); `jacobians(run)[:, 0]` are those of the first item of a batch.

    Returns:
        (time, …, S, S) with the identity at the last step, and (time, …) powers of ten.
    """
    found, exponents = np.empty(matrices.shape), np.zeros(matrices.shape[:-2])
    product = np.broadcast_to(np.eye(matrices.shape[-1]), matrices.shape[1:])
    exponent = np.zeros(matrices.shape[1:-2])
    for step in reversed(range(len(matrices))):
        found[step], exponents[step] = product, exponent
        with np.errstate(all="ignore"):
            product = product @ matrices[step]
            largest = np.abs(product).max((-1, -2))
            usable = np.isfinite(largest) & (largest > 0)
            scale = np.where(usable, largest, 1.0)
            product = product / scale[..., None, None]
        exponent = exponent + np.log10(scale)
    return Products(found, exponents)


def log10_spectra(of: Products) -> Array:
    """(time, …, S): log10 of the singular values of products; −inf where one is zero."""
    with np.errstate(divide="ignore"):
        return np.log10(singular_values(of.matrices)) + of.exponents[..., None]
