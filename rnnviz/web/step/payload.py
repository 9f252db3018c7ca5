"""A scene → the bytes the stepper gets: what stepper/payload.js reads and network.js runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rnnviz import diagram, notation, operations
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.representation import Cell
from rnnviz.scenes.asked import Asked
from rnnviz.scenes.beside import Beside
from rnnviz.scenes.experiments import Held, experiments
from rnnviz.scenes.reading import Reading, shown
from rnnviz.scenes.scene import Scene
from rnnviz.scenes.vectors import read_as_vectors
from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web import stages
from rnnviz.web.parts import parts
from rnnviz.web.payload import Aside, identified
from rnnviz.web.step.weights import layout
from rnnviz.web.training.beginning import why_not_trained_from

Change = dict[str, str | float | list[int] | None]
"""What a visitor did, as changes.js has it."""
UNDERFLOW = float(np.finfo(np.float32).smallest_subnormal)


def step_payload(
    scene: Scene,
    initial: Mapping[str, Array] | None = None,
    changes: Sequence[Change] = (),
    view: str = "",
    beside: Beside | None = None,
    more: Mapping[str, Any] | None = None,
    aside: Mapping[str, Any] | None = None,
) -> bytes:
    """Header and arrays. Its "id" is a digest of all of it: other numbers, another run. Where the
    network has an embedding, the browser reads its vectors.

    Args:
        initial: full name of a state, "layers.0.h" → (batch, hidden) before the first step; zeros
            where not given.
        changes: those it begins with, in a file (a page keeps the visitor's own).
        view: where it begins, as a link says it (stepper/link/link.js); in a file too.
        beside: what stands beside it; the id is without it, so that turning to it changes no run.
        more: what a page of its own has in the header besides. aside: the same, but with other
            words it is still the same run.
    """
    train = why_not_trained_from(scene)
    scene = read_as_vectors(scene)
    header = {**_header(scene, train), "changes": list(changes), "view": view, **(more or {})}
    begun = {**scene.initial, **(initial or {})}
    arrays = _arrays(scene) | stages.initial_arrays(scene.network, begun)
    return identified(header, arrays, _aside(beside, aside or {}))


def _aside(beside: Beside | None, header: Mapping[str, Any]) -> Aside:
    """Another network goes along as a payload of its own: its bytes, eight to a number."""
    if beside is None:
        return Aside(header, {})
    header = {**header, "beside": list(beside.titles)}
    if beside.scene is None:
        return Aside(header, {})
    return Aside(header, {"beside": np.frombuffer(step_payload(beside.scene), "<f8")})


def _header(scene: Scene, train: str) -> dict[str, Any]:
    reading, asked = scene.reading, scene.asked
    return {
        "texts": for_browser(language()),
        "title": _(reading.title),
        "story": _(reading.story),
        "sequence": sequence_json(reading),
        "operations": operations.to_json(),
        "layers": _layers(scene),
        "stages": stages.stages(scene.network),
        "readout": _readout(scene),
        "loss": loss_json(asked),
        "experiments": experiments_json(scene.network, reading),
        "batch": reading.batch,
        "item": 0,
        "marks": {"float32": UNDERFLOW, "clip": None},
        "badge": scene.badge,
        "beside": None,
        "weights": {
            **layout(scene.network),
            "typed": scene.is_typed,
            "train": train,
        },
    }


def sequence_json(reading: Reading) -> dict[str, Any]:
    """What is read, in words: its numbers are an array."""
    return {
        "labels": list(reading.labels[0]),
        "item_labels": [list(words) for words in reading.labels],
        "input_names": [_(name) for name in reading.input_names],
        "one_hot": reading.one_hot,
        "alphabet": list(reading.symbols) or None,
    }


def loss_json(asked: Asked) -> dict[str, Any]:
    """Where L is."""
    return {"kind": asked.kind, "steps": list(asked.steps), "text": asked.text}


def experiments_json(network: Network, reading: Reading) -> list[list[dict[str, Any]]]:
    """For each sequence, those there are: a label, and what it changes."""
    return [
        [
            {"text": one.text, "changes": [_hold(held) for held in one.holds]}
            for one in experiments(network, reading, item)
        ]
        for item in range(reading.batch)
    ]


def _hold(held: Held) -> Change:
    """Every unit held, as changes.js has it."""
    return {
        "kind": "hold",
        "layer": held.direction,
        "name": held.name,
        "unit": None,
        "from": held.first,
        "to": held.end,
        "value": held.value,
    }


def _layers(scene: Scene) -> list[dict[str, Any]]:
    """In order of execution: layer 0 forward, layer 0 reverse, layer 1 forward, …"""
    layers = scene.network.layers
    return [
        {
            "layer": number,
            "reverse": direction == 1,
            **stages.cell_and_sizes(layer, layers[number - 1] if number else None),
            "diagram": _diagram(layer.cell),
            "equations": notation.equations(layer.cell),
            "latex": notation.latex(layer.cell),
            "parts": parts(layer.cell),
        }
        for number, layer in enumerate(layers)
        for direction in range(len(layer.directions))
    ]


def _diagram(cell: Cell) -> dict[str, Any]:
    """Where everything stands; a badge may be a word."""
    found = diagram.layout(cell)
    nodes = tuple(replace(node, text=_(node.text)) for node in found.nodes)
    return replace(found, nodes=nodes).to_json()


def _readout(scene: Scene) -> dict[str, Any] | None:
    readout = scene.network.readout
    if readout is None:
        return None
    if scene.learnt:
        labels = [shown(name) for name in scene.learnt.output_names]
    else:
        labels = [_("output {number}", number=k + 1) for k in range(readout.outputs)]
    # What a forecast gives stands in the order of time; scores, by what is largest.
    in_order = scene.learnt is not None and scene.learnt.kind == "regression"
    return {"kind": readout.kind, "labels": labels, "in_order": in_order}


def _arrays(scene: Scene) -> dict[str, Array]:
    arrays = {"x": scene.reading.x, **stages.arrays(scene.network)}
    if scene.asked.kind != "sum" and scene.reading.targets is not None:
        arrays["targets"] = scene.reading.targets
    return arrays
