"""Two to four runs side by side that differ in what the learner chose; played, paused, branched."""

import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

from rnnviz.network.network import Network
from rnnviz.training import costs
from rnnviz.training.live import Live, Rewinding
from rnnviz.training.runs import Run, start

LETTERS = "ABCD"
LEAD = 0.5


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
    last `play` was not done. is_stepping: whether it goes on by so many updates; more add to them.
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
        self.is_stepping = False
        self.at: int | None = None
        self.look_back: LookBack | None = None
        self.refusal = ""
        self.serial = 0

    def member(self, letter: str) -> Member:
        """The run with this letter; the first where there is none."""
        found = (one for one in self.members if one.letter == letter)
        return next(found, self.members[0])

    @property
    def is_busy(self) -> bool:
        """Whether anything is still to come without another click."""
        return self.is_looking_back or self.is_playing

    @property
    def is_looking_back(self) -> bool:
        return self.look_back is not None and self.look_back.way.error is None

    @property
    def is_playing(self) -> bool:
        return bool(self._goals)

    @property
    def standing(self) -> tuple[bool, str]:
        """Whether it is busy, and which runs are on their way: another one, and one has ended."""
        return self.is_busy, "".join(one.letter for one in self._on())

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
        self.refusal, planned = "", self.planned
        if updates is not None:
            before = self._goals if self.is_stepping else {}
            goals = {
                one.id: max(one.run.update, before.get(one.id, 0)) + updates for one in self.members
            }
            planned = max(planned, *goals.values())
        else:
            if all(one.live.is_at(planned) for one in self.members):
                planned += max(one.run.knobs.updates for one in self.members)
            goals = {one.id: planned for one in self.members}
        if planned > self.planned:
            self.refusal = self._too_much(planned)
        if self.refusal:
            return
        if not self.is_looking_back:
            self.leave_look_back()
        self._goals, self.planned = goals, planned
        self.is_stepping = updates is not None
        self._show(None)

    def _too_much(self, planned: int) -> str:
        """Why the runs cannot go on to there, in words; nothing where they can."""
        try:
            costs.refuse_too_much([replace(one.run.knobs, updates=planned) for one in self.members])
        except ValueError as error:
            return str(error)
        return ""

    def pause(self) -> None:
        """Stop at what is shown."""
        self._goals, self.is_stepping = {}, False
        for one in self.members:
            one.live.hold()

    def reset(self) -> None:
        """All from their very first weights; branches are gone."""
        self.pause()
        self.leave_look_back()
        self.refusal = ""
        kept = [one for one in self.members if not one.is_branch]
        self.members = tuple(
            self._member(one.letter, one.says, one.live.restarted()) for one in kept
        )
        self.planned = max(one.run.knobs.updates for one in self.members)
        self._show(None)

    def proceed(self, executor: Executor) -> None:
        """Take what is ready and ask for more; nobody gets over half a second ahead of the last."""
        if self.look_back:
            self.look_back.way.proceed(executor)
        on = self._on()
        last = min((one.run.update for one in on), default=0)
        pace = max((one.live.pace or LEAD for one in on), default=LEAD)
        limit = last + max(10, int(LEAD / pace))
        for one in on:
            goal = self._goals[one.id]
            one.live.take(executor, goal if one.run.update == last else min(goal, limit))
        if self.is_playing and not self._on():
            self.pause()

    def _on(self) -> list[Member]:
        """The runs that are on their way to a goal."""
        return [
            one
            for one in self.members
            if one.id in self._goals and not one.live.is_at(self._goals[one.id])
        ]

    def change(self, letters: str, **knobs: Any) -> None:
        """Turn live knobs of these runs, from the next update on."""
        for one in self.members:
            if one.letter in letters:
                one.live.change(**knobs)

    def look(self, update: int | None) -> None:
        """Look at an earlier update; None is the latest."""
        self.at = None if update is None or update >= self.update else max(0, int(update))

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
        self.pause()
        letter = next(letter for letter in LETTERS if letter not in self.letters)
        says = f"branch of {look_back.letter} at update {rewound.update:,}"
        live = self.member(look_back.letter).live.branched(rewound)
        branch = Member(letter, says, live, uuid.uuid4().hex[:8], is_branch=True)
        self.members = (*self.members, branch)
        self._show(None)

    @property
    def letters(self) -> str:
        return "".join(one.letter for one in self.members)

    @property
    def has_room(self) -> bool:
        """Whether one more run can be added."""
        return len(self.members) < len(LETTERS)

    def _show(self, update: int | None) -> None:
        self.at = update
        self.serial += 1

    def _member(self, letter: str, says: str, live: Live) -> Member:
        return Member(letter, says, live, uuid.uuid4().hex[:8])


def network_of(run: Run) -> Network:
    """The run's network as plain arrays in float64, whatever it was trained in."""
    network = run.network
    return network.replace({n: a.astype(float) for n, a in network.parameters.items()})
