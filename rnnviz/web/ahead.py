"""An empty component with which every page begins, so that the page's own is shown sooner.

Streamlit's browser side fetches what components need when it meets the first one, and React keeps
back for 0.3 s what has come late. The page's component, further down, finds all of it there.
"""

import streamlit as st

_mount = st.components.v2.component("rnnviz.ahead", js="ahead/ahead.js")


def go_ahead() -> None:
    """Place it; the frame's style gives it no room."""
    _mount(key="ahead")
