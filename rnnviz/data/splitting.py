"""A text cut into tokens and split by place: it learns from the first part, the last judges it."""

from collections import Counter
from typing import get_args

import numpy as np

from rnnviz.data.characters import Cut, cut
from rnnviz.data.corpus import Text
from rnnviz.tasks.foretelling import LONGEST_WINDOW
from rnnviz.tasks.next_token import longest_window
from rnnviz.texts import Sentence

LONGEST = 5_000_000
"""Characters of a text."""
LARGEST = 5_000
"""Tokens that are told apart."""


def text(
    source: str,
    by: Cut = "characters",
    *,
    window: int = 25,
    held_out: float = 0.1,
    most: int | None = None,
) -> Text:
    """A text to be gone on with.

    Args:
        source: the text itself. (A file's: `rnnviz.data.read_text`, or `Path.read_text`.)
        by: "characters", or "words" in lower case with marks and line ends as tokens.
        window: tokens that are read before states begin afresh.
        held_out: share of the tokens, at the end, that are judged on and not learnt from.
        most: how many tokens are known at most: those that the part that is learnt from has most
            often. None: all that it has. Any other is read as unknown, and not foretold.

    Raises:
        ValueError: one sentence on why nothing can be learnt from it.
    """
    if by not in get_args(Cut):
        raise ValueError(f"a text is cut by {' or '.join(get_args(Cut))}, not {by!r}")
    _refuse_unfit(source, window, held_out, most)
    tokens = cut(source, by)
    split = round(len(tokens) * (1 - held_out))
    known = tuple(sorted(token for token, _ in Counter(tokens[:split]).most_common(most)))
    numbers = {token: number for number, token in enumerate(known)}
    codes = np.array([numbers.get(token, len(known)) for token in tokens], np.intp)
    made = Text(by, window, known, codes, split)
    _refuse_short(made)
    return made


def _refuse_unfit(source: str, window: int, held_out: float, most: int | None) -> None:
    """ValueError where no text can be cut so, or this one is too long."""
    if not 1 <= window <= LONGEST_WINDOW or not 0 < held_out < 1 or (most or 2) < 2:
        raise ValueError(
            Sentence(
                "A window has from 1 to {most} tokens; of the text some are held out, not all; two "
                "tokens at least are known",
                most=LONGEST_WINDOW,
            )
        )
    if len(source) > LONGEST:
        raise ValueError(
            Sentence(
                "the text has {count} characters, more than {most}",
                count=f"{len(source):,}",
                most=f"{LONGEST:,}",
            )
        )


def _refuse_short(made: Text) -> None:
    """ValueError where a part has no whole window, or too few or too many tokens are known."""
    parts = np.split(made.codes, [made.split])
    if min(longest_window(part, made.known) for part in parts) < made.window:
        raise ValueError(
            Sentence(
                "The text has {count} tokens, {held_out} of them held out: both parts have to "
                "be longer than a window of {window}",
                count=f"{len(made.codes):,}",
                held_out=f"{len(parts[1]):,}",
                window=made.window,
            )
        )
    if not 2 <= made.known <= LARGEST:
        raise ValueError(
            Sentence(
                "The text has {count} different tokens: from 2 to {most} can be told apart",
                count=f"{made.known:,}",
                most=f"{LARGEST:,}",
            )
        )
