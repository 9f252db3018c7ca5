"""The stepper component as Streamlit mounts it: bytes in; back comes what is wanted as a file."""

import streamlit as st

_mount = st.components.v2.component(
    "rnnviz.stepper", js="stepper/stepper.js", css="stepper/stepper.css"
)


def stepper(payload: bytes, *, key: str) -> str | None:
    """Show a run. Stepping, playing and dragging happen in the browser and never rerun the page.

    Args:
        payload: what `payload.pack` gives. A header with another `id` is another run; where its
            shape is the same, the visitor stays at the step, unit and layer they were at.
        key: keeps the component, and where the visitor is in it, from one rerun to the next.

    Returns:
        In the run of the script in which "This view as one HTML file" was pressed: the view, as a
        link says it (stepper/link.js). None in all others.
    """
    pressed = _mount(data=payload, key=key, on_page_change=_go_on).page
    return pressed if isinstance(pressed, str) else None


def _go_on() -> None:
    """Streamlit hands over what was pressed where somebody listens."""
