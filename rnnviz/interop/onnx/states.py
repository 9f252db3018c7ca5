"""The states with which a recurrent node of ONNX begins: its inputs initial_h and initial_c."""

from typing import Any

import numpy as np

from rnnviz.interop.names import shown
from rnnviz.interop.onnx.constants import Constants, Numbers
from rnnviz.interop.stored import finite
from rnnviz.network.arrays import Array
from rnnviz.network.layer_run import WAYS
from rnnviz.network.layers import Layer
from rnnviz.texts import Sentence

PLACES = {"h": 5, "c": 6}
"""State → which of a node's inputs it is."""


def initial_states(
    node: Any, name: str, layer: Layer, layout: int, constants: Constants
) -> tuple[dict[str, Array], list[Sentence]]:
    """ "h", "reverse.c", … → (hidden,), and what is to be said of them.

    Args:
        name: the node's, for what is said of it.
        layout: 1 where the batch is the first axis.

    Raises:
        ValueError: they are not of the layer's size.
    """
    found: dict[str, Array] = {}
    notes: list[Sentence] = []
    for state, place in PLACES.items():
        value = node.input[place] if len(node.input) > place else ""
        if not value or state not in layer.cell.states or constants.is_zero(value):
            continue
        array = constants.of(value)
        by_way = None if array is None else _by_way(name, state, array, layer, layout)
        if by_way is None or not (by_way == by_way[:, :1]).all():
            notes.append(
                Sentence(
                    "in its file the initial {state} of {name} is given for each sequence: here it "
                    "is zero",
                    state=state,
                    name=shown(name),
                )
            )
        else:
            numbers = finite(value, by_way[:, 0])
            found |= {way + state: one.copy() for way, one in zip(WAYS, numbers, strict=False)}
    if found:
        notes.append(
            Sentence("{name} begins at the states in its file, not at zero", name=shown(name))
        )
    return found, notes


def _by_way(name: str, state: str, array: Numbers, layer: Layer, layout: int) -> Numbers:
    """(directions, batch, hidden)."""
    wanted = (len(layer.directions), layer.hidden)
    by_way = np.moveaxis(array, 1, 0) if layout and array.ndim == 3 else array
    if array.ndim != 3 or not array.size or (by_way.shape[0], by_way.shape[2]) != wanted:
        raise ValueError(
            Sentence(
                "the initial {state} of {name} has shape {shape}",
                state=state,
                name=shown(name),
                shape=str(array.shape),
            )
        )
    return by_way
