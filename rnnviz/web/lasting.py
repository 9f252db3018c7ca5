"""What an address says that is of no page: every page's address says it."""

import streamlit as st

PRESENTER, ON = "presenter", "on"
HIDE, LOCK = "hide", "lock"
LANGUAGE, ROOM = "language", "room"
COURSE = "course"
VIEWED = (PRESENTER, HIDE, LOCK)
"""Of what is looked at: an address that was opened or gone back to says all of it."""
OWN = (LANGUAGE, ROOM)
"""The visitor's own: it lasts until it is changed, whatever an address says."""
KEYS = (*VIEWED, *OWN, COURSE)
"""A unit of the course is left with its address."""
KEPT = "what the address of every page says"


def follow(*, is_whole: bool) -> None:
    """Called where a page begins.

    is_whole: the address says all of it, as one that a visitor came by; one to which a link of the
    app led says what is to be changed.
    """
    query = {key: text for key in (*VIEWED, COURSE) if (text := st.query_params.get(key))}
    if st.query_params.get("view") == PRESENTER:
        query[PRESENTER] = ON
    lasts = OWN if is_whole else (*OWN, *VIEWED)
    kept = {key: text for key, text in named().items() if key in lasts}
    st.session_state[KEPT] = {**kept, **query}


def named() -> dict[str, str]:
    """Key → what the address says under it."""
    kept: dict[str, str] = st.session_state.get(KEPT, {})
    return kept


def change(key: str, text: str) -> None:
    """Have it say this under a key; "": nothing more."""
    others = {known: said for known, said in named().items() if known != key}
    st.session_state[KEPT] = {**others, key: text} if text else others


def is_presenter() -> bool:
    """Whether the page is shown on a wall: large, and with nothing around it."""
    return named().get(PRESENTER) == ON
