"""Networks that foretell tokens, drawn at random, and how they read."""

from functools import partial

import numpy as np

from rnnviz.cells import named
from rnnviz.language_model import read
from rnnviz.network import Network
from rnnviz.network.embedding import Embedding

KNOWN = 6
SHAPES = (("LSTM", 1, False), ("GRU (PyTorch)", 2, False), ("RNN (tanh)", 1, True))
"""Cell, layers, and whether numbers of tokens are read, by an embedding."""


def network_of(cell, layers, numbered, known=KNOWN, seed=0):
    """Large weights, so that what is read matters."""
    fresh = Network.fresh(
        named(cell).cell,
        inputs=4 if numbered else known,
        hidden=5,
        outputs=known,
        layers=layers,
        seed=seed,
        kind="softmax",
    )
    large = fresh.replace({name: 3 * array for name, array in fresh.parameters.items()})
    if not numbered:
        return large
    vectors = np.random.default_rng(seed).normal(size=(known + 1, 4))
    return Network((Embedding(vectors), *large.body), large.readout)


def reading(numbered, known=KNOWN):
    return partial(read, known=known, numbered=numbered)


def codes_of(count, seed=0, known=KNOWN):
    """Tokens at random; every tenth or so is not known."""
    rng = np.random.default_rng(seed)
    return np.where(rng.random(count) < 0.1, known, rng.integers(known, size=count))
