"""A page's address, to be copied or held up as a QR code: whoever opens it sees the same view."""

import streamlit as st

from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.bundles import files
from rnnviz.web.code_of_link import LONGEST, code_of
from rnnviz.web.payload import pack

KEY = "sharing"
_files = files("sharing")
_mount = st.components.v2.component("rnnviz.sharing", js=_files.js, css=_files.css)


def share() -> None:
    """Place the button; the frame's style puts it into the corner. A code is drawn without the rest
    of the page."""
    with st.container(key="corner"):
        st.fragment(_drawn)()


def _drawn() -> None:
    link = st.session_state.get(KEY, {}).get("link")
    code = code_of(link) if isinstance(link, str) else None
    header = {"longest": LONGEST, "link": link if code else None, "code": code and code._asdict()}
    _mount(
        data=pack({**header, "texts": for_browser(language())}, {}),
        key=KEY,
        default={"link": None},
        on_link_change=lambda: None,
    )
