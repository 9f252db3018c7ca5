"""The training component as Streamlit mounts it: for runs, bytes in and polls back; and for the
ring on the cliff."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from rnnviz.web.bundles import files

_files = files("training")
_mount = st.components.v2.component("rnnviz.training", js=_files.js, css=_files.css)


def training(payload: bytes, *, key: str, on_poll: Callable[[], None]) -> Any:
    """Show runs. Looking back, zooming and pointing happen in the browser.

    Args:
        payload: what `training_payload` gives.
        key: keeps the component, and what it knows of the runs, from one rerun to the next.
        on_poll: called when it wants to know what is new, or something was pressed:
            `result.poll`, see `Poll.read`. It waits until it is answered.
    """
    return _mount(data=payload, key=key, default={"poll": None}, on_poll_change=on_poll)


def start_ring(payload: bytes, *, key: str, on_move: Callable[[], None]) -> None:
    """Lay the ring where walks start over the picture in the same container.

    payload: what `start_payload` gives. on_move: called when it was moved, see `move_in`.
    """
    _mount(data=payload, key=key, on_start_change=on_move)
