"""A visitor's own sequences: what is read, and what is refused in which words."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz import tasks
from rnnviz.scenes.own_numbers import own_numbers
from rnnviz.scenes.own_text import own_text
from rnnviz.scenes.reading import (
    MOST_STEPS,
    Reading,
    noise,
    of_one_length,
    of_task,
    short,
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1 2 3", [[1], [2], [3]]),
        ("1, 2, 3", [[1], [2], [3]]),
        ("1\n2\n3\n", [[1], [2], [3]]),
        (" 0.5;-.5 ,1e1,", [[0.5], [-0.5], [10]]),
        ("−1", [[-1]]),
        ("1 2\n3 4\n5 6", [[1, 2], [3, 4], [5, 6]]),
        ("1\t2\r\n\r\n3\t4", [[1, 2], [3, 4]]),
    ],
)
def test_numbers_are_read_however_they_are_parted(text, rows):
    np.testing.assert_array_equal(own_numbers(text).x[:, 0], rows)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no number yet"),
        (" \n , ", "no number yet"),
        ("1 2 tree", "“tree” in row 3 is not a number"),
        ("1 2\n3", "Row 2 has 1 number and row 1 has 2"),
        ("nan", "cannot be read"),
        ("1 inf", "in row 2 cannot be read"),
        ("1e7", "from −1,000,000 to 1,000,000"),
        ("1_0", "cannot be read"),
        ("1 " * 10_001, "10,001 steps: from 1 to 10,000 can be read"),
        (" ".join("1" * 1025) + "\n" + " ".join("1" * 1025), "from 1 to 1024 can be read"),
    ],
)
def test_what_is_no_sequence_of_numbers_is_refused_in_one_sentence(text, says):
    with pytest.raises(ValueError, match=says) as refusal:
        own_numbers(text)
    assert "\n" not in str(refusal.value)


@given(st.text(max_size=60))
def test_any_text_is_read_as_numbers_or_refused(text):
    try:
        read = own_numbers(text)
    except ValueError:
        return
    assert np.isfinite(read.x).all()
    assert 1 <= read.steps <= MOST_STEPS


def test_a_text_is_one_hot_in_sorted_characters():
    read = own_text("abba c\n")
    assert read.labels == (("a", "b", "b", "a", "␣", "c", "⏎"),)
    assert read.input_names == ("⏎", "␣", "a", "b", "c")
    np.testing.assert_array_equal(read.x[:, 0].argmax(-1), [2, 3, 3, 2, 1, 4, 0])
    np.testing.assert_array_equal(read.x.sum(-1), 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no character yet"),
        ("a" * 10_001, "10,001 characters: from 1 to 10,000"),
        ("".join(map(chr, range(65, 130))), "65 different characters: up to 64"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        own_text(text)


def test_an_answer_asked_once_is_the_target_at_every_step():
    """So that the loss may be moved to any step: it asks for the same answer there."""
    task = tasks.find("marked recall")
    batch = task.batch(np.random.default_rng(0), 5, 2)
    read = of_task(task, "", "", batch)
    assert read.asked == (4,)
    for step in range(5):
        np.testing.assert_array_equal(read.targets[step], batch.targets[-1])


def test_the_marked_step_wears_a_dot():
    task = tasks.find("marked recall")
    batch = task.batch(np.random.default_rng(0), 9, 3)
    for item, words in enumerate(of_task(task, "", "", batch).labels):
        marked = int(batch.x[:, item, -1].argmax())
        assert [word[0] == "•" for word in words] == [step == marked for step in range(9)]
        assert words[marked][1:] == "ABCD"[batch.targets[-1, item].argmax()]


def test_the_first_steps_keep_what_is_asked_within_them():
    task = tasks.find("noisy sine")
    whole = of_task(task, "t", "s", task.batch(np.random.default_rng(0), 6, 1))
    part = whole.first(2)
    assert (part.steps, part.asked, part.labels[0]) == (2, (0, 1), whole.labels[0][:2])
    assert isinstance(part, Reading)


def test_noise_is_the_same_each_time():
    np.testing.assert_array_equal(noise(3).x, noise(3).x)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (-0.001, "−0.001"), (0.0123, "0.012"), (1, "1"), (0.5, "0.5"), (-1.256, "−1.26")],
)
def test_a_short_number(number, text):
    assert short(number) == text


REBER = tasks.find("embedded Reber")


def test_strings_of_one_length_are_cut_where_they_end():
    drawn = REBER.batch(np.random.default_rng(0), 40, 64)
    steps = drawn.mask.sum(axis=0)
    batch = of_one_length(drawn, 4)
    assert batch.mask.all()
    assert batch.x.shape[1] == 4
    assert sum(steps == len(batch.x)) >= 4
    assert all(sum(steps == longer) < 4 for longer in range(len(batch.x) + 1, 40))


def test_what_fills_a_string_up_is_no_symbol():
    drawn = REBER.batch(np.random.default_rng(0), 20, 1)
    end = int(drawn.mask.sum())
    (words,) = of_task(REBER, "", "", drawn).labels
    assert words[:2] in (("B", "T"), ("B", "P"))
    assert set(words[end:]) == {"–"}


def test_strings_asked_at_different_steps_have_no_one_loss():
    drawn = REBER.batch(np.random.default_rng(0), 40, 8)
    with pytest.raises(ValueError, match="asked at different steps"):
        of_task(REBER, "", "", drawn)
    assert (
        of_task(REBER, "", "", replace(drawn, mask=np.ones_like(drawn.mask), lengths=None)).steps
        == 39
    )
