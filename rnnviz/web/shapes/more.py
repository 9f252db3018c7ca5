"""A setup → the bytes of what stands below its picture (read by browser/shapes/header.js)."""

from typing import Any

from rnnviz.shapes.elsewhere import Elsewhere, elsewhere
from rnnviz.shapes.mistakes import Mistake, mistakes
from rnnviz.shapes.setup import Setup
from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.payload import identified
from rnnviz.web.shapes.calls import calls_header
from rnnviz.web.shapes.padding import padding_header
from rnnviz.web.shapes.parameters import parameters_header
from rnnviz.web.shapes.written import written


def more_payload(setup: Setup) -> bytes:
    """Padding, two calls in a row, parameters, the same line elsewhere, what is refused."""
    header = {
        "kind": "more",
        "texts": for_browser(language()),
        "padding": padding_header(setup),
        "calls": calls_header(setup),
        "parameters": parameters_header(setup),
        "tongues": [_tongue(one) for one in elsewhere(setup)],
        "mistakes": [_mistake(one) for one in mistakes(setup)],
    }
    return identified(header, {})


def _tongue(one: Elsewhere) -> dict[str, Any]:
    """letters: what the tool itself calls its gates."""
    shapes = one.arrays.items()
    return {
        "tool": one.tool,
        "code": one.lines,
        "gates": " ".join(one.letters) if len(one.letters) > 1 and one.lines else "",
        "arrays": [{"name": name, "shape": written(shape)} for name, shape in shapes],
        "notes": [*([one.reason] if one.reason else []), *one.notes],
    }


def _mistake(one: Mistake) -> dict[str, Any]:
    return one._asdict()
