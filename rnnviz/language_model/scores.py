"""How well a text is foretold: cross entropy, perplexity, bits per character."""

import math
from typing import NamedTuple

import numpy as np

from rnnviz.language_model.reading import Codes, Reading
from rnnviz.language_model.stepping import first_states
from rnnviz.network import softmax
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate

AT_ONCE = 32
"""Stretches of a text that are read side by side."""
SHORTEST = 100
"""Tokens of a stretch."""


class Score(NamedTuple):
    """How well the known tokens of a text were foretold.

    nats: −Σ ln P(token | what stands before it). tokens: how many. characters: how many these are
    written with.
    """

    nats: float
    tokens: int
    characters: int

    @property
    def cross_entropy(self) -> float:
        """Nats a token."""
        return self.nats / self.tokens

    @property
    def perplexity(self) -> float:
        """Among how many tokens, all as likely, one would be as much at a loss."""
        return math.exp(min(self.cross_entropy, 700.0))

    @property
    def bits_per_character(self) -> float:
        return self.nats / math.log(2) / self.characters


def score(logarithms: Array, widths: Codes) -> Score:
    """Of ln P of each known token, (tokens,), and the characters that each is written with."""
    return Score(float(-logarithms.sum()), len(logarithms), int(widths.sum()))


def log_softmax(scores: Array) -> Array:
    """ln P of each known token, from a network's scores, (…, known); float64."""
    return softmax.log_softmax(scores.astype(float, copy=False))


def of_tokens(logarithms: Array, codes: Codes) -> Array:
    """(…): ln P of these tokens, from (…, known); NaN where one is not known."""
    known = logarithms.shape[-1]
    places = np.minimum(codes, known - 1)[..., None]
    found: Array = np.take_along_axis(logarithms, places, axis=-1)[..., 0]
    return np.where(codes < known, found, np.nan)


def foretold(network: Network, read: Reading, codes: Codes, *, first: int, before: int) -> Array:
    """(tokens − first,): ln P that a network gives each token of a text from `first` on.

    The text is cut into stretches of `before` tokens, or 100 where that is more. Each is read by
    itself from `before` tokens ahead of it on, or from the text's beginning where there are fewer:
    every token is foretold once, by a network that has read at least as many.

    Args:
        codes: the text. first: the token that is foretold first, from 1.

    Returns:
        NaN for tokens that are not known.
    """
    size = max(before, SHORTEST)
    starts = np.arange(first, len(codes), size)
    groups = np.split(starts, range(AT_ONCE, len(starts), AT_ONCE))
    return np.concatenate(
        [_stretches(network, read, codes, group, before=before, size=size) for group in groups]
    )


def _stretches(
    network: Network, read: Reading, codes: Codes, starts: Codes, *, before: int, size: int
) -> Array:
    """ln P of the tokens of these stretches, one stretch after the other."""
    begins, ends = np.maximum(starts - before, 0), np.minimum(starts + size, len(codes))
    lengths = ends - 1 - begins
    places = begins + np.arange(int(lengths.max()))[:, None]
    inside = np.minimum(places, len(codes) - 2)
    run = propagate(
        network,
        read(codes[inside]).astype(network.dtype, copy=False),
        initial=first_states(network, len(starts)),
        lengths=lengths,
    )
    logarithms = of_tokens(log_softmax(predicted(run.prediction)), codes[inside + 1])
    asked = (places + 1 >= starts) & (places + 1 < ends)
    return logarithms.T[asked.T]


def predicted(prediction: Array | None) -> Array:
    """What a network with a readout predicts. ValueError without one."""
    if prediction is None:
        raise ValueError("a network without a readout foretells nothing")
    return prediction
