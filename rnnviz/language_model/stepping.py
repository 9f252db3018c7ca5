"""A network taken on through a text: from the states that it has, with nothing read twice."""

from collections.abc import Mapping

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.attention import Attention
from rnnviz.network.embedding import Embedding
from rnnviz.network.network import Network
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.propagation import Propagation, Workspaces, propagate
from rnnviz.texts import Sentence

States = Mapping[str, Array]
"""Full name of a state, "layers.0.h" → (batch, hidden)."""


def first_states(network: Network, batch: int) -> States:
    """Those that a network begins with; zeros where it says none."""
    return {
        f"{prefix}{state}": np.broadcast_to(
            network.initial.get(f"{prefix}{state}", np.zeros(layer.hidden, network.dtype)),
            (batch, layer.hidden),
        )
        for prefix, layer, _ in network.places()
        for state in layer.cell.states
    }


def read_on(
    network: Network, x: Array, states: States, workspaces: Workspaces | None = None
) -> Propagation:
    """Take x, (time, batch, inputs), through from these states on; in kept arrays, where these are
    given, over the run before in them.

    ValueError where a network cannot be taken on: nothing is foretold, or not from states alone.
    """
    check_goes_on(network)
    narrow = x.astype(network.dtype, copy=False)
    return propagate(network, narrow, initial=states, workspaces=workspaces)


def states_after(run: Propagation, step: int = -1) -> States:
    """The states after a step of a run."""
    return {
        direction.prefix + state: of.value(state)[step]
        for direction, of in run.directions.items()
        for state in of.cell.states
    }


def check_is_of(network: Network, *, known: int, numbered: bool) -> None:
    """ValueError where a network does not read and foretell so many known tokens; numbered: it
    reads their numbers."""
    first = network.body[0]
    embedding = first if isinstance(first, Embedding) else None
    reads = embedding.tokens - 1 if embedding else network.inputs
    if (reads, network.outputs, embedding is not None) != (known, known, numbered):
        raise ValueError(
            Sentence(
                "This network was not trained on this text, of which {count} tokens are known",
                count=known,
            )
        )


def check_goes_on(network: Network) -> None:
    """ValueError in one sentence where a network's states are not all that it remembers."""
    if network.readout is None:
        raise ValueError(Sentence("A network without a readout foretells nothing"))
    if any(isinstance(stage, Mean | Maximum | Attention) for stage in network.body):
        raise ValueError(
            Sentence(
                "A network whose readout reads all states so far cannot be taken on by tokens: "
                "let it read the last"
            )
        )
    if any(layer.reverse is not None for layer in network.layers):
        raise ValueError(
            Sentence("A network that reads backward too has read what it is to foretell")
        )
