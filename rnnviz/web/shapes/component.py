"""The Shapes page's component as Streamlit mounts it: bytes in; back comes what is asked for."""

import streamlit as st

from rnnviz.web.bundles import files
from rnnviz.web.shapes.asked import Asked

_files = files("shapes")
_mount = st.components.v2.component("rnnviz.shapes", js=_files.js, css=_files.css)


def shapes(payload: bytes, *, key: str) -> Asked | None:
    """The call, its picture and what is true of it.

    Args:
        payload: what `call_payload` gives.
        key: keeps the component from one rerun to the next.

    Returns:
        what was asked for in this run of the script; None where nothing was.
    """
    result = _mount(data=payload, key=key, on_asked_change=_nothing)
    try:
        return Asked.read(result.asked)
    except ValueError:
        return None


def more(payload: bytes, *, key: str) -> None:
    """What stands below the picture; payload: what `more_payload` gives."""
    _mount(data=payload, key=key)


def _nothing() -> None:
    """Streamlit wants a callback for each value; the rerun itself is all that is needed."""
