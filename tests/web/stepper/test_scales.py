"""Axes hold what is drawn on them; their labels are round and do not touch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

SCALES = 'import * as scales from "./drawing/scales.js";\n'


@settings(max_examples=20)
@given(st.lists(st.floats(min_value=1e-300, max_value=1e300), min_size=1, max_size=30))
def test_a_log_axis_holds_every_positive_number(numbers):
    source = """
    const axis = scales.logAxis(input);
    output({ places: input.map(axis.place), ticks: axis.ticks(6), low: axis.low, high: axis.high });
    """
    told = run(SCALES + source, numbers)
    assert all(-1e-6 <= place <= 1 + 1e-6 for place in told["places"])
    assert all(told["low"] <= tick <= told["high"] for tick in told["ticks"])
    assert 1 <= len(told["ticks"]) <= 8


def test_a_log_axis_leaves_out_what_it_cannot_show():
    source = """
    const axis = scales.logAxis([0, NaN, Infinity, -1, 0.02, 3]);
    output([axis.low, axis.high, axis.ticks(6)]);
    """
    assert run(SCALES + source) == [-2, 1, [-2, -1, 0, 1]]


def test_a_linear_axis_has_round_ticks():
    source = "output(input.map(([low, high]) => scales.linearAxis(low, high).ticks(4)));"
    told = run(SCALES + source, [[0, 1], [-0.7, 1], [-3, 4]])
    assert told == [[0, 0.5, 1], [-0.5, 0, 0.5, 1], [-2, 0, 2, 4]]


@pytest.mark.parametrize(
    ("steps", "room", "labels"),
    [(3, 9, [1, 2, 3]), (12, 8, [1, 2, 4, 6, 8, 10, 12]), (200, 12, [1, *range(20, 201, 20)])],
)
def test_time_labels_count_from_one(steps, room, labels):
    told = run(SCALES + "output(scales.timeTicks(input[0], input[1]));", [steps, room])
    assert [t + 1 for t in told] == labels


def test_a_line_breaks_where_there_is_nothing_to_draw():
    source = """
    import { pathOf, thinned } from "./drawing/marks.js";
    output(pathOf(thinned([0, 1, 2, 3], [1, 2, NaN, 4])));
    """
    assert run(source) == "M0.0 1.0L1.0 2.0M3.0 4.0"


@pytest.mark.parametrize(
    ("steps", "words"),
    [([], ""), ([0], "1"), ([0, 1, 2, 5], "1–3, 6"), ([3, 5, 6], "4, 6–7")],
)
def test_stretches_of_steps_in_words(steps, words):
    assert run(SCALES + "output(scales.stretches(input));", steps) == words
