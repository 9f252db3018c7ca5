"""Lines of a chart: every point stands where its number is, and a long line costs no more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.web.figures.lines import Line, decades
from rnnviz.web.notebook.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, chart
from rnnviz.web.notebook.markup import written

SIZES = st.lists(st.floats(1e-12, 1e6), min_size=1, max_size=60)


def drawn(*several):
    return chart(
        [Line(f"line {k}", np.array(s), "cell") for k, s in enumerate(several)],
        along="step",
        says="",
    )


def pieces(picture):
    """The lines' points, as numbers of the picture, without grid and legend."""
    paths = [path for path in picture.findall("path") if path.get("stroke-width") == "2"]
    read = [[tuple(map(float, p.split())) for p in path.get("d")[1:].split("L")] for path in paths]
    return [points for points in read if points[0][0] <= WIDTH - RIGHT]


@given(SIZES)
def test_points_are_the_numbers(sizes):
    low, high = decades([np.array(sizes)])
    (points,) = pieces(drawn(sizes))
    assert len(points) == len(sizes)
    for at, ((x, y), size) in enumerate(zip(points, sizes, strict=True)):
        share = at / max(len(sizes) - 1, 1)
        assert x == pytest.approx(LEFT + share * (WIDTH - LEFT - RIGHT), abs=0.06)
        power = low + (HEIGHT - BOTTOM - y) / (HEIGHT - TOP - BOTTOM) * (high - low)
        assert power == pytest.approx(np.log10(size), abs=0.06 * (high - low) / 100)


def test_zero_and_what_is_no_number_are_gaps():
    found = pieces(drawn([1, 0.1, 0, 0.2, np.nan, np.inf, 3, 4]))
    assert [len(points) for points in found] == [2, 1, 2]
    assert pieces(drawn([0.0, 0.0])) == []


@given(st.integers(401, 3000), st.data())
def test_a_long_line_keeps_its_least_and_largest_and_costs_no_more(length, data):
    sizes = np.ones(length)
    high, low = data.draw(st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True))
    sizes[high], sizes[low] = 1e5, 1e-5
    (points,) = pieces(drawn(sizes))
    assert len(points) <= 400
    ys = [y for _, y in points]
    assert min(ys) == TOP
    assert max(ys) == HEIGHT - BOTTOM
    assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_bytes_are_bounded_whatever_the_length():
    assert len(written(drawn(np.random.default_rng(0).random(200_000) + 0.1))) < 12_000


def test_lines_differ_in_more_than_colour():
    picture = drawn([1, 2], [2, 3], [3, 4])
    dashes = {path.get("stroke-dasharray") for path in picture.findall("path")}
    assert len(dashes) == 3
    names = ["".join(text.itertext()) for text in picture.findall("text")]
    assert {"line 0", "line 1", "line 2"} <= set(names)
