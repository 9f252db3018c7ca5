"""The Cells page: the gallery, to be read from the first cell to the last."""

import streamlit as st

from rnnviz.settings.sizes import SIZES
from rnnviz.web.address import address
from rnnviz.web.cells_page import show_gallery
from rnnviz.web.controls import Panel
from rnnviz.web.frame import begin
from rnnviz.web.page_texts import PAGE_TEXTS

TEXTS = PAGE_TEXTS["Cells"]
begin(TEXTS.title, TEXTS.lead)
panel = Panel("cells", SIZES)
with st.sidebar:
    units, inputs = panel.draw("units"), panel.draw("inputs")
address.write(panel.query())
show_gallery(units, inputs)
