"""What the writing place gets: a text, what there is in the language, and the cell to take away."""

from typing import Any

from rnnviz import equations, notation, operations
from rnnviz.cells import named, own
from rnnviz.cells.entry import entry
from rnnviz.equations import EquationError, parse
from rnnviz.interop.modules.source import module_source
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.payload import pack


def writing_payload(text: str, network: Network, turn: int = 0) -> bytes:
    """What writing/header.js describes.

    Args:
        text: the equations.
        network: what the page shows.
        turn: which of the texts that the browser has sent this is the answer to.
    """
    cell = _cell(text)
    header: dict[str, Any] = {
        "texts": for_browser(language()),
        "text": text,
        "turn": turn,
        "isShown": cell is not None,
        "shown": _(named(network.layers[0].cell).title),
        "language": equations.to_json(),
        "notation": notation.to_json(),
        "operations": operations.to_json(),
        "sizes": {"hidden": network.hidden, "inputs": network.inputs},
        "files": {
            "module": module_source(cell) if cell else "",
            "entry": entry(own(cell)) if cell else "",
        },
    }
    return pack(header, {})


def _cell(text: str) -> Cell | None:
    try:
        return parse(text)
    except EquationError:
        return None
