"""What a link says that is of no page: each takes it over, and so does its address."""

import streamlit as st

PRESENTER, ON = "presenter", "on"
KEYS = (PRESENTER,)
KEPT = "what the address of every page says"


def follow(*, is_whole: bool) -> None:
    """Called where a page begins.

    is_whole: the address says all of it, as one that a visitor came by; one to which a link of the
    app led says what is to be changed.
    """
    query = {key: text for key in KEYS if (text := st.query_params.get(key))}
    if st.query_params.get("view") == PRESENTER:
        query[PRESENTER] = ON
    kept = {} if is_whole else named()
    st.session_state[KEPT] = {**kept, **query}


def named() -> dict[str, str]:
    """Key → what the address says under it."""
    kept: dict[str, str] = st.session_state.get(KEPT, {})
    return kept


def change(key: str, text: str) -> None:
    """What the browser has put into the address by itself; "": nothing more."""
    others = {known: said for known, said in named().items() if known != key}
    st.session_state[KEPT] = {**others, key: text} if text else others


def is_presenter() -> bool:
    """Whether the page is shown on a wall: large, and with nothing around it."""
    return named().get(PRESENTER) == ON
