"""The made reviews are balanced, in two languages, and cannot be told by their words alone."""

from collections import Counter

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from rnnviz.data import Vocabulary, made_reviews
from rnnviz.data.made.reviews import LABELS, WORDS
from rnnviz.data.tokens import PADDING, UNKNOWN, tokens_of

LANGUAGES = [*WORDS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_class_has_its_third_and_a_seed_says_which(language):
    table = made_reviews(3_000, language=language)
    assert Counter(table.columns["label"].tolist()) == dict.fromkeys(LABELS, 1_000)
    again = made_reviews(3_000, language=language)
    assert np.array_equal(table.columns["text"], again.columns["text"])
    other = made_reviews(3_000, language=language, seed=1)
    assert (table.columns["text"] != other.columns["text"]).mean() > 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_template_that_is_learnt_from_is_held_out(language):
    words = WORDS[language]
    learnt, held_out = (
        [one for part in parts for one in part] for parts in (words.templates, words.held_out)
    )
    assert len({*learnt, *held_out}) == len(learnt) + len(held_out)
    texts = [
        {*made_reviews(2_000, language=language, held_out=held).columns["text"]}
        for held in (False, True)
    ]
    assert not texts[0] & texts[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["templates", "held_out"])
def test_the_same_words_say_the_opposite(language, part):
    """Of a quarter of the templates, filled alike: no bag of words tells them apart."""
    words = WORDS[language]
    fill = {"a": words.parts[0], "b": words.parts[1], "very": "",
            "good": words.praise[0], "bad": words.blame[0]}  # fmt: skip
    negative, _, positive = (
        [sorted(tokens_of(one.format(**fill), "characters")) for one in templates]
        for templates in getattr(words, part)
    )
    assert sum(one in positive for one in negative) >= len(negative) / 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_word_of_the_held_out_is_known(language):
    vocabulary = Vocabulary.of(made_reviews(5_000, language=language).columns["text"].tolist())
    held_out = made_reviews(1_000, language=language, held_out=True)
    codes = vocabulary.pad(held_out.columns["text"]).codes
    assert (codes == UNKNOWN).sum() < 0.25 * (codes != PADDING).sum()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bag_of_words_falls_short(language):
    """Logistic regression on which words occur: what an order of words is worth is above it."""
    learnt, judged = (
        made_reviews(3_000, language=language, held_out=held) for held in (False, True)
    )
    vocabulary = Vocabulary.of(learnt.columns["text"].tolist())
    bags = [
        np.array([np.bincount(row, minlength=len(vocabulary)) > 0 for row in
                  map(vocabulary.encode, part.columns["text"])])
        for part in (learnt, judged)
    ]  # fmt: skip
    fitted = LogisticRegression(max_iter=1_000).fit(bags[0], learnt.columns["label"])
    assert 0.6 < fitted.score(bags[0], learnt.columns["label"]) < 0.9
    assert fitted.score(bags[1], judged.columns["label"]) < 0.75
