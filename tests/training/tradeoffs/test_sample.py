"""Two samples are told apart where their means differ by more than twice the standard error."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.training.tradeoffs.sample import Sample, best_of, difference

NUMBERS = st.floats(-1e3, 1e3).map(lambda x: round(x, 6))
SAMPLES = st.lists(NUMBERS, min_size=3, max_size=12).map(lambda found: Sample(tuple(found)))


@given(SAMPLES, SAMPLES)
def test_the_margin_is_twice_the_standard_error_of_the_difference(first, second):
    found = difference(first, second)
    a, b = np.array(first.values), np.array(second.values)
    error = math.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    assert found.margin == pytest.approx(2 * error, rel=1e-6, abs=1e-6)
    assert found.size == pytest.approx(b.mean() - a.mean(), abs=1e-6)


@given(SAMPLES, SAMPLES)
def test_whoever_is_named_first_the_verdict_is_the_same(first, second):
    assert difference(first, second).sign == -difference(second, first).sign


@given(SAMPLES)
def test_a_sample_is_not_told_from_itself(one):
    assert difference(one, one).sign == 0


@pytest.mark.parametrize(
    ("first", "second", "sign"),
    [
        ((1, 2, 3), (4, 5, 6), 1),  # 3 against ± 1.63
        ((1, 2, 3), (2.6, 3.6, 4.6), 0),  # 1.6 against ± 1.63
        ((1, 2, 3), (2.7, 3.7, 4.7), 1),
        ((1, 1, 1), (1, 1, 1), 0),
        ((1, 1, 1), (2, 2, 2), 1),
        ((1, 1), (9, 9), 0),  # two are too few
        ((1, 1, math.nan), (9, 9, 9), 0),
        ((), (9, 9, 9), 0),
    ],
)
def test_told_apart(first, second, sign):
    assert difference(Sample(first), Sample(second)).sign == sign


def test_what_is_not_finite_is_counted_and_left_out():
    one = Sample((1.0, math.nan, 3.0, math.inf))
    assert (one.lost, one.mean, one.lowest, one.highest) == (2, 2.0, 1.0, 3.0)
    assert not Sample((math.nan,))


@pytest.mark.parametrize(
    ("samples", "upward", "best"),
    [
        (((1, 2, 3), (4, 5, 6), (7, 8, 9)), True, 2),
        (((1, 2, 3), (4, 5, 6), (7, 8, 9)), False, 0),
        (((1, 2, 3), (7, 8, 9), (7, 8, 9)), True, None),  # two are best
        (((1, 2, 3), (2.6, 3.6, 4.6)), True, None),
        (((1, 2, 3), (2.7, 3.7, 4.7)), True, 1),
        (((1, 2, 3),), True, None),  # there is nothing it is better than
        ((), True, None),
    ],
)
def test_the_best_is_told_apart_from_every_other(samples, upward, best):
    assert best_of([*map(Sample, samples)], upward=upward) == best
