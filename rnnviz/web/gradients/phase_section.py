"""The phase diagram: computed block by block at the end of the page's own run, which a click on
Cancel, as any other, cuts short.

There is no timer: a timer's run that meets a click's can take elements off the page (Streamlit 1.67
drops what it had not sent yet).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.cells import OWN
from rnnviz.gradients.experiment import Experiment
from rnnviz.gradients.phase import SCALES, SEEDS, Phase, cells_of, phases
from rnnviz.texts import _
from rnnviz.web.gradients.component import phase_maps
from rnnviz.web.gradients.payload import phase_payload

GROWING = "the phase diagram"
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


def phase_diagram(now: Experiment) -> DeltaGenerator | None:
    """The section of the page: a button and the maps, or progress and a way to cancel.

    Returns the progress bar while there is something to compute: `grow` wants it.
    """
    growing: Growing | None = st.session_state.get(GROWING)
    bar = _controls(now, growing)
    if growing and growing.phase and not growing.blocks:
        phase_maps(phase_payload(growing.phase, _about(growing)), key="phase")
    return bar


def grow(bar: DeltaGenerator | None) -> None:
    """Compute what is left, and have the maps drawn. Comes last on the page: it takes seconds."""
    growing: Growing | None = st.session_state.get(GROWING)
    if bar is None or growing is None or growing.blocks is None:
        return
    for phase in growing.blocks:
        growing.phase = phase
        bar.progress(*_progress(growing))
    _finish(growing)
    st.rerun()


def _controls(now: Experiment, growing: Growing | None) -> DeltaGenerator | None:
    """One button with a key: another in its place would be shown beside it while the run lasts.
    Progress is below, for in a row that changes its widths Streamlit 1.67 loses clicks."""
    if growing and growing.blocks:
        st.button(_("Cancel"), key="phase button", on_click=_cancel)
        return st.progress(*_progress(growing))
    if not growing or growing.base != _base(now) or not growing.is_whole:
        count = len(cells_of(now)) * len(SCALES) * SEEDS
        many = _("Compute it: {count} networks", count=format(count, ","))
        words = many if not growing else _("Compute it for the knobs above")
        st.button(words, key="phase button", on_click=_begin, args=(now,))
    return None


def _progress(growing: Growing) -> tuple[float, str]:
    share = growing.phase.done if growing.phase else 0.0
    return share, _("{share} of the networks are measured", share=format(share, ".0%"))


def _base(now: Experiment) -> Experiment:
    """The knobs that a diagram depends on; cells, scales and lengths it has of its own."""
    has_own = OWN in now.cells
    return Experiment(
        cells=(OWN,) if has_own else Experiment().cells,
        equations=now.equations if has_own else "",
        forget_bias=now.forget_bias,
        input_scale=now.input_scale,
        hidden=now.hidden,
        seed=now.seed,
    )


def _about(growing: Growing) -> str:
    """At which knobs a diagram was computed, and what is not there of it."""
    base = growing.base
    knobs = _(
        "Computed for {hidden} units, bias {bias}, input scale {input}, seeds from {seed} on.",
        hidden=base.hidden,
        bias=format(base.forget_bias, "g"),
        input=format(base.input_scale, "g"),
        seed=base.seed,
    )
    sentences = [knobs]
    if not growing.is_whole and not growing.blocks:
        sentences.append(_("Cancelled: the rest is left out."))
    if OWN in base.cells and OWN not in cells_of(base):
        own = _(
            "Your own cell does not hand h on to the next step (no h_prev): it has no map of dL/dh."
        )
        sentences.append(own)
    return " ".join(sentences)


@st.cache_resource(show_spinner=False)
def _shelf() -> dict[Experiment, Phase]:
    """Finished diagrams, for all sessions."""
    return {}


def _begin(now: Experiment) -> None:
    base = _base(now)
    known = _shelf().get(base)
    st.session_state[GROWING] = Growing(
        base, None if known else phases(base, cells=cells_of(base)), known
    )


def _cancel() -> None:
    st.session_state[GROWING].blocks = None


def _finish(growing: Growing) -> None:
    """What is whole goes to the shelf."""
    growing.blocks = None
    shelf = _shelf()
    if len(shelf) >= MOST_KEPT:
        del shelf[next(iter(shelf))]
    if growing.phase:
        shelf[growing.base] = growing.phase
