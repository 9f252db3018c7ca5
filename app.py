"""The Step page: choose a network and a sequence, and step through what it computes."""

import streamlit as st

# While this process loads NumPy and all of ours, the browser fetches what components need (see
# rnnviz/web/serving/ahead.py).
st.components.v2.component("rnnviz.ahead", js="ahead/ahead.js")(key="ahead")

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlencode

from rnnviz.cells import named
from rnnviz.scenes.settings import OWN_CELL, YOUR_FILE, StepSettings
from rnnviz.scenes.weights import Refused
from rnnviz.texts import _
from rnnviz.web.address import address
from rnnviz.web.asking import ask
from rnnviz.web.course import course, units
from rnnviz.web.frame import begin
from rnnviz.web.literal import literal
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.step import guess
from rnnviz.web.step.about_cells import show_cells
from rnnviz.web.step.changes_if import show_alterations
from rnnviz.web.step.component import item_in_view, stepper
from rnnviz.web.step.controls import Choices, choose
from rnnviz.web.step.downloads import save_page
from rnnviz.web.step.view import View, shared_view, visit
from rnnviz.web.step.writing import writing
from rnnviz.web.training.handover import from_training, offer_way_back, train_from

TEXTS = PAGE_TEXTS["Step"]


def shown_for(choices: Choices) -> View:
    """What the choices ask for, or what was shown before if that cannot be."""
    settings, numbers = choices.settings, choices.numbers
    try:
        view = visit().view(settings, choices.upload, choices.reading, numbers)
    except Refused as refusal:
        if refusal.where != "equations":  # the writing place says what is wrong with these
            choices.complain(refusal)
        if refusal.where != "weights":  # there is nothing wrong with the file
            choices.take()
    else:
        choices.take()
        return view
    if choices.before:  # a file that is refused changes nothing about the one before
        with suppress(Refused):
            return visit().view(settings, choices.before, choices.reading, numbers)
    return visit().last or shared_view(StepSettings())


def show(view: View, query: Mapping[str, str]) -> None:
    """A view: what is odd about it, its question, the stepper, and how to take it away."""
    badge = _("note")
    for note in view.scene.notes:
        st.markdown(f":orange-badge[{badge}] {literal(note)}")
    item = item_in_view("stepper", view.scene.reading.batch)
    guess.follow(view, item)
    if units.asked() is None:  # a unit has its own question
        about = f"step {urlencode(query)} {item}"
        ask(visit().question(view, item), key=guess.key_of(view, item), about=about)
    address.write({**query, **guess.query(view, item)})
    reported = stepper(view.payload, key="stepper")
    visit().see(view, reported.weights)
    title = _("How to read this.")
    st.caption(f"**{title}** {_(TEXTS.reading)}")
    show_cells(view.scene.network)
    if reported.page is not None:
        save_page(view, reported.page)
    if reported.train is not None:
        train_from(view.scene, reported.train)


def show_chosen() -> None:
    """What the sidebar asks for."""
    choices = choose()
    place = st.container()
    view = shown_for(choices)
    choices.show_cell(view.scene)
    choices.ask_what_it_reads()
    if choices.settings.cell == OWN_CELL and choices.settings.weights != YOUR_FILE:
        with place:
            writing(choices.settings.equations, view.scene.network)
    show(view, choices.query)
    show_alterations(named(view.scene.network.layers[0].cell), "step")


begin(TEXTS.title, TEXTS.lead, goes_ahead=False)
if units.asked() is None:
    course.invite()
offer_way_back()
trained = from_training()
if trained is None:
    show_chosen()
else:
    show(trained, {})
