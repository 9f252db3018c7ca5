"""The curve: the norm of dL/dh_t at every time step, to be read from right to left."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import Measured, Parts
from rnnviz.network.arrays import Array
from rnnviz.summary import summary

DROPS = (1e3, 1e6, 1e9)
FLOAT32_ZERO = float(np.finfo(np.float32).smallest_subnormal)
"""1.4e-45: a number below half of it is exactly zero in float32."""

Condition = Literal["measured", "one step", "nothing arrives", "overflow"]


@dataclass(frozen=True, eq=False)
class Curve:
    """Norms of the gradient of one state, each (time,) float64, over batch and units together.

    total, local, through: see `Parts`; norms do not add up, the vectors do.
    before: the norm of dL/d(state before the first step).
    start: the step from which the gradient sets out, from 0; what comes after it is zero.
    drops: for each of DROPS the first step, going left from `start`, at which the total has fallen
        by that factor; None where it never does.
    float32_zero: likewise the step at which every number in float32 would be exactly zero.
    """

    state: str
    total: Array
    local: Array
    through: Array
    before: float
    start: int
    drops: tuple[int | None, ...]
    float32_zero: int | None

    __repr__ = summary

    @property
    def condition(self) -> Condition:
        """What a page says in place of a chart, or "measured"."""
        if not np.isfinite([*self.total, self.before]).all():
            return "overflow"
        if self.total[self.start] == 0.0:
            return "nothing arrives"
        return "measured" if self.start > 0 else "one step"

    @property
    def log10_ratio(self) -> float:
        """log10(‖dL/d first state‖ / ‖dL/d state at `start`‖): −inf for exactly zero, or nan."""
        with np.errstate(all="ignore"):
            return float(np.log10(self.total[0]) - np.log10(self.total[self.start]))


def curves(measured: Measured) -> dict[str, Curve]:
    """State → its curve, h first."""
    return {s: _curve(s, parts, measured.start) for s, parts in measured.parts.items()}


def _curve(state: str, parts: Parts, start: int) -> Curve:
    total = norms(parts.total)
    with np.errstate(all="ignore"):
        levels = [total[start] / drop for drop in DROPS]
    drops = tuple(first_below(total, level, start) for level in levels)
    largest = np.abs(parts.total).max((1, 2))
    return Curve(
        state,
        total,
        norms(parts.local),
        norms(parts.through),
        float(norms(parts.before[None])[0]),
        start,
        drops if total[start] > 0 else (None,) * len(DROPS),
        first_below(largest, FLOAT32_ZERO / 2, start),
    )


def first_below(values: Array, level: float, start: int) -> int | None:
    """The first step, going left from `start`, whose value is at most `level`."""
    return next((t for t in range(start, -1, -1) if values[t] <= level), None)
