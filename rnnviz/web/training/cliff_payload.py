"""What the ring on the cliff gets and sends: where it stands on the picture's axes."""

from typing import Any, NamedTuple

from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.training import cliff
from rnnviz.training.cliff import Ground
from rnnviz.web.payload import pack
from rnnviz.web.received import items, number


class Move(NamedTuple):
    """Of the ring, to this weight and bias. going: whether it is still held."""

    weight: float
    bias: float
    going: bool


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


def move_in(sent: Any) -> Move | None:
    """Where the ring was moved to; None where it is no such thing."""
    try:
        weight, bias, going = items(sent)
        return Move(number(weight), number(bias), _truth(going))
    except ValueError:
        return None


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value
