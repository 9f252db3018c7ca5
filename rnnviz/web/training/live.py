"""The runs, live. While something goes on the charts poll, and are answered."""

from contextlib import suppress
from functools import partial

import streamlit as st
from streamlit.errors import StreamlitAPIException

from rnnviz.training.comparison import Comparison
from rnnviz.web.training import handover
from rnnviz.web.training.component import training
from rnnviz.web.training.downloads import downloads
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll, carry_out
from rnnviz.web.training.question import question, seeds_before
from rnnviz.web.training.state import Desk, share

CHARTS = "training charts"
ASKED, DRAWN, TAKEN = "question", "charts", "other seeds and downloads"


def live(desk: Desk) -> None:
    """Draw the runs, and what belongs to them: each part is drawn again by itself."""
    desk.comparison.proceed(share())
    _look_backs(desk.comparison)
    st.fragment(question, key=ASKED)(desk, partial(_redraw, ASKED, DRAWN, TAKEN))
    st.fragment(_drawn, key=DRAWN)(desk)
    st.fragment(_taken, key=TAKEN)(desk)


def _drawn(desk: Desk) -> None:
    known = desk.answered.known if CHARTS in st.session_state else {}
    poll = desk.answered._replace(known=known)
    payload = training_payload(desk.comparison, poll, desk.guesses.get(desk.chosen.lesson))
    training(payload, key=CHARTS, on_poll=partial(_answer, desk))


def _answer(desk: Desk) -> None:
    """Do what was pressed, and take the runs on. The charts are drawn again, and by nobody else
    while they wait: a second drawing would take the first one's place before it was sent."""
    comparison = desk.comparison
    poll = Poll.read(st.session_state[CHARTS]["poll"])
    before = comparison.standing
    carry_out(comparison, poll.since(desk.answered))
    desk.answered = poll
    comparison.proceed(share())
    if comparison.has_returned:
        st.rerun()
    if comparison.standing != before:
        _redraw(ASKED, DRAWN, TAKEN)


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


def _look_backs(comparison: Comparison) -> None:
    """A look back that is done becomes a branch, or goes to the stepper."""
    found = comparison.returned()
    if found is None:
        return
    look_back, run = found
    if look_back.kind == "branch":
        comparison.branch(look_back, run)
    else:
        comparison.halt()
        handover.give(run, comparison.member(look_back.letter).says)
        st.switch_page("app.py")
