"""What a belief is: a sentence that learners often hold, who puts it so, and what is measured."""

import math
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Spelled = Callable[[float], str]


class Measured(NamedTuple):
    """What was found with one seed: whether the truth holds, and numbers for its sentence."""

    holds: bool
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Belief:
    """A belief, and what is true instead.

    number: its place in the list of beliefs, from 1. key: a few words, in files.
    sentence: what a source says, in its words or near them. source: who, and where.
    kindly: why one comes to believe it, or what is right about it.
    truth: a sentence or two whose holes are figures, {held} and {seeds} (see `record.truth`).
    measure: seed → what is found, on the engine.
    spelled: name of a figure → how it is written.
    share: on how many of 20 seeds the truth holds at least; below 19 the sentence names {held}.
    trains: whether measuring it trains networks, which loads torch.
    """

    number: int
    key: str
    sentence: str
    source: str
    kindly: str
    truth: str
    measure: Callable[[int], Measured]
    spelled: Mapping[str, Spelled] = field(default_factory=dict)
    share: int = 19
    trains: bool = False


def whole(value: float) -> str:
    """A count: "1,680"."""
    return f"{value:,.0f}"


def times(value: float) -> str:
    """How many times as large: two digits, "160"; in powers of ten where they are many."""
    return power(value) if value >= 1e4 else f"{float(f'{value:.2g}'):g}"


def power(value: float) -> str:
    """The nearest power of ten: "10⁻⁹"."""
    raised = str(round(math.log10(value))).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{raised}"


def median(values: tuple[float, ...]) -> float:
    """Of a figure over seeds."""
    return float(statistics.median(values))
