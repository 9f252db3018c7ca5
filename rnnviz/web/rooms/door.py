"""How one comes into a room from any page's corner: opens one, or types the word of one."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from rnnviz.web.received import entries, text
from rnnviz.web.rooms.poll import DIGITS
from rnnviz.web.rooms.room import digest
from rnnviz.web.rooms.rooms import rooms
from rnnviz.web.rooms.seat import seat, sit

REFUSED = "no place for another room"


def seen() -> Mapping[str, Any]:
    """What the corner shows of it. word: of the room one is in."""
    found = seat()
    return {"word": found.word if found else None, "isRefused": bool(st.session_state.get(REFUSED))}


def enter(asked: Any) -> bool:
    """Do what the corner asks: `{"open": a browser's number}` or `{"join": a word}`. Whether it
    asked for anything."""
    try:
        wanted = entries(asked)
        if "open" in wanted:
            number = text(wanted["open"])
            if len(number) != DIGITS:
                return False
            word = rooms().open(digest(number))
        else:
            word = text(wanted["join"])
    except (KeyError, ValueError):
        return False
    st.session_state[REFUSED] = word is None
    if word is not None:
        sit(word)
    return True
