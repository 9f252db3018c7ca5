"""The view on the page, to take away: its numbers as a table, and itself as one file.

Streamlit keeps what makes a file for minutes after a tab is closed, so that must not hold a view.
"""

import streamlit as st

from rnnviz.recording.recording import trace
from rnnviz.web.export import one_file
from rnnviz.web.step.view import Visit


def offer_downloads(visit: Visit) -> None:
    """Two buttons; what they give is made when one is pressed."""

    def table() -> str:
        assert visit.on_page
        shown = visit.on_page.scene
        return trace(shown.network, shown.reading.x).to_csv()

    def page() -> str:
        assert visit.on_page
        return one_file(visit.on_page.payload, visit.on_page.scene.reading.title)

    with st.container(horizontal=True):
        st.download_button(
            "All values as a table (CSV)",
            table,
            file_name="rnnviz.csv",
            mime="text/csv",
            on_click="ignore",
        )
        st.download_button(
            "This view as one HTML file",
            page,
            file_name="rnnviz.html",
            mime="text/html",
            on_click="ignore",
        )
