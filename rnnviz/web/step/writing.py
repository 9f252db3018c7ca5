"""Where a cell of one's own is written: the browser reads along, the page follows at a pause."""

from typing import Any

import streamlit as st

from rnnviz import equations, operations
from rnnviz.cells import own
from rnnviz.cells.entry import entry
from rnnviz.equations import EquationError, parse
from rnnviz.interop.module_source import module_source
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.settings.equations import LONGEST
from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web import received
from rnnviz.web.bundles import files
from rnnviz.web.controls import put
from rnnviz.web.payload import pack

KEY = "writing"

_files = files("writing")
_mount = st.components.v2.component("rnnviz.writing", js=_files.js, css=_files.css)


def writing(text: str, network: Network) -> None:
    """Show the writing place with these equations; network: what the page shows.

    What is typed becomes the setting `equations` when the typing pauses.
    """
    payload = pack(_header(text, network), {})
    _mount(data=payload, key=KEY, default={"written": None}, on_written_change=_take)


def is_written_here(text: str) -> bool:
    """Whether this text was typed in the writing place, which says what is wrong with it."""
    written = _written()
    return written is not None and written[0] == text


def _header(text: str, network: Network) -> dict[str, Any]:
    cell = _cell(text)
    written = _written()
    return {
        "texts": for_browser(language()),
        "text": text,
        "turn": written[1] if written else 0,
        "isShown": cell is not None,
        "language": equations.to_json(),
        "operations": operations.to_json(),
        "sizes": {"hidden": network.hidden, "inputs": network.inputs},
        "files": {
            "module": module_source(cell) if cell else "",
            "entry": entry(own(cell)) if cell else "",
        },
    }


def _cell(text: str) -> Cell | None:
    try:
        return parse(text)
    except EquationError:
        return None


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
