"""What is looked at of the runs, in browser code: zoom, axes, names at line ends, the link."""

from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.web.training.link import view_in
from tests.javascript import run

ZOOM = """
import { zoomed } from "./training/looking.js";
output(input.map(({ range, centre, factor, planned }) => zoomed(range, centre, factor, planned)));
"""


@st.composite
def zooms(draw):
    planned = draw(st.integers(10, 2000))
    low = draw(st.integers(0, planned - 4))
    high = draw(st.integers(low + 2, planned))
    centre = draw(st.integers(low, high))
    return {
        "range": [low, high],
        "centre": centre,
        "factor": draw(st.sampled_from([0.5, 2])),
        "planned": planned,
    }


@settings(max_examples=30)
@given(st.lists(zooms(), min_size=1, max_size=20))
def test_a_zoom_keeps_its_centre_in_view_within_the_updates_there_are(asked):
    for one, found in zip(asked, run(ZOOM, asked), strict=True):
        width = max((one["range"][1] - one["range"][0]) * one["factor"], 2)
        if width >= one["planned"]:
            assert found is None
            continue
        low, high = found
        assert 0 <= low < high <= one["planned"]
        assert high - low == pytest.approx(width)
        assert low - 1 <= one["centre"] <= high + 1


SPREAD = """
import { spread } from "./drawing/line_ends.js";
output(input.map((heights) => spread([...heights], 6, 106)));
"""


@given(st.lists(st.lists(st.floats(0, 110), min_size=1, max_size=8), min_size=1, max_size=20))
def test_names_at_line_ends_keep_their_order_and_no_two_touch(asked):
    given_heights = [np.array(heights) for heights in asked]
    for heights, places in zip(given_heights, run(SPREAD, given_heights), strict=True):
        order = np.argsort(heights, kind="stable")
        gaps = np.diff(np.array(places)[order])
        assert (gaps >= 13 - 1e-9).all()
        if len(heights) <= 7:
            assert min(places) >= 6 - 1e-9
            assert max(places) <= 106 + 1e-9


def test_a_name_alone_stands_level_with_its_line():
    assert run(SPREAD, [np.array([50.0])]) == [[50.0]]


LINK = """
import { linkOf, withView } from "./training/link.js";
output(input.map(({ before, view }) => withView(before, linkOf(view))));
"""


@st.composite
def views(draw):
    counts = draw(st.lists(st.integers(0, 900), min_size=1, max_size=4))
    header = {
        "runs": [{"update": count} for count in counts],
        "playing": draw(st.booleans()),
        "guess": draw(st.none() | st.integers(-1, 3)),
    }
    low = draw(st.integers(0, 500))
    return {
        "header": header,
        "at": draw(st.none() | st.integers(0, 900)),
        "zoom": draw(st.none() | st.just([low, low + draw(st.integers(2, 400))])),
        "unseen": "".join(sorted(draw(st.sets(st.sampled_from("ABCD"))))),
    }


@settings(max_examples=30)
@given(st.lists(views(), min_size=1, max_size=20))
def test_a_link_is_the_view_and_leaves_all_else_as_it_was(asked):
    before = "?lesson=first+symbol&seed=3&at=7&guess=1"
    links = run(LINK, [{"before": before, "view": view} for view in asked])
    for view, link in zip(asked, links, strict=True):
        query = parse_qs(link.removeprefix("?"))
        assert (query["lesson"], query["seed"]) == (["first symbol"], ["3"])
        found, header = view_in(query), view["header"]
        made = max(one["update"] for one in header["runs"])
        assert found.made == (0 if header["playing"] else made)
        assert (found.at, found.unseen) == (view["at"], view["unseen"])
        assert found.guess == header["guess"]
        assert found.zoom == (tuple(view["zoom"]) if view["zoom"] else None)


AXES = """
import { mapReach, within } from "./training/axes.js";
const rows = Array.from(input.updates);
const map = rows.map((_, k) => input.map.slice(4 * k, 4 * k + 4));
const record = { rows, maps: new Map([["h", map]]) };
const reach = mapReach();
output(input.ranges.map((range) => {
  const { low, high } = reach.axis([record], range, false);
  return [within(rows, input.values, range), low, high];
}));
"""


def test_axes_hold_what_is_in_view_and_no_more():
    generator = np.random.default_rng(1)
    updates = np.arange(1.0, 61.0)
    lengths = 10.0 ** generator.uniform(-9, 9, (60, 4))
    values = generator.normal(size=60)
    ranges = [[0, 60], [10, 20], [0, 5], [10, 20], [55, 90]]
    asked = {"updates": updates, "map": lengths.ravel(), "values": values, "ranges": ranges}
    for (first, last), (seen, low, high) in zip(ranges, run(AXES, asked), strict=True):
        inside = (updates >= first) & (updates <= last)
        assert list(seen) == list(values[inside])
        exponents = np.log10(lengths[inside])
        assert (low, high) == (np.floor(exponents.min()), np.ceil(exponents.max()))


MARKS = """
import { plan } from "./drawing/chart_plan.js";
import { linearAxis, updateAxis } from "./drawing/scales.js";
const size = { width: 400, height: 100, left: 40, right: 20, top: 6, bottom: 6 };
output(input.map(({ range, level, sign }) => {
  const picture = { across: updateAxis(range), up: linearAxis(0, 2), lines: [],
    levels: level ? [{ value: 1, label: "", colour: "red", from: level[0], to: level[1] }] : [],
    signs: sign === null ? [] : [{ at: sign, text: "✕ not finite", colour: "red", kind: "stop" }] };
  const marks = plan(picture, size).filter(({ colour }) => colour === "red");
  return marks.flatMap(({ kind, x1, x2 }) => (kind === "rule" ? [[x1, x2]] : []));
}));
"""


@pytest.mark.parametrize(
    ("zoom", "level", "sign", "drawn"),
    [
        ([0, 100], [0, 100], None, [[40, 380]]),
        ([0, 100], [50, 100], None, [[210, 380]]),
        ([0, 100], [0, 50], None, [[40, 210]]),
        ([60, 100], [0, 50], None, []),
        ([0, 100], None, 50, [[210, 210]]),
        ([60, 100], None, 50, []),
        ([0, 40], None, 50, []),
    ],
)
def test_what_happened_at_an_update_is_drawn_where_it_did(zoom, level, sign, drawn):
    """A threshold while it was in force; a stop at its update, at no edge of another view."""
    (found,) = run(MARKS, [{"range": zoom, "level": level, "sign": sign}])
    assert found == drawn


def test_an_exact_zero_is_told_from_what_is_small():
    source = 'import { brief } from "./training/words.js"; output(input.map(brief));'
    assert run(source, [0.0, 1e-300]) == ["0", "1.0×10⁻³⁰⁰"]


HAPPENED = """
import { happenings } from "./training/words.js";
output(happenings(input));
"""


def test_all_that_happened_to_a_run_is_said_in_order():
    changes = [{"update": 4, "text": "a"}, {"update": 9, "text": "b"}]
    run_header = {"changes": changes, "solvedAt": 7, "stopped": {"update": 12, "text": "c"}}
    assert run(HAPPENED, run_header) == "a; solved after 7 updates; b; c"
