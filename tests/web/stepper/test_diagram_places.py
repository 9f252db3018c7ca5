"""The diagram's drawing: paths through their corners, labels where nothing else is."""

import numpy as np
import pytest

from rnnviz import diagram
from rnnviz.cells import GALLERY
from tests.javascript import run

PLACES = 'import * as places from "./stepper/diagram/diagram_places.js";\n'


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
    import { windowOf } from "./stepper/diagram/unit_strip.js";
    const { from, count } = windowOf(input[0], input[1]);
    output([from, count]);
    """
    assert run(source, [size, unit]) == window


@pytest.mark.parametrize("name", GALLERY)
def test_narrowing_keeps_boxes_apart_and_wires_upright_and_joined(name):
    whole = diagram.layout(GALLERY[name]).to_json()
    told = run(PLACES + "output(places.squeezed(input, 0.5));", whole)
    assert told["height"] < whole["height"]
    before, after = (np.array([(n["y"], n["height"]) for n in d["nodes"]]) for d in (whole, told))
    assert (after[:, 1] == before[:, 1]).all()
    order = np.argsort(before[:, 0], kind="stable")
    assert (np.diff(after[order, 0]) >= 0).all()
    places = {node["id"]: node for node in told["nodes"]}
    for old, new in zip(whole["edges"], told["edges"], strict=True):
        for (x1, y1), (x2, y2) in zip(new["points"], new["points"][1:], strict=False):
            assert x1 == x2 or y1 == pytest.approx(y2)
        assert [x for x, _ in old["points"]] == [x for x, _ in new["points"]]
        source, (_, y) = places[new["source"]], new["points"][0]
        assert abs(y - source["y"]) <= source["height"] / 2 + 1e-9
