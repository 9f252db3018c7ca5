"""A Plotly figure on a page."""

from typing import Any

import streamlit as st

from rnnviz.web import lasting

USUAL = 450
"""Plotly's own height, in pixels."""
LARGER = 1.5


def show_figure(figure: Any, **how: Any) -> None:
    """Place a Plotly figure; how: as Streamlit's `plotly_chart` has it.

    Its letters are as large as the page's are when it is drawn: in presenter mode it is another
    figure, and a higher one, so that it is drawn anew.
    """
    if lasting.is_presenter():
        usual = figure.layout.height or USUAL
        figure = type(figure)(figure).update_layout(meta="presenter", height=LARGER * usual)
    st.plotly_chart(figure, **how)
