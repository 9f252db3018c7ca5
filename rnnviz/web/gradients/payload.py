"""A setup → the bytes the Gradients page's component gets: draws, cells, what they are.

The browser turns every knob but the seed by itself: it is given the numbers drawn from the seed and
makes the same networks of them as `Setup.network`.
"""

from typing import Any

import numpy as np

from rnnviz import operations
from rnnviz.cells import OWN, named
from rnnviz.gradients import bound
from rnnviz.gradients.credit import gates_of
from rnnviz.gradients.phase import Phase
from rnnviz.gradients.setup import (
    ACTIVATIONS,
    CELLS,
    INPUTS,
    KNOBS,
    LARGEST,
    PLAIN,
    Draws,
    Setup,
    attention_draws,
    draws,
)
from rnnviz.network.arrays import Array
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Cell
from rnnviz.scenes.scene import Scene
from rnnviz.settings.kinds import Choice
from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web import stages
from rnnviz.web.gradients.knobs import Knobs
from rnnviz.web.gradients.look import ASKED, LOOK, SCENE
from rnnviz.web.parts import parts
from rnnviz.web.payload import identified, pack
from rnnviz.web.step.payload import UNDERFLOW

FOLLOWED = 32
"""The largest hidden size that is sent, and so dragged to, unless an address asks for more."""
CLIP = 1.0
NOT_DRAWN = ("cells", "equations")
"""Knobs that the browser does not draw as one."""


def gradients_payload(
    start: Knobs | Setup,
    seed: int,
    scene: Scene,
    *,
    own: str = "",
    moves: int = 0,
    in_file: bool = False,
) -> bytes:
    """Header and arrays. `start`: where the page begins. `scene`: the Step page's network.

    own: the equations of the visitor's own cell as they are now; nothing where there is none.
    moves: how often Back or Forward led to the page; another number: it begins anew.
    in_file: it is to stand in a file by itself, where there is no server to be asked.

    The header's "id" is a digest of all else: other draws or another scene.
    """
    begin = start if isinstance(start, Knobs) else Knobs(start)
    start = begin.setup
    largest = LARGEST if start.hidden > FOLLOWED else FOLLOWED
    names = (*CELLS, *([OWN] if own else []))
    drawing = Setup(cells=names, equations=own, seed=seed)
    drawn = {name: draws(drawing, name, largest) for name in names}
    arrays: dict[str, Array] = {"x": next(iter(drawn.values())).x[:, 0]}
    above = attention_draws(seed, largest)
    arrays |= {f"attention.{name}": array for name, array in above.items()}
    layers = [_gallery(name, drawing.cell(name), drawn[name], arrays) for name in names]
    header = {
        "kind": "setup",
        "texts": for_browser(language()),
        "start": _start(begin),
        "look": vars(begin.look),
        "asked": {name: getattr(begin.asked, name) for name in ASKED} if begin.asked else None,
        "address": {
            **{name: [one.key, one.default] for name, one in LOOK.items()},
            **{one.key: [one.key, one.default] for one in ASKED.values()},
        },
        "moves": moves,
        "isFile": in_file,
        "seed": seed,
        "knobs": {name: _knob(name, largest) for name in KNOBS if name not in NOT_DRAWN},
        "activations": ACTIVATIONS,
        "plain": PLAIN,
        "inputs": INPUTS,
        "marks": {"float32": UNDERFLOW, "clip": CLIP},
        "operations": operations.to_json(),
        "layers": layers + _scene_layers(scene, arrays),
        "scene": _scene(scene),
    }
    return identified(header, arrays)


def phase_payload(phase: Phase | None, about: str) -> bytes:
    """The phase diagram, whole or as far as it is; `about`: at which knobs it was computed."""
    if phase is None:
        return pack({"kind": "phase", "id": "none", "about": about}, {})
    header = {
        "kind": "phase",
        "id": f"{about} {phase.done}",
        "about": about,
        "cells": list(phase.cells),
        "scales": list(phase.scales),
        "lengths": list(phase.lengths),
        "seeds": phase.seeds,
        "done": phase.done,
    }
    counts = {n: getattr(phase, n).astype(float) for n in ("vanished", "overflowed", "computed")}
    return pack(header, {"log10": phase.log10, **counts})


def _knob(name: str, largest: int) -> dict[str, Any]:
    """What the browser draws a knob from."""
    knob = KNOBS[name]
    limits = vars(knob.kind)
    if isinstance(knob.kind, Choice):
        limits = {"options": [(key, _(label)) for key, label in knob.kind.options.items()]}
    if name == "hidden":
        limits = {**limits, "high": largest}
    return {"label": _(knob.label), "help": _(knob.help), "default": knob.default, **limits}


def _start(begin: Knobs) -> dict[str, Any]:
    start = begin.setup
    knobs = {name: value for name, value in vars(start).items() if name in KNOBS}
    del knobs["equations"]
    return {**knobs, "cells": [*start.cells, *([SCENE] if begin.with_scene else [])]}


def _gallery(name: str, cell: Cell, drawn: Draws, arrays: dict[str, Array]) -> dict[str, Any]:
    """A cell, and where each parameter's draw stands: the same draw serves several cells."""
    memory = named(cell).memory
    places = {}
    for k, (parameter, sizes) in enumerate(cell.parameters.items()):
        places[parameter] = f"draw.{k}.{'.'.join(sizes)}"
        arrays[places[parameter]] = drawn.params[parameter]
        if parameter in drawn.radii:
            arrays[f"radius.{k}"] = drawn.radii[parameter]
    return {
        **_about(name, cell),
        "draws": {
            parameter: [place, int(place.split(".")[1])] for parameter, place in places.items()
        },
        "memory": {"keep": memory.keep, "sign": memory.sign} if memory else None,
    }


def _about(name: str, cell: Cell) -> dict[str, Any]:
    plain = bound.plain(cell)
    return {
        "name": name,
        "cell": cell.to_json(),
        "gates": {gate: list(names) for gate, names in gates_of(cell).items()},
        "plain": plain._asdict() if plain and not bound.why_none(cell) else None,
        "steepest": OPERATIONS[plain.function].steepest if plain else None,
        "why": bound.why_none(cell),
        "parts": parts(cell),
    }


def _scene(scene: Scene) -> dict[str, Any]:
    read, asked = scene.reading, scene.asked
    readout = scene.network.readout
    return {
        "title": read.title,
        "badge": scene.badge,
        "cell": named(scene.network.layers[-1].cell).title,
        "length": read.steps,
        "readout": {"kind": readout.kind} if readout else None,
        "stages": stages.stages(scene.network),
        "loss": {"kind": asked.kind, "steps": list(asked.steps), "text": asked.text},
    }


def _scene_layers(scene: Scene, arrays: dict[str, Array]) -> list[dict[str, Any]]:
    """The layers as network.js runs them, and their arrays under "scene."."""
    found, network = [], scene.network
    own = stages.arrays(network) | stages.initial_arrays(network, scene.initial)
    arrays |= {f"scene.{name}": array for name, array in own.items()}
    for prefix, layer, _size in network.places():
        size = {"hidden": layer.hidden, "inputs": layer.inputs}
        at = {"layer": int(prefix.split(".")[1]), "reverse": "reverse" in prefix}
        found.append({**_about(SCENE, layer.cell), **size, **at})
    arrays["scene.x"] = scene.reading.x[:, :1]
    if scene.asked.kind != "sum" and scene.reading.targets is not None:
        arrays["scene.targets"] = np.asarray(scene.reading.targets)[:, :1]
    return found
