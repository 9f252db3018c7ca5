"""Texts become numbers as Keras makes them, and what is padded or unknown is known to be so."""

import warnings
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.data import Vocabulary, made_reviews, reviews
from rnnviz.data.tokens import PADDING, UNKNOWN, tokens_of

TEXTS = st.lists(st.text("abcde '.,!-\n", max_size=30), min_size=1, max_size=8)


@given(TEXTS, st.integers(2, 12) | st.none())
def test_the_numbers_are_keras(texts, most):
    text = pytest.importorskip("keras.src.legacy.preprocessing.text")
    keras = text.Tokenizer(num_words=most, oov_token="<unknown>")
    keras.fit_on_texts(texts)
    vocabulary = Vocabulary.of(texts, most=most, by="words")
    assert [vocabulary.encode(one) for one in texts] == keras.texts_to_sequences(texts)


@given(TEXTS, st.integers(1, 9), st.sampled_from(["pre", "post"]), st.sampled_from(["pre", "post"]))
def test_padding_is_keras(texts, length, padding, cut):
    keras = pytest.importorskip("keras")
    vocabulary = Vocabulary.of(texts, by="words")
    rows = [vocabulary.encode(text) for text in texts]
    padded = vocabulary.pad(texts, length, padding=padding, cut=cut)
    expected = keras.utils.pad_sequences(rows, length, padding=padding, truncating=cut)
    assert np.array_equal(padded.codes.T, expected)
    assert padded.lengths.tolist() == [min(len(row), length) for row in rows]


@given(TEXTS)
def test_every_token_of_the_texts_has_a_number_of_its_own(texts):
    vocabulary = Vocabulary.of(texts)
    counts = Counter(token for text in texts for token in tokens_of(text))
    assert sorted(vocabulary.tokens) == sorted(counts)
    ranks = [counts[token] for token in vocabulary.tokens]
    assert ranks == sorted(ranks, reverse=True)
    codes = vocabulary.pad(texts).codes
    assert codes.min(initial=2) >= PADDING
    assert UNKNOWN not in codes
    assert codes.max(initial=0) < len(vocabulary)


def test_chinese_is_cut_into_signs_and_words_between_stay_whole():
    texts = ["这部电影不好看。", "真的不好，IMAX 也没用!"]
    vocabulary = Vocabulary.of(texts)
    assert vocabulary.by == "characters"
    assert tokens_of(texts[1], "characters") == ["真", "的", "不", "好", "imax", "也", "没", "用"]
    assert Vocabulary.of(["a film 好"]).by == "words"


def test_an_empty_text_has_no_length():
    padded = Vocabulary.of(["a b", "", "  ...  "]).pad(["a b", "", "  ...  ", "c"])
    assert padded.lengths.tolist() == [2, 0, 0, 1]
    assert padded.codes[:, 3].tolist() == [UNKNOWN, PADDING]


def test_jieba_is_asked_for_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "jieba", None)
    with pytest.raises(ValueError, match="jieba is not installed: pip install jieba"):
        Vocabulary.of(["不好看"], by="jieba")


def test_by_jieba_chinese_is_cut_as_jieba_cuts_it_and_marks_are_left_out():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, as it is imported
        jieba = pytest.importorskip("jieba")
        texts = ["我不喜欢这部电影，但是演员很好。", "The plot is not good：剧情不好", "。。。", ""]
        cut = [tokens_of(text, "jieba") for text in texts]
        vocabulary = Vocabulary.of(texts, by="jieba")
    assert cut[0] == [word for word in jieba.lcut(texts[0]) if word not in "，。"]
    assert {"不", "喜欢", "电影"} <= {*cut[0]}
    assert cut[1] == ["the", "plot", "is", "not", "good", "剧情", "不好"]
    assert cut[2:] == [[], []]
    assert vocabulary.by == "jieba"
    padded = vocabulary.pad(texts)
    assert padded.lengths.tolist() == [len(words) for words in cut]
    assert [vocabulary.tokens[code - 2] for code in padded.codes[: len(cut[0]), 0]] == cut[0]


def test_reviews_cut_by_jieba_are_read_word_by_word():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("jieba")
        of = reviews(made_reviews(60, language="zh"), by="jieba")
        sign_by_sign = reviews(made_reviews(60, language="zh"))
    assert of.coding.vocabulary.by == "jieba"
    assert any(len(token) > 1 for token in of.coding.vocabulary.tokens)
    assert of.coding.length < sign_by_sign.coding.length
