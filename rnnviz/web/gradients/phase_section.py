"""The phase diagram as it grows: a block of networks each time its fragment runs."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from rnnviz.gradients.experiment import Experiment
from rnnviz.gradients.phase import Phase, phases
from rnnviz.web.gradients.component import phase_maps
from rnnviz.web.gradients.payload import phase_payload

GROWING = "the phase diagram"
BREAK = 0.03
"""Seconds between two blocks: the page stays alive, and so do other sessions."""
MOST_KEPT = 64


@dataclass
class Growing:
    """A diagram as far as it is, what computes the rest, and the knobs it is for."""

    base: Experiment
    blocks: Iterator[Phase] | None
    phase: Phase | None = None

    @property
    def is_whole(self) -> bool:
        return self.phase is not None and self.phase.done == 1.0


def phase_diagram(now: Experiment) -> None:
    """The section of the page: a button, progress, a way to cancel, the maps."""
    running = _is_running(st.session_state.get(GROWING))
    st.fragment(_section, run_every=BREAK if running else None)(now, was_running=running)


def _section(now: Experiment, *, was_running: bool) -> None:
    growing = _advance()
    if _is_running(growing) != was_running:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        _controls(now, growing)
    if growing and growing.phase:
        phase_maps(phase_payload(growing.phase, _said(growing)), key="phase")


def _is_running(growing: Growing | None) -> bool:
    return growing is not None and growing.blocks is not None


def _controls(now: Experiment, growing: Growing | None) -> None:
    if growing and growing.blocks:
        share = growing.phase.done if growing.phase else 0.0
        st.progress(share, f"{share:.0%} of the networks are measured")
        st.button("Cancel", on_click=_cancel)
    elif not growing or growing.base != _base(now) or not growing.is_whole:
        words = "Compute it: 1,250 networks" if not growing else "Compute it for the knobs above"
        st.button(words, on_click=_begin, args=(now,), type="primary")


def _base(now: Experiment) -> Experiment:
    """The knobs that a diagram depends on; cells, scales and lengths it has of its own."""
    return Experiment(
        forget_bias=now.forget_bias,
        input_scale=now.input_scale,
        hidden=now.hidden,
        seed=now.seed,
    )


def _said(growing: Growing) -> str:
    """At which knobs a diagram was computed."""
    base = growing.base
    stopped = "" if growing.is_whole or growing.blocks else " Cancelled: the rest is left out."
    return (
        f"Computed for {base.hidden} units, bias {base.forget_bias:g}, "
        f"input scale {base.input_scale:g}, seeds from {base.seed} on.{stopped}"
    )


@st.cache_resource(show_spinner=False)
def _shelf() -> dict[Experiment, Phase]:
    """Finished diagrams, for all sessions."""
    return {}


def _begin(now: Experiment) -> None:
    base = _base(now)
    known = _shelf().get(base)
    st.session_state[GROWING] = Growing(base, None if known else phases(base), known)


def _cancel() -> None:
    st.session_state[GROWING].blocks = None


def _advance() -> Growing | None:
    """One more block, if a diagram is being computed."""
    growing: Growing | None = st.session_state.get(GROWING)
    if growing is None or growing.blocks is None:
        return growing
    growing.phase = next(growing.blocks, growing.phase)
    if growing.is_whole and growing.phase:
        growing.blocks = None
        shelf = _shelf()
        if len(shelf) >= MOST_KEPT:
            del shelf[next(iter(shelf))]
        shelf[growing.base] = growing.phase
    return growing
