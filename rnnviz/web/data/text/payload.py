"""A text, and what a network makes of each token of it → the bytes that the sentence component gets
(read by browser/sentence/header.js)."""

from typing import Any

import numpy as np

from rnnviz import trace
from rnnviz.data import Text
from rnnviz.language_model import log_softmax
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.recording import Gradients, Recording
from rnnviz.scenes.reading import shown
from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.data.text.settings import LOOKED_AT
from rnnviz.web.parts import parts
from rnnviz.web.payload import identified

MOST_OTHERS = 60
"""Tokens that each is replaced by: those that the text has most often."""


def sentence_payload(text: Text, network: Network, sentence: str, asked: str | None) -> bytes:
    """Header and arrays.

    asked: the token whose probability is looked at; None: the likeliest.

    Raises:
        ValueError: as `Text.influence`.
    """
    found = text.influence(network, sentence, asked=asked, others=MOST_OTHERS)
    rec = trace(network, text.read(text.encode(sentence)))
    grads = _gradients(rec, text.tokens.index(found.asked))
    header = {
        "texts": for_browser(language()),
        "by": text.by,
        "keys": {**LOOKED_AT},
        "tokens": [shown(token) for token in found.tokens],
        "asked": shown(found.asked),
        "logarithm": found.value,
        "others": [shown(token) for token in found.others],
        "values": _values(network),
    }
    influence = {"norm": found.norm, "product": found.product, "changes": found.changes}
    return identified(header, {**influence, **_arrays(rec, grads)})


def _gradients(rec: Recording, token: int) -> Gradients:
    """Of L, the logarithm of the token's probability after the last step."""
    prediction = np.asarray(rec.prediction)
    gradient = np.zeros_like(prediction)
    gradient[-1] = -np.exp(log_softmax(prediction[-1]))
    gradient[-1, token] += 1.0
    return rec.backward(dprediction=gradient)


def _values(network: Network) -> list[dict[str, Any]]:
    """What there is of each layer, the last first."""
    several = len(network.layers) > 1
    return [
        {
            "name": f"{number}.{name}",
            "title": part["title"],
            "symbol": name,
            "role": part["role"],
            "layer": number + 1 if several else None,
            "units": layer.hidden,
            "isGate": name in layer.cell.gates,
        }
        for number, layer in reversed(list(enumerate(network.layers)))
        for name, part in parts(layer.cell).items()
    ]


def _arrays(rec: Recording, grads: Gradients) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for number, layer in enumerate(rec.network.layers):
        for name in layer.cell.names:
            found[f"{number}.{name}"] = rec.layer(number)[name]
            found[f"{number}.d{name}"] = grads.layer(number)[name]
    return found
