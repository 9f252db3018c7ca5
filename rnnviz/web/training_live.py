"""The runs, live: buttons, knobs that may be turned on the way, and the charts, in one fragment."""

import time
from typing import Any

import streamlit as st

from rnnviz.training.costs import spoken
from rnnviz.training.experiment import Experiment
from rnnviz.training.knobs import KNOBS
from rnnviz.web import training_handover
from rnnviz.web.training import training
from rnnviz.web.training_downloads import downloads
from rnnviz.web.training_lessons import outcome
from rnnviz.web.training_payload import training_payload
from rnnviz.web.training_state import Desk, share

BEAT = 0.15
TO_BE_SENT = 0.05
CHARTS = "training charts"
ALL = "all"


def live(desk: Desk) -> None:
    """Draw the fragment; it comes back by itself only while something is going on."""
    desk.forget_sent()
    busy = desk.experiment.is_busy
    st.fragment(_beat, run_every=BEAT if busy else None)(desk, was_busy=busy)
    # A beat that is already on its way starts as soon as this run ends, and what of this run has
    # not been sent by then is dropped: the browser would take the charts away and mount them anew.
    time.sleep(TO_BE_SENT)


def _beat(desk: Desk, *, was_busy: bool) -> None:
    experiment = desk.experiment
    experiment.beat(share())
    _errands(experiment)
    above = st.container()
    payload = training_payload(experiment, desk.known(), _told(experiment))
    desk.note_sent()
    training(payload, key=CHARTS, on_look=lambda: _look(experiment), on_gap=desk.forget_sent)
    with above:
        _buttons(experiment)
        if experiment.error:
            st.error(
                f"A worker process failed: {experiment.error}. Reset, or choose something smaller."
            )
    outcome(desk)
    if not experiment.is_busy:
        downloads(experiment)
    if experiment.is_busy != was_busy:
        st.rerun()


def _look(experiment: Experiment) -> None:
    experiment.look(st.session_state[CHARTS]["at"])


def _buttons(experiment: Experiment) -> None:
    playing, ended = experiment.is_playing, _ended(experiment)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if playing:
            st.button("Pause", key="train pause", on_click=experiment.pause, type="primary")
        else:
            st.button(
                "▶ Play", key="train play", on_click=experiment.play, type="primary", disabled=ended
            )
        stop = playing or ended
        st.button("1 update", key="train one", on_click=experiment.play, args=(1,), disabled=stop)
        st.button(
            "10 updates", key="train ten", on_click=experiment.play, args=(10,), disabled=stop
        )
        st.button(
            "↺ Reset",
            key="train reset",
            on_click=experiment.reset,
            help="To the very same weights.",
        )
        letter = _which(experiment)
        _back(experiment, letter)
        with st.popover("Turn knobs"):
            _live_knobs(experiment, letter)


def _which(experiment: Experiment) -> str:
    """The run that branching, opening and the live knobs act on."""
    if len(experiment.members) == 1:
        return experiment.letters
    options = [ALL, *experiment.letters]
    chosen = st.segmented_control(
        "Acts on", options, default=ALL, key="train acts on", required=True,
        label_visibility="collapsed",
        help="The run that is branched, opened, or turned.",
    )  # fmt: skip
    return experiment.letters if chosen == ALL else str(chosen)


def _back(experiment: Experiment, letters: str) -> None:
    """Branch, and open in the stepper, from the update looked at."""
    letter, at = letters[0], experiment.update if experiment.at is None else experiment.at
    stop = experiment.errand is not None
    st.button(
        "Branch", key="train branch", disabled=stop or not experiment.has_room,
        on_click=experiment.send_back, args=("branch", letter, share()),
        help=f"A new run that goes on from {letter} at update {at:,}. Up to four fit.",
    )  # fmt: skip
    st.button(
        "Open in the stepper", key="train open", disabled=stop,
        on_click=experiment.send_back, args=("open", letter, share()),
        help=f"The network of {letter} after {at:,} updates, reading examples of the task.",
    )  # fmt: skip


def _errands(experiment: Experiment) -> None:
    found = experiment.returned()
    if found is None:
        return
    errand, run = found
    if errand.kind == "branch":
        experiment.branch(errand, run)
    else:
        experiment.pause()
        training_handover.give(run, experiment.member(errand.letter).says)
        st.switch_page("app.py")


def _live_knobs(experiment: Experiment, letters: str) -> None:
    first = experiment.member(letters[0])
    knobs, key = first.run.knobs, f"live {first.id}"

    def turn(name: str) -> None:
        value = st.session_state[f"{key} {name}"]
        if name == "clipping":
            kind, at = value, st.session_state.get(f"{key} threshold") or 1.0
            values: dict[str, Any] = {
                "clip_norm": at if kind == "by norm" else None,
                "clip_value": at if kind == "by value" else None,
            }
        else:
            values = {name: value}
        experiment.change(letters, **values)

    kind = "by norm" if knobs.clip_norm else "by value" if knobs.clip_value else "none"
    for name in ("learning_rate", "dropout", "recurrent_dropout"):
        knob = KNOBS[name]
        st.number_input(
            knob.title, min_value=float(knob.low or 0), max_value=float(knob.high or 0),
            value=float(getattr(knobs, name)), step=0.001 if name == "learning_rate" else 0.1,
            format="%.6g", key=f"{key} {name}", on_change=turn, args=(name,), help=knob.says,
        )  # fmt: skip
    st.segmented_control(
        "Clipping", ["none", "by norm", "by value"], default=kind, key=f"{key} clipping",
        on_change=turn, args=("clipping",), required=True,
    )  # fmt: skip
    st.number_input(
        "Threshold", min_value=1e-6, max_value=1e6,
        value=float(knobs.clip_norm or knobs.clip_value or 1.0),
        format="%.6g", key=f"{key} threshold", on_change=turn, args=("clipping",),
    )  # fmt: skip
    st.caption("In force from the next update; marked with a dot on the charts.")


def _told(experiment: Experiment) -> str:
    """What is going on, and how long it will take."""
    if experiment.errand:
        return f"computing update {experiment.errand.update:,} again …"
    if not experiment.is_playing:
        return ""
    left = experiment.seconds_left
    if left is None or experiment.update == 0:
        return "the worker processes are starting …"
    return f"running, about {spoken(left)} left"


def _ended(experiment: Experiment) -> bool:
    return all(one.run.stopped or one.live.error for one in experiment.members)
