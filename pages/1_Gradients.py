"""The Gradients page: how far back does the error reach, and why?"""

import streamlit as st

from rnnviz.web import address
from rnnviz.web.frame import begin
from rnnviz.web.gradients.check_section import gradient_check
from rnnviz.web.gradients.component import gradients
from rnnviz.web.gradients.knobs import Knobs
from rnnviz.web.gradients.own_cell import OwnCell, own_cell
from rnnviz.web.gradients.payload import gradients_payload
from rnnviz.web.gradients.phase_section import grow, phase_diagram
from rnnviz.web.step.view import last_scene, visit

FIRST, NOW = "what the Gradients page began with", "the knobs of the Gradients page"


def payload(first: Knobs, seed: int, own: str) -> bytes:
    """What the component gets: the same for the same start, seed, own cell and Step page."""
    scene = last_scene()
    return visit().keep(
        "gradients",
        (first, seed, own, scene),
        lambda: gradients_payload(
            first.experiment, seed, scene, own=own, with_scene=first.with_scene
        ),
    )


def component(own: OwnCell) -> Knobs:
    """Show it, and return the knobs: as let go last, or as the session's address had them."""
    cell = own.equations
    first: Knobs = st.session_state.setdefault(FIRST, Knobs.read(address.asked(), cell))
    before: Knobs = st.session_state.get(NOW, first)
    told = gradients(payload(first, before.experiment.seed, cell), key="gradients")
    now = Knobs.read(told or before.write(), cell)
    st.session_state[NOW] = now
    if now.experiment.seed != before.experiment.seed:
        st.rerun()
    address.write({**now.write(), **own.query})
    return now


begin(
    "How far back does the error reach?",
    "The size of the gradient at every time step, measured on the networks you set up here.",
)
now = component(own_cell()).experiment
st.markdown(
    "#### The phase diagram\nAll cells at once, over recurrent scale and length. With inputs, tanh "
    "keeps vanishing at scale 1 and above, because it saturates; the gated cells hardly care about "
    "the scale: the bias of their gate moves the whole map."
)
bar = phase_diagram(now)
st.markdown(
    "#### Check it yourself\nIs the backward pass right? Three independent ways to one number."
)
gradient_check(now)
grow(bar)
