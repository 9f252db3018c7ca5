"""A coloured text as Streamlit mounts it."""

import streamlit as st

from rnnviz.web.bundles import files

_files = files("sentence")
_mount = st.components.v2.component("rnnviz.sentence", js=_files.js, css=_files.css)


def coloured(payload: bytes, *, key: str) -> None:
    """Show a text, each token on its colour; payload: what `sentence_payload` gives."""
    _mount(data=payload, key=key)
