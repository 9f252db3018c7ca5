"""How a text becomes the numbers that a network reads, and its words beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from rnnviz.data.tokens import End, Padded, Vocabulary, tokens_of
from rnnviz.summary import summary
from rnnviz.texts import Sentence

Padding = Literal["masked", "post", "pre"]
LONGEST = 1_000


@dataclass(frozen=True)
class Coding:
    """A vocabulary, and what becomes of texts that are not of one length.

    length: tokens that are read of a text, at most. padding: "masked": what is behind a text's end
    is not read. "post", "pre": zeros up to the length, behind or in front, are read as tokens, as
    Keras does without `mask_zero`. cut: at which end a text that is too long is cut off.

    Raises:
        ValueError: a length out of its range, or a padding or cut that there is not.
    """

    vocabulary: Vocabulary
    length: int
    padding: Padding = "masked"
    cut: End = "post"

    __repr__ = summary

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST:
            raise ValueError(Sentence("The length is from 1 to {most} tokens", most=f"{LONGEST:,}"))
        if self.padding not in get_args(Padding):
            raise ValueError(f"padding is one of {', '.join(get_args(Padding))}")
        if self.cut not in get_args(End):
            raise ValueError(f"cut is one of {', '.join(get_args(End))}")

    def encoded(self, texts: Sequence[str]) -> Padded:
        """Texts by number, (length, texts); a text's length counts every step that is read."""
        end: End = "pre" if self.padding == "pre" else "post"
        padded = self.vocabulary.pad(texts, self.length, padding=end, cut=self.cut)
        if self.padding == "masked":
            return padded
        return padded._replace(lengths=np.full_like(padded.lengths, self.length))

    def words(self, text: str) -> tuple[str, ...]:
        """What is read at each step: the text's own tokens, "" where it is padding."""
        tokens = tokens_of(text, self.vocabulary.by)
        kept = tokens[-self.length :] if self.cut == "pre" else tokens[: self.length]
        if self.padding == "masked":
            return tuple(kept)
        gap = [""] * (self.length - len(kept))
        return tuple(gap + kept if self.padding == "pre" else kept + gap)
