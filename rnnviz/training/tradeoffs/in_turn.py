"""Jobs on an executor, one after another: what is timed has nothing else of its own beside it."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any

Job = tuple[Any, Callable[[], Any]]
"""A key, and what is to be done for it."""


class InTurn:
    """Jobs that are done one after another, never two at once. `results`: key → all answers."""

    def __init__(self, jobs: Sequence[Job], seconds: float = 0.0) -> None:
        self.error: BaseException | None = None
        self.results: dict[Any, list[Any]] = {}
        self._waiting, self._total, self._each = [*jobs], max(len(jobs), 1), seconds
        self._at: tuple[Any, Future[Any]] | None = None

    @property
    def is_over(self) -> bool:
        return not self._waiting and self._at is None

    @property
    def done(self) -> float:
        return 1.0 - (len(self._waiting) + (self._at is not None)) / self._total

    @property
    def seconds_left(self) -> float:
        return self._each * (len(self._waiting) + (self._at is not None))

    def proceed(self, executor: Executor) -> None:
        """Collect what is done, and ask for the next."""
        if self._at and self._at[1].done():
            (key, future), self._at = self._at, None
            if future.cancelled():
                return
            self.error = future.exception()
            if self.error:
                self._waiting.clear()
                return
            self.results.setdefault(key, []).append(future.result())
        if self._waiting and self._at is None:
            key, job = self._waiting[0]
            try:
                self._at = (key, executor.submit(job))
            except RuntimeError:  # the executor was shut down, as it is when a tab is closed
                return
            del self._waiting[0]

    def wait(self, seconds: float) -> None:
        """Until the job at hand is done, but no longer than this."""
        if self._at:
            wait([self._at[1]], seconds, FIRST_COMPLETED)

    def cancel(self) -> None:
        self._waiting.clear()
        if self._at:
            self._at[1].cancel()
        self._at = None
