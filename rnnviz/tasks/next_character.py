"""The task of predicting a text's next character; the text can be anybody's."""

from functools import lru_cache, partial

import numpy as np

from rnnviz.tasks.batch import Array, Batch, Rng, answer_always, one_hot
from rnnviz.tasks.foretelling import LONGEST_WINDOW, foretelling
from rnnviz.tasks.task import Baseline, Length, Task
from rnnviz.texts import N_, Sentence

LONGEST_TEXT = 200_000
LARGEST_ALPHABET = 128
RHYMES = """twinkle twinkle little star
how i wonder what you are
up above the world so high
like a diamond in the sky
jack and jill went up the hill
to fetch a pail of water
jack fell down and broke his crown
and jill came tumbling after
"""


def next_character(text: str) -> Task:
    """Predicting a text's next character; the classes are its characters, in sorted order.

    ValueError where the text is too short, too long or has too many characters to tell apart.
    """
    alphabet = _alphabet_of(text)
    longest = min(LONGEST_WINDOW, len(text) - 1)
    return foretelling(
        name="next character",
        title=N_("Next character"),
        story=N_(
            "Reads a text of yours letter by letter and guesses each next one. Training and "
            "judging use windows of the same text."
        ),
        findings=N_("A short text is learnt by heart. All cells manage: no contrast."),
        input_names=alphabet,
        output_names=alphabet,
        length=Length(1, longest, min(25, longest), N_("characters in one window of the text")),
        baseline=Baseline(
            N_("guessing by how often each character occurs"),
            partial(_entropy_of_text, text),
            partial(_commonest_of_text, text),
        ),
        solved=0.95,
        draw=partial(windows, text=text),
    )


def text_of(task: Task) -> str | None:
    """The text that a task of `next_character` reads; None for any other task."""
    draw = task.draw
    if isinstance(draw, partial) and draw.func is windows:
        return str(draw.keywords["text"])
    return None


def windows(rng: Rng, length: int, batch: int, *, text: str) -> Batch:
    """Windows of a text, characters one-hot in sorted order: answer each next character."""
    codes, size = _characters(text)
    starts = rng.integers(len(codes) - length, size=batch)
    drawn = codes[starts + np.arange(length + 1)[:, None]]
    return answer_always(one_hot(drawn[:-1], size), one_hot(drawn[1:], size))


def target_shares(text: str, length: int) -> Array:
    """The share of each character among the answers, over all windows of `length` steps."""
    codes, size = _characters(text)
    place = np.arange(1, len(codes))
    counted = np.minimum.reduce(
        [place, len(codes) - place, np.full_like(place, min(length, len(codes) - length))]
    )
    counts = np.bincount(codes[1:], weights=counted, minlength=size)
    shares: Array = counts / counts.sum()
    return shares


def _alphabet_of(text: str) -> tuple[str, ...]:
    """Its characters, in sorted order. ValueError where they are too few or too many."""
    alphabet = tuple(sorted(set(text)))
    if len(text) < 2:
        raise ValueError(
            Sentence("in so short a text no character has a next one: give it at least 2")
        )
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            Sentence(
                "the text has {count} characters, more than {most}",
                count=f"{len(text):,}",
                most=f"{LONGEST_TEXT:,}",
            )
        )
    if not 2 <= len(alphabet) <= LARGEST_ALPHABET:
        raise ValueError(
            Sentence(
                "the text has {count} different characters: from 2 to {most} can be learnt",
                count=len(alphabet),
                most=LARGEST_ALPHABET,
            )
        )
    return alphabet


def _entropy_of_text(text: str, length: int) -> float:
    shares = target_shares(text, length)
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())


def _commonest_of_text(text: str, length: int) -> float:
    return float(target_shares(text, length).max())


@lru_cache(maxsize=8)
def _characters(text: str) -> tuple[Array, int]:
    alphabet, codes = np.unique(np.array(list(text)), return_inverse=True)
    return codes, len(alphabet)
