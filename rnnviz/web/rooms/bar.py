"""The bar of a room, above the page of who is in one."""

from contextlib import suppress
from itertools import count

import streamlit as st
from streamlit.errors import StreamlitAPIException

from rnnviz.web.bundles import files
from rnnviz.web.rooms.payload import bar_payload
from rnnviz.web.rooms.poll import Poll, taken
from rnnviz.web.rooms.room import Full, digest
from rnnviz.web.rooms.rooms import rooms
from rnnviz.web.rooms.seat import BESIDE, Seat, arrive, stand_up

KEY = "room bar"
_files = files("room")
_mount = st.components.v2.component("rnnviz.room", js=_files.js, css=_files.css)


def bar() -> None:
    """Place it, for who is in a room; it polls the room without the rest of the page."""
    found = arrive()
    if found is None:
        return
    runs = count()

    def drawn(seat: Seat = found) -> None:
        _drawn(seat, is_poll=next(runs) > 0)

    with st.container(key="room"):
        st.fragment(drawn, key=KEY)()


def _heard() -> None:
    """A poll has come: what goes on beside the bar goes on, too."""
    with suppress(StreamlitAPIException):  # nothing does on this page
        st.rerun((KEY, BESIDE))


def _drawn(seat: Seat, *, is_poll: bool) -> None:
    """Answer the last poll. What the page asks is known once it has been drawn."""
    poll = Poll.read(st.session_state.get(KEY, {}).get("poll"))
    commands = poll.since(seat.answered)
    room, is_full = None, False
    if poll.me:
        seat.who = digest(poll.me)
        try:
            room = rooms().change(seat.word, lambda room, now: taken(room, poll, commands, now))
        except Full:
            is_full = True
    seat.answered = poll
    _mount(
        data=bar_payload(
            seat.word,
            room,
            poll,
            rooms().now(),
            offered=[*seat.offered.values()] if is_poll else None,
            is_full=is_full,
        ),
        key=KEY,
        default={"poll": None},
        on_poll_change=_heard,
    )
    pressed = {command.name for command in commands}
    if "leave" in pressed or ("end" in pressed and room is None):
        stand_up()
        st.rerun()
    if is_poll and seat.turn(room) != seat.drawn:
        st.rerun()
