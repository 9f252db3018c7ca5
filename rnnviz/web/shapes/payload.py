"""A setup → the bytes of its call and its picture (read by browser/shapes/header.js)."""

from typing import Any

from rnnviz.settings.kinds import Choice, Number
from rnnviz.settings.schema import Setting
from rnnviz.shapes import SETTINGS, Setup
from rnnviz.shapes.code import lines
from rnnviz.shapes.example import example
from rnnviz.shapes.facts import Fact, facts
from rnnviz.shapes.tensors import Tensor, tensors
from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.payload import Aside, identified
from rnnviz.web.shapes.numbers import numbers
from rnnviz.web.shapes.state import Place
from rnnviz.web.shapes.written import written


def call_payload(place: Place) -> bytes:
    """The call and its picture, and how it stands with what was asked for."""
    setup = place.setup
    about, arrays = numbers(setup, place.items)
    header = {
        "kind": "call",
        "texts": for_browser(language()),
        "settings": {name: _setting(one, getattr(setup, name)) for name, one in SETTINGS.items()},
        "net": _net(setup),
        "inputs": setup.input_size,
        "features": setup.features,
        "vocabulary": setup.vocabulary,
        "outputs": setup.outputs,
        "isBatched": setup.batch > 0,
        "isGiven": setup.initial == "given",
        "hasLengths": bool(setup.lengths),
        "code": [[piece._asdict() for piece in line] for line in lines(setup, in_full=True)],
        "tensors": [_tensor(one) for one in tensors(setup).values()],
        "facts": [_fact(one) for one in facts(example(setup), setup)],
        "example": about,
    }
    aside = {
        "turn": place.turn,
        "moves": place.moves,
        "look": place.look,
        "refusal": place.refusal,
        "pasted": place.pasted,
        "isRefused": place.is_refused,
    }
    return identified(header, arrays, Aside(aside, {}))


def _setting(one: Setting, value: Any) -> dict[str, Any]:
    kind = one.kind
    limits = (kind.low, kind.high, kind.step) if isinstance(kind, Number) else (None, None, None)
    options = kind.options if isinstance(kind, Choice) else {}
    return {
        "label": _(one.label),
        "value": one.write(value),
        "low": limits[0],
        "high": limits[1],
        "step": limits[2],
        "range": str(one.range),
        "options": [{"key": str(key), "label": _(label)} for key, label in options.items()],
    }


def _net(setup: Setup) -> dict[str, Any]:
    """As browser/shapes/net.js has it."""
    return {
        "kind": setup.kind,
        "layers": setup.num_layers,
        "directions": setup.directions,
        "hidden": setup.hidden_size,
        "out": setup.h_out,
        "length": setup.length,
        "outputLength": setup.output_length,
        "batch": setup.sequences,
        "lengths": list(setup.steps),
        "isPacked": setup.is_packed,
        "isBatchFirst": setup.batch_first,
    }


def _tensor(one: Tensor) -> dict[str, Any]:
    return {
        "name": one.name,
        "shape": written(one.shape),
        "symbols": written(one.symbols),
        "contents": _(one.contents),
    }


def _fact(one: Fact) -> dict[str, Any]:
    return {"key": one.key, "code": one.code, "holds": one.holds, "why": one.why}
