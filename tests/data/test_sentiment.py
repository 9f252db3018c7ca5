"""What order is worth: an LSTM and a GRU rate held-out reviews, a bag of words does not.

`python -m tests.data.test_sentiment` writes the table of the README.
"""

import re
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from rnnviz import training
from rnnviz.data import made_reviews, reviews
from rnnviz.data.tokens import tokens_of

SEEDS = range(5)
CELLS = ("LSTM", "GRU (PyTorch)")
KNOBS = {"hidden": 32, "embedding": 16, "learning_rate": 0.01, "updates": 750, "batch": 32}
README = Path(__file__).parents[2] / "README.md"
NEGATIONS = {"not", "nothing", "neither", "nor"}


def bag_of_words(of):
    """How many of what it is judged on logistic regression on the words rates right, each text."""
    known = len(of.coding.vocabulary)
    bags = [
        np.stack([np.bincount(codes[:length], minlength=known)
                  for codes, length in zip(part.codes.T, part.lengths, strict=True)])
        for part in (of.train, of.test)
    ]  # fmt: skip
    fitted = LogisticRegression(max_iter=2_000).fit(bags[0], of.train.classes)
    return fitted.predict(bags[1]) == of.test.classes


def learnt(of, cell, seed):
    """The same of a network."""
    run = training.start(task=of, cell=cell, seed=seed, **KNOBS)
    judged = of.judge(training.advance(run, run.knobs.updates).network)
    return judged.answers == judged.classes


def negated(of):
    return np.array([not NEGATIONS.isdisjoint(tokens_of(text)) for text in of.test.texts])


def in_the_readme(who):
    """Mean, least and most that the README has of one, of all and of those with a negation."""
    line = next(line for line in README.read_text().splitlines() if line.startswith(f"| {who}"))
    cells = line.split("|")[2:4]
    return [[float(number) for number in re.findall(r"\d+(?:\.\d+)?", cell)] for cell in cells]


def test_the_readme_says_what_a_bag_of_words_rates_right():
    """To about one text of one seed: solvers of other versions end nearby."""
    every = []
    for seed in SEEDS:
        of = reviews(made_reviews(2_000, seed=seed), seed=seed)
        right = bag_of_words(of)
        every.append((right.mean(), right[negated(of)].mean()))
    for said, found in zip(in_the_readme("bag of words"), 100 * np.transpose(every), strict=True):
        assert said[0] == pytest.approx(found.mean(), abs=0.1)
        assert said[1:] == pytest.approx([found.min(), found.max()], abs=0.6)


def outcomes(seed):
    """Who → the share of held-out reviews that are rated right, of all and of those with a
    negation."""
    of = reviews(made_reviews(2_000, seed=seed), seed=seed)
    right = {"bag of words": bag_of_words(of), **{cell: learnt(of, cell, seed) for cell in CELLS}}
    with_negation = negated(of)
    assert 0.3 < with_negation.mean() < 0.8
    return {who: (found.mean(), found[with_negation].mean()) for who, found in right.items()}


@pytest.mark.lessons
@pytest.mark.parametrize("seed", SEEDS)
def test_networks_rate_what_a_bag_of_words_cannot(seed):
    found = outcomes(seed)
    for of_all, of_negated in (found[cell] for cell in CELLS):
        assert of_all > found["bag of words"][0] + 0.15
        assert of_negated > found["bag of words"][1] + 0.1


def table():
    """Mean, least and most over the seeds, as the README has it."""
    every = [outcomes(seed) for seed in SEEDS]
    lines = ["| rated right, of held-out reviews | all | with a negation |", "| --- | --- | --- |"]
    for who in every[0]:
        columns = zip(*(one[who] for one in every), strict=True)
        cells = (f"{np.mean(c):.1%} ({min(c):.1%} to {max(c):.1%})" for c in columns)
        lines.append(f"| {who} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
