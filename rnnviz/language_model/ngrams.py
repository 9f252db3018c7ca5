"""n-grams: what can be foretold from the last few tokens by counting, without a network."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rnnviz.language_model.reading import Codes
from rnnviz.network.arrays import Array
from rnnviz.summary import summary
from rnnviz.texts import Sentence


class _Counts(NamedTuple):
    """Of histories of one length. history: their numbers, in order. total: how often one was
    followed. types: by how many different tokens. pair: numbers of history and follower, in order,
    and how often it was that one."""

    history: Codes
    total: Codes
    types: Codes
    pair: Codes
    times: Codes


@dataclass(frozen=True, eq=False)
class Ngrams:
    """Up to `order` tokens in a row, counted, and smoothed in the manner of Witten & Bell (1991):

        P(w | h) = (c(h w) + T(h) · P(w | h′)) / (c(h) + T(h))

    c counts; T(h) is how many different tokens followed h; h′ is h without its first token; a
    history that was never met is shortened. Without any, P(w) is the share of w. (Chen & Goodman
    1998, section 2.5.)

    codes: the text that is counted, every known token once at least. known: how many tokens are
    known. One that is not stands in histories; it is not foretold, and not counted as a follower.

    Raises:
        ValueError: an order below 1, or so many tokens that histories cannot be numbered.
    """

    codes: Codes
    known: int
    order: int

    __repr__ = summary

    def __post_init__(self) -> None:
        if self.order < 1 or (self.known + 1) ** self.order >= 2**63:
            raise ValueError(
                Sentence(
                    "there are no n-grams of order {order} of {known} tokens",
                    order=self.order,
                    known=self.known,
                )
            )

    def at(self, codes: Codes) -> Array:
        """(tokens,): the probability of each token after those before it; NaN where it is not
        known."""
        found: Array = self._shares[codes]
        for length in range(1, min(self.order, len(codes))):
            histories = self._numbers(codes, length)[:-1]
            found[length:] = self._mixed(length, histories, codes[length:], found[length:])
        return found

    def after(self, history: Codes) -> Array:
        """(known,): the probabilities of what comes next; its last order − 1 tokens count."""
        words, found = np.arange(self.known), self._shares[:-1]
        for length in range(1, min(self.order, len(history) + 1)):
            last = self._numbers(history[len(history) - length :], length)
            found = self._mixed(length, last, words, found)
        return found

    @cached_property
    def _shares(self) -> Array:
        """Of each token, and NaN for what is not known."""
        counts = np.bincount(self.codes, minlength=self.known + 1)[: self.known]
        return np.append(counts / counts.sum(), np.nan)

    @cached_property
    def _counts(self) -> list[_Counts]:
        """Of histories of 1, 2, … tokens."""
        found = []
        for length in range(1, self.order):
            words = self.codes[length:]
            pairs = self._numbers(self.codes, length + 1)[words < self.known]
            pair, times = np.unique(pairs, return_counts=True)
            history, first, types = np.unique(
                pair // (self.known + 1), return_index=True, return_counts=True
            )
            total = np.add.reduceat(times, first) if len(first) else times
            found.append(_Counts(history, total, types, pair, times))
        return found

    def _numbers(self, codes: Codes, length: int) -> Codes:
        """A number for each run of so many tokens, in the order in which they begin."""
        if len(codes) < length:
            return codes[:0]
        powers = (self.known + 1) ** np.arange(length - 1, -1, -1)
        runs: Codes = np.lib.stride_tricks.sliding_window_view(codes, length) @ powers
        return runs

    def _mixed(self, length: int, history: Codes, words: Codes, shorter: Array) -> Array:
        """P(w | h) of histories of this length, from those of the next shorter one."""
        counts = self._counts[length - 1]
        total = _found(counts.history, counts.total, history)
        types = _found(counts.history, counts.types, history)
        times = _found(counts.pair, counts.times, history * (self.known + 1) + words)
        whole = np.maximum(total + types, 1)
        mixed: Array = np.where(total, (times + types * shorter) / whole, shorter)
        return mixed


def _found(keys: Codes, values: Codes, wanted: Codes) -> Codes:
    """The value of each wanted key; 0 where there is none. keys: in order."""
    if not len(keys):
        return np.zeros_like(wanted)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], 0)
