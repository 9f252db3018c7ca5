"""What the ring on the cliff gets and sends: where it stands on the picture's axes."""

from typing import Any

from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.training import cliff
from rnnviz.training.cliff import Ground
from rnnviz.web.payload import pack
from rnnviz.web.received import items, number


def start_payload(weight: float, bias: float, ground: Ground) -> bytes:
    """A header without arrays."""
    places = {
        "across": (ground.weight, weight, cliff.WEIGHTS),
        "up": (ground.bias, bias, cliff.BIASES),
    }
    axes = {
        axis: {"name": name, "at": at, "low": low, "high": high}
        for axis, (name, at, (low, high)) in places.items()
    }
    return pack({"kind": "start", "texts": for_browser(language()), **axes}, {})


def place_in(sent: Any) -> tuple[float, float] | None:
    """Weight and bias that the ring was moved to; None where it is no such thing."""
    try:
        weight, bias = map(number, items(sent))
    except ValueError:
        return None
    return weight, bias
