"""A setup's parameters drawn from its seed, in PyTorch's layout, and the network that they are.

A projection (Sak, Senior & Beaufays 2014, arXiv:1402.1128) is a matrix after h, so the cell's steps
say it: `h = V @ (o * tanh(c))`. In a cell h has as many numbers as c; those that the projection
leaves out are zeros here, with columns of zeros for them in every matrix that reads h.
"""

from collections.abc import Mapping

import numpy as np

from rnnviz.cells import ABOUT
from rnnviz.equations import parse
from rnnviz.interop.torch_layout import layers_from
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.shapes.parameters import Parameter, cell_of, parameters
from rnnviz.shapes.setup import Setup

PROJECTED = parse(ABOUT["LSTM"].equations.replace("h = o * tanh(c)", "h = V @ (o * tanh(c))"))
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
    plain = {name: _widened(setup, name, array) for name, array in own.items()}
    layers = []
    for k, layer in enumerate(layers_from("LSTM", plain)):
        sets = [
            {**params, "V": plain[f"weight_hr_l{k}{ending}"]}
            for params, ending in zip(layer.directions, ("", "_reverse"), strict=False)
        ]
        layers.append(Layer(PROJECTED, sets[0], sets[1] if sets[1:] else None))
    return Network(tuple(layers))


def _drawn(setup: Setup, of: Parameter, generator: np.random.Generator) -> Array:
    if of.module == "embedding":
        return generator.standard_normal(of.shape)
    bound = 1.0 / np.sqrt(setup.features if of.module == "linear" else setup.hidden_size)
    return generator.uniform(-bound, bound, of.shape)


def _widened(setup: Setup, name: str, array: Array) -> Array:
    """An array as it would be if h had `hidden_size` numbers, of which the last are zeros."""
    missing = setup.hidden_size - setup.proj_size
    if name.startswith("weight_hr"):
        return np.pad(array, ((0, missing), (0, 0)))
    reads_h = name.startswith("weight_hh")
    reads_below = name.startswith("weight_ih") and "_l0" not in name
    if not (reads_h or reads_below):
        return array
    shares = np.split(array, setup.directions if reads_below else 1, axis=1)
    return np.concatenate([np.pad(share, ((0, 0), (0, missing))) for share in shares], axis=1)
