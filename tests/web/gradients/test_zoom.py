"""Zooming: the steps that are chosen fill the chart, each at its place, and no less than two."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.javascript import run

AXIS = """
import { logPicture } from "./gradients/log_picture.js";
const { count, zoom, values } = input;
const { across, up } = logPicture(count, [{ name: "a", colour: "red", values }], { zoom });
const steps = Array.from({ length: count }, (_step, t) => t);
output({
  places: steps.map(across.place),
  back: steps.map((t) => across.value(across.place(t))),
  ticks: across.ticks(6).map((tick) => [across.at(tick), across.text(tick)]),
  high: up.high, low: up.low,
});
"""
RANGE = """
import { zoomWithin } from "./gradients/looking.js";
import { scaled } from "./gradients/zoom.js";
output(input.map(([first, last, step, by, length]) =>
  [zoomWithin(first, last, length), zoomWithin(...scaled([first, last], step, by), length)]));
"""


@st.composite
def ranges(draw):
    length = draw(st.integers(2, 200))
    first = draw(st.integers(0, length - 2))
    return length, first, draw(st.integers(first + 1, length - 1))


@given(ranges())
def test_the_steps_chosen_fill_the_chart(chosen):
    length, first, last = chosen
    values = [float(t % 7) for t in range(length)]
    found = run(AXIS, {"count": length, "zoom": [first, last], "values": values})
    half = 0.5 / (last - first + 1)
    places = np.array(found["places"])
    np.testing.assert_allclose([places[first], places[last]], [half, 1 - half], atol=1e-9)
    assert (np.diff(places) > 0).all()
    np.testing.assert_allclose(found["back"], np.arange(length), atol=1e-9)
    assert all(first <= at <= last and text == str(at + 1) for at, text in found["ticks"])
    seen = values[first : last + 1]
    assert found["low"] <= min(seen) <= max(seen) <= found["high"]


@given(ranges(), st.integers(-50, 250), st.sampled_from([0.5, 2]))
def test_a_zoom_stays_in_the_sequence(chosen, step, by):
    length, first, last = chosen
    for one in run(RANGE, [[first, last, step, by, length], [step, first, step, by, length]])[0]:
        if one is not None:
            assert 0 <= one[0] < one[1] <= length - 1


def test_longer_and_shorter_stretches_are_around_the_cursor():
    ((_, shorter),) = run(RANGE, [[0, 59, 30, 0.5, 60]])
    ((_, longer),) = run(RANGE, [[20, 39, 30, 2, 60]])
    assert shorter == [15, 45]
    assert longer[0] < 20
    assert longer[1] > 39
    ((_, all_of_it),) = run(RANGE, [[5, 50, 30, 2, 60]])
    assert all_of_it is None
