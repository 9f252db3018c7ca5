"""A comparison of cells from start to end: timed, trained on several seeds, asked for long lags.

Its parts follow one another: what is timed is timed while nothing else of it is at work.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from rnnviz.training.comparison import costs
from rnnviz.training.race.race import Race
from rnnviz.training.runs.runs import Run, start
from rnnviz.training.tradeoffs import memory, timing
from rnnviz.training.tradeoffs.contenders import Contender
from rnnviz.training.tradeoffs.ending import Ending, can_learn_by_heart, ending, shorter_half
from rnnviz.training.tradeoffs.figures import Figures
from rnnviz.training.tradeoffs.in_turn import InTurn, Job
from rnnviz.training.tradeoffs.sample import Sample
from rnnviz.training.tradeoffs.timing import ROUNDS, Timing
from rnnviz.training.trials import Trial, Trials


class Lengths(Race):
    """A race of contenders over lengths, with the knobs that each of them has."""

    def _chosen(self, entrant: Any, lag: int, seed: int) -> dict[str, Any]:
        return {**entrant.chosen, "length": lag, "seed": self.shared["seed"] + seed}


Part = InTurn | Trials | Lengths


class Study:
    """Contenders side by side, as long as `proceed` takes them on.

    seed: the first of the seeds. lengths: others than that of the task, which are asked after the
    scores; none where the task has one, or they are not to be asked. was_cancelled: left before
    its end; what was measured stays.

    ValueError where a run cannot be.
    """

    def __init__(
        self,
        contenders: Sequence[Contender],
        seeds: int,
        lengths: Sequence[int] = (),
        *,
        seed: int = 0,
    ) -> None:
        self.contenders, self.seeds = tuple(contenders), seeds
        self.task = self.contenders[0].knobs.about_task
        self.length = self.contenders[0].knobs.length_in_force
        self.updates = self.contenders[0].knobs.updates
        self.lengths = tuple(sorted(set(lengths) - {self.length}))
        self.was_cancelled = False
        began = {one: start(**one.chosen) for one in self.contenders}
        self._timing = InTurn(_timings(began), _seconds_a_round(began))
        self._trials = Trials([
            Trial(replace(one.knobs, seed=seed + k), {"contender": one})
            for k in range(seeds)
            for one in self.contenders
        ])  # fmt: skip
        self._endings: InTurn | None = None
        shared = {"updates": self.updates, "seed": seed}
        self._lengths = Lengths(self.contenders, self.lengths, seeds, shared)
        self._left = (
            self._timing.seconds_left,
            self._trials.seconds_left,
            self._lengths.seconds_left,
        )

    @cached_property
    def shorter_half(self) -> int | None:
        """The most steps before an answer of the shorter half; None where there are no halves."""
        return shorter_half(self.task, self.length, self.contenders[0].knobs.seed)

    @property
    def _parts(self) -> tuple[Part, ...]:
        judging = (self._endings,) if self._endings else ()
        return (self._timing, self._trials, *judging, self._lengths)

    @property
    def _now(self) -> Part | None:
        """The part that is on."""
        return next((one for one in self._parts if not one.is_over), None)

    @property
    def is_over(self) -> bool:
        return self._now is None

    @property
    def phase(self) -> str:
        """What it is at: "timing", "training", "judging", "lengths"; "" at the end."""
        named = {"timing": self._timing, "training": self._trials, "judging": self._endings,
                 "lengths": self._lengths}  # fmt: skip
        return next((name for name, one in named.items() if one and one is self._now), "")

    @property
    def error(self) -> BaseException | None:
        return next((one.error for one in self._parts if one.error), None)

    @property
    def done(self) -> float:
        """The share of the expected time that is over."""
        whole = sum(self._left)
        parts: tuple[Part, ...] = (self._timing, self._trials, self._lengths)
        over = sum(left * one.done for left, one in zip(self._left, parts, strict=True))
        return over / whole if whole and not self.is_over else 1.0

    @property
    def seconds_left(self) -> float:
        """Processor seconds still needed, at most."""
        return sum(one.seconds_left for one in self._parts)

    def proceed(self, executor: Executor) -> None:
        """Take the part that is on further."""
        now = self._now
        if now is None:
            return
        now.proceed(executor)
        if self.error:
            self.cancel()
        elif now is self._trials and now.is_over and can_learn_by_heart(self.task):
            ended = self._trials.results
            self._endings = InTurn([(id(r), partial(ending, r.run)) for r in ended])

    def cancel(self) -> None:
        """Stop at once; what was measured stays."""
        self.was_cancelled = not self.is_over and self.error is None
        for one in self._parts:
            one.cancel()

    @property
    def machine(self) -> str:
        """The processor it was timed on; nothing before."""
        found = (one for answers in self._timing.results.values() for one in answers)
        return next((one.machine for one in found if isinstance(one, Timing)), "")

    @property
    def figures(self) -> tuple[Figures, ...]:
        """What is known of each contender by now."""
        return tuple(map(self._of, self.contenders))

    def _of(self, one: Contender) -> Figures:
        rounds = [t for t in self._timing.results.get(one, []) if isinstance(t, Timing)]
        asked = next((t for t in self._timing.results.get(one, []) if isinstance(t, int)), None)
        ended = [r for r in self._trials.results if r.trial.choice["contender"] is one]
        judged = self._endings.results if self._endings else {}
        endings: list[Ending] = [judged[id(r)][0] for r in ended if id(r) in judged]
        apart = [e.halves for e in endings if e.halves]
        return Figures(
            one,
            updates=Sample(tuple(t.update for t in rounds)),
            steps=Sample(tuple(t.step for t in rounds)),
            asked=asked,
            seeds=tuple(r.seed for r in ended),
            scores=Sample(tuple(r.metric for r in ended)),
            gaps=Sample(tuple(e.gap for e in endings)),
            reaches=Sample(tuple(e.reach for e in endings if e.reach is not None)),
            shorter=Sample(tuple(each.shorter for each in apart)),
            longer=Sample(tuple(each.longer for each in apart)),
            solved=self._solved(one, [r.run for r in ended]),
        )

    def _solved(self, one: Contender, ended: Sequence[Run]) -> Mapping[int, Sample]:
        """Length → 1 for each seed that solved it, where all seeds are there."""
        found = {self.length: [run.solved_at for run in ended]}
        for lag in self.lengths:
            found[lag] = [r.solved_at for r in self._lengths.results.get((one, lag), [])]
        return {
            length: Sample(tuple(float(at is not None) for at in each))
            for length, each in found.items()
            if len(each) == self.seeds
        }


def _timings(began: Mapping[Contender, Run]) -> list[Job]:
    """First what each asks for, then rounds in which each is timed in its turn."""
    asked: list[Job] = [(one, partial(memory.asked, run)) for one, run in began.items()]
    rounds: list[Job] = [(one, partial(timing.timed, run)) for one, run in began.items()]
    return asked + ROUNDS * rounds


def _seconds_a_round(began: Mapping[Contender, Run]) -> float:
    """About how long one job of the timing takes."""
    updates = [costs.seconds(one.knobs) / one.knobs.updates for one in began]
    each = [min(timing.MOST * u, max(timing.LONGEST, timing.FEWEST * u)) for u in updates]
    return sum(each) / len(each) + 2 * max(updates)
