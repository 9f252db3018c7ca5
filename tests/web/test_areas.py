"""What lies between two lines of a chart is shaded as far as the one is above the other."""

import numpy as np
import plotly.io
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

PLAN = """
import { plan } from "./drawing/chart_plan.js";
import { figureOf } from "./drawing/plotly_figure.js";
import { linearAxis, logAxis, updateAxis } from "./drawing/scales.js";
import { sheetOf } from "./drawing/sheet.js";
const size = { width: 700, height: 200, left: 46, right: 8, top: 8, bottom: 20 };
const pictureOf = ({ upper, lower, range, isLog }) => {
  const at = Array.from(upper, (_, k) => k);
  const up = isLog ? logAxis([...upper, ...lower]) : linearAxis(0, 8);
  const title = "cut off", look = { colour: "red", dash: [], marker: null };
  return {
    across: updateAxis(range ?? [0, upper.length - 1]), up,
    lines: [{ name: "upper", values: upper, at, ...look },
      { name: "lower", values: lower, at, ...look }],
    areas: [{ name: "between", title, colour: "red", at, upper, lower }],
  };
};
const planned = (asked) => {
  const marks = plan(pictureOf(asked), size);
  const runs = (kind) => marks.filter((mark) => mark.kind === kind)
    .map(({ runs }) => runs.map((run) => Float64Array.from(run)));
  return { areas: runs("area")[0], lines: runs("line") };
};
"""
TOP, BOTTOM = 8.0, 180.0


def planned(*asked):
    return run(PLAN + "output(input.map(planned));", list(asked))


def extent(outline):
    """The area within a closed outline (the shoelace formula)."""
    x, y = outline.reshape(-1, 2).T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def corners(runs):
    return np.concatenate([run.reshape(-1, 2) for run in runs]) if runs else np.zeros((0, 2))


NORMS = st.lists(st.floats(0.1, 7.9), min_size=2, max_size=60).map(np.array)


@settings(max_examples=40)
@given(st.lists(st.tuples(NORMS, st.floats(0.05, 8.0), st.booleans()), min_size=1, max_size=8))
def test_as_much_is_shaded_as_clipping_cuts_off_and_between_the_lines_alone(asked):
    """The oracle: trapezoids between the two lines, at their points."""
    charts = [
        {"upper": norms, "lower": np.minimum(norms, threshold), "isLog": is_log}
        for norms, threshold, is_log in asked
    ]
    for told in planned(*charts):
        upper, lower = (corners(line) for line in told["lines"])
        heights = lower[:, 1] - upper[:, 1]
        expected = np.trapezoid(heights, upper[:, 0])
        assert sum(extent(run) for run in told["areas"]) == pytest.approx(expected, abs=1e-6)
        lines = {tuple(point) for point in np.concatenate([upper, lower])}
        assert {tuple(point) for point in corners(told["areas"])} <= lines


def test_where_nothing_is_cut_nothing_is_shaded():
    norms = np.array([1.0, 2.0, 0.5])
    cut = np.array([1.0, 5.0, 1.0, 1.0, 5.0])
    none, two = planned(
        {"upper": norms, "lower": norms}, {"upper": cut, "lower": np.minimum(cut, 2.0)}
    )
    assert none["areas"] == []
    assert len(two["areas"]) == 2


def test_of_what_is_zoomed_to_the_area_ends_at_the_edges():
    norms = 4 + np.sin(np.arange(101.0) / 9)
    asked = {"upper": norms, "lower": np.full(101, 2.0)}
    whole, zoomed = planned(asked, asked | {"range": [20.5, 60.25]})
    x = corners(zoomed["areas"])[:, 0]
    assert (x.min(), x.max()) == (46.0, 692.0)
    at = np.arange(101.0)
    steps = np.concatenate([[20.5], at[21:61], [60.25]])
    part = np.trapezoid(np.interp(steps, at, norms) - 2, steps) / np.trapezoid(norms - 2, at)
    shares = [sum(extent(run) for run in told["areas"]) for told in (zoomed, whole)]
    assert shares[0] / shares[1] == pytest.approx(part * 100 / 39.75)


def test_an_infinite_norm_is_shaded_up_to_the_edge_and_nan_not_at_all():
    upper = np.array([1.0, 4.0, np.inf, 4.0, np.nan, 4.0, 4.0])
    (told,) = planned({"upper": upper, "lower": np.minimum(upper, 2.0)})
    first, second = told["areas"]
    assert corners([first])[:, 1].min() == TOP
    assert corners([second])[:, 0].min() == 46 + 646 * 5 / 6


def test_a_long_run_is_no_finer_than_the_screen_and_no_spike_is_lost():
    norms = np.ones(20_000)
    norms[12_345] = 7.0
    (told,) = planned({"upper": norms, "lower": np.minimum(norms, 1.0)})
    (area,) = told["areas"]
    assert corners([area])[:, 1].min() == pytest.approx(BOTTOM - 172 * 7 / 8)
    norms = np.full(20_000, 7.0)
    (told,) = planned({"upper": norms, "lower": np.ones(20_000)})
    assert sum(len(run) for run in told["areas"]) < 8 * 700
    assert sum(extent(run) for run in told["areas"]) == pytest.approx(646 * 172 * 6 / 8, rel=1e-3)


def test_a_saved_chart_names_it_beside_its_colour():
    asked = {"upper": np.array([5.0, 5.0]), "lower": np.array([2.0, 2.0])}
    told = run(
        PLAN + 'output(sheetOf(pictureOf(input), null, "t").marks'
        '.filter(({ kind, text }) => kind === "area" || text === "cut off"));', asked
    )  # fmt: skip
    kinds = [mark["kind"] for mark in told]
    assert kinds == ["area", "area", "text"]
    key, word = told[1:]
    assert key["fill"] == told[0]["fill"] == "red"
    assert key["alpha"] == told[0]["alpha"]
    x, y = np.array(key["runs"][0]).reshape(-1, 2).T
    assert x.max() < word["x"]
    assert y.min() < word["y"] - 4 < y.max()


@pytest.mark.parametrize("is_log", [False, True])
def test_a_plotly_figure_fills_from_the_one_line_to_the_other(is_log):
    upper = np.array([5.0, 0.5, np.nan, 5.0])
    asked = {"upper": upper, "lower": np.minimum(upper, 2.0), "isLog": is_log}
    source = 'output(JSON.stringify(figureOf(pictureOf(input), "t", (colour) => colour)));'
    lower, filled, *lines = plotly.io.from_json(run(PLAN + source, asked)).data
    assert (filled.name, filled.fill, filled.fillcolor) == ("cut off", "tonexty", "red")
    assert lower.showlegend is False
    assert list(filled.x) == list(lower.x) == [0, 1, 2, 3]
    assert list(filled.y) == [5.0, 0.5, None, 5.0]
    assert list(lower.y) == [2.0, 0.5, None, 2.0]
    assert len(lines) == 2
