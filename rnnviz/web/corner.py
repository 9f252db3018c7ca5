"""The corner of every page: one component, in which each tool has a button of its own."""

from typing import Any

import streamlit as st

from rnnviz.web.bundles import files
from rnnviz.web.corner_payload import TOOLS, corner_payload

KEY = "tools"
_files = files("corner")
_mount = st.components.v2.component("rnnviz.corner", js=_files.js, css=_files.css)


def corner() -> None:
    """Place it; the frame's style puts it into the corner. What a tool asks for is answered without
    the rest of the page."""
    with st.container(key="corner"):
        st.fragment(_drawn)()


def _drawn() -> None:
    callbacks: Any = {f"on_{tool.name}_change": lambda: None for tool in TOOLS}
    _mount(
        data=corner_payload(st.session_state.get(KEY, {})),
        key=KEY,
        default={tool.name: None for tool in TOOLS},
        **callbacks,
    )
