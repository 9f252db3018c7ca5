"""What an answer without any memory scores at a task: guessing, or always the same number."""

import math
from functools import partial

from rnnviz.tasks import reber, sequences
from rnnviz.tasks.task import Baseline
from rnnviz.texts import N_


def always(value: float, length: int) -> float:
    return value


GUESSING = {2: N_("guessing: 1 in 2"), 4: N_("guessing: 1 in 4")}
"""How many classes there are → what it is to guess."""


def guessing(classes: int) -> Baseline:
    """Of 2 or 4 classes that are as likely, one at random."""
    return Baseline(
        GUESSING[classes],
        partial(always, math.log(classes)),
        partial(always, 1 / classes),
    )


def constant(says: str, error: float) -> Baseline:
    """Always the same answer, with this mean squared error at any length; `says` names it."""
    return Baseline(says, partial(always, error), partial(always, error))


def memoryless_copy(length: int) -> float:
    copied = sequences.COPIED
    return copied * math.log(sequences.COPY_ALPHABET) / (length + 2 * copied)


def grammar_only(length: int) -> float:
    # The two symbols the frame repeats are coins too: the second, and the one before the last.
    coins = reber.coins(length)
    return (coins + 2) * math.log(2) / (coins + reber.FRAME - 1)
