"""Runs, live. While something goes on the charts poll, and are answered."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.errors import StreamlitAPIException

from rnnviz.training.runs.runs import Run
from rnnviz.web.training import handover
from rnnviz.web.training.component import training
from rnnviz.web.training.downloads import downloads
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll, carry_out
from rnnviz.web.training.question import beginning, question, seeds_before
from rnnviz.web.training.state import Desk, where

ASKED, TAKEN = "question", "other seeds and downloads"
OFTEN = 1.0
"""Seconds from one drawing of what follows the runs to the next."""
SMALL = 0.1
"""Which share of the time such drawings may take: the charts wait for them."""


@dataclass(frozen=True)
class Charts:
    """The charts of a desk's runs on a page, and what else there is drawn of these.

    key: of the component, and of the fragment that it is in. besides: keys of the fragments that
    are drawn again when there are other runs, or one has started or stopped. follow: of those that
    are drawn again as the runs learn, too. open: has the Step page show a run that was computed
    again, with what it chose in words.
    """

    desk: Desk
    key: str = "training charts"
    besides: tuple[str, ...] = (ASKED, TAKEN)
    follow: tuple[str, ...] = ()
    open: Callable[[Run, str], None] = handover.give

    def draw(self) -> None:
        """Take the runs on, and draw them; a look back that is done goes where it was to go."""
        self.desk.proceed()
        _look_backs(self)
        st.fragment(_drawn, key=self.key)(self)

    def redraw(self) -> None:
        """Draw all of it again."""
        _redraw(self.key, *self.besides, *self.follow)

    def following(self, draw: Callable[[], None]) -> None:
        """Draw what follows the runs, and note when it may be drawn again."""
        begin = time.monotonic()
        draw()
        end = time.monotonic()
        self.desk.due = end + max(OFTEN, (end - begin) / SMALL)


def live(desk: Desk) -> None:
    """Draw the Train page's runs, and what belongs to them: each part is drawn again by itself."""
    charts = Charts(desk)
    st.fragment(question, key=ASKED)(desk, charts.redraw)
    charts.draw()
    st.fragment(_taken, key=TAKEN)(desk)


def _drawn(charts: Charts) -> None:
    desk = charts.desk
    known = desk.answered.known if charts.key in st.session_state else {}
    poll, wants, desk.wants = desk.answered._replace(known=known), desk.wants, ()
    guess = desk.guesses.get(desk.chosen.lesson)
    training(
        training_payload(
            desk.comparison, poll, guess, wants, where=where(), beginning=beginning(desk)
        ),
        key=charts.key,
        on_poll=partial(_answer, charts),
    )


def _answer(charts: Charts) -> None:
    """Do what was pressed, and take the runs on. The charts are drawn again, and by nobody else
    while they wait: a second drawing would take the first one's place before it was sent."""
    desk = charts.desk
    comparison = desk.comparison
    written = st.session_state[charts.key]["poll"]
    poll = Poll.read(written)
    before, at = comparison.standing, comparison.at
    has_news = comparison.is_elsewhere and desk.hear(written)
    carry_out(comparison, poll.since(desk.answered))
    desk.answered = poll
    desk.proceed()
    if comparison.has_returned:
        st.rerun()
    if has_news or comparison.standing != before:
        charts.redraw()
    if charts.follow and (comparison.at != at or time.monotonic() >= desk.due):
        _redraw(charts.key, *charts.follow)


def _redraw(*parts: str) -> None:
    """Draw these again, and these alone. After another view there are none yet: the page, which is
    about to be drawn as a whole, has them."""
    with suppress(StreamlitAPIException):
        st.rerun(parts)


def _taken(desk: Desk) -> None:
    """What other seeds gave, and what can be taken away."""
    seeds_before(desk)
    if not desk.comparison.is_busy:
        downloads(desk.comparison)


def _look_backs(charts: Charts) -> None:
    """A look back that is done becomes a branch, or goes to the stepper."""
    comparison = charts.desk.comparison
    found = comparison.returned()
    if found is None:
        return
    look_back, run = found
    if look_back.kind == "branch":
        comparison.branch(look_back, run)
    else:
        comparison.halt()
        charts.open(run, comparison.member(look_back.letter).says)
        st.switch_page("app.py")
