"""The Step page: choose a network and a sequence, and step through what it computes."""

import streamlit as st

from rnnviz.recording.recording import trace
from rnnviz.scenes.scene import Refused
from rnnviz.settings import StepSettings
from rnnviz.web.asking import ask
from rnnviz.web.export import one_file
from rnnviz.web.frame import begin
from rnnviz.web.literal import literal
from rnnviz.web.step.component import stepper
from rnnviz.web.step.controls import Choices, choose
from rnnviz.web.step.view import View, shared_view, visit
from rnnviz.web.training.handover import from_training, offer_way_back

HOW_TO_READ = (
    "**How to read this.** Time runs from left to right, one column a step; each stripe is one "
    "unit. Colours are roles, the same in diagram, equations and charts. Click any number to see "
    "the arithmetic behind it. The address of this page is a link to this view."
)


def shown_for(choices: Choices) -> View:
    """What the choices ask for, or what was shown before if that cannot be."""
    try:
        return visit().view(choices.settings, choices.upload, choices.reading)
    except Refused as refusal:
        choices.complain(refusal)
        return visit().last or shared_view(StepSettings())


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
