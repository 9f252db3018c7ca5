"""Where a visitor sits: the room that their link named, for as long as their tab is open."""

import re
from dataclasses import dataclass, field

import streamlit as st

from rnnviz.web.address import lasting
from rnnviz.web.rooms.poll import Poll
from rnnviz.web.rooms.room import Asked, Room

SEAT = "the seat in a room"
LINKED = "the room that the address named"
BESIDE = "what goes on beside the bar"
"""Key of the fragment, if the page has one, that the bar's polls have go on."""
NOTHING = Poll()
WORD = re.compile(r"\w{1,20}")


@dataclass
class Seat:
    """who: of the room's students or its teacher, "" until the bar has sent that. answered: the
    last poll. offered: key → question, of the page that is shown. drawn: which turn of the room's
    questions it was drawn with, and whether that was open; None: one that is not on it.
    opened: the turn whose guess the page has taken."""

    word: str
    who: str = ""
    answered: Poll = NOTHING
    offered: dict[str, Asked] = field(default_factory=dict)
    drawn: tuple[int, bool] | None = None
    opened: int = 0

    def turn(self, room: Room | None) -> tuple[int, bool] | None:
        """What `drawn` is to be."""
        if room is None or room.asked is None:
            return None
        return (room.turn, room.is_open) if room.asked.key in self.offered else None


def arrive() -> Seat | None:
    """Called where a page begins: sit down where a link says; its questions are still to come.

    An address that names the room that has been left leads back into it only once it is another.
    """
    linked = st.query_params.get(lasting.ROOM, "")
    if linked != st.session_state.get(LINKED, ""):
        st.session_state[LINKED] = linked
        sit(linked)
    found = seat()
    if found:
        found.offered, found.drawn = {}, None
    return found


def sit(word: str) -> None:
    """Be in the room of this word, as somebody may type it; what is no word changes nothing."""
    word, found = "".join(word.split()).lower(), seat()
    if WORD.fullmatch(word) and (found is None or found.word != word):
        st.session_state[SEAT] = Seat(word)
        lasting.change(lasting.ROOM, word)


def seat() -> Seat | None:
    """The visitor's, if they are in a room."""
    found: Seat | None = st.session_state.get(SEAT)
    return found


def stand_up() -> None:
    """Be in no room any more."""
    st.session_state.pop(SEAT, None)
    lasting.change(lasting.ROOM, "")
