"""The rooms of one server: a few, in its memory, each until its teacher ends it or stays away."""

import secrets
import threading
from collections.abc import Callable, Sequence
from time import monotonic

import streamlit as st

from rnnviz.web.rooms.room import Room
from rnnviz.web.rooms.words import WORDS

MOST_ROOMS = 40


class Rooms:
    """Word → room, for all threads of a server. clock: seconds, from any moment on."""

    def __init__(
        self, words: Sequence[str] = WORDS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._words = words
        self._clock = clock
        self._lock = threading.Lock()
        self._rooms: dict[str, Room] = {}

    def open(self, teacher: str) -> str | None:
        """The word of this teacher's room, opened now where there is none; None: there are too many
        rooms already."""
        with self._lock:
            self._forget()
            for word, room in self._rooms.items():
                if room.teacher == teacher:
                    return word
            free = [word for word in self._words if word not in self._rooms]
            if not free or len(self._rooms) >= MOST_ROOMS:
                return None
            word = secrets.choice(free)
            self._rooms[word] = Room(word, teacher, self._clock())
            return word

    def change(self, word: str, change: Callable[[Room, float], Room | None]) -> Room | None:
        """Put another value in a room's place, and return it; None: there is no such room, or now
        it is over, which is what a change to None says.

        change: is given the room and the clock's time; what it raises leaves all as it is.
        """
        with self._lock:
            self._forget()
            room = self._rooms.get(word)
            if room is None:
                return None
            changed = change(room, self._clock())
            if changed is None:
                del self._rooms[word]
            else:
                self._rooms[word] = changed
            return changed

    def look(self, word: str) -> Room | None:
        """A room as it is."""
        return self.change(word, lambda room, now: room)

    def now(self) -> float:
        """What its clock says."""
        return self._clock()

    def __len__(self) -> int:
        with self._lock:
            self._forget()
            return len(self._rooms)

    def _forget(self) -> None:
        """Rooms that are over go: whoever comes finds only those that are open."""
        now = self._clock()
        self._rooms = {word: room for word, room in self._rooms.items() if not room.is_over(now)}


@st.cache_resource(show_spinner=False)
def rooms() -> Rooms:
    """Those of this server."""
    return Rooms()
