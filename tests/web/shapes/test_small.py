"""What is computed in small is of the same kind: who is padded, what a classifier should read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.shapes.setup import Setup
from rnnviz.web.shapes.padding import padding_header
from rnnviz.web.shapes.small import SEQUENCES, STEPS, small

LENGTHS = st.lists(st.integers(1, 100), min_size=1, max_size=64)


@given(LENGTHS, st.integers(0, 50))
def test_padding_stays_padding(lengths, more):
    length = min(max(lengths) + more, 100)
    setup = Setup(length=length, batch=len(lengths), lengths=tuple(lengths))
    shown = small(setup)
    assert shown.is_padded == setup.is_padded
    assert (max(shown.lengths) == shown.length) == (max(lengths) == length)
    assert min(shown.lengths) == max(min(lengths) * shown.length // length, 1)
    assert (shown.length, shown.batch) == (min(length, STEPS), min(len(lengths), SEQUENCES))


def test_few_sequences_stay_as_they_are():
    setup = Setup(length=9, batch=4, lengths=(2, 9, 2, 5))
    assert small(setup).lengths == setup.lengths


def judged(setup):
    return {one["code"]: one["holds"] for one in padding_header(setup)["summaries"]}


@pytest.mark.parametrize("packed", [True, False])
def test_a_long_batch_is_judged_as_the_same_batch_in_short(packed):
    long = Setup(length=100, batch=3, lengths=(100, 90, 80), packed=packed)
    short = Setup(length=10, batch=3, lengths=(10, 9, 8), packed=packed)
    assert judged(long) == judged(short)
    assert not judged(long)["output[-1]"]
    assert "equally long" not in padding_header(long)["note"]


def test_that_it_is_in_small_is_said_beside_what_is_supposed():
    said = padding_header(Setup(hidden_size=128))["note"]
    assert said.startswith("Shown in small: 3 sequences of 5 steps, hidden_size=32.")
    assert "Here all sequences are equally long." in said
    assert "in small" not in padding_header(Setup())["note"]
