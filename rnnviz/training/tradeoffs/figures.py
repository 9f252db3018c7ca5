"""All figures of one contender, as far as they are known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rnnviz.training.tradeoffs import arithmetic, memory
from rnnviz.training.tradeoffs.arithmetic import Arithmetic
from rnnviz.training.tradeoffs.contenders import Contender
from rnnviz.training.tradeoffs.memory import Kept
from rnnviz.training.tradeoffs.sample import Sample

MOST_SEEDS = 0.5
"""Solved on more than this share of the seeds is solved on most."""


@dataclass(frozen=True)
class Figures:
    """Counted: properties. Measured: fields, empty or None where it was not measured (yet).

    updates, steps: seconds of an update, and of a time step of one sequence, a figure a round.
    asked: bytes that an update asked the system for. seeds: those that have ended. scores: the
    metric of each of them at its end. gaps: held-out loss less training loss, where
    something can be learnt by heart. reaches: how many of the last steps decide an answer, on a
    visitor's own data. shorter, longer: the accuracy after few steps and after many, where
    answers come after fewer and after more. solved: length → for each seed, 1 where it was solved.
    """

    contender: Contender
    updates: Sample = field(default_factory=Sample)
    steps: Sample = field(default_factory=Sample)
    asked: int | None = None
    seeds: tuple[int, ...] = ()
    scores: Sample = field(default_factory=Sample)
    gaps: Sample = field(default_factory=Sample)
    reaches: Sample = field(default_factory=Sample)
    shorter: Sample = field(default_factory=Sample)
    longer: Sample = field(default_factory=Sample)
    solved: Mapping[int, Sample] = field(default_factory=dict)

    @property
    def longest(self) -> int | None:
        """The longest length that was asked and solved on most seeds; None where none was."""
        solved = (length for length, seeds in self.solved.items() if seeds.mean > MOST_SEEDS)
        return max(solved, default=None)

    @property
    def parameters(self) -> int:
        return self.contender.parameters

    @cached_property
    def recurrent_parameters(self) -> int:
        return arithmetic.recurrent_parameters(self.contender.knobs)

    @cached_property
    def step(self) -> Arithmetic:
        """Of one time step of one sequence, with its answer."""
        return arithmetic.of_step(self.contender.knobs)

    @cached_property
    def update_multiply_adds(self) -> int:
        return arithmetic.of_update(self.contender.knobs)

    @cached_property
    def kept(self) -> Kept:
        """Bytes that an update keeps, counted."""
        return memory.counted(self.contender.knobs)
