"""The By hand page: one to three units, every weight set by hand, everything in sight."""

import streamlit as st

from rnnviz.cells import named
from rnnviz.scenes.by_hand import cell_of
from rnnviz.texts import _
from rnnviz.web.address import address
from rnnviz.web.by_hand.controls import PANEL, choose
from rnnviz.web.by_hand.picture import picture
from rnnviz.web.frame import begin
from rnnviz.web.glossary import term
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.step.changes_if import show_alterations

TEXTS = PAGE_TEXTS["By hand"]
begin(TEXTS.title, TEXTS.lead, is_wide=True)
chosen = choose()
address.write(chosen.query)
st.fragment(picture, key="the picture")(chosen.settings)
if not chosen.settings.challenge:
    show_alterations(named(cell_of(chosen.settings)), PANEL)
how = _(TEXTS.reading)
flat = _("Where a curve is shaded it is nearly flat: {saturation}.", saturation=term("saturation"))
st.caption(f"{how} {flat}")
