"""Many runs on a page, taken on while it is drawn: how much is done, how long it will take."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnviz.texts import _
from rnnviz.training.costs import spoken
from rnnviz.web.rooms.seat import BESIDE, seat
from rnnviz.web.training.state import share

INTERVAL = 0.1
ONLY_CANCEL = """<style>[data-testid="stStatusWidget"] button { display: none; }</style>"""
"""Streamlit's own Stop would leave runs standing, and nothing would say so."""


class UnderWay(Protocol):
    """What can be taken on."""

    @property
    def is_over(self) -> bool: ...

    @property
    def done(self) -> float: ...

    @property
    def seconds_left(self) -> float: ...

    def proceed(self, executor: Executor) -> None: ...


def to_the_end(found: UnderWay, status: DeltaGenerator, draw: Callable[[], object]) -> None:
    """Take runs on until they are over, and draw the page anew. A click ends this at the next
    thing that is drawn: no timer draws the page, so no click can meet one.

    In a room this is one step a run of its fragment, so that the bar is answered between two. The
    page's own run has to end for that; the bar's next poll has the steps go on.
    """
    st.fragment(_onward, key=BESIDE)(found, status, draw)


def _onward(found: UnderWay, status: DeltaGenerator, draw: Callable[[], object]) -> None:
    if not _is_fragments():
        _show(found, status, draw)
        if seat() is not None:
            return
    while not found.is_over:
        found.proceed(share())
        time.sleep(INTERVAL)
        _show(found, status, draw)
        if seat() is not None:
            st.rerun(scope="fragment")
    st.rerun()


def _show(found: UnderWay, status: DeltaGenerator, draw: Callable[[], object]) -> None:
    left = spoken(found.seconds_left / share().processes)
    status.progress(min(found.done, 1.0), text=_("at most about {time} left", time=left))
    draw()


def _is_fragments() -> bool:
    """Whether this run is of fragments alone."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)
