"""What a heat map is planned as: every cell where it belongs, in the colour of its own number."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

PLAN = """
import { cellAt, placeOf, plan } from "./drawing/heat_map_plan.js";
import { gateRamp, level, signedRamp } from "./drawing/colours.js";
const [GROUND, BLUE, ORANGE] = [[250, 250, 250], [47, 116, 208], [224, 123, 39]];
const RAMPS = { signed: signedRamp(GROUND, BLUE, ORANGE), gate: gateRamp(GROUND, BLUE) };
const BROKEN = 7;
const cellsOf = ({ columns, rows }) => Array.from({ length: columns * rows }, (_, k) =>
  ({ column: Math.floor(k / rows), row: k % rows }));
const planned = ({ grid, size, ramp = "signed", low = -1, high = 1, ...more }) =>
  plan(grid, size, { ramp: RAMPS[ramp], low, high, broken: BROKEN, ground: GROUND, ...more });
const told = ({ pixels, values, columns, rows, lefts, tops, lines, notches }) => ({
  columns, rows, values, lines: lines.boxes,
  notches: notches.colours.flatMap((colour, k) => colour === null ? [] : [{
    left: lefts[k % columns], top: tops[Math.floor(k / columns)], width: notches.width, colour,
    height: tops[Math.floor(k / columns) + 1] - tops[Math.floor(k / columns)],
  }]),
  levels: Float64Array.from(pixels, (one) =>
    one === BROKEN ? -1 : RAMPS.signed.pixels.indexOf(one)),
  bytes: Float64Array.from(new Uint8Array(pixels.buffer)),
});
"""
NUMBERS = st.floats(-1, 1, width=32)


@dataclass(frozen=True)
class Map:
    """Numbers (columns, rows) and the canvas they are to stand on."""

    numbers: np.ndarray
    width: int
    height: int
    upward: bool

    def asked(self, **more):
        columns, rows = self.numbers.shape
        grid = {"numbers": self.numbers, "columns": columns, "rows": rows, "isUpward": self.upward}
        size = {"width": self.width, "height": self.height, "ratio": 1}
        return {"grid": grid, "size": size, **more}

    @property
    def in_picture(self):
        """(rows, columns), the top line first."""
        return self.numbers.T[:: -1 if self.upward else 1]


@st.composite
def maps(draw, *, thinned=False):
    columns, rows = draw(st.integers(1, 12)), draw(st.integers(1, 7))
    numbers = draw(st.lists(NUMBERS, min_size=columns * rows, max_size=columns * rows))
    if thinned:
        width, height = draw(st.integers(1, columns)), draw(st.integers(1, rows))
    else:
        width, height = draw(st.integers(columns, 300)), draw(st.integers(rows, 200))
    return Map(np.reshape(numbers, (columns, rows)), width, height, draw(st.booleans()))


def drawn(asked):
    """What is planned: columns, rows, and levels, values, bytes as they stand in the picture."""
    told = run(f"{PLAN} output(told(planned(input)));", asked)
    shape = (told["rows"], told["columns"])
    for name in ("values", "levels"):
        told[name] = told[name].reshape(shape)
    told["bytes"] = told["bytes"].reshape(*shape, 4)
    return told


@settings(max_examples=30)
@given(maps())
def test_time_runs_to_the_right_and_the_first_row_stands_on_top_or_at_the_bottom(one):
    told = drawn(one.asked())
    np.testing.assert_array_equal(told["values"], one.in_picture)


@settings(max_examples=30)
@given(maps())
def test_every_cell_has_the_colour_of_its_own_number(one):
    told = drawn(one.asked())
    expected = np.round((one.in_picture + 1) / 2 * 255)
    assert (abs(told["levels"] - expected) <= 1).all()


@settings(max_examples=30)
@given(maps())
def test_a_click_in_the_middle_of_a_cell_hits_that_cell_and_its_number_is_drawn_there(one):
    source = f"""{PLAN}
    const marks = planned(input);
    output(cellsOf(input.grid).map((cell) => {{
      const {{ x, y }} = placeOf(input.grid, cell);
      const k = Math.floor(y * marks.rows) * marks.columns + Math.floor(x * marks.columns);
      return [cell, cellAt(input.grid, {{ x, y }}), marks.values[k]];
    }}));
    """
    for cell, found, value in run(source, one.asked()):
        assert found == cell
        assert value == one.numbers[cell["column"], cell["row"]]


@settings(max_examples=30)
@given(maps(), st.floats(-0.5, 1.5), st.floats(-0.5, 1.5))
def test_every_place_is_in_the_cell_whose_place_it_is(one, x, y):
    source = f"""{PLAN}
    const cell = cellAt(input.grid, input.at);
    output({{ cell, ...placeOf(input.grid, cell) }});
    """
    told = run(source, one.asked(at={"x": x, "y": y}))
    columns, rows = one.numbers.shape
    assert abs(told["x"] - min(max(x, 0), 1)) <= 0.5 / columns + 1e-9
    assert abs(told["y"] - min(max(y, 0), 1)) <= 0.5 / rows + 1e-9


@settings(max_examples=20)
@given(maps(), st.sampled_from(["gate", "signed"]))
def test_a_larger_magnitude_is_not_paler(one, ramp):
    asked = one.asked(ramp=ramp, low=0 if ramp == "gate" else -1)
    told = drawn(asked)
    full = np.linalg.norm(told["bytes"][..., :3] - 250, axis=-1)
    for sign in (-1, 1):
        chosen = sign * one.in_picture > 0
        strength = full[chosen][np.argsort(abs(one.in_picture[chosen]))]
        assert (strength >= np.maximum.accumulate(strength) - 2).all()


@settings(max_examples=20)
@given(maps())
def test_the_two_signs_have_different_hues(one):
    red, _, blue, _ = np.moveaxis(drawn(one.asked())["bytes"], -1, 0)
    assert (blue - red)[one.in_picture < -0.05].min(initial=1) > 0
    assert (blue - red)[one.in_picture > 0.05].max(initial=-1) < 0


def test_what_is_no_number_is_seen_and_infinities_are_the_ends():
    source = f"""{PLAN}
    const numbers = [NaN, -Infinity, Infinity, 0.5];
    const grid = {{ numbers, columns: 4, rows: 1 }};
    output(told(planned({{ grid, size: {{ width: input, height: 9, ratio: 1 }} }})).levels);
    """
    assert run(source, 40).tolist() == [-1, 0, 255, 191]
    assert run(source, 2).tolist() == [-1, 255]


@settings(max_examples=30)
@given(maps(thinned=True), st.data())
def test_of_cells_that_share_a_pixel_each_counts_there_and_only_there(one, data):
    """So the ends of a thinned map stay, and a click goes where the cell is seen."""
    columns, rows = one.numbers.shape
    column = data.draw(st.sampled_from([0, columns - 1, *range(columns)]))
    row = data.draw(st.sampled_from([0, rows - 1, *range(rows)]))
    numbers = np.zeros_like(one.numbers)
    numbers[column, row] = 1.0
    told = drawn(Map(numbers, one.width, one.height, one.upward).asked())
    ((line, place),) = np.argwhere(told["values"])
    from_top = rows - 1 - row if one.upward else row
    assert (told["rows"], told["columns"]) == (one.height, one.width)
    assert place == int((column + 0.5) * one.width / columns)
    assert line == int((from_top + 0.5) * one.height / rows)


@settings(max_examples=20)
@given(maps(), st.data())
def test_a_notch_stands_in_every_cell_that_moved_and_nothing_covers_a_middle(one, data):
    moved = data.draw(st.lists(st.booleans(), min_size=one.numbers.size, max_size=one.numbers.size))
    by = np.where(np.reshape(moved, one.numbers.shape), np.where(one.numbers > 0, -0.5, 0.5), 0)
    told = drawn(one.asked(ghost=one.numbers + by))
    columns, rows = one.numbers.shape
    wide, high = one.width / columns, one.height / rows
    boxes = [*told["lines"], *told["notches"]]
    places = np.array([[b["left"], b["top"], b["width"], b["height"]] for b in boxes])
    for line, place in np.ndindex(rows, columns):
        x, y = (place + 0.5) * wide, (line + 0.5) * high
        left, top, width, height = places.reshape(-1, 4).T
        if wide >= 4 and high >= 4:
            inside = (left <= x) & (x < left + width) & (top <= y) & (y < top + height)
            assert not inside.any()
    expected = np.argwhere(by.T[:: -1 if one.upward else 1])
    for box, (line, place) in zip(told["notches"], expected, strict=True):
        assert abs(box["left"] - place * wide) <= 0.5
        assert abs(box["top"] - line * high) <= 0.5
        assert box["width"] <= wide / 2


def test_a_difference_is_what_is_drawn():
    asked = Map(np.array([[0.5, 0.25]]), 20, 20, upward=False).asked()
    told = drawn({**asked, "minus": np.array([[0.25, 0.5]])})
    assert told["values"].ravel().tolist() == [0.25, -0.25]


@pytest.mark.parametrize("across", [1, 3])
def test_a_part_of_an_array_is_read_by_its_strides(across):
    numbers = np.arange(12) / 12
    grid = {"numbers": numbers, "columns": 2, "rows": 2, "first": 4}
    asked = {"grid": {**grid, "across": across, "down": 2}, "size": {"width": 9, "height": 9}}
    expected = [[4, 4 + across], [6, 6 + across]]
    assert (drawn(asked)["values"] * 12).round().tolist() == expected
