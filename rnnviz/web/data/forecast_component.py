"""The charts of forecasts as Streamlit mounts them: bytes in, the row of a chosen window back."""

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from rnnviz.web.bundles import files
from rnnviz.web.received import count

_files = files("forecast")
_mount = st.components.v2.component("rnnviz.forecast", js=_files.js, css=_files.css)


def forecast_charts(payload: bytes, *, key: str, on_window: Callable[[int], None]) -> None:
    """Show forecasts; zooming happens in the browser.

    Args:
        payload: what `forecast_payload` gives.
        on_window: called with a row of the table, from 1, when the window that ends with it was
            chosen.
    """

    def chosen() -> None:
        with suppress(KeyError, TypeError, ValueError):  # no browser of ours sends what is no row
            on_window(count(st.session_state[key]["window"]))

    _mount(data=payload, key=key, on_window_change=chosen)
