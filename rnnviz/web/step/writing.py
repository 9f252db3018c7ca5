"""Where a cell of one's own is written: the browser reads along, the page follows at a pause."""

import streamlit as st

from rnnviz.network.network import Network
from rnnviz.settings.equations import LONGEST
from rnnviz.web import received
from rnnviz.web.bundles import files
from rnnviz.web.controls import put
from rnnviz.web.step.writing_payload import writing_payload

KEY = "writing"

_files = files("writing")
_mount = st.components.v2.component("rnnviz.writing", js=_files.js, css=_files.css)


def writing(text: str, network: Network) -> None:
    """Show the writing place with these equations; network: what the page shows.

    What is typed becomes the setting `equations` when the typing pauses.
    """
    written = _written()
    payload = writing_payload(text, network, written[1] if written else 0)
    _mount(data=payload, key=KEY, default={"written": None}, on_written_change=_take)


def _written() -> tuple[str, int] | None:
    """The text that was typed last and its number, if the browser has sent one."""
    state = st.session_state.get(KEY)
    try:
        sent = received.entries(state["written"] if state else None)
        text, turn = received.text(sent.get("text")), received.count(sent.get("turn"))
    except ValueError:
        return None
    return (text, turn) if len(text) <= LONGEST else None


def _take() -> None:
    written = _written()
    if written:
        put("step", {"equations": written[0]})
