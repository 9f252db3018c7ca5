"""What learners believe, measured: a truth holds on at least 19 of 20 seeds, or says its share.

Here is what needs no training; `pytest -m lessons` measures the rest (test_trained_beliefs.py).
"""

import math
import re
import string

import pytest

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.beliefs.belief import power, times
from rnnviz.course.beliefs.record import SEEDS, measured, recorded, truth

QUICK = [belief for belief in BELIEFS.values() if not belief.trains]


def named(belief):
    return f"{belief.number} {belief.key}"


def test_there_are_twenty_two_and_each_is_named_once():
    assert list(BELIEFS) == list(range(1, 23))
    assert len({belief.key for belief in BELIEFS.values()}) == len(BELIEFS)


@pytest.mark.parametrize("belief", QUICK, ids=named)
def test_what_is_recorded_is_what_is_measured(belief):
    now, before = measured(belief), recorded(belief)
    assert now.holds == before.holds
    assert now.figures.keys() == before.figures.keys()
    for name, values in now.figures.items():
        assert values == pytest.approx(before.figures[name], rel=1e-3, abs=1e-12)


@pytest.mark.parametrize("belief", BELIEFS.values(), ids=named)
def test_a_truth_holds_on_as_many_seeds_as_it_says(belief):
    found = recorded(belief)
    assert len(found.holds) == SEEDS == 20
    assert found.held >= belief.share
    assert belief.share >= 19 or "{held}" in belief.truth


@pytest.mark.parametrize("belief", BELIEFS.values(), ids=named)
def test_every_number_of_a_truth_is_measured(belief):
    """No digit stands in its words but in names, and no figure goes unsaid."""
    holes = {name for _text, name, *_ in string.Formatter().parse(belief.truth) if name}
    assert holes - {"held", "seeds"} == set(belief.spelled)
    assert holes - {"held", "seeds"} <= set(recorded(belief).figures)
    said = truth(belief)
    assert "{" not in said
    assert re.fullmatch(r"\S.*[.]", said)


@pytest.mark.parametrize("belief", BELIEFS.values(), ids=named)
def test_a_belief_names_its_source_and_speaks_kindly(belief):
    assert not set("“”") & set(belief.sentence)  # it is shown as a quotation
    assert belief.sentence
    assert belief.source
    assert re.fullmatch(r"\w.*[.]", belief.kindly)
    assert not re.search(r"\b(wrong(ly)?|mistaken|naive|stupid|of course)\b", belief.kindly)


@pytest.mark.parametrize(
    ("value", "said"), [(1e-9, "10⁻⁹"), (4.1e-8, "10⁻⁷"), (1.0, "10⁰"), (30000.0, "10⁴")]
)
def test_a_power_of_ten_is_the_nearest(value, said):
    assert power(value) == said
    assert abs(math.log10(value) - round(math.log10(value))) <= 0.5


@pytest.mark.parametrize(
    ("value", "said"), [(161.7, "160"), (1.0, "1"), (12.36, "12"), (2e5, "10⁵")]
)
def test_how_many_times_is_said_with_two_digits(value, said):
    assert times(value) == said
