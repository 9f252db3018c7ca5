"""A text's characters are those that its reader sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.data.characters import characters
from rnnviz.scenes.own_text import own_text

FAMILY, FLAG, THUMB = "👨\u200d👩\u200d👧", "🇩🇪", "👍🏽"


@pytest.mark.parametrize(
    "whole", [FAMILY, FLAG, THUMB, "❤\ufe0f", "e\u0301", "🏴\U000e0067\U000e007f"]
)
def test_what_is_seen_as_one_character_is_one(whole):
    assert characters(f"a{whole}{whole}b") == ["a", whole, whole, "b"]


def test_what_nobody_sees_is_no_character():
    assert own_text("\ufeffhe\u200bllo\r\n").labels == (("h", "e", "l", "l", "o", "⏎"),)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs", "So"]), max_size=40))
def test_all_other_characters_stand_for_themselves(text):
    """Whatever is put together again, nothing is lost."""
    assert "".join(characters(text)) == text
    if all(unicodedata.category(c) in ("Ll", "Lu", "Nd") for c in text):
        assert characters(text) == list(text)
