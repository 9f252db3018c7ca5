"""A room as a value: who is in it, what it is asked, how it has voted, where its teacher is.

Nothing here reads a clock: `now` is any clock's seconds. Who somebody is, is the digest of a random
number that their browser has made (`digest`): nothing else is known of anybody.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

MOST = 300
"""Students in a room."""
PRESENT = 20.0
"""Seconds after which somebody who is not heard of is not counted; a phone's sleep is shorter."""
GONE = 600.0
"""Seconds after which their place is given to others, where the room is full."""
IDLE = 1800.0
"""Seconds without its teacher, after which a room is over."""


class Full(ValueError):
    """There is no place for one more."""


@dataclass(frozen=True)
class Asked:
    """A question put to a room.

    key: what it is about, the same in every browser that shows it. answers: the places of what is
    right, none where it is not known yet; outcome: what was found, in words, or "".
    """

    key: str
    text: str
    options: tuple[str, ...]
    answers: tuple[int, ...] = ()
    outcome: str = ""


@dataclass(frozen=True)
class Room:
    """teacher: who opened it; heard: when of them last. students: who → when heard of last.

    turn: rises with each question. votes: who → the place of an option. place: where everybody was
    brought last: path, query and fragment; move: rises with each. is_led: whether they go on where
    the teacher goes.
    """

    word: str
    teacher: str
    heard: float
    students: Mapping[str, float] = field(default_factory=dict)
    asked: Asked | None = None
    turn: int = 0
    votes: Mapping[str, int] = field(default_factory=dict)
    is_revealed: bool = False
    place: str = ""
    move: int = 0
    is_led: bool = False

    @property
    def is_open(self) -> bool:
        """Whether votes count."""
        return self.asked is not None and not self.is_revealed

    @property
    def brings(self) -> bool:
        """Whether who comes now is brought to its place too."""
        return self.is_led or self.is_open

    @property
    def counts(self) -> tuple[int, ...]:
        """Votes for each option."""
        found = Counter(self.votes.values())
        return tuple(found[place] for place in range(len(self.asked.options) if self.asked else 0))

    def is_over(self, now: float) -> bool:
        """Whether its teacher has been away for too long."""
        return now - self.heard > IDLE

    def present(self, now: float) -> int:
        """How many students are there."""
        return sum(now - heard <= PRESENT for heard in self.students.values())

    def hear(self, who: str, now: float) -> "Room":
        """Somebody gave a sign of life; a student who was not there comes in.

        Raises:
            Full: there is no place.
        """
        if who == self.teacher:
            return replace(self, heard=now)
        students = self.students
        if who not in students and len(students) >= MOST:
            students = {one: at for one, at in students.items() if now - at <= GONE}
            if len(students) >= MOST:
                raise Full(self.word)
        return replace(self, students={**students, who: now})

    def ask(self, asked: Asked, place: str) -> "Room":
        """Another question, without votes, and everybody brought to where it is shown."""
        fresh = replace(self, asked=asked, turn=self.turn + 1, votes={}, is_revealed=False)
        return fresh.bring(place)

    def vote(self, who: str, turn: int, option: int) -> "Room":
        """A vote, or another in its place. One that comes too late, is for nothing that can be
        chosen, or from nobody who is there, changes nothing."""
        is_choice = self.asked is not None and 0 <= option < len(self.asked.options)
        if not (self.is_open and turn == self.turn and is_choice and who in self.students):
            return self
        return replace(self, votes={**self.votes, who: option})

    def reveal(self) -> "Room":
        """Show everybody how it was voted; no vote counts any more."""
        return replace(self, is_revealed=True) if self.asked else self

    def close(self) -> "Room":
        """Put the question away."""
        return replace(self, asked=None, votes={}, is_revealed=False)

    def bring(self, place: str) -> "Room":
        """Everybody to a place, once: who has been there and left is brought again."""
        return replace(self, place=place, move=self.move + 1)

    def lead(self, place: str) -> "Room":
        """Everybody to a place, and from there on with the teacher."""
        return replace(self.bring(place), is_led=True)

    def let_go(self) -> "Room":
        """Everybody goes where they like."""
        return replace(self, is_led=False)

    def leave(self, who: str) -> "Room":
        """A student goes; the vote stays."""
        return replace(self, students={one: at for one, at in self.students.items() if one != who})


def digest(number: str) -> str:
    """What a room keeps of the random number of a browser: it leads back to none."""
    return sha256(number.encode()).hexdigest()
