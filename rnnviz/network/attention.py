"""Attention over all that was read so far: a pool whose weights are learnt.

Additive, as Bahdanau, Cho & Bengio 2015 (arXiv:1409.0473), with one query for all steps, as Yang
et al. 2016 (doi:10.18653/v1/N16-1174) put it below a classifier: of what is read at each step, h_t,

    score_t = v · tanh(W h_t + b)
    weight_s = exp(score_s) / (exp(score_1) + … + exp(score_t)),  s ≤ t

and what is handed up at t is the mean of h_1, …, h_t with these weights. Like the other pools it is
cumulative (see `pooling`).

Every exponential below is of what is added to the running log-sum-exp of the scores, less that: at
most 0. So no score is too large, and each mean follows from that of the step before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from rnnviz.network.arrays import Array, as_array, check_shape, set_frozen
from rnnviz.network.lengths import Lengths, present_steps, without_padding
from rnnviz.network.readout import product
from rnnviz.network.stage import Pass
from rnnviz.summary import NamedValues, summary


@dataclass(frozen=True, eq=False)
class Attention:
    """W (units, inputs), b (units,), v (units,): how much of each step there is in the pool."""

    full_name: ClassVar[str] = "attention"

    W: Array
    b: Array
    v: Array

    __repr__ = summary

    def __post_init__(self) -> None:
        for name in ("W", "b", "v"):
            set_frozen(self, name, as_array(f"attention.{name}", getattr(self, name)))
        if self.W.ndim != 2 or self.W.size == 0:
            raise ValueError(f"attention.W has shape {self.W.shape}, not (units, inputs)")
        check_shape("attention.b", self.b, self.W.shape[:1])
        check_shape("attention.v", self.v, self.W.shape[:1])

    @property
    def inputs(self) -> int:
        return int(self.W.shape[1])

    @property
    def outputs(self) -> int:
        return self.inputs

    @property
    def parameters(self) -> NamedValues[Array]:
        return NamedValues({"W": self.W, "b": self.b, "v": self.v})

    def replaced(self, parameters: Mapping[str, Array]) -> "Attention":
        """The attention with these arrays."""
        return Attention(parameters["W"], parameters["b"], parameters["v"])

    def forward(self, x: Array, name: str, how: Pass) -> "AttentionRun":
        """x: (time, batch, inputs)."""
        hidden = np.tanh(product(self.W, x) + self.b)
        return AttentionRun(self, x, hidden, hidden @ self.v, how.lengths)


@dataclass(frozen=True, eq=False)
class AttentionRun:
    """What was read, x (time, batch, inputs); hidden (time, batch, units), tanh(W h_t + b); scores
    (time, batch)."""

    attention: Attention
    x: Array
    hidden: Array
    scores: Array
    lengths: Lengths | None = None

    @cached_property
    def totals(self) -> Array:
        """(time, batch): the logarithm of the sum of all exp(score) so far."""
        found: Array = np.logaddexp.accumulate(self.scores)
        return found

    @cached_property
    def own(self) -> Array:
        """(time, batch): each step's weight at that step itself."""
        return np.exp(self.scores - self.totals)

    @cached_property
    def kept(self) -> Array:
        """(time − 1, batch): what weights there were are multiplied by from a step to the next."""
        return np.exp(self.totals[:-1] - self.totals[1:])

    @cached_property
    def output(self) -> Array:
        """(time, batch, inputs): the mean so far; 0 in padding."""
        found = np.array(self.x * self.own[..., None])
        for now, before, kept in zip(found[1:], found, self.kept[..., None], strict=False):
            now += kept * before
        return without_padding(found, self.lengths)

    @cached_property
    def weights(self) -> Array:
        """(time, batch): each step's weight at its sequence's own last step; 0 in padding."""
        time, batch = self.scores.shape
        lengths = np.full(batch, time) if self.lengths is None else self.lengths
        last = self.totals[lengths - 1, np.arange(batch)]
        below = np.where(present_steps(lengths, time), self.scores - last, -np.inf)
        found: Array = np.exp(below)
        return found

    def backward(self, doutput: Array) -> "AttentionGradients":
        return AttentionGradients(self, doutput)


@dataclass(frozen=True, eq=False)
class AttentionGradients:
    of: AttentionRun
    doutput: Array

    @cached_property
    def scores(self) -> Array:
        """(time, batch): dL/d(score)."""
        moved = np.einsum("tbn,tbn->tb", self._later, self.of.x)
        found: Array = self.of.own * (moved - self._means)
        return found

    @cached_property
    def x(self) -> Array:
        """(time, batch, inputs): through the mean, and through the scores."""
        through = product(self.of.attention.W.T, self._inner)
        found: Array = self.of.own[..., None] * self._later + through
        return found

    @cached_property
    def parameters(self) -> dict[str, Array]:
        both = (0, 1)
        return {
            "W": np.tensordot(self._inner, self.of.x, axes=(both, both)),
            "b": self._inner.sum(axis=both),
            "v": np.tensordot(self.scores, self.of.hidden, axes=(both, both)),
        }

    @cached_property
    def _inner(self) -> Array:
        """(time, batch, units): dL/d(W h_t + b)."""
        return self.scores[..., None] * self.of.attention.v * (1.0 - self.of.hidden**2)

    @cached_property
    def _later(self) -> Array:
        """(time, batch, inputs): the sum over all later t of dL/d(output_t) times what is left at t
        of a weight that was 1 here."""
        return self._summed_back(np.array(self.doutput))

    @cached_property
    def _means(self) -> Array:
        """(time, batch): the same sum of dL/d(output_t) · output_t."""
        found = np.einsum("tbn,tbn->tb", self.doutput, self.of.output)
        return self._summed_back(found[..., None])[..., 0]

    def _summed_back(self, array: Array) -> Array:
        for step in range(len(array) - 2, -1, -1):
            array[step] += self.of.kept[step][:, None] * array[step + 1]
        return array
