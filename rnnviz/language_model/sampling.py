"""A network goes on with a text: each token is drawn from what it predicts, and read next."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rnnviz.language_model.reading import Codes, Reading
from rnnviz.language_model.scores import log_softmax, predicted
from rnnviz.language_model.stepping import first_states, read_on, states_after
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.network.propagation import Propagation, Workspaces
from rnnviz.texts import Sentence


@dataclass(frozen=True)
class Drawing:
    """How a token is drawn from what a network predicts.

    temperature: what the scores are divided by before the softmax: below 1 the likely become
        likelier; 0 takes the likeliest, the first of several.
    top_k: only so many of the likeliest are drawn from, of equally likely ones the first; None:
        all.

    Raises:
        ValueError: a temperature below 0 or not finite, a top_k below 1.
    """

    temperature: float = 1.0
    top_k: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.temperature < np.inf:
            raise ValueError(Sentence("A temperature is a number from 0 on"))
        if self.top_k is not None and self.top_k < 1:
            raise ValueError(Sentence("top-k keeps at least the likeliest: it is from 1 on"))

    def probabilities(self, logarithms: Array) -> Array:
        """(…, known): with what probability each token is drawn, from ln P as it is predicted."""
        kept = 1 if self.temperature == 0 else self.top_k or logarithms.shape[-1]
        order = np.argsort(-logarithms, axis=-1, kind="stable")
        ranks = np.argsort(order, axis=-1, kind="stable")
        below = logarithms - logarithms.max(axis=-1, keepdims=True)
        with np.errstate(over="ignore"):  # far below: as good as never drawn
            divided = below / (self.temperature or 1.0)
        return np.exp(log_softmax(np.where(ranks < kept, divided, -np.inf)))

    def draw(self, logarithms: Array, generator: np.random.Generator) -> Codes:
        """(…): one token for each (…, known)."""
        below = self.probabilities(logarithms).cumsum(axis=-1)
        drawn = generator.random(below.shape[:-1]) * below[..., -1]
        codes: Codes = (below > drawn[..., None]).argmax(axis=-1)
        return codes


class Sample(NamedTuple):
    """What a network went on with.

    codes: (length, batch). logarithms: (length, batch, known), ln P of each token as the network
    predicts it, whatever it is then drawn by.
    """

    codes: Codes
    logarithms: Array


def sample(
    network: Network,
    read: Reading,
    start: Codes,
    length: int,
    drawing: Drawing,
    generator: np.random.Generator,
) -> Sample:
    """Read `start`, (time, batch), then go on for `length` tokens.

    Raises:
        ValueError: an empty start, or a network that cannot be taken on from its states.
    """
    if not start.size or length < 1:
        raise ValueError(
            Sentence("A text is gone on with from one token at least, for one or more")
        )
    run = read_on(network, read(start), first_states(network, start.shape[1]))
    return go_on(network, read, run, length, drawing, generator)


def go_on(
    network: Network,
    read: Reading,
    run: Propagation,
    length: int,
    drawing: Drawing,
    generator: np.random.Generator,
) -> Sample:
    """What follows a run, token by token: each step reads the token drawn before it, once."""
    codes, logarithms, kept = [], [], Workspaces()
    for step in range(length):
        logarithms.append(log_softmax(predicted(run.prediction)[-1]))
        codes.append(drawing.draw(logarithms[-1], generator))
        if step < length - 1:
            run = read_on(network, read(codes[-1][None]), states_after(run), kept)
    return Sample(np.stack(codes), np.stack(logarithms))
