"""A direction of a watched layer: its gradient over time, what it is called, numbers in words."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from rnnviz.cells import named
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence
from rnnviz.watching.watched import Watched

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Way(NamedTuple):
    """A direction of a layer. sizes: (time,), in the order in which it reads, the norm of the
    gradient of all its states."""

    prefix: str
    sizes: Array
    reverse: bool

    def step(self, position: int) -> str:
        """The time step of the sequence, from 1, that is read at this position."""
        return str(len(self.sizes) - position if self.reverse else position + 1)


def ways_of(watched: Watched) -> Iterator[Way]:
    """The update recorded last."""
    norms = watched.rows[-1].norms
    for prefix in watched.prefixes:
        sizes = np.hypot.reduce([norms[prefix + state] for state in watched.of.states])
        reverse = prefix.endswith("reverse.")
        yield Way(prefix, sizes[::-1] if reverse else sizes, reverse)


def place(watched: Watched, prefix: str) -> Sentence | str:
    """ "layers.1.reverse." → "Layer 2, backward"; of what is all there is, what it is."""
    number = int(prefix.split(".")[1]) + 1
    if prefix.endswith("reverse."):
        return Sentence("Layer {number}, backward", number=number)
    if watched.bidirectional:
        return Sentence("Layer {number}, forward", number=number)
    if watched.layers > 1:
        return Sentence("Layer {number}", number=number)
    return Sentence(named(watched.cell).title)


def rounded(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio < 1e4 else power(ratio)


def power(ratio: float) -> str:
    """ "10⁻⁹"; 0 where it is 0."""
    if ratio == 0:
        return "0"
    return "10" + str(round(math.log10(ratio))).translate(SUPERSCRIPT)
