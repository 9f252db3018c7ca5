"""Many runs on an executor: a few at a time, each for a turn at a time, each to its end."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rnnviz.training.runs.runs import Run
from rnnviz.training.workers import chunks

AT_ONCE = 4
"""Runs on their way, at least: with few of them, what is cancelled has cost little."""
Key = TypeVar("Key")


@dataclass(eq=False)
class OnItsWay(Generic[Key]):
    """A run that is taken on. until: updates. cost: seconds that an update was expected to take;
    pace: that it takes, None before there was one. seconds: that all took so far. since: the update
    where it was taken over."""

    key: Key
    run: Run
    until: int
    cost: float
    future: "Future[chunks.Chunk] | None" = None
    pace: float | None = None
    seconds: float = 0.0
    since: int = field(init=False)

    def __post_init__(self) -> None:
        self.since = self.run.update

    @property
    def left(self) -> float:
        """The share of its way that is still to go."""
        return (self.until - self.run.update) / max(self.until - self.since, 1)

    @property
    def has_ended(self) -> bool:
        return self.run.update >= self.until or self.run.stopped is not None


class ManyRuns(ABC, Generic[Key]):
    """Runs that wait, are on their way and end, as long as `proceed` takes them on.

    What is run, and in which order, follows from what has ended, never from how fast anything is.
    was_cancelled: left before its end. error: what ended it before that. cut_off: what was on its
    way then. took: the processor seconds of all updates so far; expected: what was expected.
    """

    def __init__(self, waiting: Sequence[Key]) -> None:
        self.was_cancelled = False
        self.cut_off: list[OnItsWay[Key]] = []
        self.error: BaseException | None = None
        self._waiting, self._on = [*waiting], list[OnItsWay[Key]]()
        self._total = len(self._waiting)
        self.took, self.expected = 0.0, 0.0

    @abstractmethod
    def _begin(self, key: Key) -> OnItsWay[Key]:
        """A run before its first turn."""

    @abstractmethod
    def _end(self, one: OnItsWay[Key]) -> None:
        """Note what came of a run."""

    @abstractmethod
    def _cost(self, key: Key) -> float:
        """Processor seconds that a run that waits is expected to take; 0 where it will not be."""

    def _next(self) -> Key | None:
        """Take the next run that may begin from the line."""
        return self._waiting.pop(0) if self._waiting else None

    def _is_at_end(self, one: OnItsWay[Key]) -> bool:
        return one.has_ended

    @property
    def is_over(self) -> bool:
        return not self._waiting and not self._on

    @property
    def done(self) -> float:
        """The share of all runs that is made, or will not be."""
        left = len(self._waiting) + sum(one.left for one in self._on)
        return 1.0 - left / max(self._total, 1)

    @property
    def seconds_left(self) -> float:
        """Processor seconds still needed if every run goes to its end."""
        return (self.pace or 1.0) * self.expected_left

    @property
    def expected_left(self) -> float:
        """The same, as it was expected to be before any run was made (see `costs`)."""
        on = sum(one.cost * (one.until - one.run.update) for one in self._on)
        return sum(map(self._cost, self._waiting)) + on

    @property
    def pace(self) -> float | None:
        """How many times longer than expected the updates so far took; None before any."""
        return self.took / self.expected if self.expected else None

    def proceed(self, executor: Executor) -> None:
        """Collect what is done, and keep a few runs going."""
        for one in [*self._on]:
            if not self.error and one.future and one.future.done():
                self._collect(one)
        at_once = max(AT_ONCE, 2 * getattr(executor, "processes", 1))
        while len(self._on) < at_once and (key := self._next()) is not None:
            self._on.append(self._begin(key))
        for one in self._on:
            if one.future is None:
                left = one.until - one.run.update
                updates = min(chunks.fitting(executor, one.pace), left)
                one.future = chunks.ask(executor, one.run, updates)

    def wait(self, seconds: float) -> None:
        """Until a turn is done, but no longer than this."""
        wait([one.future for one in self._on if one.future], seconds, FIRST_COMPLETED)

    def cancel(self) -> None:
        """Stop at once; what has ended stays."""
        self.was_cancelled = not self.is_over
        self._leave()

    def _collect(self, one: OnItsWay[Key]) -> None:
        future, one.future = one.future, None
        if future is None or future.cancelled():
            return
        self.error = future.exception()
        if self.error:
            self._leave()
            return
        chunk = future.result()
        made = max(chunk.run.update - one.run.update, 1)
        one.pace, one.run = max(chunk.seconds / made, 1e-5), chunk.run.without_past()
        one.seconds += chunk.seconds
        self.took += chunk.seconds
        self.expected += one.cost * made
        if self._is_at_end(one):
            self._on.remove(one)
            self._end(one)

    def _leave(self) -> None:
        self._waiting.clear()
        for one in self._on:
            if one.future:
                one.future.cancel()
        self.cut_off, self._on = self._on, []
