"""The stepper component as Streamlit mounts it: bytes in; back come the sequence in view, and that
the view is wanted as a file."""

from typing import NamedTuple

import streamlit as st

from rnnviz.network.given import GivenWeights
from rnnviz.web.bundles import files

_files = files("stepper")
_mount = st.components.v2.component("rnnviz.stepper", js=_files.js, css=_files.css)


class Reported(NamedTuple):
    """What comes back.

    weights: the parameters that were typed, by full name.
    page: the view, as a link says it (stepper/link/link.js), in the run of the script in which
    "This view as one HTML file" was pressed.
    train: all parameters, in that in which "Train from these weights" was.
    """

    weights: GivenWeights | None
    page: str | None
    train: GivenWeights | None


def stepper(payload: bytes, *, key: str) -> Reported:
    """Show a run. Stepping, playing and dragging happen in the browser and never rerun the page.

    Args:
        payload: what `payload.pack` gives. A header with another `id` is another run; where its
            shape is the same, the visitor stays at the step, unit and layer they were at.
        key: keeps the component, and where the visitor is in it, from one rerun to the next.

    """
    result = _mount(
        data=payload,
        key=key,
        default={"item": 0, "weights": ""},
        on_item_change=_nothing,
        on_weights_change=_nothing,
        on_page_change=_nothing,
        on_train_change=_nothing,
    )
    page = result.page if isinstance(result.page, str) else None
    return Reported(_weights(result.weights), page, _weights(result.train))


def item_in_view(key: str, batch: int) -> int:
    """Which sequence of the batch the visitor chose in this component, from 0. Choosing one reruns
    the page, whose question is about it."""
    item = st.session_state.get(key, {}).get("item", 0)
    return item if isinstance(item, int) and 0 <= item < batch else 0


def _weights(text: object) -> GivenWeights | None:
    return GivenWeights.read(text) if isinstance(text, str) and text else None


def _nothing() -> None:
    """Streamlit wants a callback for each value; the rerun itself is all that is needed."""
