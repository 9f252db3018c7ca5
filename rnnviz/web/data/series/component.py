"""The charts of forecasts as Streamlit mounts them: bytes in, what was pressed back."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import streamlit as st

from rnnviz.web.bundles import files
from rnnviz.web.received import count

_files = files("forecast")
_mount = st.components.v2.component("rnnviz.forecast", js=_files.js, css=_files.css)


def forecast_charts(
    payload: bytes,
    *,
    key: str,
    on_window: Callable[[int], None],
    on_ahead: Callable[[int], None],
) -> None:
    """Show forecasts; zooming happens in the browser.

    Args:
        payload: what `forecast_payload` gives.
        on_window: called with a row of the table, from 1, when the window that ends with it was
            chosen.
        on_ahead: called with the steps ahead, from 1, that were chosen.
    """

    def pressed(name: str, follow: Callable[[int], None]) -> None:
        with suppress(KeyError, TypeError, ValueError):  # no browser of ours sends what is no count
            follow(count(st.session_state[key][name]))

    _mount(
        data=payload,
        key=key,
        on_window_change=partial(pressed, "window", on_window),
        on_ahead_change=partial(pressed, "ahead", on_ahead),
    )
