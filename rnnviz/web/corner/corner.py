"""The corner of every page: one component, in which each tool has a button of its own."""

from functools import partial
from typing import Any

import streamlit as st

from rnnviz.web.bundles import files
from rnnviz.web.corner.corner_payload import TOOLS, Tool, corner_payload

KEY = "tools"
PRESSED = "a tool of the corner has changed the page"
_files = files("corner")
_mount = st.components.v2.component("rnnviz.corner", js=_files.js, css=_files.css)


def corner() -> None:
    """Place it; the frame's style puts it into the corner. What a tool asks for is answered without
    the rest of the page, unless the page looks otherwise then."""
    with st.container(key="corner"):
        st.fragment(_drawn)()


def _drawn() -> None:
    if st.session_state.pop(PRESSED, False):
        st.rerun()
    callbacks: Any = {f"on_{tool.name}_change": partial(_heard, tool) for tool in TOOLS}
    _mount(
        data=corner_payload(st.session_state.get(KEY, {})),
        key=KEY,
        default={tool.name: None for tool in TOOLS if tool.pressed is None},
        **callbacks,
    )


def _heard(tool: Tool) -> None:
    if tool.pressed is not None:
        tool.pressed(st.session_state[KEY][tool.name])
        st.session_state[PRESSED] = tool.is_seen
