"""A scene → the bytes the stepper gets: what stepper/payload.js reads and network.js runs."""

import hashlib
from typing import Any

import numpy as np

from rnnviz import diagram, notation
from rnnviz.cells import ABOUT, name_of
from rnnviz.layers import Array
from rnnviz.reading import shown
from rnnviz.representation import Cell
from rnnviz.scene import Scene
from rnnviz.web.payload import pack

UNDERFLOW = float(np.finfo(np.float32).smallest_subnormal)


def step_payload(scene: Scene) -> bytes:
    """Header and arrays. Its "id" is a digest of all of it: other numbers, another run."""
    header, arrays = _header(scene), _arrays(scene)
    digest = hashlib.sha256(pack(header, arrays)).hexdigest()[:16]
    return pack({"id": digest, **header}, arrays)


def _header(scene: Scene) -> dict[str, Any]:
    reading, asked = scene.reading, scene.asked
    return {
        "title": reading.title,
        "story": reading.story,
        "sequence": {
            "labels": list(reading.labels[0]),
            "item_labels": [list(words) for words in reading.labels],
            "input_names": list(reading.input_names),
            "one_hot": reading.one_hot,
            "alphabet": list(reading.input_names) if reading.one_hot else None,
        },
        "layers": _layers(scene),
        "readout": _readout(scene),
        "loss": {"kind": asked.kind, "steps": list(asked.steps), "text": asked.text},
        "batch": reading.batch,
        "item": 0,
        "marks": {"float32": UNDERFLOW, "clip": None},
        "badge": scene.badge,
    }


def _layers(scene: Scene) -> list[dict[str, Any]]:
    """In order of execution: layer 0 forward, layer 0 reverse, layer 1 forward, …"""
    return [
        {
            "layer": number,
            "reverse": reverse,
            "cell": layer.cell.to_json(),
            "diagram": diagram.layout(layer.cell).to_json(),
            "equations": notation.equations(layer.cell),
            "parts": _parts(layer.cell),
            "hidden": layer.hidden,
            "inputs": layer.inputs,
        }
        for number, layer in enumerate(scene.network.layers)
        for reverse in range(len(layer.directions))
        for reverse in (bool(reverse),)
    ]


def _parts(cell: Cell) -> dict[str, dict[str, str]]:
    """What each named value is called; in a written cell, by its own name and its place in it."""
    name = name_of(cell)
    known = ABOUT[name].parts if name else {}
    derived = {node.name: node.role for node in diagram.layout(cell).nodes}
    return {
        value: {
            "title": known[value].title if value in known else value,
            "role": known[value].role if value in known else derived.get(value, "other"),
            "symbol": notation.symbol(value),
        }
        for value in cell.names
    }


def _readout(scene: Scene) -> dict[str, Any] | None:
    readout, task = scene.network.readout, scene.reading.task
    if readout is None:
        return None
    named = task is not None and task.outputs == readout.outputs
    labels = task.output_names if task and named else range(1, readout.outputs + 1)
    return {"kind": readout.kind, "labels": [shown(str(label)) for label in labels]}


def _arrays(scene: Scene) -> dict[str, Array]:
    arrays: dict[str, Array] = {"x": scene.reading.x}
    for index, (_, layer, params) in enumerate(scene.network.places()):
        arrays |= {f"{index}.{name}": params[name] for name in layer.cell.parameters}
    if scene.network.readout:
        arrays |= {"readout.W": scene.network.readout.W, "readout.b": scene.network.readout.b}
    if scene.asked.kind != "sum" and scene.reading.targets is not None:
        arrays["targets"] = scene.reading.targets
    return arrays
