"""The training component as Streamlit mounts it: bytes in, the update looked at back."""

from collections.abc import Callable
from typing import Any

import streamlit as st

_mount = st.components.v2.component(
    "rnnviz.training", js="training/training.js", css="training/training.css"
)


def training(
    payload: bytes, *, key: str, on_look: Callable[[], None], on_gap: Callable[[], None]
) -> Any:
    """Show runs. Looking back, zooming and pointing happen in the browser.

    Args:
        payload: what `training_payload` gives.
        key: keeps the component, and what it knows of the runs, from one rerun to the next.
        on_look: called where another update was chosen: `result.at`, None for the latest.
        on_gap: called where the browser lacks a part of the history.
    """
    return _mount(
        data=payload, key=key, default={"at": None}, on_at_change=on_look, on_resync_change=on_gap
    )
