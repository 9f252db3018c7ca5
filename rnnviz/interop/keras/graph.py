"""Keras' configuration of a model → its layers, and which reads which. Data: nothing is run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rnnviz.interop.names import shown
from rnnviz.texts import Sentence

RECURRENT = ("LSTM", "GRU", "SimpleRNN")
SAME_AFTER_TRAINING = (
    "Dropout",
    "SpatialDropout1D",
    "GaussianDropout",
    "GaussianNoise",
    "AlphaDropout",
    "ActivityRegularization",
    "Masking",
)
"""Layers that hand on what they read, once a model is trained."""
DAMAGED_CONFIG = Sentence("what it says of its layers is damaged")
MOST_LAYERS = 2_000


@dataclass(frozen=True)
class Node:
    """A layer of a model.

    kind: Keras' class; of a wrapper's inner layer, the class of that one.
    wrapper: "Bidirectional" or "TimeDistributed" around it, or "".
    config: what Keras says of it, of the forward direction if there are two.
    backward: the class and what Keras says of the other direction.
    merge_mode: how two directions are put together.
    reads: the layers whose output it reads, each with the number of that output; the first is its
        sequence. several: whether it stands in the model more than once.
    """

    name: str
    kind: str
    config: Mapping[str, Any]
    wrapper: str = ""
    backward: tuple[str, Mapping[str, Any]] | None = None
    merge_mode: str | None = "concat"
    reads: tuple[tuple[str, int], ...] = ()
    is_shared: bool = False

    @property
    def is_recurrent(self) -> bool:
        return self.kind in RECURRENT and self.wrapper in ("", "Bidirectional")

    @property
    def is_dense(self) -> bool:
        return self.kind == "Dense" and self.wrapper in ("", "TimeDistributed")

    @property
    def own_class(self) -> str:
        """Keras' class of the layer itself."""
        return self.wrapper or self.kind


def nodes(model: Mapping[str, Any]) -> list[Node]:
    """The layers of a model in its order.

    Raises:
        ValueError: it is damaged, or no model of layers, in one sentence.
    """
    try:
        found = [*_nodes(model)]
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise ValueError(DAMAGED_CONFIG) from None
    if len({node.name for node in found}) < len(found):
        raise ValueError(DAMAGED_CONFIG)
    return found


def _nodes(model: Mapping[str, Any]) -> Iterator[Node]:
    kind, config = model["class_name"], model["config"]
    layers = config if isinstance(config, list) else config["layers"]
    if len(layers) > MOST_LAYERS:
        raise ValueError(Sentence("it has more than {most} layers", most=f"{MOST_LAYERS:,}"))
    if kind not in ("Sequential", "Functional", "Model"):
        raise ValueError(
            Sentence(
                "its model is of a class of its own, {name}: what that computes is not in the file",
                name=shown(str(kind)),
            )
        )
    below: tuple[tuple[str, int], ...] = ()
    for entry in layers:
        if kind == "Sequential":
            node = _node(entry, below, is_shared=False)
            below = ((node.name, 0),)
        else:
            calls = [tuple(_read(call)) for call in entry["inbound_nodes"]]
            reads = calls[0] if calls else ()
            node = _node(entry, reads, is_shared=len(calls) > 1)
        yield node


def _node(entry: Mapping[str, Any], reads: tuple[tuple[str, int], ...], *, is_shared: bool) -> Node:
    kind, config = _class(entry), entry["config"]
    name = str(config.get("name") or entry["name"])
    if kind == "Bidirectional":
        inner, other = config["layer"], config.get("backward_layer")
        backward = (_class(other), _mapping(other["config"])) if other else None
        return Node(
            name,
            _class(inner),
            _mapping(inner["config"]),
            kind,
            backward,
            config["merge_mode"],
            reads,
            is_shared,
        )
    if kind == "TimeDistributed":
        inner = config["layer"]
        return Node(
            name,
            _class(inner),
            _mapping(inner["config"]),
            kind,
            reads=reads,
            is_shared=is_shared,
        )
    return Node(name, kind, _mapping(config), reads=reads, is_shared=is_shared)


def _class(entry: Mapping[str, Any]) -> str:
    """Keras' name of a layer's class; one's own class has the name it was registered by."""
    registered, module = entry.get("registered_name"), str(entry.get("module") or "")
    is_own = bool(registered) and module.partition(".")[0] != "keras"
    return str(registered if is_own else entry["class_name"])


def _mapping(config: Any) -> Mapping[str, Any]:
    if not isinstance(config, dict):
        raise TypeError
    return config


def _read(call: Any) -> Iterator[tuple[str, int]]:
    """What one call of a layer reads: Keras 2's lists of (name, call, output, …), or the tensors
    among Keras 3's arguments."""
    if isinstance(call, dict):
        yield from _tensors([call["args"], call.get("kwargs", {})])
        return
    for name, _, output, *_ in call:
        yield str(name), int(output)


def _tensors(value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, list):
        for one in value:
            yield from _tensors(one)
    elif isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            name, _, output = value["config"]["keras_history"]
            yield str(name), int(output)
        else:
            yield from _tensors([*value.values()])
