"""Which unit of the course a page's address names."""

import streamlit as st

KEY = "course"
"""What the address names it under; `unit` is what the Gradients page follows."""


def asked() -> str | None:
    """Its key, if there is such a one. What the course says is loaded only then: every page
    asks."""
    key: str | None = st.query_params.get(KEY)
    if key is None:
        return None
    from rnnviz.course import UNITS

    return key if key in UNITS else None
