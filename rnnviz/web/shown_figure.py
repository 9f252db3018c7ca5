"""A Plotly figure on a page."""

from typing import Any

import streamlit as st

from rnnviz.web import lasting


def show_figure(figure: Any, **how: Any) -> None:
    """Place a Plotly figure; how: as Streamlit's `plotly_chart` has it.

    It is drawn with letters as large as the page's are at that moment: so in presenter mode it is
    another figure, and is drawn anew.
    """
    if lasting.is_presenter():
        figure = type(figure)(figure).update_layout(meta="presenter")
    st.plotly_chart(figure, **how)
