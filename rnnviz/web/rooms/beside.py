"""What takes a page seconds, step by step, so that a room's bar is answered between two."""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnviz.web.rooms.seat import BESIDE, seat


def to_the_end(step: Callable[[], bool], show: Callable[[], object]) -> None:
    """Take a step again and again until it says that it was none, and draw the page anew. A click
    ends this at the next thing that is drawn: no timer draws the page, so no click can meet one.

    In a room each step is a run of its fragment. The page's own run has to end for that; the bar's
    next poll has the steps go on. `show` draws how far it is: Streamlit lets a fragment write only
    where it wrote in the page's own run.
    """
    st.fragment(_onward, key=BESIDE)(step, show)


def _onward(step: Callable[[], bool], show: Callable[[], object]) -> None:
    if not _is_fragments():
        show()
        if seat() is not None:
            return
    while step():
        if seat() is not None:
            st.rerun(scope="fragment")
    st.rerun()


def _is_fragments() -> bool:
    """Whether this run is of fragments alone."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)
