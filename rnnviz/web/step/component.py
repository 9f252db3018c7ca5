"""The stepper component as Streamlit mounts it: bytes in, nothing back."""

from typing import Any

import streamlit as st

_mount = st.components.v2.component(
    "rnnviz.stepper", js="stepper/stepper.js", css="stepper/stepper.css"
)


def stepper(payload: bytes, *, key: str) -> Any:
    """Show a run. Stepping, playing and dragging happen in the browser and never rerun the page.

    Args:
        payload: what `payload.pack` gives. A header with another `id` is another run; where its
            shape is the same, the visitor stays at the step, unit and layer they were at.
        key: keeps the component, and where the visitor is in it, from one rerun to the next.

    Returns:
        The component's result, which carries no state: nothing is sent to the server.
    """
    return _mount(data=payload, key=key)
