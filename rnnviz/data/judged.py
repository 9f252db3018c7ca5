"""How often a network is right about texts, class by class, and where it is wrong."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rnnviz.data.tokens import Integers
from rnnviz.network.arrays import Array
from rnnviz.summary import head_and_lines


class Mistake(NamedTuple):
    """A text that was given another label than its own.

    row: of its table, from 0. sure: the probability of the label it was given;
    of_own: of the one it has.
    """

    row: int
    text: str
    label: str
    given: str
    sure: float
    of_own: float


@dataclass(frozen=True, eq=False)
class Judged:
    """A network's answers to texts whose labels are known.

    texts: (texts,) of str. rows: (texts,), of their table, from 0. classes: (texts,), which label
    each has. probabilities: (texts, labels).
    """

    labels: tuple[str, ...]
    texts: np.ndarray
    rows: Integers
    classes: Integers
    probabilities: Array

    def __repr__(self) -> str:
        lines = [
            f"{label}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"
            for label, precision, recall, f1 in zip(
                self.labels, self.precision, self.recall, self.f1, strict=True
            )
        ]
        return head_and_lines(f"{self.accuracy:.1%} of {len(self.classes):,} right", lines)

    @cached_property
    def answers(self) -> Integers:
        """(texts,): the most probable label of each."""
        found: Integers = self.probabilities.argmax(axis=1)
        return found

    @cached_property
    def confusion(self) -> Integers:
        """(labels, labels): how many texts of the label of the row were given that of the
        column."""
        found = np.zeros((len(self.labels),) * 2, int)
        np.add.at(found, (self.classes, self.answers), 1)
        return found

    @property
    def accuracy(self) -> float:
        """The share of texts that were given their own label."""
        return float((self.answers == self.classes).mean())

    @property
    def loss(self) -> float:
        """The mean cross entropy, in nats."""
        own = self.probabilities[np.arange(len(self.classes)), self.classes]
        with np.errstate(divide="ignore"):
            return float(-np.log(own).mean())

    @property
    def precision(self) -> Array:
        """(labels,): of the texts that were given a label, the share that has it; NaN where none
        was."""
        return _shares(self._right, self.confusion.sum(axis=0))

    @property
    def recall(self) -> Array:
        """(labels,): of the texts that have a label, the share that was given it; NaN where none
        has."""
        return _shares(self._right, self.confusion.sum(axis=1))

    @property
    def f1(self) -> Array:
        """(labels,): the harmonic mean of precision and recall; NaN where a label is neither had
        nor given."""
        return _shares(2 * self._right, self.confusion.sum(axis=0) + self.confusion.sum(axis=1))

    @property
    def mean_recall(self) -> float:
        """The mean recall of the labels that texts have, each label counted alike."""
        return float(np.nanmean(self.recall))

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What was given a wrong label, the surest first."""
        wrong = np.flatnonzero(self.answers != self.classes)
        surest = self.probabilities.max(axis=1)
        return tuple(map(self._mistake, wrong[np.argsort(-surest[wrong], kind="stable")].tolist()))

    def _mistake(self, which: int) -> Mistake:
        own, given, shares = self.classes[which], self.answers[which], self.probabilities[which]
        return Mistake(
            int(self.rows[which]),
            str(self.texts[which]),
            self.labels[own],
            self.labels[given],
            float(shares[given]),
            float(shares[own]),
        )

    @property
    def _right(self) -> Integers:
        return np.diag(self.confusion)


def _shares(parts: Integers, of: Integers) -> Array:
    shares: Array = np.where(of > 0, parts / np.maximum(of, 1), np.nan)
    return shares
