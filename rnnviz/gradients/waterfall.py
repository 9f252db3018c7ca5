"""The waterfall: the gradient of a state as a running product, and the step that kills it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnnviz.gradients.direct import direct_factors
from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import Measured
from rnnviz.gradients.spectra import jacobians, log10_spectra, products, singular_values
from rnnviz.network.arrays import Array
from rnnviz.summary import NamedValues, summary


class Killer(NamedTuple):
    """The step at which a norm falls most on its way left, and the factor it is multiplied with."""

    step: int
    factor: float


@dataclass(frozen=True, eq=False)
class Waterfall:
    """dL/d(state), split into the direct path and everything else.

    Entry t of the sums is the state before step t (0 is the one before the first step), entry T
    the last. Along the direct path dL/d(state) is multiplied, unit by unit, with `factors[t]` when
    it passes step t: f for an LSTM's c, z (or 1 − z) for a GRU's h, 0 for a plain RNN.

    factors: (time, batch, hidden).
    direct: (time + 1, batch, hidden), the running product; what a loss adds at a step is added.
    total: (time + 1, batch, hidden), the total derivative.
    rest: total − direct, what went through a matrix at least once.
    """

    state: str
    factors: Array
    direct: Array
    total: Array

    __repr__ = summary

    @property
    def rest(self) -> Array:
        with np.errstate(all="ignore"):
            return self.total - self.direct

    @property
    def has_direct_path(self) -> bool:
        """Whether anything passes a step unit by unit; not so in a plain RNN."""
        return bool(np.any(self.factors != 0.0))

    def norms(self) -> NamedValues[Array]:
        """ "direct", "rest", "total" → (time + 1,) norms over batch and units."""
        named = {"direct": self.direct, "rest": self.rest, "total": self.total}
        return NamedValues({name: norms(array) for name, array in named.items()})

    def killers(self) -> dict[str, Killer | None]:
        """For "direct" and "total" the step that kills the norm, see `killer`."""
        return {name: killer(n) for name, n in self.norms().items() if name != "rest"}

    def unit_killers(self) -> Array:
        """(batch, hidden): for each unit the step with the smallest factor along its path."""
        found: Array = np.abs(self.factors).argmin(0)
        return found


def waterfall(measured: Measured, state: str | None = None) -> Waterfall:
    """The waterfall of a state; by default the one kept longest: c where there is one, else h."""
    states = list(measured.parts)
    chosen = states[-1] if state is None else state
    if chosen not in states:
        raise ValueError(f"`{chosen}` is no state of this cell; it has {', '.join(states)}")
    parts = measured.parts[chosen]
    factors = direct_factors(measured.run, chosen).astype(float)
    direct = np.zeros((len(factors) + 1, *factors.shape[1:]))
    with np.errstate(all="ignore"):
        for t in reversed(range(len(factors))):
            direct[t + 1] += parts.local[t]
            direct[t] = factors[t] * direct[t + 1]
    total = np.concatenate([parts.before[None], parts.total])
    return Waterfall(chosen, factors, direct, total)


def killer(norms_over_states: Array) -> Killer | None:
    """The step that multiplies a norm with the smallest factor; the first to make it zero.

    Args:
        norms_over_states: (time + 1,), entry t before step t.

    Returns:
        None where no norm is ever above zero and finite.
    """
    after, before = norms_over_states[1:], norms_over_states[:-1]
    usable = np.isfinite(after) & np.isfinite(before) & (after > 0)
    if not usable.any():
        return None
    ratios = np.full(len(after), np.inf)
    np.divide(before, after, out=ratios, where=usable)
    step = len(ratios) - 1 - int(ratios[::-1].argmin())
    return Killer(step, float(ratios[step]))


@dataclass(frozen=True, eq=False)
class Chain:
    """The Jacobians J_t = d state_t / d state_{t−1} of one item, all states stacked.

    For a plain RNN J_t is diag(slope_t) · U, with 1 − h² as the slope of tanh.

    matrices: (time, S, S).
    singular: (time, S), singular values of each, largest first.
    log10_products: (time + 1, S), log10 of the singular values of J_T ⋯ J_{t+1}; entry T is the
        identity's, entry 0 the product of all.
    """

    matrices: Array
    singular: Array
    log10_products: Array


def chain(measured: Measured, item: int = 0) -> Chain:
    """The Jacobians of one item of the batch, with their spectra."""
    matrices = jacobians(measured.run)[:, item].astype(float)
    padded = np.concatenate([np.eye(matrices.shape[-1])[None], matrices])
    return Chain(matrices, singular_values(matrices), log10_spectra(products(padded)))
