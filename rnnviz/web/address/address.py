"""The address of a page: what it asks for, and what the page puts there."""

from collections.abc import Collection, Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnviz.web.address import lasting

HERE = "the page this session looks at"
LINKED = "a link on another page led here"
FIRST = "this session begins here"
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


def page() -> str:
    """What the path of this page ends in: its name; nothing of the first page's."""
    context = get_script_run_ctx()
    if context is None:
        return ""
    found = context.pages_manager.get_pages().get(context.page_script_hash)
    return str(found.get("url_pathname", "")) if found else ""


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
    others = {*lasting.KEYS, *besides}
    if lasting.is_presenter_a_view():
        others.add(lasting.VIEW)
    found = {key: texts for key, texts in asked().items() if key not in others}
    said = _lists(query)
    if st.session_state.get(FIRST) or has_moved():
        st.session_state[LED] = found, said
    is_said = found == said or st.session_state.get(LED) == (found, said)
    if not (is_said and lasting.is_said()):
        st.query_params.from_dict(_lists(lasting.named()) | (found if is_said else said))


def _lists(query: Mapping[str, str]) -> dict[str, list[str]]:
    """As the address is read."""
    return {key: [text] for key, text in query.items()}
