"""Choosing sizes: choices tried with several seeds on several parts of the data, best first."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any, overload

from rnnviz.summary import head_and_lines
from rnnviz.texts import Sentence, sentence_of
from rnnviz.training.comparison import costs
from rnnviz.training.trials.rounds import Round, Way
from rnnviz.training.trials.space import Choice
from rnnviz.training.trials.trial import Result, Trial, trials_of
from rnnviz.training.trials.trials import Trials
from rnnviz.training.trials.tried import Tried, table_of
from rnnviz.writing import written


class Search:
    """A search, as long as `proceed` takes it on. What is tried, its order and its digits do not
    depend on how many workers there are.

    Args:
        way: which choices, in which rounds.
        seeds: with which each is tried: weights, sequences and dropped units.
        parts: the tasks of the folds; none where the data is not cut up.
        shared: the knobs that all have, "updates" among them.
        pace: how many times longer than expected updates take, where that was measured before.

    was_cancelled: left before its end. error: what ended it before that. first: the first trial:
    its knobs are those that all have, and one choice.

    Raises:
        ValueError: a choice that cannot be.
    """

    def __init__(
        self,
        way: Way,
        *,
        seeds: Sequence[int],
        parts: Sequence[Any] = (),
        shared: Mapping[str, Any],
        pace: float = 1.0,
    ) -> None:
        self.way, self.seeds, self.parts, self.shared = way, tuple(seeds), tuple(parts), shared
        self.was_cancelled, self.is_over = False, False
        self.error: BaseException | None = None
        self.planned = tuple(way.planned)
        self._rounds, self._begun = way.rounds(), 0
        self._before: list[Tried] = []
        self._pace, self._took, self._expected = pace, 0.0, 0.0
        self._begin(next(self._rounds))
        self.first = self._trials.trials[0]
        self._each = self._mean_cost()

    @property
    def runs_a_choice(self) -> int:
        """Seeds times folds."""
        return len(self.seeds) * max(len(self.parts), 1)

    @property
    def runs(self) -> int:
        """How many there are to be, those counted once that go on in later rounds."""
        rounds = self.planned[:1] if self.way.goes_on else self.planned
        return self.runs_a_choice * sum(choices for choices, _ in rounds)

    @property
    def choices(self) -> Sequence[Choice]:
        """Those of the round that is on."""
        return self._round.choices

    @property
    def names(self) -> tuple[str, ...]:
        """The knobs that are varied."""
        return tuple(self.choices[0])

    @property
    def tried(self) -> list[Tried]:
        """The choices of which any run has ended, in the order in which they were first begun."""
        further = {id(one.choice): one for one in self._now() if one.results}
        before = [further.pop(id(one.choice), one) for one in self._before]
        return [*before, *further.values()]

    @property
    def ranked(self) -> list[Tried]:
        """The same, best first (see `Tried.rank`)."""
        return sorted(self.tried, key=lambda one: one.rank)

    @property
    def best(self) -> Tried | None:
        """The best of those of which all runs have ended; None before there is one."""
        return next((one for one in self.ranked if one.is_whole), None)

    @property
    def done(self) -> float:
        """The share of all updates planned that were made."""
        updates = [choices * each for choices, each in self.planned]
        now = updates[self._begun - 1]
        return (sum(updates[: self._begun - 1]) + self._trials.done * now) / sum(updates)

    @property
    def seconds_left(self) -> float:
        """Processor seconds still needed: see `ManyRuns.seconds_left`. Choices that are not known
        yet count as what those of the first round cost."""
        to_come = sum(choices * updates for choices, updates in self.planned[self._begun :])
        return self.pace * (self._trials.expected_left + to_come * self._each)

    @property
    def pace(self) -> float:
        """How many times longer than expected updates take, as measured so far."""
        expected = self._expected + self._trials.expected
        return (self._took + self._trials.took) / expected if expected else self._pace

    def proceed(self, executor: Executor) -> None:
        """Collect what is done, and keep a few runs going."""
        if self.is_over:
            return
        self._trials.proceed(executor)
        self.error = self._trials.error
        if self.error:
            self.is_over = True
            return
        if not self.way.goes_on or self._begun == len(self.planned):
            self._drop_all_but_the_best()
        if self._trials.is_over:
            self._go_on()

    def wait(self, seconds: float) -> None:
        """Until a turn is done, but no longer than this."""
        self._trials.wait(seconds)

    def cancel(self) -> None:
        """Stop at once; what has ended stays."""
        self.was_cancelled, self.is_over = not self.is_over, True
        self._trials.cancel()

    @overload
    def to_csv(self, path: None = None) -> str: ...
    @overload
    def to_csv(self, path: str | Path) -> None: ...
    def to_csv(self, path: str | Path | None = None) -> str | None:
        """A line for each run that was made, whole or cut off: its choice, seed and fold, how far
        it came, its scores, and how it ended. Where a path is given it is written there and not
        returned."""
        rows = [
            *((result, self._how_ended(result)) for one in self.tried for result in one.results),
            *((result, "cancelled") for result in self._trials.unfinished),
        ]
        return written(table_of(self.names, rows), path)

    def __repr__(self) -> str:
        """The best choices, each with its mean score and spread."""
        ended = sum(len(one.results) for one in self.tried)
        head = f"Search over {', '.join(self.names)}: {ended} of {self.runs} runs have ended"
        return head_and_lines(head, [str(one) for one in self.ranked])

    def _now(self) -> list[Tried]:
        """What has ended of the round that is on, choice for choice."""
        found: dict[int, list[Result]] = {id(choice): [] for choice in self._round.choices}
        for one in self._trials.results:
            found[id(one.trial.choice)].append(one)
        return [
            Tried(choice, tuple(found[id(choice)]), self.runs_a_choice)
            for choice in self._round.choices
        ]

    def _begin(self, new: Round) -> None:
        """Have a round's runs wait; those of choices that were tried go on from where they are."""
        known = {id(one.choice): one.results for one in self._before}
        trials: list[Trial] = []
        for choice in new.choices:
            made = self._trials_of(choice, new.until)
            begun = known.get(id(choice), (None,) * len(made))
            trials += [replace(one, begun=at) for one, at in zip(made, begun, strict=True)]
        self._round, self._trials = new, Trials(trials)
        self._begun += 1

    def _trials_of(self, choice: Choice, until: int) -> list[Trial]:
        try:
            made = trials_of([choice], seeds=self.seeds, parts=self.parts, **self.shared)
        except ValueError as error:
            named, why = Tried(choice, (), 0).title, sentence_of(error)
            raise ValueError(Sentence("{choice}: {why}", choice=named, why=why)) from None
        return [replace(one, until=until) for one in made]

    def _go_on(self) -> None:
        """Begin the next round, if there is one."""
        try:
            new = self._rounds.send(self._now())
            self._before = self.tried
            self._took += self._trials.took
            self._expected += self._trials.expected
            self._begin(new)
        except StopIteration:
            self.is_over = True
        except ValueError as error:  # what a sampler suggests is known only now
            self.error, self.is_over = error, True
        best = self.best
        self._before = [one if one is best else one.without_weights() for one in self._before]

    def _drop_all_but_the_best(self) -> None:
        """Of the choices that have ended keep the networks of the best alone."""
        best = self.best
        for one in self._now():
            if best and one.is_whole and one.choice is not best.choice:
                self._trials.drop_weights(one.choice)

    def _mean_cost(self) -> float:
        """Seconds that an update of all runs of a choice is expected to take, in the first round's
        mean."""
        each = [costs.seconds(one.knobs) / one.knobs.updates for one in self._trials.trials]
        return sum(each) / len(self._round.choices)

    def _how_ended(self, result: Result) -> str:
        if result.run.stopped:
            return "not finite"
        is_whole = result.run.update >= result.trial.knobs.updates
        return "to the end" if is_whole else "left behind"
