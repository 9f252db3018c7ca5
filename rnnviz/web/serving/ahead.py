"""An empty component with which every page begins, so that the page's own is shown sooner.

Streamlit's browser side fetches what components need when it meets the first one, and React keeps
back for 0.3 s what has come late. The page's component, further down, finds all of it there. On the
first page a process shows, app.py places it before NumPy and the package are loaded.
"""

import streamlit as st

from rnnviz.web.payload import pack

HANDED = "how many files were handed over"
_mount = st.components.v2.component("rnnviz.ahead", js="ahead/ahead.js")


def go_ahead() -> None:
    """Place it; the frame's style gives it no room."""
    _mount(key="ahead")


def hand_over(name: str, kind: str, text: str) -> None:
    """Have the browser save a file, now that this run of the script has made it; kind: "text/html".

    Streamlit's own button has to be given a file before it is pressed. Each time has a number:
    Streamlit sends no component what it has been sent before.
    """
    st.session_state[HANDED] = turn = st.session_state.get(HANDED, 0) + 1
    _mount(data=pack({"name": name, "kind": kind, "text": text, "turn": turn}, {}), key="handed")
