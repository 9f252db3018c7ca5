"""n-grams are probabilities, and nltk's Witten–Bell ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.lm import WittenBellInterpolated
from nltk.util import everygrams

from rnnviz.language_model import Ngrams

ORDERS = (1, 2, 3)


def text_of(known, rest):
    """Every known token once at least, then the rest; `known` itself is the unknown one."""
    return np.array([*range(known), *rest])


@st.composite
def counted(draw):
    known = draw(st.integers(2, 5))
    tokens = st.lists(st.integers(0, known), min_size=0, max_size=30)
    return known, text_of(known, draw(tokens)), np.array(draw(tokens), int)


@pytest.mark.parametrize("order", ORDERS)
@given(counted())
def test_what_may_come_next_adds_up_to_one(order, text):
    known, codes, history = text
    found = Ngrams(codes, known, order).after(history)
    assert found.shape == (known,)
    assert (found > 0).all()
    assert found.sum() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("order", ORDERS)
@given(counted())
def test_a_whole_text_is_foretold_as_each_history_is(order, text):
    known, codes, judged = text
    found = Ngrams(codes, known, order)
    for place, (token, share) in enumerate(zip(judged, found.at(judged), strict=True)):
        if token == known:
            assert math.isnan(share)
        else:
            assert share == found.after(judged[:place])[token]


@pytest.mark.parametrize("order", ORDERS)
@given(counted())
def test_they_are_nltk_s(order, text):
    """Where every token is known: nltk has a token of its own for the others."""
    known, codes, history = text
    codes, history = (part[part < known] for part in (codes, history))
    words = [str(code) for code in codes]
    oracle = WittenBellInterpolated(order)
    grams = everygrams(words, max_len=order)
    oracle.fit([list(grams)], vocabulary_text=words)
    found = Ngrams(codes, known, order).after(history)
    context = [str(code) for code in history[len(history) - min(order - 1, len(history)) :]]
    expected = [oracle.score(str(word), context) for word in range(known)]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_an_example_by_hand():
    """abab: after a stood b, twice: (2 + 1 · 1/2) / (2 + 1)."""
    bigrams = Ngrams(np.array([0, 1, 0, 1]), 2, 2)
    np.testing.assert_allclose(bigrams.after(np.array([0])), [(0 + 0.5) / 3, (2 + 0.5) / 3])
    np.testing.assert_allclose(bigrams.after(np.array([], int)), [0.5, 0.5])


@pytest.mark.parametrize("order", [0, 20])
def test_an_order_that_cannot_be_counted_is_refused(order):
    with pytest.raises(ValueError, match=f"no n-grams of order {order}"):
        Ngrams(np.arange(100), 100, order)
