"""What is said of forecasts is what their errors say, whatever these are."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.data.forecasts import Errors
from rnnviz.web.data.series import words
from rnnviz.web.data.series.forecasting import BASELINES, Forecaster, Forecasts

NONE = np.empty(0)
ERRORS = st.floats(0, 1e6) | st.just(math.nan)


def forecaster(key, says, rmse):
    return Forecaster(key, says, NONE, Errors(rmse / 2, rmse, NONE), None, NONE)


def found(own, *others):
    baselines = [forecaster(key, key, rmse) for key, rmse in zip(BASELINES, others, strict=False)]
    return Forecasts(NONE, (forecaster("A", "LSTM", own),), tuple(baselines), NONE)


@given(ERRORS, st.lists(st.floats(0, 1e6), min_size=2, max_size=3))
def test_a_run_beats_the_baselines_with_larger_errors_and_no_others(own, others):
    (sentence,) = words.sentences(found(own, *others), {"A": 1234})
    assert sentence.startswith("A LSTM, after 1,234 updates, ")
    names = [*BASELINES][: len(others)]
    beaten = [name for name, other in zip(names, others, strict=True) if own < other]
    if math.isnan(own):
        assert sentence.endswith("forecasts what is no number.")
    elif len(beaten) == len(names):
        assert "beats every baseline" in sentence
    elif not beaten:
        assert "beats no baseline" in sentence
    else:
        won, lost = sentence.split("; it does not beat ")
        assert [name for name in names if name in won] == beaten
        assert [name for name in names if name in lost] == [n for n in names if n not in beaten]


@pytest.mark.parametrize(("made", "text"), [(0, "0 updates"), (1, "1 update"), (2, "2 updates")])
def test_updates_are_counted(made, text):
    (sentence,) = words.sentences(found(1.0, 2.0), {"A": made})
    assert sentence.startswith(f"A LSTM, after {text}, ")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"), (0.11842, "0.118"), (26.554, "26.6"), (100.4, "100"), (12_345.6, "12,346"),
        (9.999, "10.00"), (1e7, "1.00e+07"), (2.5e-5, "2.50e-05"), (math.nan, "–"),
        (math.inf, "–"),
    ],
)  # fmt: skip
def test_numbers_have_three_digits(number, text):
    assert words.short(number) == text
