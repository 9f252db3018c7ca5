"""A setup's parameters drawn from its seed, in PyTorch's layout, and the network that they are.

With a projection the engine's h has as many numbers as c, of which those that are added are zeros
(see `interop.projections`).
"""

from collections.abc import Mapping

import numpy as np

from rnnviz.interop.pytorch.layout import layers_from
from rnnviz.interop.pytorch.projections import projected, spread
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.shapes.parameters import Parameter, cell_of, parameters
from rnnviz.shapes.setup import Setup

WEIGHTS, INPUT, STATES, TOKENS = range(4)
"""What is drawn, each from a stream of its own."""

State = Mapping[str, Array]


def draw(setup: Setup) -> dict[str, Array]:
    """Full name, "rnn.weight_ih_l0", → array, as PyTorch draws them: uniform within ±1/√H, the
    Embedding's standard normal. Row 0 of the Embedding is the padding's, zeros, where there is
    padding."""
    found = {}
    for number, one in enumerate(parameters(setup)):
        generator = np.random.default_rng([setup.seed, WEIGHTS, number])
        found[f"{one.module}.{one.name}"] = _drawn(setup, one, generator)
    if setup.lengths and setup.vocabulary:
        found["embedding.weight"][0] = 0.0
    return found


def network_of(setup: Setup, state: State) -> Network:
    """The recurrent layers of these parameters, for the engine."""
    own = {n.removeprefix("rnn."): a for n, a in state.items() if n.startswith("rnn.")}
    if not setup.proj_size:
        return Network(layers_from(cell_of(setup), own))
    return Network(projected(layers_from("LSTM", spread(own)), own))


def _drawn(setup: Setup, of: Parameter, generator: np.random.Generator) -> Array:
    if of.module == "embedding":
        return generator.standard_normal(of.shape)
    bound = 1.0 / np.sqrt(setup.features if of.module == "linear" else setup.hidden_size)
    return generator.uniform(-bound, bound, of.shape)
