"""A cell of one's own on a page: where its equations are typed, and what is said of them."""

import streamlit as st

from rnnviz.cells import ABOUT, NamedCell, own
from rnnviz.equations import EquationError, parse
from rnnviz.web.controls import Panel
from rnnviz.web.literal import ended


def equations_box(panel: Panel, *, begin: str = ABOUT["LSTM"].equations) -> NamedCell | None:
    """The box of a panel's setting `equations`, and under it what keeps them from being a cell.

    begin: what an empty box begins with.

    Returns the cell that stands there, if it is one. An empty box is none, and nothing is wrong.
    """
    panel.suggest("equations", begin)
    text: str = panel.draw("equations")
    try:
        return own(parse(text)) if text.strip() else None
    except EquationError as error:
        st.error(ended(error.message))
    return None
