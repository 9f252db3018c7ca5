"""The By hand page's component as Streamlit mounts it: bytes in; back comes what was pressed."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from rnnviz.web.bundles import files
from rnnviz.web.by_hand.descending import Poll

_files = files("by_hand")
_mount = st.components.v2.component("rnnviz.by_hand", js=_files.js, css=_files.css)


class Pressed(NamedTuple):
    """What was pressed before this run of the script. page: "This view as one HTML file": the view,
    as a link says it (stepper/link/link.js). challenge: the key of the one that was opened, ""
    where one was left. begin: "bifurcation", where that was chosen. None where it was not."""

    page: str | None
    challenge: str | None
    begin: str | None


def by_hand(payload: bytes, *, key: str, on_poll: Callable[[], None]) -> Pressed:
    """Show a network whose weights are set by hand. Whatever is moved is computed in the browser.

    Args:
        payload: what `by_hand_payload` gives.
        key: keeps the component, and what was changed in it, from one rerun to the next.
        on_poll: is called before the script runs, when the browser has asked how a training goes
            (see `asked`).
    """
    result = _mount(
        data=payload,
        key=key,
        default={"item": 0, "poll": None},
        on_item_change=_none,
        on_poll_change=on_poll,
        on_page_change=_none,
        on_challenge_change=_none,
        on_begin_change=_none,
    )
    return Pressed(_text(result.page), _text(result.challenge), _text(result.begin))


def asked(key: str) -> Poll:
    """What the browser asked last about a training."""
    return Poll.read(st.session_state.get(key, {}).get("poll"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _none() -> None:
    """Streamlit wants a callback for each value; the rerun itself is all that is needed."""
