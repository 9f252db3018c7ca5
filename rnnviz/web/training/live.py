"""The runs, live. While something goes on the charts ask, beat by beat, and are answered."""

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
from rnnviz.training.experiment import Experiment
from rnnviz.training.knobs import KNOBS, Knobs
from rnnviz.web.controls import draw, segmented
from rnnviz.web.training import handover
from rnnviz.web.training.clipping import clipping
from rnnviz.web.training.component import training
from rnnviz.web.training.downloads import downloads
from rnnviz.web.training.lessons import outcome
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.question import Question, obey
from rnnviz.web.training.state import Desk, share

CHARTS = "training charts"
TURNED, DRAWN, TAKEN = "live knobs", "charts", "what came out"
ALL = "all"


def live(desk: Desk, *, beside: DeltaGenerator) -> None:
    """Draw the runs, and what belongs to them: each part is drawn again by itself.

    beside: where the button goes that opens the knobs.
    """
    desk.experiment.beat(share())
    _errands(desk.experiment)
    with beside:
        st.fragment(_turned, key=TURNED)(desk.experiment)
    st.fragment(_drawn, key=DRAWN)(desk)
    st.fragment(_taken, key=TAKEN)(desk)


def _drawn(desk: Desk) -> None:
    known = desk.answered.known if CHARTS in st.session_state else {}
    payload = training_payload(desk.experiment, desk.answered._replace(known=known))
    training(payload, key=CHARTS, on_question=partial(_answer, desk))


def _answer(desk: Desk) -> None:
    """Do what was pressed, and take the runs on. The charts are drawn again, and by nobody else
    while they wait: a second drawing would take the first one's place before it was sent."""
    experiment = desk.experiment
    question = Question.read(st.session_state[CHARTS]["question"])
    before = experiment.standing
    obey(experiment, question.since(desk.answered))
    desk.answered = question
    experiment.beat(share())
    if experiment.has_returned:
        st.rerun()
    if experiment.standing != before:
        _redraw(DRAWN, TAKEN)


def _redraw(*parts: str) -> None:
    """Draw these again, and these alone. After another view there are none yet: the page, which is
    about to be drawn as a whole, has them."""
    with suppress(StreamlitAPIException):
        st.rerun(parts)


def _taken(desk: Desk) -> None:
    """What came out, and what can be taken away."""
    outcome(desk)
    if not desk.experiment.is_busy:
        downloads(desk.experiment)


def _errands(experiment: Experiment) -> None:
    """A look back that is done becomes a branch, or goes to the stepper."""
    found = experiment.returned()
    if found is None:
        return
    errand, run = found
    if errand.kind == "branch":
        experiment.branch(errand, run)
    else:
        experiment.pause()
        handover.give(run, experiment.member(errand.letter).says)
        st.switch_page("app.py")


def _turned(experiment: Experiment) -> None:
    """Knobs that may be turned on the way."""
    with st.popover("Turn knobs while it learns"):
        _live_knobs(experiment, _which(experiment))


def _which(experiment: Experiment) -> str:
    """The runs whose knobs are turned."""
    if len(experiment.members) == 1:
        return experiment.letters
    which = Setting(choice(ALL, *experiment.letters), ALL, "Of which run")
    chosen = draw(which, ALL, key="train turned", look=segmented)
    return experiment.letters if chosen == ALL else str(chosen)


def _live_knobs(experiment: Experiment, letters: str) -> None:
    first = experiment.member(letters[0])
    knobs, key = first.run.knobs, f"live {first.id}"

    def turn(values: Mapping[str, Any]) -> None:
        # Streamlit also calls this for widgets that come back as they were, after another view.
        now = _knobs_of(experiment, letters)
        if all(getattr(one, name) == value for one in now for name, value in values.items()):
            return
        experiment.change(letters, **values)
        if not experiment.is_busy:
            _redraw(TURNED, DRAWN)

    def turn_one(name: str) -> None:
        turn({name: st.session_state[f"{key} {name}"]})

    is_layered = any(one.layers > 1 for one in _knobs_of(experiment, letters))
    for name in (name for name, knob in KNOBS.items() if knob.live):
        if name == "clip_norm":
            clipping(clipping_of(vars(knobs)), key=f"{key} clipping", turn=turn)
        elif name != "clip_value" and (is_layered or name != "dropout"):
            at = f"{key} {name}"
            draw(KNOBS[name], getattr(knobs, name), key=at, on_change=turn_one, args=(name,))
    st.caption("In force from the next update; marked with a dot on the charts.")


def _knobs_of(experiment: Experiment, letters: str) -> list[Knobs]:
    return [one.run.knobs for one in experiment.members if one.letter in letters]
