"""Line charts as marks: what stands where, whatever the numbers, the axis and the size."""

import math
import re
from dataclasses import dataclass

import numpy as np
import plotly.io
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.javascript import run

LEFT, TOP = 46.0, 8.0
BETWEEN = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"
PLAN = """
import { keyMarks, plan, pointed } from "./drawing/chart_plan.js";
import { cropped, lookOf, thinned } from "./drawing/marks.js";
import { KINDS, SIGNS } from "./drawing/picture.js";
import * as scales from "./drawing/scales.js";
import { axisAround, exponentsOf } from "./gradients/log_picture.js";

const AXES = {
  linear: (values) => {
    const finite = [...values].filter(Number.isFinite);
    return scales.linearAxis(Math.min(0, ...finite), Math.max(1, ...finite));
  },
  log: (values) => scales.logAxis(values),
  covering: (values) => {
    const covering = scales.coveringLog({ lowest: -400 });
    covering.hold(values);
    return covering.axis();
  },
  exponents: (values) => axisAround([{ values }]),
};
const size = ({ width, height }) => ({ width, height, left: 46, right: 8, top: 8, bottom: 20 });
const pictureOf = ({ axis, values, across, first = 1, at }) => ({
  across: across ? scales.updateAxis(across) : scales.stepAxis(values.length, { first }),
  up: AXES[axis](values),
  lines: [{ ...lookOf(0, "red"), name: "values", values, at }],
});
const planned = (chart) => {
  const marks = plan(pictureOf(chart), size(chart));
  const of = (kind) => marks.filter((mark) => mark.kind === kind);
  const texts = of("text").map(({ x, y, text, anchor }) => ({ x, y, text, anchor }));
  return {
    runs: of("line").flatMap(({ runs }) => runs).map((run) => Float64Array.from(run)),
    beside: texts.filter(({ x }) => x < 46),
    below: texts.filter(({ x }) => x >= 46),
    markers: of("dots").filter(({ radius }) => radius > 2)
      .map(({ points }) => Float64Array.from(points)),
  };
};
"""


@dataclass(frozen=True)
class Chart:
    """Numbers over time steps, on an axis of one of the four kinds, on so many pixels."""

    axis: str
    values: np.ndarray
    width: int = 700
    height: int = 200

    @property
    def bottom(self):
        return self.height - 20.0

    def asked(self, **more):
        return vars(self) | more

    def numbers(self):
        """What the axis is even in: the exponents where it is logarithmic."""
        with np.errstate(divide="ignore"):
            return np.log10(self.values) if self.axis in ("log", "covering") else self.values


SPANS = {"linear": (-50.0, 50.0), "log": (-30.0, 30.0), "covering": (-30.0, 15.0)}


@st.composite
def charts(draw):
    """Finite numbers, spread well enough for a pixel to tell them apart or equal."""
    axis = draw(st.sampled_from(["linear", "log", "covering", "exponents"]))
    low, high = SPANS.get(axis, (-700.0, 700.0))
    first = draw(st.floats(low, high))
    spread = draw(st.floats(0.01, 300.0 if axis == "exponents" else 20.0))
    shares = draw(st.lists(st.floats(0, 1), min_size=2, max_size=40))
    values = first + spread * np.array(shares)
    if axis in ("log", "covering"):
        values = 10.0 ** np.clip(values, -300, 300)
    return Chart(axis, values, draw(st.integers(300, 1200)), draw(st.integers(100, 400)))


many = given(st.lists(charts(), min_size=1, max_size=12))


def planned(asked):
    return run(PLAN + "output(input.map(planned));", [chart.asked() for chart in asked])


def points(told):
    """(count, 2) of the line's points, x and y from the top left."""
    return np.concatenate([run.reshape(-1, 2) for run in told["runs"]])


def number(text):
    """What a tick says, as a number, or as an exponent where it is written as one."""
    text = text.replace("−", "-")
    power = re.fullmatch(rf"10([{BETWEEN[0]}]+)", text)
    if power:
        return 10.0, float(power[1].translate(str.maketrans(*BETWEEN)))
    return float(text), None


def reading(chart, told):
    """Where the ticks say that a number stands: (lowest tick, its y), pixels down per number."""
    ticks = []
    for text in told["beside"]:
        value, exponent = number(text["text"])
        if chart.axis != "linear":
            value = exponent if exponent is not None else math.log10(value)
        ticks.append((value, text["y"] - 3.5))
    return np.array(ticks)


@settings(max_examples=15)
@many
def test_a_larger_number_stands_higher_and_time_runs_to_the_right(asked):
    for chart, told in zip(asked, planned(asked), strict=True):
        x, y = points(told).T
        assert len(x) == len(chart.values)
        assert (np.diff(x) > 0).all()
        numbers = chart.numbers()
        order = np.argsort(numbers)
        assert (np.diff(y[order]) <= 1e-6).all()
        pixels = np.ptp(numbers) / max(np.ptp(reading(chart, told)[:, 0]), 1e-9)
        if pixels > 0.01:
            assert y[order[-1]] < y[order[0]]
        assert ((y >= TOP) & (y <= chart.bottom)).all()


@settings(max_examples=15)
@example(asked=[Chart("log", 10.0 ** np.array([1.5, 16.5]), width=300, height=100)])
@many
def test_ticks_stand_at_their_numbers_and_the_lowest_decade_is_there(asked):
    """Two ticks say where every number is to stand: no number is anywhere else, none is cut off."""
    for chart, told in zip(asked, planned(asked), strict=True):
        ticks = reading(chart, told)
        assert len(ticks) >= 2
        assert (ticks[:, 1] >= TOP - 1e-6).all()
        assert (ticks[:, 1] <= chart.bottom + 1e-6).all()
        slope, start = np.polyfit(*ticks[[0, -1]].T, 1)
        assert slope < 0
        assert np.allclose(ticks[:, 1], start + slope * ticks[:, 0], atol=1e-4)
        _, y = points(told).T
        assert np.allclose(y, start + slope * chart.numbers(), atol=1e-3)


@settings(max_examples=10)
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 1)), min_size=1, max_size=10))
def test_the_first_step_is_called_1_and_every_label_stands_under_its_step(asked):
    """Or 0, for what was before the first."""
    charts = [
        Chart("linear", np.zeros(count), width=900).asked(first=first) for count, first in asked
    ]
    told = run(PLAN + "output(input.map(planned));", charts)
    for (count, first), chart in zip(asked, told, strict=True):
        x, _ = points(chart).T if count > 1 else (np.array([LEFT + 423.0]), None)
        assert chart["below"][0]["text"] == str(first)
        labels = [int(text["text"]) for text in chart["below"]]
        assert labels == sorted(set(labels))
        for text, step in zip(chart["below"], labels, strict=True):
            assert text["x"] == pytest.approx(x[step - first])


def test_updates_are_labelled_where_they_are():
    across, updates = [0, 300], np.arange(301.0)
    chart = Chart("linear", updates / 300).asked(across=across, at=updates)
    (told,) = run(PLAN + "output(input.map(planned));", [chart])
    x = {round(300 * (at - LEFT) / 646): at for at, _ in points(told)}
    assert [text["text"] for text in told["below"]][::2] == ["0", "100", "200", "update 300"]
    for text in told["below"]:
        assert text["x"] == pytest.approx(x[int(text["text"].split()[-1])])


@pytest.mark.parametrize("axis", ["linear", "log", "covering", "exponents"])
def test_an_infinite_number_stands_at_the_edge_and_nan_nowhere(axis):
    values = np.array([0.5, np.inf, np.nan, 2.0, 0.7, np.nan, 0.1])
    if axis == "exponents":
        values[0] = -np.inf
    chart = Chart(axis, values)
    (told,) = planned([chart])
    at = points(told)
    every = points(planned([Chart(axis, np.nan_to_num(values, nan=0.3, posinf=2, neginf=0.2))])[0])
    assert at[:, 0].tolist() == every[~np.isnan(values), 0].tolist()
    assert at[1, 1] == TOP
    if axis == "exponents":
        assert at[0, 1] == chart.bottom
    assert len(told["runs"]) == 3


def test_zero_is_a_gap_on_a_logarithmic_axis_and_at_the_edge_of_a_covering_one():
    values = np.array([0.5, 0.0, 2.0])
    gap, edge = planned([Chart("log", values), Chart("covering", values)])
    assert [len(run) for run in gap["runs"]] == [2, 2]
    assert points(edge)[1, 1] == 180.0
    told = run(PLAN + "output(exponentsOf(input));", np.array([0.0, 100.0, np.inf]))
    assert np.array_equal(told, [np.nan, 2.0, np.inf], equal_nan=True)


@settings(max_examples=15)
@given(st.data())
def test_thinning_keeps_ends_and_extremes(data):
    """Of each half of a pixel the line's first, last, least and greatest, and nothing else."""
    count = data.draw(st.integers(1, 400))
    xs = np.sort(data.draw(st.floats(0.5, 30)) * np.linspace(0, 1, count))
    numbers = st.one_of(st.integers(-5, 5).map(float), st.just(np.nan), st.just(np.inf))
    ys = np.array(data.draw(st.lists(numbers, min_size=count, max_size=count)))
    told = run(PLAN + "output(thinned(input.xs, input.ys).map((r) => Float64Array.from(r)));",
               {"xs": xs, "ys": ys})  # fmt: skip
    breaks = np.flatnonzero(~np.isfinite(ys))
    pieces = [p[1:] if k else p for k, p in enumerate(np.split(np.arange(count), breaks))]
    pieces = [piece for piece in pieces if len(piece)]
    assert len(told) == len(pieces)
    for run_, piece in zip(told, pieces, strict=True):
        x, y = run_.reshape(-1, 2).T
        columns = np.floor(2 * xs[piece] + 0.5)
        kept = np.floor(2 * x + 0.5)
        assert sorted(set(kept)) == sorted(set(columns))
        for column in set(columns):
            mine, all_of_it = y[kept == column], ys[piece][columns == column]
            assert (mine[0], mine[-1]) == (all_of_it[0], all_of_it[-1])
            assert (mine.min(), mine.max()) == (all_of_it.min(), all_of_it.max())
            assert len(mine) <= 4


def test_a_long_line_keeps_its_last_point_and_its_spikes_on_the_chart():
    values = np.zeros(20_000)
    values[12_345], values[-1] = 7.0, 5.0
    chart = Chart("linear", values)
    (told,) = planned([chart])
    x, y = points(told).T
    assert len(x) < 4 * 2 * chart.width
    assert y.min() == TOP
    assert abs(x[np.argmin(y)] - (LEFT + 646 * 12_345.5 / 20_000)) <= 0.5
    assert y[-1] == pytest.approx(180 - 5 / 7 * 172)
    assert x[-1] == pytest.approx(LEFT + 646, abs=0.5)


def test_what_is_zoomed_to_is_the_same_line_and_ends_at_the_edges():
    updates, values = np.arange(101.0), np.sin(np.arange(101.0) / 9)
    whole, zoomed = run(
        PLAN + "output(input.map(planned));",
        [
            Chart("linear", values).asked(across=[0, 100], at=updates),
            Chart("linear", values).asked(across=[20.5, 60.25], at=updates),
        ],
    )
    (x, y), (all_x, all_y) = points(zoomed).T, points(whole).T
    assert (x[0], x[-1]) == (LEFT, 692.0)
    assert (np.diff(x) > 0).all()
    update = 20.5 + (x - LEFT) / 646 * 39.75
    assert np.allclose(y, np.interp(LEFT + update / 100 * 646, all_x, all_y))
    assert len(x) == 42


@settings(max_examples=10)
@many
def test_markers_and_the_cursor_s_dots_stand_on_their_line(asked):
    told = run(
        PLAN + "output(input.map((chart) => [planned(chart), input[0].values.length,"
        " pointed(pictureOf(chart), size(chart), 1)]));",
        [chart.asked() for chart in asked],
    )
    for whole, _, over in told:
        line = {tuple(point) for point in points(whole)}
        (markers,) = whole["markers"]
        assert {tuple(point) for point in markers.reshape(-1, 2)} <= line
        rule, dot = over
        assert tuple(dot["points"]) == tuple(points(whole)[1])
        assert abs(rule["x1"] - dot["points"][0]) <= 0.5
        assert rule["x1"] == rule["x2"]


def test_there_is_no_cursor_outside_of_what_is_zoomed_to():
    chart = Chart("linear", np.arange(9.0)).asked(across=[3, 6], at=np.arange(9.0))
    told = run(PLAN + "const picture = pictureOf(input);"
               "output([null, 1, 4].map((at) => pointed(picture, size(input), at)));",
               chart)  # fmt: skip
    assert [len(marks) for marks in told] == [0, 0, 2]


def test_a_level_within_the_axis_is_drawn_at_its_number_and_says_what_it_is():
    source = """
    const picture = { ...pictureOf(input), levels: [
      { value: 1e-2, label: "inside" },
      { value: 1e9, label: "above" },
      { value: 1e-38, label: "below" },
    ] };
    const marks = plan(picture, size(input));
    const words = ["inside", "above", "below"];
    output(marks.filter(({ text, dash }) => words.includes(text) || dash?.[0] === 5));
    """
    rule, label = run(PLAN + source, Chart("log", np.array([1e-4, 1.0])).asked())
    assert label["text"] == "inside"
    assert rule["y1"] == rule["y2"] == pytest.approx(8 + 172 / 2, abs=0.5)
    assert abs(label["y"] - rule["y1"]) < 14


def test_every_meaning_has_a_mark_besides_its_colour():
    """Lines by dash and marker, their kinds by dash, width or opacity, signs by shape or word."""
    source = """
    import { dashOf } from "./training/runs.js";
    import { seriesOf } from "./gradients/series.js";
    const bare = ({ colour, ...look }) => JSON.stringify(look);
    const key = (line) => JSON.stringify(keyMarks({ ...line, colour: "", name: "" }));
    output({
      looks: Array.from({ length: 12 }, (_, k) => bare(lookOf(k, "red"))),
      kinds: Object.keys(KINDS).map((kind) => key({ ...lookOf(0, ""), kind })
        .replaceAll(/"colour":"[^"]*"/g, "")),
      signs: Object.values(SIGNS).map(bare),
      runs: ["A", "B", "C", "D"].map((letter) => JSON.stringify(dashOf(letter))),
      series: input.map((name) => bare(seriesOf(name, input))),
    });
    """
    cells = ["RNN", "LSTM", "GRU (PyTorch)", "MGU", "CIFG", "Peephole LSTM", "GRU (Cho)"]
    for what, looks in run(PLAN + source, cells).items():
        assert len(set(looks)) == len(looks), what


def test_the_gates_of_the_train_page_have_a_marker_each(javascript):
    source = """
    import { gateLines } from "./training/gates.js";
    const gates = ["i", "f", "o"].map((name) => ({ name, title: name, role: "other" }));
    const lines = gateLines({ about: { gates }, updates: [1], series: new Map() }, "");
    output(lines.map(({ name, marker, dash }) => [name, marker, dash.join(" ")]));
    """
    told = javascript(source)
    assert len({name for name, *_ in told}) == len({tuple(look) for _, *look in told}) == 9


@settings(max_examples=8)
@many
def test_a_chart_that_is_saved_has_its_title_a_legend_of_every_line_and_all_on_the_sheet(asked):
    source = """
    import { sheetOf } from "./drawing/sheet.js";
    const named = (chart) => {
      const { lines, ...picture } = pictureOf(chart);
      const all = [0, 1, 2, 3, 4].map((k) => ({ ...lines[0], ...lookOf(k), title: `line ${k}` }));
      const { width, height, marks } = sheetOf({ ...picture, lines: all }, 0, "The title");
      const of = (kind) => marks.filter((mark) => mark.kind === kind);
      const all_points = of("line").flatMap(({ runs }) => runs.flat());
      const words = of("text").map(({ text }) => text);
      return { width, height, words, all_points: Float64Array.from(all_points) };
    };
    output(input.map(named));
    """
    for told in run(PLAN + source, [chart.asked() for chart in asked]):
        assert {"The title", *(f"line {k}" for k in range(5))} <= set(told["words"])
        x, y = told["all_points"].reshape(-1, 2).T
        assert ((x >= 0) & (x <= told["width"]) & (y >= 0) & (y <= told["height"])).all()


FIGURE = (
    PLAN
    + """
import { figureOf } from "./drawing/plotly_figure.js";
const picture = {
  ...pictureOf(input),
  levels: [{ value: input.level, label: "a level" }],
  signs: [{ at: 1, text: "a sign", colour: "blue", kind: "stop" }],
};
output(JSON.stringify(figureOf(picture, input.title, (colour) => colour)));
"""
)


@pytest.mark.parametrize("axis", ["linear", "log", "exponents"])
@pytest.mark.parametrize("first", [0, 1])
def test_a_chart_is_a_plotly_figure_of_every_one_of_its_numbers(axis, first):
    values = np.array([1e-3, math.nan, 0.5, math.inf, 20.0, 3e-2])
    asked = {"axis": axis, "values": values, "first": first, "title": "Ünits <1>", "level": 0.5}
    figure = plotly.io.from_json(run(FIGURE, asked))
    line, level, sign = figure.data
    finite = np.isfinite(values)
    told = np.array([math.nan if y is None else y for y in line.y], float)
    expected = 10.0**values if axis == "exponents" else values
    np.testing.assert_allclose(told[finite], expected[finite], rtol=1e-12)
    assert not np.isfinite(told[~finite]).any()
    assert list(line.x) == [first + k for k in range(len(values))]
    assert set(level.y) == {10.0**0.5 if axis == "exponents" else 0.5}
    assert set(sign.x) == {1 + first}
    assert [trace.name for trace in figure.data] == ["values", "a level", "a sign"]
    assert figure.layout.title.text == "Ünits <1>"
    assert figure.layout.yaxis.type == ("linear" if axis == "linear" else "log")
    low, high = figure.layout.yaxis.range
    drawn = told[finite] if axis == "linear" else np.log10(told[finite])
    assert low <= drawn.min() + 1e-9
    assert drawn.max() <= high + 1e-9 or axis == "exponents"


def test_every_marker_and_dash_has_one_of_plotly():
    source = """
    import { figureOf } from "./drawing/plotly_figure.js";
    import { DASHES, MARKERS } from "./drawing/marks.js";
    import { linearAxis, stepAxis } from "./drawing/scales.js";
    const lines = MARKERS.map((marker, k) => ({
      name: marker, title: marker, marker, dash: DASHES[k % DASHES.length], colour: "red",
      values: [1, 2] }));
    const picture = { across: stepAxis(2), up: linearAxis(0, 2), lines };
    output(JSON.stringify(figureOf(picture, "t", (colour) => colour)));
    """
    figure = plotly.io.from_json(run(source))
    symbols = [trace.marker.symbol for trace in figure.data]
    assert len(set(symbols)) == len(symbols) == 6
    assert len({trace.line.dash for trace in figure.data}) == 4
