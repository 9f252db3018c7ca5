"""The runs, live. While something goes on the charts poll, and are answered."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from rnnviz.settings.kinds import choice
from rnnviz.settings.schema import Setting
from rnnviz.training.clipping import clipping_of
from rnnviz.training.comparison import Comparison
from rnnviz.training.knobs import KNOBS, Knobs
from rnnviz.web.controls import draw, segmented
from rnnviz.web.training import handover
from rnnviz.web.training.clipping import clipping
from rnnviz.web.training.component import training
from rnnviz.web.training.downloads import downloads
from rnnviz.web.training.lessons import outcome
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll, carry_out
from rnnviz.web.training.state import Desk, share

CHARTS = "training charts"
TURNED, DRAWN, TAKEN = "live knobs", "charts", "what came out"
ALL = "all"


def live(desk: Desk, *, beside: DeltaGenerator) -> None:
    """Draw the runs, and what belongs to them: each part is drawn again by itself.

    beside: where the button goes that opens the knobs.
    """
    desk.comparison.proceed(share())
    _look_backs(desk.comparison)
    with beside:
        st.fragment(_turned, key=TURNED)(desk.comparison)
    st.fragment(_drawn, key=DRAWN)(desk)
    st.fragment(_taken, key=TAKEN)(desk)


def _drawn(desk: Desk) -> None:
    known = desk.answered.known if CHARTS in st.session_state else {}
    payload = training_payload(desk.comparison, desk.answered._replace(known=known))
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
        _redraw(DRAWN, TAKEN)


def _redraw(*parts: str) -> None:
    """Draw these again, and these alone. After another view there are none yet: the page, which is
    about to be drawn as a whole, has them."""
    with suppress(StreamlitAPIException):
        st.rerun(parts)


def _taken(desk: Desk) -> None:
    """What came out, and what can be taken away."""
    outcome(desk)
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


def _turned(comparison: Comparison) -> None:
    """Knobs that may be turned on the way."""
    with st.popover("Turn knobs while it learns"):
        _live_knobs(comparison, _which(comparison))


def _which(comparison: Comparison) -> str:
    """The runs whose knobs are turned."""
    if len(comparison.members) == 1:
        return comparison.letters
    which = Setting(choice(ALL, *comparison.letters), ALL, "Of which run")
    chosen = draw(which, ALL, key="train turned", look=segmented)
    return comparison.letters if chosen == ALL else str(chosen)


def _live_knobs(comparison: Comparison, letters: str) -> None:
    first = comparison.member(letters[0])
    knobs, key = first.run.knobs, f"live {first.id}"

    def turn(values: Mapping[str, Any]) -> None:
        # Streamlit also calls this for widgets that come back as they were, after another view.
        now = _knobs_of(comparison, letters)
        if all(getattr(one, name) == value for one in now for name, value in values.items()):
            return
        comparison.change(letters, **values)
        if not comparison.is_busy:
            _redraw(TURNED, DRAWN)

    def turn_one(name: str) -> None:
        turn({name: st.session_state[f"{key} {name}"]})

    is_layered = any(one.layers > 1 for one in _knobs_of(comparison, letters))
    for name in (name for name, knob in KNOBS.items() if knob.live):
        if name == "clip_norm":
            clipping(clipping_of(vars(knobs)), key=f"{key} clipping", turn=turn)
        elif name != "clip_value" and (is_layered or name != "dropout"):
            at = f"{key} {name}"
            draw(KNOBS[name], getattr(knobs, name), key=at, on_change=turn_one, args=(name,))
    st.caption("In force from the next update; marked with a dot on the charts.")


def _knobs_of(comparison: Comparison, letters: str) -> list[Knobs]:
    return [one.run.knobs for one in comparison.members if one.letter in letters]
