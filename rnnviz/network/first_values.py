"""The first values of a whole network, by their full names.

Each layer, each direction and each other stage draw from streams of their own: with one seed,
another layer on top leaves those below as they were.
"""

import numpy as np

from rnnviz.network import initial as initial_values
from rnnviz.network.arrays import Array
from rnnviz.network.initial import Initial
from rnnviz.network.layer_run import WAYS
from rnnviz.network.pooling import Pooling
from rnnviz.representation import Cell

OF_EMBEDDING, OF_ATTENTION = 5, 6
"""Beside the seed, of the streams that these are drawn from: whatever else there is, they begin the
same. A run's own streams have 1 to 4 (`training.runs`)."""


def first_values(
    cell: Cell,
    *,
    inputs: int,
    hidden: int,
    outputs: int,
    layers: int,
    directions: int,
    tokens: int,
    embedding: int,
    pooling: Pooling,
    seed: int,
    initial: Initial | None,
) -> dict[str, Array]:
    """What `Network.fresh` begins with, float64."""
    of_readout, *of_layers = np.random.SeedSequence(seed).spawn(1 + layers)
    features = hidden * directions
    drawn: dict[str, Array] = {}
    if tokens:
        generator = np.random.default_rng([seed, OF_EMBEDDING])
        drawn["embedding.W"] = initial_values.draw_embedding(tokens, embedding, generator)
    first = embedding if tokens else inputs
    for k, stream in enumerate(of_layers):
        below = features if k else first
        for way, s in zip(WAYS, stream.spawn(directions), strict=False):
            values = initial_values.draw(cell, below, hidden, np.random.default_rng(s), initial)
            drawn |= {f"layers.{k}.{way}{name}": array for name, array in values.items()}
    if pooling == "attention":
        generator = np.random.default_rng([seed, OF_ATTENTION])
        values = initial_values.draw_attention(features, hidden, generator)
        drawn |= {f"attention.{name}": array for name, array in values.items()}
    if outputs:
        generator = np.random.default_rng(of_readout)
        drawn["readout.W"], drawn["readout.b"] = initial_values.draw_linear(
            features, outputs, generator
        )
    return drawn
