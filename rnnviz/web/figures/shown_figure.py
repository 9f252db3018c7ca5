"""A Plotly figure on a page."""

import json
import re
from typing import TYPE_CHECKING, Any

import streamlit as st

from rnnviz.web.address import lasting
from rnnviz.web.figures.colours import DARK

if TYPE_CHECKING:
    import plotly.graph_objects as go

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


def in_the_theme(figure: "go.Figure") -> "go.Figure":
    """A figure of the light theme's colours in those of the visitor's theme."""
    if st.context.theme.type != "dark":
        return figure
    colours = re.compile("|".join(DARK))
    dark = colours.sub(lambda found: DARK[found[0]], figure.to_json())
    return type(figure)(json.loads(dark)).update_layout(meta="dark")
