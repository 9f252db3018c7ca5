"""What somebody else wrote is Markdown that shows just that; tests/browser asks a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.web.literal import JOINER, capital, literal


@given(st.text())
def test_it_is_one_line(text):
    assert len(literal(text).splitlines()) <= 1


@given(st.text(st.characters(codec="ascii", min_codepoint=1)))
def test_its_own_characters_are_all_that_is_shown(text):
    """But for white space, which is one blank, and for what cannot be seen."""
    unescaped = literal(text).replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")
    assert unescaped.replace(JOINER, "") == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model.pt", "model.pt"),
        ("a_b", r"a\_b"),
        ("x\n\n1. y\n---", "x 1. y ---"),
        ("1. y", r"1\. y"),
        ("- y", r"\- y"),
        ("---", r"\---"),
        ("# y", r"\# y"),
        ("http://a.b", f"http\\:{JOINER}//a.b"),
        ("www.a.b", f"www{JOINER}.a.b"),
        ("WWW.a.b", f"WWW{JOINER}.a.b"),
        ("a@b.c", f"a@{JOINER}b.c"),
    ],
)
def test_marks_and_addresses_mean_nothing(text, expected):
    assert literal(text) == expected


@pytest.mark.parametrize(
    ("followed_a_colon", "stands_alone"),
    [
        ("a gradient is clipped by norm", "A gradient is clipped by norm."),
        ("did you mean tanh?", "Did you mean tanh?"),
        ("h is computed twice.", "h is computed twice."),
        ("clip_norm must be a number", "clip_norm must be a number."),
        ("RNN (tanh) has no such bias", "RNN (tanh) has no such bias."),
        ("the length of latch must be 3", "The length of latch must be 3."),
    ],
)
def test_a_refusal_that_stands_alone_is_one_sentence(followed_a_colon, stands_alone):
    assert capital(followed_a_colon) == stands_alone
