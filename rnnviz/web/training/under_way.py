"""Many runs on a page, taken on while it is drawn: how much is done, how long it will take."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.texts import _
from rnnviz.training.costs import spoken
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
    thing that is drawn: no timer draws the page, so no click can meet one."""
    while not found.is_over:
        executor = share()
        left = spoken(found.seconds_left / executor.processes)
        status.progress(min(found.done, 1.0), text=_("at most about {time} left", time=left))
        draw()
        found.proceed(executor)
        time.sleep(INTERVAL)
    st.rerun()
