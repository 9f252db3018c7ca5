"""A run on its way: taken further in the background, no further than was asked for, and its past.

What is shown is `run`. What the workers are at is ahead of it: a pause, a change of a knob or a
step back drops that, so each acts on exactly what is shown.
"""

import threading
from bisect import bisect_right
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from rnnviz.summary import NamedValues
from rnnviz.training.runs.runs import Page, Run, change, start
from rnnviz.training.workers import chunks

AHEAD = 2
PAGES = 40
KEPT_BYTES = 4 * 2**20
FEWEST_KEPT = 6
COPIES = 4
"""Of the parameters in a snapshot: themselves, what Adam remembers of each, and some room."""


class Live:
    """One run. `take` at every poll of the page; who does not take lets it stop by itself."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.past = Past(run)
        self.error: BaseException | None = None
        self._head = run.without_past()
        self._ready: list[Run] = []
        self._future: Future[chunks.Chunk] | None = None
        self._asked = 0
        self._pace: float | None = None
        self._lock = threading.RLock()

    @property
    def pace(self) -> float | None:
        """Seconds an update takes, as last measured; None before there was one."""
        return self._pace

    def take(self, executor: Executor, until: int) -> Run:
        """The run as far as it is ready; up to two more chunks may now be computed, to `until`."""
        with self._lock:
            ready, self._ready = self._ready, []
            self._asked = AHEAD
            self._go(executor, until)
        for later in ready:
            self.run = _merged(self.run.joined(later))
            self.past.keep(later.without_past())
        return self.run

    def hold(self) -> None:
        """Drop all that is ahead of what is shown."""
        with self._lock:
            future, self._future = self._future, None
            self._ready, self._asked = [], 0
            self._head = self.run.without_past()
        if future:
            future.cancel()

    def receive(self, run: Run) -> None:
        """This run further on, made elsewhere."""
        self.hold()
        self.run = run
        self.past.keep(run.without_past())
        self._head = run.without_past()

    def rest(self) -> None:
        """Drop all that can be computed again: what is ahead of what is shown, and most of the
        past."""
        self.hold()
        self.past.thin()

    def change(self, **knobs: Any) -> None:
        """Turn live knobs: in force from the update after what is shown."""
        self.hold()
        self.run = change(self.run, **knobs)
        self.past.keep(self.run.without_past())
        self._head = self.run.without_past()

    def restarted(self) -> "Live":
        """A new one from the very same weights; changes made on the way are forgotten."""
        self.hold()
        return Live(start(**first_knobs(self.run)))

    def branched(self, rewound: Run) -> "Live":
        """A new one from an update of this one's past (see `Rewinding`), with that past."""
        whole = self.run.history
        page = NamedValues({name: values[: rewound.update] for name, values in whole.items()})
        branch = Live(replace(rewound, pages=(page,) if page and rewound.update else ()))
        for snapshot in self.past.snapshots:
            if snapshot.update < rewound.update:
                branch.past.keep(snapshot)
        return branch

    def is_at(self, until: int) -> bool:
        """Whether there is nothing more to do."""
        return self.error is not None or self.run.stopped is not None or self.run.update >= until

    def _go(self, executor: Executor, until: int) -> None:
        left = until - self._head.update
        if self._future or not self._asked or left <= 0 or self._head.stopped or self.error:
            return
        self._asked -= 1
        updates = min(chunks.fitting(executor, self._pace), left)
        self._future = future = chunks.ask(executor, self._head, updates)
        if future:
            future.add_done_callback(partial(self._done, executor, until))

    def _done(self, executor: Executor, until: int, future: "Future[chunks.Chunk]") -> None:
        with self._lock:
            if self._future is not future:
                return
            self._future = None
            if future.cancelled():
                return
            self.error = future.exception()
            if self.error:
                return
            run, seconds = future.result()
            made = max(run.update - self._head.update, 1)
            slowest = 0.0 if self._pace is None else self._pace / 4
            self._pace = max(seconds / made, slowest, 1e-5)
            self._ready.append(run)
            self._head = run.without_past()
            self._go(executor, until)


class Past:
    """Snapshots of a run, few enough to be kept, spread evenly over its updates."""

    def __init__(self, run: Run) -> None:
        self._snapshots: dict[int, Run] = {run.update: run.without_past()}
        self._most = most_kept(sum(array.nbytes for array in run.parameters.values()))

    def keep(self, snapshot: Run) -> None:
        """Add one; where there are too many, the one goes whose neighbours are nearest together."""
        self._snapshots[snapshot.update] = snapshot
        if len(self._snapshots) > self._most:
            updates = sorted(self._snapshots)
            inner = zip(updates, updates[1:], updates[2:], strict=False)
            _, update = min((after - before, at) for before, at, after in inner)
            del self._snapshots[update]

    def thin(self) -> None:
        """Keep the first and the last alone: going back takes longer, and comes to the same."""
        first, last = min(self._snapshots), max(self._snapshots)
        self._snapshots = {update: self._snapshots[update] for update in (first, last)}

    @property
    def snapshots(self) -> tuple[Run, ...]:
        """In order of their updates."""
        return tuple(self._snapshots[update] for update in sorted(self._snapshots))

    def before(self, update: int) -> Run:
        """The last snapshot at or before an update."""
        updates = sorted(self._snapshots)
        return self._snapshots[updates[bisect_right(updates, update) - 1]]


def most_kept(parameters: int) -> int:
    """How many snapshots are kept of a run with so many bytes of parameters."""
    return max(FEWEST_KEPT, KEPT_BYTES // (COPIES * parameters))


class Rewinding:
    """A run as it was after `update` updates, computed again from the nearest snapshot before it,
    with every knob turned where it was turned then. `proceed` takes it on until it `is_there`.

    The run lacks the past before that snapshot: `Live.branched` gives it back.
    """

    def __init__(self, live: Live, update: int) -> None:
        snapshot = live.past.before(update)
        self.update = update
        self._live = Live(snapshot)
        later = live.run.changes[len(snapshot.changes) :]
        self._turns = [turn for turn in later if turn.update <= update]

    @property
    def run(self) -> Run:
        return self._live.run

    @property
    def error(self) -> BaseException | None:
        return self._live.error

    @property
    def is_there(self) -> bool:
        return self.run.update >= self.update and not self._turns

    @property
    def seconds_left(self) -> float | None:
        """About how long it will take; None while that is unknown."""
        pace = self._live.pace
        return None if pace is None else pace * (self.update - self.run.update)

    def proceed(self, executor: Executor) -> None:
        """Take what is ready and ask for more."""
        goal = self._turns[0].update if self._turns else self.update
        self._live.take(executor, goal)
        while self._turns and self._turns[0].update <= self.run.update:
            turn = self._turns.pop(0)
            self._live.change(**{turn.knob: turn.after})

    def stop(self) -> None:
        """Drop it."""
        self._live.hold()


def first_knobs(run: Run) -> dict[str, Any]:
    """The knobs a run was started with, before any change on the way."""
    names = run.knobs.__dataclass_fields__
    chosen = {name: getattr(run.knobs, name) for name in names}
    for turned in reversed(run.changes):
        chosen[turned.knob] = turned.before
    return chosen


def _merged(run: Run) -> Run:
    """The same run; many small pages put together, so that reading its history stays cheap."""
    if len(run.pages) < PAGES:
        return run
    whole = {name: np.concatenate([page[name] for page in run.pages]) for name in run.pages[0]}
    return replace(run, pages=(NamedValues(whole),))


def rows(run: Run, first: int) -> Page:
    """The history from update `first` on (from 0), without putting all of it together."""
    pages, at = list(run.pages), run.update
    needed: list[Page] = []
    while pages and at > first:
        page = pages.pop()
        at -= len(next(iter(page.values())))
        needed.insert(0, page)
    names = needed[0] if needed else ()
    start = max(first - at, 0)
    return NamedValues({n: np.concatenate([p[n] for p in needed])[start:] for n in names})
