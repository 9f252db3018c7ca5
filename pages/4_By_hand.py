"""The By hand page: one to three units, every weight set by hand, everything in sight."""

import streamlit as st

from rnnviz.texts import N_, _
from rnnviz.web import address
from rnnviz.web.by_hand.controls import choose
from rnnviz.web.by_hand.picture import picture
from rnnviz.web.frame import begin
from rnnviz.web.glossary import term

begin(
    N_("By hand"),
    N_("Set every weight of a small network yourself, and read along its row what follows."),
    is_wide=True,
)
chosen = choose()
address.write(chosen.query)
st.fragment(picture, key="the picture")(chosen.settings)
how = _(
    "Move a weight, type it, or draw the input: all numbers follow at once. The dotted lines are "
    "the run before your last change. The cell and the number of units are chosen in the sidebar; "
    "the address of this page is a link to this view."
)
flat = _("Where a curve is shaded it is nearly flat: {saturation}.", saturation=term("saturation"))
st.caption(f"{how} {flat}")
