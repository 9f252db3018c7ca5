"""The diagram's drawing: paths through their corners, labels where nothing else is."""

import pytest

from tests.javascript import run

PLACES = 'import * as places from "./stepper/diagram_places.js";\n'


@pytest.mark.parametrize(
    ("points", "path"),
    [
        ([[0, 0], [10, 0]], "M0 0L10 0"),
        ([[0, 0], [10, 0], [10, 10]], "M0 0L6 0Q10 0 10 4L10 10"),
        ([[0, 0], [2, 0], [2, 10]], "M0 0L1 0Q2 0 2 1L2 10"),
    ],
)
def test_corners_are_rounded(points, path):
    assert run(PLACES + "output(places.roundedPath(input, 4));", points) == path


def test_an_arrow_head_ends_where_the_wire_does():
    told = run(PLACES + "output(places.arrowHead([[0, 0], [10, 0]], 4));")
    assert told == "M10 0L6 2L6 -2Z"


def test_a_label_goes_where_it_covers_nothing():
    source = """
    const around = [[20, 0], [-20, 0], [0, 20]].map(([x, y]) => places.boxAround(x, y, 10, 10));
    const boxes = [places.boxAround(20, 0, 8, 8)], wires = [[[-20, -50], [-20, 50]]];
    output(places.freePlace(around, boxes, wires));
    """
    assert run(PLACES + source) == {"left": -5, "top": 15, "right": 5, "bottom": 25}


@pytest.mark.parametrize(
    ("size", "unit", "window"),
    [
        (6, 3, [0, 6]),
        (64, 63, [0, 64]),
        (99, 10, [0, 64]),
        (200, 70, [64, 64]),
        (100, 99, [36, 64]),
    ],
)
def test_a_strip_shows_a_window_round_the_chosen_unit(size, unit, window):
    source = """
    import { windowOf } from "./stepper/unit_strip.js";
    const { from, count } = windowOf(input[0], input[1]);
    output([from, count]);
    """
    assert run(source, [size, unit]) == window
