"""The first values of a whole network, by their full names.

Each layer, each direction and each other stage draw from streams of their own: with one seed,
another layer on top leaves those below as they were.
"""

import numpy as np

from rnnviz.network import initial as initial_values
from rnnviz.network.architecture import Architecture
from rnnviz.network.arrays import Array
from rnnviz.network.initial import Initial
from rnnviz.representation import Cell

OF_EMBEDDING, OF_ATTENTION = 5, 6
"""Beside the seed, of the streams that these are drawn from: whatever else there is, they begin the
same. A run's own streams have 1 to 4 (`training.runs.runs`)."""


def first_values(
    cell: Cell, built: Architecture, seed: int, initial: Initial | None
) -> dict[str, Array]:
    """What `Network.fresh` begins with, float64."""
    of_readout, *of_layers = np.random.SeedSequence(seed).spawn(1 + built.layers)
    drawn: dict[str, Array] = {}
    if built.tokens:
        generator = np.random.default_rng([seed, OF_EMBEDDING])
        drawn["embedding.W"] = initial_values.draw_embedding(
            built.tokens, built.embedding, generator
        )
    for k, (below, stream) in enumerate(zip(built.read, of_layers, strict=True)):
        streams = stream.spawn(len(built.directions))
        for way, own in zip(built.directions, streams, strict=True):
            generator = np.random.default_rng(own)
            values = initial_values.draw(cell, below, built.hidden, generator, initial)
            drawn |= {f"layers.{k}.{way}{name}": array for name, array in values.items()}
    if built.pooling == "attention":
        generator = np.random.default_rng([seed, OF_ATTENTION])
        values = initial_values.draw_attention(built.features, built.hidden, generator)
        drawn |= {f"attention.{name}": array for name, array in values.items()}
    if built.outputs:
        generator = np.random.default_rng(of_readout)
        drawn["readout.W"], drawn["readout.b"] = initial_values.draw_linear(
            built.features, built.outputs, generator
        )
    return drawn
