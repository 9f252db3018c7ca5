"""The Gradients page's component as Streamlit mounts it: bytes in, the knobs back at rest."""

from typing import Any

import streamlit as st

from rnnviz.web.received import entries

_mount = st.components.v2.component(
    "rnnviz.gradients", js="gradients/gradients.js", css="gradients/gradients.css"
)


def gradients(payload: bytes, *, key: str) -> dict[str, Any]:
    """Curves, reasons and credit at knobs that are turned in the browser.

    Args:
        payload: what `gradients_payload.gradients_payload` gives. Turning a knob never asks the
            server; when one is let go, the page is rerun once, for its address.
        key: keeps the component from one rerun to the next.

    Returns:
        The knobs as they were let go last, by name; empty before that, and where it sent none.
    """
    result = _mount(data=payload, key=key, default={"knobs": {}}, on_knobs_change=_nothing)
    try:
        return entries(result.knobs)
    except ValueError:
        return {}


def phase_maps(payload: bytes, *, key: str) -> None:
    """The phase diagram; a click in it turns the knobs of the component above, in the browser."""
    _mount(data=payload, key=key)


def _nothing() -> None:
    """Streamlit wants a callback for each state value; the rerun itself is all that is needed."""
