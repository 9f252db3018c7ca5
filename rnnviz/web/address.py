"""The address of a page: what it asks for, and what the page puts there."""

from collections.abc import Collection, Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnviz.web import language, lasting
from rnnviz.web.rooms import seat

HERE = "the page this session looks at"
LINKED = "a link on another page led here"
FIRST = "this session begins here"
KEPT = ("course",)
"""Keys that are of no page: what the address says under them stays."""
LED = "what the address said that led here, and what was to be said of it"


def asked() -> dict[str, list[str]]:
    """Key → what the address says under it, as often as it says it."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def arrive() -> None:
    """Called where a page begins: find out whether a link on another page led to it."""
    context = get_script_run_ctx()
    here = context.page_script_hash if context else ""
    st.session_state[FIRST] = HERE not in st.session_state
    before = st.session_state.get(HERE, here)
    st.session_state[LINKED] = before != here and bool(st.query_params)
    st.session_state[HERE] = here


def is_linked() -> bool:
    """Whether a link on another page led to this address. The menu's say nothing: these lead to
    what was left there."""
    return bool(st.session_state.get(LINKED))


def went_through_history() -> bool:
    """Whether Back or Forward led to this address."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def is_whole() -> bool:
    """Whether this address was opened or gone back to: what it does not say, is not so."""
    return bool(st.session_state.get(FIRST)) or went_through_history()


def has_moved() -> bool:
    """Whether something led to this address: what it asks for is to be shown, whatever was."""
    return went_through_history() or is_linked()


def write(query: Mapping[str, str], *, besides: Collection[str] = ()) -> None:
    """Have the address say this, what every page's says and what is `KEPT`, and nothing else.

    An address that led here stays as it is spelled, with defaults, old words, what is out of bounds
    and what is nobody's, until something else is to be said: Streamlit takes off what follows the
    `#` of one that is written anew, and makes it a new entry of the browser's history.

    besides: keys that the browser has put there for what is shown; where all else is said already
    they stay.
    """
    kept = {key: st.query_params[key] for key in KEPT if key in st.query_params}
    said = {**language.named(), **seat.named(), **kept, **query}
    found = {key: texts for key, texts in asked().items() if key not in besides}
    lasts = {key: found.pop(key) for key in lasting.KEYS if key in found}
    if st.session_state.get(FIRST) or has_moved():
        st.session_state[LED] = found, said
    is_said = _lists(said) == found or st.session_state.get(LED) == (found, said)
    if not is_said or lasts != _lists(lasting.named()):
        st.query_params.from_dict(_lists(lasting.named()) | (found if is_said else _lists(said)))


def _lists(query: Mapping[str, str]) -> dict[str, list[str]]:
    """As the address is read."""
    return {key: [text] for key, text in query.items()}
