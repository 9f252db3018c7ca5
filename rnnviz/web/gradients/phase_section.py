"""The phase diagram: computed block by block at the end of the page's own run, which a click on
Cancel, as any other, cuts short.

There is no timer: a timer's run that meets a click's can take elements off the page (Streamlit 1.67
drops what it had not sent yet).
"""

import time
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnnviz.cells import OWN
from rnnviz.gradients.phase import SCALES, SEEDS, Phase, cells_of
from rnnviz.gradients.setup import Setup
from rnnviz.texts import _, ngettext
from rnnviz.web.gradients.component import phase_maps
from rnnviz.web.gradients.payload import phase_payload
from rnnviz.web.gradients.phase_queue import PhaseQueue, Request
from rnnviz.web.gradients.phase_words import about
from rnnviz.web.rooms import beside

GROWING = "the phase diagram"
STEP = 0.3
"""Seconds that are computed before a room's bar is answered."""


@dataclass
class Growing:
    """A diagram as far as it is, the knobs it is for, and what computes the rest: None after the
    last block, or after Cancel."""

    base: Setup
    request: Request | None
    phase: Phase

    @property
    def is_whole(self) -> bool:
        return self.phase.done == 1.0


@st.cache_resource(show_spinner=False)
def _queue() -> PhaseQueue:
    return PhaseQueue()


def phase_diagram(now: Setup) -> DeltaGenerator | None:
    """The section of the page: a button and the maps, or progress and a way to cancel.

    Returns the progress bar while there is something to compute: `grow` wants it.
    """
    growing: Growing | None = st.session_state.get(GROWING)
    bar = _controls(now, growing)
    if growing and not growing.request:
        phase_maps(
            phase_payload(growing.phase, about(growing.base, is_whole=growing.is_whole)),
            key="phase",
        )
    return bar


def grow(bar: DeltaGenerator | None) -> None:
    """Compute what is left, and have the maps drawn. Comes last on the page: it takes seconds."""
    growing: Growing | None = st.session_state.get(GROWING)
    if bar is None or growing is None or (request := growing.request) is None:
        return
    beside.to_the_end(partial(_step, growing, bar), lambda: bar.progress(*_progress(request)))


def _step(growing: Growing, bar: DeltaGenerator) -> bool:
    """Compute blocks for a moment; False where none is left, or after Cancel."""
    queue, request, end = _queue(), growing.request, time.monotonic() + STEP
    if request is None:
        return False
    with queue.watching(request):
        while not request.diagram.is_whole and time.monotonic() < end:
            queue.proceed(request)
            growing.phase = request.diagram.phase
            bar.progress(*_progress(request))
    if request.diagram.is_whole:
        growing.request, growing.phase = None, request.diagram.phase
    return True


def _controls(now: Setup, growing: Growing | None) -> DeltaGenerator | None:
    """One button with a key: another in its place would be shown beside it while the run lasts.
    Progress is below, for in a row that changes its widths Streamlit 1.67 loses clicks."""
    if growing and growing.request:
        st.button(_("Cancel"), key="phase button", on_click=_cancel)
        return st.progress(*_progress(growing.request))
    if not growing or growing.base != _base(now) or not growing.is_whole:
        many = f"{len(cells_of(now)) * len(SCALES) * SEEDS:,}"
        words = _("Compute it for the knobs above")
        if not growing:
            words = _("Compute it: {many} networks", many=many)
        st.button(words, key="phase button", on_click=_begin, args=(now,))
    return None


def _progress(request: Request) -> tuple[float, str]:
    """How far it is, or what it waits for."""
    share, ahead = request.diagram.phase.done, _queue().ahead(request)
    if ahead:
        waits = ngettext(
            "Waiting: {count} other diagram is computed first.",
            "Waiting: {count} other diagrams are computed first.",
            ahead,
        )
        return share, waits
    return share, _("{share} of the networks are measured", share=f"{share:.0%}")


def _base(now: Setup) -> Setup:
    """The knobs that a diagram depends on; cells, scales and lengths it has of its own."""
    has_own = OWN in now.cells
    return Setup(
        cells=(OWN,) if has_own else Setup().cells,
        equations=now.equations if has_own else "",
        forget_bias=now.forget_bias,
        input_scale=now.input_scale,
        hidden=now.hidden,
        seed=now.seed,
    )


def _begin(now: Setup) -> None:
    base = _base(now)
    request = _queue().ask(base)
    phase, is_whole = request.diagram.phase, request.diagram.is_whole
    st.session_state[GROWING] = Growing(base, None if is_whole else request, phase)


def _cancel() -> None:
    """Leave it as it is; for others who wait for the same it goes on."""
    st.session_state[GROWING].request = None
