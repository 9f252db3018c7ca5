"""Keras' configuration of a model → its layers, and which reads which. Data: nothing is run."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from rnnviz.interop.keras.node import (
    CELLS,
    DAMAGED_CONFIG,
    MODELS,
    MOST_LAYERS,
    OF_CUDNN,
    USUAL,
    Node,
    Read,
)
from rnnviz.interop.names import shown
from rnnviz.texts import Sentence


def nodes(model: Mapping[str, Any]) -> list[Node]:
    """The layers of a model in its order, those of a model within it in its place.

    Raises:
        ValueError: it is damaged, or no model of layers, in one sentence.
    """
    try:
        found = Flat().of(model)
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise ValueError(DAMAGED_CONFIG) from None
    if len({node.name for node in found}) < len(found):
        raise ValueError(DAMAGED_CONFIG)
    return found


class Within(NamedTuple):
    """Where a model stands: what its layers' names begin with, the folder of their arrays, and the
    layer of the outermost model in which it is."""

    prefix: str = ""
    folder: str = "layers"
    outermost: str = ""


class Flat:
    """The layers of a model and of those within it, and what stands for what.

    A model that is called once, reads one sequence and gives one is its layers: what reads it reads
    its last, and what reads its input reads what it reads. Any other is a layer that is not known.
    """

    def __init__(self) -> None:
        self._found: list[Node] = []
        self._instead: dict[str, Read] = {}

    def of(self, model: Mapping[str, Any]) -> list[Node]:
        """ValueError and others as `nodes`."""
        self._model(model, Within(), ())
        return [replace(node, reads=tuple(map(self._resolved, node.reads))) for node in self._found]

    def _resolved(self, read: Read) -> Read:
        for _ in self._instead:
            name, output = read
            if name not in self._instead or output:
                break
            read = self._instead[name]
        return read

    def _model(
        self, model: Mapping[str, Any], at: Within, outside: tuple[Read, ...]
    ) -> tuple[Read, ...]:
        """Take in its layers. What it gives."""
        kind, config = model["class_name"], model["config"]
        entries = config if isinstance(config, list) else config["layers"]
        _refuse(kind, len(entries) + len(self._found))
        counts: Counter[str] = Counter()
        below = outside
        for entry in entries:
            called = str(entry["config"].get("name") or entry.get("name"))
            calls = [below]
            if kind != "Sequential":
                calls = [tuple(_read(call)) for call in entry["inbound_nodes"]]
                calls = [tuple((at.prefix + n, output) for n, output in one) for one in calls]
            place = _counted(_snake_case(_class(entry)), counts)
            here = Within(at.prefix + called, f"{at.folder}/{place}", at.outermost or called)
            self._layer(entry, here, calls, is_shared=len(calls) > 1)
            if at.prefix and _class(entry) == "InputLayer":
                self._instead[here.prefix] = outside[0]
            below = ((here.prefix, 0),)
        if kind == "Sequential":
            return below
        ends = _ends(config["output_layers"])
        return tuple((at.prefix + str(name), int(output)) for name, _, output in ends)

    def _layer(
        self,
        entry: Mapping[str, Any],
        here: Within,
        calls: Sequence[tuple[Read, ...]],
        *,
        is_shared: bool,
    ) -> None:
        reads = calls[0] if calls else ()
        if _class(entry) in MODELS and not is_shared and _is_one_way(entry, reads):
            inner = Within(f"{here.prefix}/", f"{here.folder}/layers", here.outermost)
            (self._instead[here.prefix],) = self._model(entry, inner, reads)
        elif not (_class(entry) == "InputLayer" and "/" in here.prefix):
            self._found.append(_node(entry, here, reads, is_shared=is_shared))


def _refuse(kind: str, layers: int) -> None:
    if layers > MOST_LAYERS:
        raise ValueError(Sentence("it has more than {most} layers", most=f"{MOST_LAYERS:,}"))
    if kind not in MODELS:
        raise ValueError(
            Sentence(
                "its model is of a class of its own, {name}: what that computes is not in the file",
                name=shown(str(kind)),
            )
        )


def _is_one_way(model: Mapping[str, Any], reads: Sequence[Read]) -> bool:
    """Whether it reads one sequence and gives one."""
    config = model["config"]
    if len(reads) != 1:
        return False
    if model["class_name"] == "Sequential":
        return bool(config if isinstance(config, list) else config["layers"])
    return len(_ends(config["input_layers"])) == len(_ends(config["output_layers"])) == 1


def _ends(ends: Any) -> list[Any]:
    """The inputs or outputs of a model, each (name, call, output)."""
    return [ends] if isinstance(ends[0], str) else list(ends)


def _counted(place: str, counts: Counter[str]) -> str:
    """As Keras numbers the layers of one class: lstm, lstm_1, …"""
    number = counts[place]
    counts[place] += 1
    return f"{place}_{number}" if number else place


def _node(
    entry: Mapping[str, Any], here: Within, reads: tuple[Read, ...], *, is_shared: bool
) -> Node:
    kind, config = _layer_in(entry)
    node = Node(
        here.prefix,
        kind,
        config,
        reads=reads,
        is_shared=is_shared,
        is_of_cudnn=_class(entry) in OF_CUDNN,
        place=here.folder,
        outermost=here.outermost,
    )
    if kind not in ("Bidirectional", "TimeDistributed"):
        return node
    inner = config["layer"]
    of_inner, own = _layer_in(inner)
    node = replace(
        node, kind=of_inner, config=own, wrapper=kind, is_of_cudnn=_class(inner) in OF_CUDNN
    )
    if kind == "TimeDistributed":
        return node
    other = config.get("backward_layer")
    backward = _layer_in(other) if other else None
    return replace(node, backward=backward, merge_mode=config["merge_mode"])


def _layer_in(entry: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The class of a layer and what Keras says of it; of an RNN of a known cell, and of one of
    cuDNN's, the layer that computes the same."""
    kind, config = _class(entry), _mapping(entry["config"])
    if kind == "RNN" and _class(config["cell"]) in CELLS:
        return CELLS[_class(config["cell"])], {**_mapping(config["cell"]["config"]), **config}
    if kind in OF_CUDNN:
        return OF_CUDNN[kind], {**USUAL, **config}
    return kind, config


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


def _snake_case(name: str) -> str:
    """As Keras makes a name of a class: SimpleRNN → simple_rnn."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
