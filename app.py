"""The Step page: choose a network and a sequence, and step through what it computes."""

import streamlit as st

from rnnviz.recording.recording import trace
from rnnviz.scenes.questions import Question, question
from rnnviz.scenes.scene import Refused, Scene, Upload, scene
from rnnviz.settings import StepSettings
from rnnviz.web.asking import ask
from rnnviz.web.export import one_file
from rnnviz.web.frame import begin
from rnnviz.web.literal import literal
from rnnviz.web.step.component import stepper
from rnnviz.web.step.controls import Choices, choose
from rnnviz.web.step.last_scene import LAST
from rnnviz.web.step.payload import step_payload
from rnnviz.web.training.handover import from_training, offer_way_back

HOW_TO_READ = (
    "**How to read this.** Time runs from left to right, one column a step; each stripe is one "
    "unit. Colours are roles, the same in diagram, equations and charts. Click any number to see "
    "the arithmetic behind it. The address of this page is a link to this view."
)


@st.cache_resource(max_entries=32, show_spinner=False)
def computed(settings: StepSettings, upload: Upload | None) -> tuple[Scene, bytes, Question]:
    """A scene, its payload and its question: the same for the same choices."""
    shown = scene(settings, upload)
    return shown, step_payload(shown), question(shown)


def shown_for(choices: Choices) -> tuple[Scene, bytes, Question]:
    """What the choices ask for, or what was shown before if that cannot be."""
    try:
        found = computed(choices.settings, choices.upload)
    except Refused as refusal:
        choices.complain(refusal)
        found = st.session_state.get(LAST) or computed(StepSettings(), None)
    st.session_state[LAST] = found
    return found


begin(
    "Step through a recurrent network",
    "Press → and watch it read. Every number on this page is computed from the equations on it.",
)
offer_way_back()
shown, payload, asked = from_training() or shown_for(choose())
for note in shown.notes:
    st.markdown(f":orange-badge[note] {literal(note)}")
ask(asked, key=str(hash(payload)))
stepper(payload, key="stepper")
st.caption(HOW_TO_READ)
with st.container(horizontal=True):
    st.download_button(
        "All values as a table (CSV)",
        lambda: trace(shown.network, shown.reading.x).to_csv(),
        file_name="rnnviz.csv",
        mime="text/csv",
        on_click="ignore",
    )
    st.download_button(
        "This view as one HTML file",
        lambda: one_file(payload, shown.reading.title),
        file_name="rnnviz.html",
        mime="text/html",
        on_click="ignore",
    )
