"""The Gradients page's component as Streamlit mounts it: bytes in, the knobs back at rest."""

from typing import Any, NamedTuple

import streamlit as st

from rnnviz.web.bundles import files
from rnnviz.web.received import entries

_files = files("gradients")
_mount = st.components.v2.component("rnnviz.gradients", js=_files.js, css=_files.css)


class Reported(NamedTuple):
    """What the component sent, as the address would have it.

    knobs: as they were let go last, and what was looked at then; empty before that, and where it
        sent none. wanted: in the run of the script in which "This view as one HTML file" was
        pressed, that view; None in all others.
    """

    knobs: dict[str, Any]
    wanted: dict[str, Any] | None


def gradients(payload: bytes, *, key: str) -> Reported:
    """Curves, reasons and credit at knobs that are turned in the browser.

    Args:
        payload: what `gradients_payload.gradients_payload` gives. Turning a knob never asks the
            server; when one is let go, the page is rerun once, for its address.
        key: keeps the component from one rerun to the next.
    """
    result = _mount(
        data=payload,
        key=key,
        default={"knobs": {}},
        on_knobs_change=_nothing,
        on_page_change=_nothing,
    )
    return Reported(_entries(result.knobs) or {}, _entries(result.page))


def _entries(value: Any) -> dict[str, Any] | None:
    try:
        return entries(value)
    except ValueError:
        return None


def phase_maps(payload: bytes, *, key: str) -> None:
    """The phase diagram; a click in it turns the knobs of the component above, in the browser."""
    _mount(data=payload, key=key)


def _nothing() -> None:
    """Streamlit wants a callback for each state value; the rerun itself is all that is needed."""
