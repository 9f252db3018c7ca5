"""Figures of several seeds or rounds, their spread, and whether two such can be told apart."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3
"""So many figures there must be of each before two can be told apart."""


@dataclass(frozen=True)
class Sample:
    """One figure for each seed, or for each round of a measurement. What was not finite is left
    out of all that is derived; `lost` counts it."""

    values: tuple[float, ...] = ()

    @property
    def finite(self) -> tuple[float, ...]:
        return tuple(value for value in self.values if math.isfinite(value))

    @property
    def lost(self) -> int:
        return len(self.values) - len(self.finite)

    def __bool__(self) -> bool:
        return bool(self.finite)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.finite)

    @property
    def median(self) -> float:
        return statistics.median(self.finite)

    @property
    def lowest(self) -> float:
        return min(self.finite)

    @property
    def highest(self) -> float:
        return max(self.finite)

    @property
    def squared_error(self) -> float:
        """The square of the mean's standard error: s² / n."""
        found = self.finite
        return statistics.variance(found) / len(found) if len(found) > 1 else math.inf


@dataclass(frozen=True)
class Difference:
    """By how much a second sample's mean is larger, and the margin: twice the standard error of
    that difference. Beyond it the two are told apart, within it the spread is the larger."""

    size: float
    margin: float

    @property
    def sign(self) -> int:
        """1 or −1 where it can be told, else 0."""
        if not abs(self.size) > self.margin:
            return 0
        return 1 if self.size > 0 else -1


def difference(first: Sample, second: Sample) -> Difference:
    """From the first to the second. Where there are too few figures nothing can be told."""
    if min(len(first.finite), len(second.finite)) < FEWEST:
        size = second.mean - first.mean if first and second else 0.0
        return Difference(size, math.inf)
    margin = 2.0 * math.sqrt(first.squared_error + second.squared_error)
    return Difference(second.mean - first.mean, margin)


def best_of(samples: Sequence[Sample], *, upward: bool) -> int | None:
    """The place of the one whose mean is best, if it is told apart from every other."""
    sign = 1 if upward else -1
    for place, one in enumerate(samples):
        others = (other for k, other in enumerate(samples) if k != place)
        if len(samples) > 1 and all(sign * difference(other, one).sign > 0 for other in others):
            return place
    return None
