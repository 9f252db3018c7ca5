"""One number as it is typed, and where a slider stands for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.javascript import run

READ = 'import { readNumber } from "./weights/number_text.js"; output(input.map(readNumber));'
LAW = """
import { placeOf, reachOf, valueAt } from "./weights/slider_law.js";
output(input.map(([place, reach, value]) => [valueAt(place, reach), placeOf(value, reach),
  reachOf([value], 5)]));
"""


DRAWN = """
import { drawnWeights } from "./weights/drawn.js";
const sizes = [{ array: "a", size: 4000 }, { array: "b", size: 3 }];
output(input.map(([seed, units]) => Object.fromEntries(drawnWeights(seed, sizes, units))));
"""


def test_a_seed_draws_the_same_again_and_another_seed_others():
    once, again, other = run(DRAWN, [(1, 4), (1, 4), (2, 4)])
    assert (once["a"] == again["a"]).all()
    assert (once["b"] == again["b"]).all()
    assert (once["a"] != other["a"]).mean() > 0.9


@pytest.mark.parametrize("units", [1, 4, 16])
def test_what_a_seed_draws_is_spread_evenly_within_pytorchs_bounds_in_hundredths(units):
    (found,) = run(DRAWN, [(7, units)])
    drawn, bound = found["a"], units**-0.5
    assert abs(drawn).max() <= bound + 0.005
    assert drawn == pytest.approx(drawn.round(2), abs=1e-15)
    evenly = np.linspace(-bound, bound, drawn.size)
    assert abs(np.sort(drawn) - evenly).max() < 0.04 * bound


def read(*texts):
    return [one["value"] if one["problem"] is None else one["problem"] for one in run(READ, texts)]


def test_a_number_is_read_however_it_is_spelled():
    texts = ["0.5", ".5", "5e-1", "0,5", " +0.5 ", "5.E-1"]
    assert read(*texts) == [0.5] * 6
    assert read("−2", "-2", "1000000", "-0") == [-2, -2, 1e6, 0]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_every_number_is_read_to_the_last_bit(numbers):
    assert read(*map(repr, numbers)) == numbers


@given(st.lists(st.text(max_size=60), min_size=1, max_size=20))
def test_any_text_gives_a_number_within_bounds_or_a_sentence(texts):
    for found in read(*texts):
        assert found.endswith(".") if isinstance(found, str) else abs(found) <= 1e6


@pytest.mark.parametrize("reach", [1, 5, 10, 640])
def test_a_slider_goes_with_the_square_of_the_way(reach):
    places = [-2, -1, -0.5, -0.01, 0, 0.5, 1, 3]
    values = [found for found, *_ in run(LAW, [(place, reach, 0) for place in places])]
    wanted = [-reach, -reach, -reach / 4, 0, 0, reach / 4, reach, reach]
    assert values == pytest.approx(wanted, abs=reach / 500)


@given(st.floats(-1, 1), st.sampled_from([1, 5, 20]))
def test_a_slider_stands_where_its_number_is(place, reach):
    ((value, *_),) = run(LAW, [(place, reach, 0)])
    ((_, again, within),) = run(LAW, [(0, reach, value)])
    assert again**2 == pytest.approx(place**2, abs=1e-3)
    assert again * place >= 0
    assert abs(value) <= within


def test_a_reach_is_doubled_until_all_are_within():
    found = [within for *_, within in run(LAW, [(0, 5, value) for value in (0, 5, 5.1, 1000)])]
    assert found == [5, 5, 10, 1280]
