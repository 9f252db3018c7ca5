"""The By hand page: one to three units, every weight set by hand, everything in sight."""

import streamlit as st

from rnnviz.texts import _
from rnnviz.web import address
from rnnviz.web.by_hand.controls import choose
from rnnviz.web.by_hand.picture import picture
from rnnviz.web.frame import begin
from rnnviz.web.glossary import term
from rnnviz.web.page_texts import PAGE_TEXTS

TEXTS = PAGE_TEXTS["By hand"]
begin(TEXTS.title, TEXTS.lead, is_wide=True)
chosen = choose()
address.write(chosen.query)
st.fragment(picture, key="the picture")(chosen.settings)
how = _(TEXTS.reading)
flat = _("Where a curve is shaded it is nearly flat: {saturation}.", saturation=term("saturation"))
st.caption(f"{how} {flat}")
