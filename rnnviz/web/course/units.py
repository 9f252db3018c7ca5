"""Which unit of the course a page's address names."""

import streamlit as st

from rnnviz.web.address import lasting


def asked() -> str | None:
    """Its key, if there is such a one. What the course says is loaded only then: every page
    asks."""
    key: str | None = st.query_params.get(lasting.COURSE)
    if key is None:
        return None
    from rnnviz.course import UNITS

    return key if key in UNITS else None
