"""A gate's histogram counts what numpy counts, and its sentence follows from the counts."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.javascript import run

GATES = """
import { counted, together } from "./maths/gate_values.js";
import { gatesInWords } from "./stepper/figures/gates_figure.js";
import { histogramPlan } from "./stepper/figures/gates_plan.js";
"""
ENDS = np.array([0.0, 0.05, 0.95, 1.0, np.nextafter(0.05, 0), np.nextafter(0.95, 1), 0.1, 0.9])
VALUES = arrays.arrays(float, st.integers(1, 300), elements=st.floats(0, 1))


@given(VALUES)
@example(ENDS)
def test_what_is_nearly_shut_and_nearly_open_is_counted_as_numpy_counts_it(values):
    found = run(GATES + "output(counted(input));", values)
    assert found["shut"] == (values < 0.05).sum() == found["bins"][0]
    assert found["open"] == (values > 0.95).sum() == found["bins"][-1]
    assert found["between"] == ((values >= 0.05) & (values <= 0.95)).sum()
    assert sum(found["bins"]) == found["all"] == len(values)
    inner = values[(values >= 0.05) & (values <= 0.95)]
    edges = np.linspace(0, 1, 21)
    away = inner[np.abs(inner[:, None] - edges).min(axis=1) > 1e-9] if inner.size else inner
    counts, _ = np.histogram(away, edges)
    slack = len(inner) - len(away)
    assert np.abs(np.array(found["bins"][1:-1]) - counts[1:-1]).sum() <= slack


def test_what_is_no_number_is_not_counted():
    found = run(GATES + "output(counted(input));", np.array([0.5, np.nan, np.nan]))
    assert (found["all"], found["between"]) == (1, 1)


def test_a_bar_is_as_high_as_its_share_and_the_untouched_run_an_outline():
    source = """
    const one = counted(input.live), ghost = counted(input.ghost);
    const what = { counted: one, ghost, most: 0.5, colour: "red" };
    const marks = histogramPlan(what, { width: 200, height: 84 });
    output(marks.filter(({ name }) => name).map(({ name, runs }) =>
      [name, runs.map((run) => Float64Array.from(run))]));
    """
    live, ghost = np.array([0.0, 0.0, 0.52, 1.0]), np.array([0.3, 0.3, 0.3, 0.3])
    found = dict(run(GATES + source, {"live": live, "ghost": ghost}))
    heights = {name: [run[1] - run[3] for run in runs] for name, runs in found.items()}
    assert heights == {"ends": [64.0, 32.0], "between": [32.0], "untouched": [128.0]}
    assert [run[0] // 10 for run in found["ends"]] == [0, 19]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            [0.5, 0.5, 0.0, 1.0],
            "More dimmers than switches: 50% of these gates’ values are between 0.05 and 0.95, "
            "25% below, 25% above.",
        ),
        (
            [0.5, 0.0, 0.0, 1.0],
            "More switches than dimmers: 50% of these gates’ values are below 0.05, 25% above "
            "0.95, 25% between.",
        ),
        ([np.nan], "This layer has no gates with numbers in them."),
    ],
)
def test_the_sentence_follows_from_the_counts(values, sentence):
    source = "output(gatesInWords([counted(input.subarray(0, 1)), counted(input.subarray(1))]));"
    assert run(GATES + source, np.array(values)) == sentence
