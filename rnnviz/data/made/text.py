"""A text made from a small grammar, in which a verb agrees with a noun some words before it."""

import numpy as np

from rnnviz.texts import N_

WHAT_IT_IS = N_(
    "sentences made by a program: a verb agrees with its noun, and another noun may stand between"
)
NOUNS = (("dog", "dogs"), ("cat", "cats"), ("bird", "birds"), ("child", "children"))
VERBS = (("sleeps", "sleep"), ("runs", "run"), ("sings", "sing"), ("waits", "wait"))
OF_TWO = (("sees", "see"), ("likes", "like"), ("hears", "hear"))
BETWEEN = ("near", "behind", "beside")


def made_text(sentences: int = 1_000, *, seed: int = 0) -> str:
    """A sentence a line: "the dogs near the cat sleep." One noun in two is followed by another, as
    often of the other number as not: who looks at the last words alone cannot know the verb."""
    rng = np.random.default_rng(seed)
    return "\n".join(_sentence(rng) for _sentence_number in range(sentences)) + "\n"


def _sentence(rng: np.random.Generator) -> str:
    number = int(rng.integers(2))
    words = ["the", _one(rng, NOUNS)[number]]
    kind, other = rng.integers(4), int(rng.integers(2))
    if kind == 0:
        words += [str(rng.choice(BETWEEN)), "the", _one(rng, NOUNS)[other]]
    elif kind == 1:
        words += ["that", "the", _one(rng, NOUNS)[other], _one(rng, OF_TWO)[other]]
    return " ".join([*words, _one(rng, VERBS)[number]]) + "."


def _one(rng: np.random.Generator, some: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    return some[int(rng.integers(len(some)))]
