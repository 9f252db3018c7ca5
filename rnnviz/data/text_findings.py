"""What a network made of a text, in the text's own tokens."""

from dataclasses import dataclass

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.summary import summary


@dataclass(frozen=True)
class Continuation:
    """How a network goes on with a text.

    start: what it read. text: what it wrote. tokens: the same, token by token. probabilities:
    (tokens, known), of each token as the network predicts it, before temperature and top-k.
    """

    start: str
    text: str
    tokens: tuple[str, ...]
    probabilities: Array

    __repr__ = summary

    def __str__(self) -> str:
        return self.start + self.text


@dataclass(frozen=True, eq=False)
class Influence:
    """Which tokens a prediction depends on.

    tokens: what is read, (T,). asked: the token whose ln P after the last of them is looked at.
    value: that ln P. norm, product: (T,), its gradient at each of them (see
    `language_model.Leaning`). others: what each is replaced by, (K,). changes: (T, K), by how much
    ln P(asked) changes where it is; 0 where it is itself.
    """

    tokens: tuple[str, ...]
    asked: str
    value: float
    norm: Array
    product: Array
    others: tuple[str, ...]
    changes: Array

    __repr__ = summary

    @property
    def largest(self) -> Array:
        """(T,): the largest change, up or down, that any replacement makes."""
        largest: Array = np.abs(self.changes).max(axis=1)
        return largest
