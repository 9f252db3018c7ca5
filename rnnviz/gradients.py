"""What a run says about gradients: norms, Jacobians, their products and spectra, direct paths.

Everything is measured on the run itself, in float64 where a norm is taken: squares in float32 are
exactly zero below about 1e-22.
"""

from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from rnnviz.engine import CellRun, run
from rnnviz.memory import Memory
from rnnviz.operations import BACKWARD, Array

Number = TypeVar("Number", bound=np.generic)

DIRECT = ("add", "sub", "mul", "neg", "identity")
"""The operations that a direct path from `c_prev` to `c` may pass: no matrix, no function."""


class Products(NamedTuple):
    """Products of Jacobians that would over- or underflow: `matrices` × 10^`exponents`."""

    matrices: Array
    exponents: Array


def norms(values: npt.ArrayLike) -> Array:
    """(time,): the Euclidean norm of everything at a time step; values: (time, …).

    Scaled by the largest entry, so that it is right down to 1e-300.
    """
    array = np.abs(np.asarray(values, np.float64)).reshape(len(np.asarray(values)), -1)
    largest = array.max(1, keepdims=True)
    with np.errstate(all="ignore"):
        scaled = np.where(largest > 0, array / largest, 0.0)
        scaled[np.isinf(array)] = 1.0
        norm = largest[:, 0] * np.sqrt((scaled * scaled).sum(1))
    return np.where(largest[:, 0] == 0, 0.0, norm)


def jacobians(record: CellRun) -> Array:
    """(time, batch, S, S): d state_t / d state_{t−1}, all states stacked in the order of the cell.

    Row s·hidden + k is unit k of state s. Unlike dL/dc_t, which counts the path c_t → h_t, a state
    is what is carried over: h_t and c_t are independent inputs of the next step.
    """
    one, shape = _single_steps(record), record.memory.shape
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


def _single_steps(record: CellRun) -> CellRun:
    """Every step of a run as a run of one step, side by side in the batch."""
    memory = record.memory
    if memory.shape.networks:
        raise ValueError("Jacobians are taken of one network at a time")
    items = memory.shape.time * memory.shape.batch
    once = Memory(memory.plan, memory.shape._replace(time=1, batch=items))

    def outer(array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """(time, size, batch) → (items, size)."""
        return array.swapaxes(-1, -2).reshape(items, -1)

    initial = {s: outer(record.internal(f"{s}_prev")) for s in record.cell.states}
    held = {
        name: (outer(memory.buffers[f"values {name}"]).T, outer(memory.buffers[f"mask {name}"]).T)
        for name in memory.plan.held
    }
    return run(once, record.params, outer(record.internal("x"))[None], initial, held)


def singular_values(matrices: Array) -> Array:
    """(…, S): singular values, largest first; nan where a matrix is not finite."""
    finite = np.asarray(np.isfinite(matrices).all((-1, -2)))
    safe = np.where(finite[..., None, None], matrices, 0.0)
    found = np.linalg.svd(safe, compute_uv=False)
    return np.where(finite[..., None], found, np.nan)


def products(matrices: Array) -> Products:
    """J_T ⋯ J_{t+1} for every t: how a change of state t moves the last state.

    Args:
        matrices: (time, S, S), the Jacobians of one item.

    Returns:
        (time, S, S) with the identity at the last step, and (time,) powers of ten.
    """
    time, size, _ = matrices.shape
    found, exponents = np.empty((time, size, size)), np.zeros(time)
    product, exponent = np.eye(size), 0.0
    for step in reversed(range(time)):
        found[step], exponents[step] = product, exponent
        with np.errstate(all="ignore"):
            product = product @ matrices[step]
            largest = np.abs(product).max()
        if np.isfinite(largest) and largest > 0:
            product, exponent = product / largest, exponent + float(np.log10(largest))
    return Products(found, exponents)


def log10_spectra(of: Products) -> Array:
    """(time, S): log10 of the singular values of products; −inf where one is zero."""
    with np.errstate(divide="ignore"):
        return np.log10(singular_values(of.matrices)) + of.exponents[:, None]


def direct_factors(record: CellRun, state: str) -> Array:
    """(time, batch, hidden): the factor of `n_prev` in `n` along the path that stays elementwise.

    For the LSTM's c it is the forget gate, for the GRU's h the update gate (or 1 − z), for a plain
    RNN zero: everything goes through the matrix.
    """
    factors: dict[str, Array] = {f"{state}_prev": np.ones_like(record.internal(f"{state}_prev"))}
    for step in record.cell.steps:
        if step.op not in DIRECT:
            continue
        for arg, pull in zip(step.args, BACKWARD[step.op], strict=True):
            if isinstance(arg, str) and arg in factors:
                sources = {"gradient": factors[arg]}
                for source, operand in zip(("first", "second"), step.args, strict=False):
                    sources[source] = record.internal(operand)
                share = pull.rule(*(sources[s] for s in pull.sources))
                factors[step.name] = factors[step.name] + share if step.name in factors else share
        if step.name in factors and step.name in record.memory.plan.held:
            mask = record.memory.buffers[f"mask {step.name}"]
            factors[step.name] = np.where(mask, 0.0, factors[step.name])
    zero = np.zeros_like(record.internal(state))
    return (factors.get(state, zero) + zero).swapaxes(-1, -2)
