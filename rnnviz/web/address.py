"""The address of a page: what it asks for, and what the page puts there."""

from collections.abc import Collection, Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnviz.web import lasting

HERE = "the page this session looks at"
LINKED = "a link on another page led here"
FIRST = "this session begins here"
LED = "what the address said that led here, and what was to be said of it"
ALL_LED = "the same, of what is of no page"


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
    """Have the address say this and what every page's says (`lasting`), and nothing else.

    An address that led here stays as it is spelled, with defaults, old words, what is out of bounds
    and what is nobody's, until something else is to be said: Streamlit takes off what follows the
    `#` of one that is written anew, and makes it a new entry of the browser's history.

    besides: keys that the browser has put there for what is shown; where all else is said already
    they stay.
    """
    found = {key: texts for key, texts in asked().items() if key not in besides}
    lasts = {key: found.pop(key) for key in lasting.KEYS if key in found}
    said, named = _lists(query), _lists(lasting.named())
    is_led = bool(st.session_state.get(FIRST)) or has_moved()
    is_said = _is_said(LED, found, said, is_led=is_led)
    if not (_is_said(ALL_LED, lasts, named, is_led=is_whole()) and is_said):
        st.query_params.from_dict(named | (found if is_said else said))


def _is_said(
    led: str, found: dict[str, list[str]], said: dict[str, list[str]], *, is_led: bool
) -> bool:
    """Whether an address says this, or says still what led here, and this was to be said then."""
    if is_led:
        st.session_state[led] = found, said
    return found == said or st.session_state.get(led) == (found, said)


def _lists(query: Mapping[str, str]) -> dict[str, list[str]]:
    """As the address is read."""
    return {key: [text] for key, text in query.items()}
