"""The embedding: numbers of tokens become vectors, which are learnt as all else is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array, as_array, set_frozen
from rnnviz.network.lengths import Lengths, without_padding
from rnnviz.network.stage import Pass
from rnnviz.summary import NamedValues, summary
from rnnviz.texts import Sentence


@dataclass(frozen=True, eq=False)
class Embedding:
    """Hands up row k of W where it reads the number k, as torch.nn.Embedding does.

    W (tokens, size). Row 0 is that of padding where tokens are numbered as `rnnviz.data` does; it
    is a row as any other, and what is padding by `Pass.lengths` has no gradient.
    """

    full_name: ClassVar[str] = "embedding"

    W: Array

    __repr__ = summary

    def __post_init__(self) -> None:
        set_frozen(self, "W", as_array("embedding.W", self.W))
        if self.W.ndim != 2 or self.W.size == 0:
            raise ValueError(f"embedding.W has shape {self.W.shape}, not (tokens, size)")

    @property
    def tokens(self) -> int:
        """How many numbers it knows, from 0."""
        return int(self.W.shape[0])

    @property
    def inputs(self) -> int:
        return 1

    @property
    def outputs(self) -> int:
        return int(self.W.shape[1])

    @property
    def parameters(self) -> NamedValues[Array]:
        return NamedValues({"W": self.W})

    def replaced(self, parameters: Mapping[str, Array]) -> "Embedding":
        """The embedding with this array."""
        return Embedding(parameters["W"])

    def forward(self, x: Array, name: str, how: Pass) -> "EmbeddingRun":
        """x: (time, batch, 1), whole numbers. ValueError for one that is no token's."""
        codes = self.codes(x, how.lengths)
        return EmbeddingRun(self, codes, without_padding(self.W[codes], how.lengths))

    def codes(self, x: Array, lengths: Lengths | None) -> npt.NDArray[np.intp]:
        """(time, batch): the numbers that are read, of padding 0. ValueError for one that is no
        token's."""
        numbers = without_padding(x[..., 0], lengths)
        with np.errstate(invalid="ignore"):
            codes = numbers.astype(np.intp)
        if (codes != numbers).any() or codes.min() < 0 or codes.max() >= self.tokens:
            raise ValueError(
                Sentence(
                    "the embedding reads numbers of tokens: whole numbers from 0 to {last}",
                    last=f"{self.tokens - 1:,}",
                )
            )
        return codes


@dataclass(frozen=True, eq=False)
class EmbeddingRun:
    """The numbers that were read, codes (time, batch), and their vectors (time, batch, size)."""

    embedding: Embedding
    codes: npt.NDArray[np.intp]
    output: Array

    def backward(self, doutput: Array) -> "EmbeddingGradients":
        """doutput: dL/d(the vectors)."""
        return EmbeddingGradients(self, doutput)


@dataclass(frozen=True, eq=False)
class EmbeddingGradients:
    of: EmbeddingRun
    dvectors: Array

    @property
    def x(self) -> Array:
        """(time, batch, 1): zeros, since a token's number is a name and no quantity."""
        return np.zeros_like(self.dvectors, shape=(*self.of.codes.shape, 1))

    @cached_property
    def parameters(self) -> dict[str, Array]:
        """Each row's gradient is the sum over the steps that read its token."""
        W = self.of.embedding.W
        entries = self.of.codes[..., None] * W.shape[1] + np.arange(W.shape[1])
        sums = np.bincount(entries.ravel(), self.dvectors.ravel(), W.size)
        return {"W": sums.reshape(W.shape).astype(self.dvectors.dtype, copy=False)}
