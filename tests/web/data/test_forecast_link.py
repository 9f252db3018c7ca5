"""What a link says of a forecast is what was looked at; rubbish does no harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.web.data.series.forecasting import BASELINES
from tests.javascript import run

CODE = 'import { read, write } from "./forecast/link.js";'
KEYS = st.lists(st.sampled_from(["A", "B", *BASELINES]), unique=True)
ROWS = st.none() | st.tuples(st.integers(-50, 9999), st.integers(1, 9999)).map(
    lambda span: [span[0], span[0] + span[1]]
)


@settings(max_examples=40)
@given(KEYS, ROWS)
def test_what_is_written_is_read(hidden, rows):
    sight = {"hidden": hidden, "range": rows}
    assert run(f"{CODE} output(read(write(input)));", sight) == sight


@pytest.mark.parametrize(
    "text",
    ["", "end", "hidden:A", "rows:1-9", "rows:9-1,end", "rows:1e3-2e3,end", "hidden:<b>,end",
     "rows:-,end", "step:3,end", "rows:1-NaN,end"],
)  # fmt: skip
def test_of_rubbish_and_of_what_was_cut_short_nothing_is_taken(text):
    assert run(f"{CODE} output(read(input));", text) == {"hidden": [], "range": None}
