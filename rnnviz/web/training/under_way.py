"""Many runs on a page, taken on while it is drawn: how much is done, how long it will take."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol

from streamlit.delta_generator import DeltaGenerator

from rnnviz.texts import _
from rnnviz.training.comparison.costs import spoken
from rnnviz.web.rooms import beside
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
    """Take runs on until they are over, and draw the page anew."""

    def step() -> bool:
        if found.is_over:
            return False
        found.proceed(share())
        time.sleep(INTERVAL)
        _show(found, status, draw)
        return True

    beside.to_the_end(step, lambda: _show(found, status, draw))


def _show(found: UnderWay, status: DeltaGenerator, draw: Callable[[], object]) -> None:
    left = spoken(found.seconds_left / share().processes)
    status.progress(min(found.done, 1.0), text=_("at most about {time} left", time=left))
    draw()
