"""The direct path: how much of a state a step hands on elementwise, past matrices and functions."""

import numpy as np

from rnnviz.engine.cell_run import CellRun
from rnnviz.operations import OPERATIONS, Array


def direct_factors(record: CellRun, state: str) -> Array:
    """(time, batch, hidden): the factor of `n_prev` in `n` along the path that stays elementwise.

    For the LSTM's c it is the forget gate, for the GRU's h the update gate (or 1 − z), for a plain
    RNN zero: everything goes through the matrix. Padding carries a state on: 1.
    """
    with np.errstate(all="ignore"):
        found = _factors(record, state).get(state)
        zero = np.zeros_like(record.internal(state))
        factors = zero if found is None else found + zero
        if record.absent is not None:
            factors = np.where(record.absent, factors.dtype.type(1.0), factors)
        return factors.swapaxes(-1, -2)


def _factors(record: CellRun, state: str) -> dict[str, Array]:
    """Value → the factor of `n_prev` in it, for the values that a direct path reaches."""
    factors: dict[str, Array] = {f"{state}_prev": np.ones_like(record.internal(f"{state}_prev"))}
    for step in record.cell.steps:
        if not OPERATIONS[step.op].is_direct:
            continue
        for slot, arg in enumerate(step.args):
            if isinstance(arg, str) and arg in factors:
                share = record.pulled(step, slot, factors[arg])
                factors[step.name] = factors[step.name] + share if step.name in factors else share
        replaced = record.replaced(step.name) if step.name in factors else None
        if replaced is not None:
            factors[step.name] = np.where(replaced, 0.0, factors[step.name])
    return factors
