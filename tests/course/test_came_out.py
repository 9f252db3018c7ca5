"""What a unit says came out does come out, and every number that it says was found."""

import re

import pytest

from rnnviz.course import BELIEFS, UNITS
from tests.course.came_out import CAME_OUT

NUMBER = re.compile(r"(?<![\w.])−?\d+(?:\.\d+)?(?: %|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
SLOW = {"clipping", "training-opens", "lstm-or-gru"}
MEASURED = [
    pytest.param(key, marks=[pytest.mark.lessons] if key in SLOW else []) for key in CAME_OUT
]


def numbers(*texts):
    return {number for text in texts for number in NUMBER.findall(text)}


@pytest.mark.parametrize("key", MEASURED)
def test_what_a_unit_says_came_out_does(key):
    unit = UNITS[key]
    answer, found = CAME_OUT[key](unit)
    assert answer == unit.guess.answer
    given = numbers(unit.guess.question, *unit.guess.options, *(act.text for act in unit.acts))
    said = numbers(unit.guess.outcome, *(act.found for act in unit.acts))
    assert said <= given | numbers(*found)


def test_each_belief_has_one_unit():
    met = [unit.belief.number for unit in UNITS.values() if unit.belief]
    assert sorted(met) == list(BELIEFS)
