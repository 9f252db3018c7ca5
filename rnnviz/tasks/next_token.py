"""The task of foretelling a text's next token; it is judged on the last part of the text."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from rnnviz.language_model import one_hot, read
from rnnviz.tasks.baselines import always
from rnnviz.tasks.batch import Array, Batch, Rng
from rnnviz.tasks.foretelling import LONGEST_WINDOW, foretelling
from rnnviz.tasks.task import Baseline, Length, Task
from rnnviz.texts import N_


class Part(NamedTuple):
    """A stretch of a text, and how its tokens are read.

    kept: "codes" → (tokens,), each a token's number; known, of one that is not known. first, end:
    the stretch. known: how many tokens are known. numbered: whether a network reads their numbers
    or, one-hot, a 1 at the place of each.
    """

    kept: Mapping[str, Array]
    first: int
    end: int
    known: int
    numbered: bool


def next_token(
    learnt: Part,
    judged: Part,
    *,
    tokens: tuple[str, ...],
    unknown: str,
    window: int,
    by_frequency: tuple[float, float],
) -> Task:
    """Foretelling each next token of a text.

    Args:
        learnt, judged: the part that is learnt from, and the part that comes after it.
        tokens: what each number stands for. unknown: what is shown for one that is not known.
        window: tokens that are read before the states begin afresh, by default.
        by_frequency: loss and accuracy, on the judged part, of always answering by how often each
            token occurs in the part that is learnt from.
    """
    longest = min(
        longest_window(part.kept["codes"][part.first : part.end], part.known)
        for part in (learnt, judged)
    )
    loss, accuracy = by_frequency
    return foretelling(
        name="text",
        title=N_("Your text"),
        story=N_(
            "Reads a text of yours token by token and foretells each next one. It learns from the "
            "first part of the text and is judged on the last."
        ),
        findings="",
        input_names=(N_("number of the token"),) if learnt.numbered else tokens,
        output_names=tokens,
        length=Length(
            1, min(LONGEST_WINDOW, longest), window, N_("tokens in one window of the text")
        ),
        baseline=Baseline(
            N_("guessing by how often each token occurs"),
            partial(always, loss),
            partial(always, accuracy),
        ),
        solved=1.0,
        draw=partial(windows, part=learnt),
        draw_held_out=partial(spread_windows, part=judged),
        tokens=len(tokens) + 1 if learnt.numbered else 0,
        is_held_out_fixed=True,
        words=partial(words_of, tokens=(*tokens, unknown), numbered=learnt.numbered),
    )


def longest_window(codes: Array, known: int) -> int:
    """How many tokens a window of these can have that ends before one that is known."""
    places = np.flatnonzero(codes < known)
    return int(places[-1]) if len(places) else 0


def windows(rng: Rng, length: int, batch: int, *, part: Part) -> Batch:
    """Windows drawn from a part of a text; each ends with a token that is known."""
    ends = _ends(part, length)
    return _batch(part, ends[rng.integers(len(ends), size=batch)], length)


def spread_windows(rng: Rng, length: int, batch: int, *, part: Part) -> Batch:
    """Windows spread evenly over a part of a text, as many as do not overlap, or as asked."""
    ends = _ends(part, length)
    many = min(batch, max((part.end - part.first - 1) // length, 1), len(ends))
    return _batch(part, ends[np.linspace(0, len(ends) - 1, many).astype(int)], length)


def words_of(x: Array, *, tokens: tuple[str, ...], numbered: bool) -> tuple[str, ...]:
    """What a network reads, (time, inputs) → the tokens."""
    unknown = len(tokens) - 1
    codes = x[:, 0].astype(int) if numbered else np.where(x.any(axis=1), x.argmax(axis=1), unknown)
    return tuple(tokens[code] for code in codes)


def _batch(part: Part, ends: Array, length: int) -> Batch:
    window = part.kept["codes"][ends + np.arange(-length, 1)[:, None]]
    answers = window[1:]
    mask = (answers < part.known).astype(float)
    return Batch(
        read(window[:-1], known=part.known, numbered=part.numbered),
        one_hot(answers, part.known),
        mask,
        mask,
    )


@lru_cache(maxsize=8)
def _ends(part: Part, length: int) -> Array:
    """Where a window's last answer can stand: at a known token with a whole window before it."""
    codes = part.kept["codes"][part.first + length : part.end]
    return part.first + length + np.flatnonzero(codes < part.known)
