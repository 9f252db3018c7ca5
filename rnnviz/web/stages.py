"""A network's stages as the browser gets them: what maths/stages.js runs."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnviz.interop.pytorch.projections import PROJECTED, own_parameters, own_shapes
from rnnviz.network.arrays import Array
from rnnviz.network.attention import Attention
from rnnviz.network.dropout import Dropout
from rnnviz.network.embedding import Embedding
from rnnviz.network.given import BEFORE
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage

Entry = dict[str, Any]


def stages(network: Network) -> list[Entry]:
    """Each stage as JSON, in order: its kind, and what the browser needs of it beside its arrays.

    A layer names its directions by their place among those of all layers, as executed.
    """
    found: list[Entry] = []
    directions = 0
    for stage in network.stages.values():
        found += RULES[type(stage)](stage, directions)
        directions += len(stage.directions) if isinstance(stage, Layer) else 0
    return found


def arrays(network: Network) -> dict[str, Array]:
    """The parameters by the names that the browser knows: "0.W_i" of the first direction, …

    An h that is projected has its own numbers there, and no zeros after them.
    """
    own = own_parameters(network)
    named = {
        f"{index}.{name}": own[prefix + name]
        for index, (prefix, layer, _) in enumerate(network.places())
        for name in layer.cell.parameters
    }
    for called, stage in network.stages.items():
        if not isinstance(stage, Layer):
            named |= {f"{called}.{name}": own[f"{called}.{name}"] for name in stage.parameters}
    return named


def initial_arrays(network: Network, given: Mapping[str, Array]) -> dict[str, Array]:
    """Every state before the first step, "0.initial.h"; zeros where its full name, "layers.0.h", is
    not given."""
    return {
        f"{index}.{BEFORE}{state}": given.get(prefix + state, np.zeros(layer.hidden))[
            ..., : layer.size(state)
        ]
        for index, (prefix, layer, _) in enumerate(network.places())
        for state in layer.cell.states
    }


def cell_and_sizes(layer: Layer, below: Layer | None) -> Entry:
    """A layer's cell, and how many numbers its sizes stand for (maths/header.js).

    below: the layer under it; where its h is projected, it is read as it is.
    """
    cell = layer.cell.to_json()
    read = layer.inputs
    if below and below.projected:
        read = below.projected * len(below.directions)
    sizes = {"hidden": layer.hidden, "inputs": read}
    if not layer.projected:
        return {"cell": cell, **sizes}
    shapes = {name: list(shape) for name, shape in own_shapes(layer).items()}
    of_h = dict.fromkeys(("h", "h_prev"), PROJECTED)
    cell |= {"parameters": shapes, "sizes": {**layer.cell.sizes, **of_h}}
    return {"cell": cell, **sizes, PROJECTED: layer.projected}


def _layer(layer: Layer, first: int) -> list[Entry]:
    directions = [*range(first, first + len(layer.directions))]
    return [{"kind": "layer", "directions": directions, "skip": layer.skip}]


def _pool(pool: Mean | Maximum | Attention, first: int) -> list[Entry]:
    return [{"kind": pool.full_name}]


def _readout(readout: Readout, first: int) -> list[Entry]:
    return [{"kind": "readout"}]


def _nothing(stage: Dropout | Embedding, first: int) -> list[Entry]:
    """A network that is looked at leaves nothing out, and reads the vectors of an embedding."""
    return []


RULES: Mapping[type[Stage], Callable[[Any, int], list[Entry]]] = MappingProxyType(
    {
        Embedding: _nothing,
        Layer: _layer,
        Mean: _pool,
        Maximum: _pool,
        Attention: _pool,
        Readout: _readout,
        Dropout: _nothing,
    }
)
"""Kind of stage → its entries for the browser."""
