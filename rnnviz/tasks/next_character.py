"""The task of predicting a text's next character; the text can be anybody's."""

from functools import partial

import numpy as np

from rnnviz.tasks import sequences
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
    longest = min(200, len(text) - 1)
    return Task(
        name="next character",
        title=N_("Next character"),
        source=N_("Elman 1990, Finding structure in time"),
        story=N_(
            "Reads a text of yours letter by letter and guesses each next one. Training and "
            "judging use windows of the same text."
        ),
        findings=N_("A short text is learnt by heart. All cells manage: no contrast."),
        kind="classification",
        loss_at="every",
        input_names=alphabet,
        output_names=alphabet,
        length=Length(1, longest, min(25, longest), N_("characters in one window of the text")),
        baseline=Baseline(
            N_("guessing by how often each character occurs"),
            partial(_entropy_of_text, text),
            partial(_commonest_of_text, text),
        ),
        solved=0.95,
        draw=partial(sequences.next_character, text=text),
        foretells=True,
    )


def text_of(task: Task) -> str | None:
    """The text that a task of `next_character` reads; None for any other task."""
    draw = task.draw
    if isinstance(draw, partial) and draw.func is sequences.next_character:
        return str(draw.keywords["text"])
    return None


def _entropy_of_text(text: str, length: int) -> float:
    shares = sequences.target_shares(text, length)
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())


def _commonest_of_text(text: str, length: int) -> float:
    return float(sequences.target_shares(text, length).max())
