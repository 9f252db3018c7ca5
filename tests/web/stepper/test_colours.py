"""Colours keep their ends, their order and their zero."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

COLOURS = 'import * as colours from "./drawing/colours.js";\n'
WHITE, BLACK, BLUE, ORANGE = [255, 255, 255], [0, 0, 0], [47, 116, 208], [224, 123, 39]

TRIPLES = st.lists(st.integers(0, 255), min_size=3, max_size=3)


@settings(max_examples=10)
@given(st.lists(st.tuples(TRIPLES, TRIPLES), min_size=20, max_size=40))
def test_a_mixture_ends_at_its_ends(pairs):
    source = "output(input.map(([a, b]) => [colours.mix(a, b, 0), colours.mix(a, b, 1)]));"
    assert run(COLOURS + source, pairs) == [[a, b] for a, b in pairs]


def test_a_gate_grows_darker_all_the_way_on_white():
    source = """
    const tenths = Array.from({ length: 11 }, (_, k) => colours.mix(input[0], input[1], k / 10));
    output(tenths.map(colours.luminance));
    """
    lightness = run(COLOURS + source, [WHITE, ORANGE])
    assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize("ground", [WHITE, [18, 22, 28]])
def test_zero_is_the_ground_and_the_ends_are_the_signs(ground):
    source = """
    const ramp = colours.signedRamp(input[0], input[1], input[2]);
    const at = (value) => ramp.css[colours.level(value, -2, 2)];
    output([at(-2), at(2), at(-9), at(9), at(0)]);
    """
    low, high, lower, higher, zero = run(COLOURS + source, [ground, BLUE, ORANGE])
    assert (low, high) == ("rgb(47,116,208)", "rgb(224,123,39)") == (lower, higher)
    channels = [int(c) for c in zero[4:-1].split(",")]
    assert max(abs(a - b) for a, b in zip(channels, ground, strict=True)) <= 2


def test_levels():
    source = "output(input.map(([v, low, high]) => colours.level(v ?? NaN, low, high)));"
    cases = [[0, 0, 1], [1, 0, 1], [0.5, 0, 1], [7, 0, 1], [-7, 0, 1], [None, 0, 1]]
    assert run(COLOURS + source, cases) == [0, 255, 128, 255, 0, -1]


@pytest.mark.parametrize(
    ("size", "nice"),
    [(0.9, 1), (1, 1), (1.01, 2), (3, 5), (7, 10), (0.012, 0.02), (0, 1), (4e-9, 5e-9)],
)
def test_a_scale_ends_at_a_round_number(size, nice):
    assert run(COLOURS + "output(colours.niceCeiling(input));", size) == nice


def test_a_pixel_is_what_a_canvas_reads():
    source = "output([...new Uint8Array(Uint32Array.of(colours.pixel(input)).buffer)]);"
    assert run(COLOURS + source, BLUE) == [*BLUE, 255]
