"""A cell of one's own on the Gradients page: typed in the sidebar, drawn beside the others."""

from typing import NamedTuple

import streamlit as st

from rnnviz.cells import ABOUT
from rnnviz.gradients.setup import KNOBS
from rnnviz.settings.schema import Schema
from rnnviz.texts import _
from rnnviz.web.controls import Panel
from rnnviz.web.equations import equations_box

TYPED = Schema({"equations": KNOBS["equations"]})
BEGINS = "LSTM"
ASKED = "begin with a cell of the gallery"


class OwnCell(NamedTuple):
    """equations: of a cell, or nothing. query: for the address, which has what is typed, a cell or
    not."""

    equations: str
    query: dict[str, str]


def own_cell() -> OwnCell:
    """Draw the box, and say under it what keeps the text from being a cell."""
    panel = Panel("gradients", TYPED)
    if st.session_state.pop(ASKED, False):
        panel.suggest("equations", ABOUT[BEGINS].equations)
    is_open = bool(panel.value("equations"))
    with st.sidebar, st.expander(_("A cell of your own"), expanded=is_open):
        cell = equations_box(panel, begin="")
        text: str = panel.chosen["equations"]
        if not text.strip():
            st.button(_("Begin with the {cell}'s equations", cell=BEGINS), on_click=_begin)
    return OwnCell(text if cell else "", panel.query())


def _begin() -> None:
    st.session_state[ASKED] = True
