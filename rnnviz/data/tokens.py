"""Texts → rows of whole numbers: words or characters, a vocabulary, padding to one length.

The conventions are Keras': tokens are numbered by how often they occur, ties by where they first
did; 0 fills up, 1 stands for what is not in the vocabulary.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

By = Literal["words", "characters", "jieba"]
End = Literal["pre", "post"]
Integers = npt.NDArray[np.intp]
PADDING, UNKNOWN = 0, 1
MARKS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n，。！？；：、“”‘’（）《》【】…—·　'
SPACES = str.maketrans(dict.fromkeys(MARKS, " "))
CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
SIGNS = re.compile(f"[{CHINESE}]|[^\\s{CHINESE}]+")
LOOKED_AT = 1_000  # texts


class Padded(NamedTuple):
    """Texts as numbers. codes: (time, texts). lengths: (texts,), how many of them are tokens."""

    codes: Integers
    lengths: Integers


@dataclass(frozen=True)
class Vocabulary:
    """The tokens that are known, the most frequent first; number k stands for `tokens[k - 2]`."""

    tokens: tuple[str, ...]
    by: By = "words"

    def __len__(self) -> int:
        """How many numbers there are: the tokens, padding and what is unknown."""
        return len(self.tokens) + 2

    @classmethod
    def of(
        cls, texts: Sequence[str], *, most: int | None = None, by: By | None = None
    ) -> "Vocabulary":
        """The vocabulary of some texts.

        Args:
            most: how many numbers at most, padding and the unknown counted, as Keras' `num_words`.
            by: what a token is; None: characters where most letters are Chinese, else words.
                "jieba" cuts Chinese into words where that package is installed.
        """
        by = by or ("characters" if is_chinese(texts) else "words")
        counts = Counter(token for text in texts for token in tokens_of(text, by))
        return cls(tuple(token for token, _ in counts.most_common(most and max(most - 2, 0))), by)

    def encode(self, text: str) -> list[int]:
        """A text's tokens by number."""
        numbers = self._numbers
        return [numbers.get(token, UNKNOWN) for token in tokens_of(text, self.by)]

    def pad(
        self,
        texts: Iterable[str],
        length: int | None = None,
        *,
        padding: End = "post",
        cut: End = "post",
    ) -> Padded:
        """Texts by number, all of one length; of an empty one the length is 0.

        Args:
            length: how many tokens of each are kept; None: all of the longest.
            padding: at which end zeros fill up. Keras' own default is "pre".
            cut: at which end what is too long is cut off.
        """
        rows = [self.encode(text) for text in texts]
        if length is None:
            length = max(map(len, rows), default=0)
        rows = [row[-length:] if cut == "pre" and length else row[:length] for row in rows]
        codes = np.full((len(rows), length), PADDING)
        for code, row in zip(codes, rows, strict=True):
            if row:
                code[slice(-len(row), None) if padding == "pre" else slice(len(row))] = row
        return Padded(codes.T, np.array([len(row) for row in rows], int))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {token: number for number, token in enumerate(self.tokens, UNKNOWN + 1)}


def tokens_of(text: str, by: By = "words") -> list[str]:
    """A text cut into tokens: lower case, marks left out; a Chinese sign is one by itself.

    Raises:
        ValueError: by "jieba", and it is not installed.
    """
    plain = text.lower().translate(SPACES)
    if by == "words":
        return plain.split()
    if by == "characters":
        return SIGNS.findall(plain)
    try:
        import jieba
    except ImportError:
        raise ValueError("jieba is not installed: pip install jieba") from None
    return [word for word in jieba.cut(plain) if word.strip()]


def has_tokens(text: str) -> bool:
    """Whether there is anything in a text but marks and spaces, whatever a token is."""
    return bool(text.translate(SPACES).strip())


def is_chinese(texts: Sequence[str]) -> bool:
    """Whether most letters of the first texts are Chinese."""
    text = "".join(texts[:LOOKED_AT])
    letters = sum(sign.isalpha() for sign in text)
    return len(re.findall(f"[{CHINESE}]", text)) > letters / 2
