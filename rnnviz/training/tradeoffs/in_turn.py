"""Jobs on an executor, one after another: what is timed has nothing else of its own beside it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any

Job = tuple[Any, Callable[[], Any]]
"""A key, and what is to be done for it."""


class InTurn:
    """Jobs that are done one after another, never two at once. `results`: key → all answers.

    error: what a job ended with; then nothing more is done. A job whose executor was shut down over
    it is asked for again.
    """

    def __init__(self, jobs: Sequence[Job], seconds: float = 0.0) -> None:
        self.error: BaseException | None = None
        self.results: dict[Any, list[Any]] = {}
        self._left, self._total, self._each = [*jobs], max(len(jobs), 1), seconds
        self._future: Future[Any] | None = None

    @property
    def is_over(self) -> bool:
        return not self._left

    @property
    def done(self) -> float:
        return 1.0 - len(self._left) / self._total

    @property
    def seconds_left(self) -> float:
        return self._each * len(self._left)

    def proceed(self, executor: Executor) -> None:
        """Collect what is done, and ask for the next."""
        if self._future and self._future.done():
            self._collect(self._future)
        if self._left and self._future is None:
            with suppress(RuntimeError):  # it was shut down, as it is when a tab is closed
                self._future = executor.submit(self._left[0][1])

    def cancel(self) -> None:
        """Stop at once; what is done stays."""
        self._left.clear()
        if self._future:
            self._future.cancel()

    def _collect(self, future: "Future[Any]") -> None:
        self._future = None
        if future.cancelled():
            return
        self.error = future.exception()
        if self.error:
            self._left.clear()
            return
        key, _ = self._left.pop(0)
        self.results.setdefault(key, []).append(future.result())
