"""The address of a page: what it asks for, and what the page puts there."""

from collections.abc import Collection, Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnviz.web import language


def asked() -> dict[str, list[str]]:
    """Key → what the address says under it, as often as it says it."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def has_moved() -> bool:
    """Whether Back or Forward led to this address: what it asks for is to be shown."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def write(query: Mapping[str, str], *, besides: Collection[str] = ()) -> None:
    """Have the address say this and the language that was asked for, and nothing else.

    besides: keys that the browser has put there for what is shown; where all else is said already
    they stay.
    """
    said = {**language.named(), **query}
    now = {key: texts for key, texts in asked().items() if key not in besides}
    if {key: [text] for key, text in said.items()} != now:
        st.query_params.from_dict(said)
