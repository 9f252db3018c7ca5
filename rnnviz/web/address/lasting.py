"""What an address says that is of no page: every page's address says it."""

import streamlit as st

PRESENTER, ON = "presenter", "on"
VIEW = "view"
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
LED = "what it said that led here, and what was kept then"


def follow(*, is_whole: bool, is_led: bool) -> None:
    """Called where a page begins.

    is_whole: the address says all of it, as one that a visitor came by. is_led: a link of the app
    led to it, and it says what is to be changed. Where a page is only run again, the browser may
    tell an address that was before the last press.
    """
    taken = (*VIEWED, COURSE) if is_whole or is_led else (COURSE,)
    query = {key: text for key, text in asked().items() if key in taken and text}
    lasts = OWN if is_whole else (*OWN, *VIEWED)
    kept = {key: text for key, text in named().items() if key in lasts}
    st.session_state[KEPT] = {**kept, **query}
    if is_whole:
        st.session_state[LED] = asked(), named()


def named() -> dict[str, str]:
    """Key → what the address says under it."""
    kept: dict[str, str] = st.session_state.get(KEPT, {})
    return kept


def asked() -> dict[str, str]:
    """Key → what the address says under it now."""
    found = {key: st.query_params[key] for key in KEYS if key in st.query_params}
    return found | {PRESENTER: ON} if is_presenter_a_view() else found


def is_presenter_a_view() -> bool:
    """Whether the address says it as `view=presenter`, which is short for it."""
    return st.query_params.get(VIEW) == PRESENTER


def is_said() -> bool:
    """Whether the address says all that is kept, or says still what led here, and nothing else is
    kept since: to go back to an address must not write another."""
    return asked() == named() or st.session_state.get(LED) == (asked(), named())


def change(key: str, text: str) -> None:
    """Have it say this under a key; "": nothing more. What led here is to be said no longer."""
    if text == named().get(key, ""):
        return
    st.session_state.pop(LED, None)
    others = {known: said for known, said in named().items() if known != key}
    st.session_state[KEPT] = {**others, key: text} if text else others


def is_presenter() -> bool:
    """Whether the page is shown on a wall: large, and with nothing around it."""
    return named().get(PRESENTER) == ON
