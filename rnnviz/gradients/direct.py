"""The direct path: how much of a state a step hands on elementwise, past matrices and functions."""

import numpy as np

from rnnviz.engine.calls import Kind, Place
from rnnviz.engine.cell_run import CellRun
from rnnviz.engine.operations import BACKWARD, Array

DIRECT = ("add", "sub", "mul", "neg", "identity")
"""The operations that a direct path from `c_prev` to `c` may pass: no matrix, no function."""


def direct_factors(record: CellRun, state: str) -> Array:
    """(time, batch, hidden): the factor of `n_prev` in `n` along the path that stays elementwise.

    For the LSTM's c it is the forget gate, for the GRU's h the update gate (or 1 − z), for a plain
    RNN zero: everything goes through the matrix.
    """
    with np.errstate(all="ignore"):
        found = _factors(record, state).get(state)
        zero = np.zeros_like(record.internal(state))
        return (zero if found is None else found + zero).swapaxes(-1, -2)


def _factors(record: CellRun, state: str) -> dict[str, Array]:
    """Value → the factor of `n_prev` in it, for the values that a direct path reaches."""
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
            mask = record.memory.array(Place(step.name, kind=Kind.MASK))
            factors[step.name] = np.where(mask, 0.0, factors[step.name])
    return factors
