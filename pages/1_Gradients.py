"""The Gradients page: how far back does the error reach, and why?"""

import streamlit as st

from rnnviz.texts import _, language
from rnnviz.web.address import address
from rnnviz.web.export import one_file
from rnnviz.web.frame import begin
from rnnviz.web.gradients.check_section import gradient_check
from rnnviz.web.gradients.component import gradients
from rnnviz.web.gradients.knobs import Knobs
from rnnviz.web.gradients.own_cell import OwnCell, own_cell
from rnnviz.web.gradients.payload import gradients_payload
from rnnviz.web.gradients.phase_section import grow, phase_diagram
from rnnviz.web.page_texts import PAGE_TEXTS, PHASE_DIAGRAM
from rnnviz.web.serving.ahead import hand_over
from rnnviz.web.step.view import last_scene, visit

BEGAN = "what the Gradients page began with"
NOW = "where the Gradients page is"
MOVES = "how often Back or Forward led to the Gradients page"


def payload(first: Knobs, seed: int, own: str) -> bytes:
    """What the component gets: the same for the same start, seed, own cell and Step page."""
    scene, moves = last_scene(), st.session_state[MOVES]
    return visit().keep(
        "gradients",
        (first, seed, own, scene, moves, language()),
        lambda: gradients_payload(first, seed, scene, own=own, moves=moves),
    )


def component(own: OwnCell) -> Knobs:
    """Show it, and return the knobs: as they were let go last, or as the address has them at first
    and after Back or Forward."""
    state, cell, moved = st.session_state, own.equations, address.has_moved()
    if moved or BEGAN not in state:
        state[BEGAN] = state[NOW] = Knobs.read(address.asked(), cell)
        state[MOVES] = state.get(MOVES, -1) + 1
    before: Knobs = state[NOW]
    reported = gradients(payload(state[BEGAN], before.setup.seed, cell), key="gradients")
    knobs = reported.knobs
    is_new = bool(knobs) and knobs.get("moves", state[MOVES]) == state[MOVES]
    now = Knobs.read(knobs if is_new else before.write(), cell)
    state[NOW] = now
    if reported.wanted is not None:
        save_page(Knobs.read(reported.wanted, cell), cell)
    if now.setup.seed != before.setup.seed:
        st.rerun()
    if not moved:
        address.write({**now.write(), **own.query})
    return now


def save_page(wanted: Knobs, own: str) -> None:
    """Have the browser save a view as a page by itself, which opens as it is on the screen."""
    seed = wanted.setup.seed
    payload = gradients_payload(wanted, seed, last_scene(), own=own, in_file=True)
    text = one_file(payload, _("How far back does the error reach?"), "gradients")
    hand_over("gradients.html", "text/html", text)


def section(title: str, lead: str) -> None:
    """A heading, and one sentence that leads in."""
    st.markdown(f"#### {title}\n{lead}")


TEXTS = PAGE_TEXTS["Gradients"]
begin(TEXTS.title, TEXTS.lead)
now = component(own_cell()).setup
st.page_link(
    "pages/2_Train.py",
    label=_(
        "Does a large bias alone learn long gaps? See the lesson “Forget bias” on the Train page."
    ),
    query_params={"lesson": "forget bias"},
)
st.page_link(
    "pages/2_Train.py",
    label=_(
        "Is a way from L to each step enough to learn what lies 100 steps back? See the lesson "
        "“Attention” on the Train page."
    ),
    query_params={"lesson": "attention"},
)
section(_(PHASE_DIAGRAM.title), _(PHASE_DIAGRAM.lead))
bar = phase_diagram(now)
section(
    _("Check it yourself"),
    _("Is the backward pass right? Three independent ways to one number."),
)
gradient_check(now)
grow(bar)
