"""The By hand page's component as Streamlit mounts it: bytes in; back comes that the view is wanted
as a file."""

from collections.abc import Callable

import streamlit as st

from rnnviz.web.bundles import files

_files = files("by_hand")
_mount = st.components.v2.component("rnnviz.by_hand", js=_files.js, css=_files.css)


def by_hand(payload: bytes, *, key: str, on_challenge: Callable[[str], None]) -> str | None:
    """Show a network whose weights are set by hand. Whatever is moved is computed in the browser.

    Args:
        payload: what `by_hand_payload` gives.
        key: keeps the component, and what was changed in it, from one rerun to the next.
        on_challenge: is given the key of a challenge that was pressed, "" where one was left,
            before the script runs.

    Returns:
        In the run of the script in which "This view as one HTML file" was pressed: the view, as a
        link says it (stepper/link.js). None in all others.
    """

    def challenge() -> None:
        pressed = st.session_state[key].get("challenge")
        on_challenge(pressed if isinstance(pressed, str) else "")

    result = _mount(
        data=payload,
        key=key,
        default={"item": 0},
        on_item_change=_none,
        on_page_change=_none,
        on_challenge_change=challenge,
    )
    return result.page if isinstance(result.page, str) else None


def _none() -> None:
    """Streamlit wants a callback for each value; the rerun itself is all that is needed."""
