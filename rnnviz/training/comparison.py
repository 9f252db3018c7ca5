"""Two to four runs side by side that differ in what the learner chose; played, paused, branched."""

import time
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any, Literal

from rnnviz.network.network import Network
from rnnviz.texts import _
from rnnviz.training import costs
from rnnviz.training.live import Live, Rewinding
from rnnviz.training.runs import Run, start

LETTERS = "ABCD"
Pace = Literal["slow", "full"]
LEAD = 0.25
"""Seconds that a run may get ahead of the last one."""
SLOW = 1.0
"""Seconds between two updates in slow motion."""


@dataclass(frozen=True, eq=False)
class Member:
    """One of the runs. says: what it chose, in words. id: another one is another history."""

    letter: str
    says: str
    live: Live
    id: str
    is_branch: bool = False

    @property
    def run(self) -> Run:
        return self.live.run


@dataclass(frozen=True, eq=False)
class LookBack:
    """A look back that is being computed: `kind` says what for."""

    kind: str
    letter: str
    way: Rewinding


class Comparison:
    """Runs side by side. `proceed` takes them on, each to its goal; in a pause there are none.

    planned: the updates of the longest, which is how far `play` goes at first. refusal: why the
    last `play` or `change` was not done. is_stepping: whether it goes on by so many updates; more
    add to them. is_slow: one update a second. at, zoom, unseen: the update looked at (None: the
    latest), the updates that charts show (None: all), the letters of the runs that they do not;
    `serial` rises where these were not chosen on the charts themselves. is_elsewhere: the visitor's
    browser trains them, and tells what it made (`receive`); `order` rises when they are to go on or
    to stop.
    """

    def __init__(self, chosen: Sequence[Mapping[str, Any]], says: Sequence[str]) -> None:
        self.id = uuid.uuid4().hex[:12]
        runs = [start(**knobs) for knobs in chosen]
        self.members = tuple(
            self._member(letter, words, Live(run))
            for letter, words, run in zip(LETTERS, says, runs, strict=False)
        )
        self.planned = max(run.knobs.updates for run in runs)
        self._goals: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self.is_stepping = self.is_slow = self._is_catching_up = False
        self._due, self._allowed = 0.0, dict[str, int]()
        self.at: int | None = None
        self.zoom: tuple[float, float] | None = None
        self.unseen = ""
        self.look_back: LookBack | None = None
        self.refusal = ""
        self.serial = self.order = 0
        self.is_elsewhere = False

    def member(self, letter: str) -> Member:
        """The run with this letter; the first where there is none."""
        found = (one for one in self.members if one.letter == letter)
        return next(found, self.members[0])

    @property
    def is_busy(self) -> bool:
        """Whether anything is still to come without another click."""
        return self.is_looking_back or bool(self._goals)

    @property
    def is_looking_back(self) -> bool:
        return self.look_back is not None and self.look_back.way.error is None

    @property
    def is_playing(self) -> bool:
        """Whether it goes on. After a pause those behind may still catch up with the others."""
        return bool(self._goals) and not self._is_catching_up

    @property
    def standing(self) -> tuple[bool, str, str]:
        """Whether it is busy, which runs there are, and which of them are on their way."""
        there = "".join(one.id for one in self.members)
        return self.is_busy, there, "".join(one.letter for one in self._on())

    @property
    def has_returned(self) -> bool:
        """Whether a look back is there, to be taken by `returned`."""
        return self.look_back is not None and self.look_back.way.is_there

    @property
    def update(self) -> int:
        """How far the furthest is."""
        return max(one.run.update for one in self.members)

    @property
    def error(self) -> BaseException | None:
        """What went wrong in a worker, if anything did."""
        failed = (one.live.error for one in self.members if one.live.error)
        return next(failed, self.look_back.way.error if self.look_back else None)

    @property
    def seconds_left(self) -> float | None:
        """About how long until all are at their goals, on one core; None while that is unknown."""
        on = self._on()
        if not on or any(one.live.pace is None for one in on):
            return None
        return sum((self._goals[one.id] - one.run.update) * (one.live.pace or 0.0) for one in on)

    def play(self, updates: int | None = None) -> None:
        """Go on: each run so many updates, or all to the planned end and then beyond it.

        Where that would take too long or too much memory they stay, and `refusal` says so.
        """
        goals = self.ahead(updates)
        self.refusal, planned = "", max(self.planned, *goals.values())
        if planned > self.planned:
            self.refusal = self._too_much(planned)
        if self.refusal:
            return
        if not self.is_looking_back:
            self.leave_look_back()
        self._goals, self.planned = goals, planned
        self._starts = {one.id: one.run.update for one in self.members}
        self._is_catching_up, self._allowed, self._due = False, {}, time.monotonic()
        self.is_stepping = updates is not None
        self.look(None)
        self.serial += 1
        self.order += 1

    def ahead(self, updates: int | None = None) -> dict[str, int]:
        """How far `play` has each run go, by its id."""
        if updates is not None:
            before = self._goals if self.is_stepping else {}
            return {
                one.id: max(one.run.update, before.get(one.id, 0)) + updates for one in self.members
            }
        planned = self.planned
        if all(one.live.is_at(planned) for one in self.members):
            planned += max(one.run.knobs.updates for one in self.members)
        return {one.id: planned for one in self.members}

    def _too_much(self, planned: int) -> str:
        """Why the runs cannot go on to there, in words; nothing where they can."""
        try:
            costs.refuse_too_much([replace(one.run.knobs, updates=planned) for one in self.members])
        except ValueError as error:
            return str(error)
        return ""

    def pause(self) -> None:
        """Stop at what is shown; of those that set out together, who was overtaken still gets as
        far as the first, and no further."""
        on = self._on()
        for one in self.members:
            one.live.hold()
        goals = {one.id: min(self._first_with(one, on), self._goal(one)) for one in on}
        self._goals = {one.id: goals[one.id] for one in on if one.run.update < goals[one.id]}
        self.is_stepping, self._is_catching_up = False, bool(self._goals)
        self.order += 1

    def _first_with(self, one: Member, on: Sequence[Member]) -> int:
        """How far the first is of those that set out from the same update."""
        start = self._starts.get(one.id)
        return max(other.run.update for other in on if self._starts.get(other.id) == start)

    def halt(self) -> None:
        """Stop at what is shown, all of them."""
        self._goals = {}
        self.pause()

    def reset(self) -> None:
        """All from their very first weights; branches are gone."""
        self.halt()
        self.leave_look_back()
        self.refusal = ""
        kept = [one for one in self.members if not one.is_branch]
        self.members = tuple(
            self._member(one.letter, one.says, one.live.restarted()) for one in kept
        )
        self.planned = max(one.run.knobs.updates for one in self.members)
        self.show(None)

    def proceed(self, executor: Executor) -> None:
        """Take what is ready and ask for more; nobody gets far ahead of the last."""
        if self.look_back:
            self.look_back.way.proceed(executor)
        if self.is_elsewhere:
            return
        on = self._on()
        last, limit = min((one.run.update for one in on), default=0), self._limit(on)
        self._allow(on)
        for one in on:
            goal = self._goal(one)
            one.live.take(executor, goal if one.run.update == last else min(goal, limit))
        if self._goals and not self._on():
            self.halt()

    def receive(self, runs: Mapping[str, Run], *, goes_on: bool) -> None:
        """Runs by their ids, as they were made elsewhere; goes_on: whether more are to come."""
        for one in self.members:
            if one.id in runs:
                one.live.receive(runs[one.id])
        if not goes_on or not self._on():
            self._goals, self.is_stepping = {}, False

    @property
    def goals(self) -> dict[str, int]:
        """How far each run is to go, by its id; nothing in a pause."""
        return dict(self._goals)

    def _limit(self, on: Sequence[Member]) -> int:
        """How far those may get that are not the last."""
        last = min((one.run.update for one in on), default=0)
        pace = max((one.live.pace or LEAD for one in on), default=LEAD)
        return last + max(10, int(LEAD / pace))

    def _goal(self, one: Member) -> int:
        """How far a run may go by now."""
        goal = self._goals.get(one.id, one.run.update)
        if not self.is_slow or self.is_stepping or self._is_catching_up:
            return goal
        return min(goal, self._allowed.get(one.id, one.run.update))

    def _allow(self, on: Sequence[Member]) -> None:
        """In slow motion, one update more to each where a second has passed."""
        now = time.monotonic()
        if self.is_slow and now >= self._due:
            self._due = now + SLOW
            self._allowed = {one.id: one.run.update + 1 for one in on}

    def go(self, pace: Pace) -> None:
        """Slow motion, or as fast as it goes; what is ahead of what is shown is dropped."""
        self.is_slow, self._allowed, self._due = pace == "slow", {}, 0.0
        for one in self.members:
            one.live.hold()

    def _on(self) -> list[Member]:
        """The runs that are on their way to a goal."""
        return [
            one
            for one in self.members
            if one.id in self._goals and not one.live.is_at(self._goals[one.id])
        ]

    def change(self, letters: str, **knobs: Any) -> None:
        """Turn live knobs of these runs, from the next update on; `refusal` says why not."""
        self.refusal = ""
        for one in self.members:
            if one.letter in letters:
                try:
                    one.live.change(**knobs)
                except ValueError as error:
                    self.refusal = str(error)

    def look(self, update: int | None) -> None:
        """Look at an earlier update; None is the latest."""
        self.at = None if update is None or update >= self.update else max(0, int(update))

    def show(
        self, update: int | None, zoom: tuple[float, float] | None = None, unseen: str = ""
    ) -> None:
        """Have the charts look at this update, these updates around it and all but these runs."""
        self.look(update)
        self.zoom, self.unseen = zoom, unseen
        self.serial += 1

    def send_back(self, kind: str, letter: str) -> None:
        """Have a run computed again as it was at the update looked at; one at a time."""
        if self.is_looking_back or (kind == "branch" and not self.has_room):
            return
        live = self.member(letter).live
        update = live.run.update if self.at is None else min(self.at, live.run.update)
        self.look_back = LookBack(kind, letter, Rewinding(live, update))

    def leave_look_back(self) -> None:
        """Look back no more."""
        if self.look_back:
            self.look_back.way.stop()
        self.look_back = None

    def returned(self) -> tuple[LookBack, Run] | None:
        """The look_back and its run, once, when it is done."""
        look_back = self.look_back
        if look_back is None or not self.has_returned:
            return None
        self.look_back = None
        return look_back, look_back.way.run

    def branch(self, look_back: LookBack, rewound: Run) -> None:
        """Add a run that goes on from there."""
        self.halt()
        letter = next(letter for letter in LETTERS if letter not in self.letters)
        update = f"{rewound.update:,}"
        says = _("branch of {run} at update {update}", run=look_back.letter, update=update)
        live = self.member(look_back.letter).live.branched(rewound)
        branch = Member(letter, says, live, uuid.uuid4().hex[:8], is_branch=True)
        self.members = (*self.members, branch)
        self.show(None, self.zoom, self.unseen)

    @property
    def letters(self) -> str:
        return "".join(one.letter for one in self.members)

    @property
    def has_room(self) -> bool:
        """Whether one more run can be added."""
        return len(self.members) < len(LETTERS)

    def _member(self, letter: str, says: str, live: Live) -> Member:
        return Member(letter, says, live, uuid.uuid4().hex[:8])


def network_of(run: Run) -> Network:
    """The run's network as plain arrays in float64, whatever it was trained in."""
    network = run.network
    return network.replace({n: a.astype(float) for n, a in network.parameters.items()})
