"""The By hand page: one to three units, every weight set by hand, everything in sight."""

import streamlit as st

from rnnviz.scenes.by_hand import BY_HAND
from rnnviz.texts import N_, _
from rnnviz.web import address
from rnnviz.web.by_hand.controls import PANEL, choose
from rnnviz.web.by_hand.picture import picture
from rnnviz.web.controls import put
from rnnviz.web.frame import begin

BIFURCATION = {
    **BY_HAND.defaults,
    "cell": "RNN (tanh)",
    "begin": "edge",
}


begin(
    N_("By hand"),
    N_("Set every weight of a small network yourself, and read along its row what follows."),
    is_wide=True,
)
chosen = choose()
address.write(chosen.query)
st.fragment(picture, key="the picture")(chosen.settings)
st.caption(
    _(
        "Move a weight, type it, or draw the input: all numbers follow at once. The dotted lines "
        "are the run before your last change. The cell and the number of units are chosen in the "
        "sidebar; the address of this page is a link to this view."
    )
)
st.button(
    _("A bifurcation: one tanh unit whose recurrent weight crosses 1"),
    on_click=put,
    args=(PANEL, BIFURCATION),
    help=_("Push its recurrent weight above and below 1, and watch the states at rest."),
)
