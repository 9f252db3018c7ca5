"""Lessons made of units: they fit into their minutes, with time to talk."""

from itertools import pairwise

import pytest

from rnnviz.course import COURSE
from rnnviz.course.plans import PLANS

EACH = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


def test_there_is_one_for_ten_twenty_and_fifty_minutes():
    assert list(PLANS) == [10, 20, 50]
    assert PLANS[50].units == COURSE


@EACH
def test_units_leave_time_to_talk_and_not_too_much(plan):
    assert 0.1 < plan.talk / (60 * plan.minutes) < 0.4


@EACH
def test_units_come_in_the_order_of_the_course(plan):
    places = [COURSE.index(unit) for unit in plan.units]
    assert places == sorted(set(places))


@EACH
def test_each_begins_after_the_one_before_has_had_its_time(plan):
    begins = list(plan.begins)
    assert [unit for _minute, unit in begins] == list(plan.units)
    assert begins[0][0] == 0
    for (minute, unit), (after, _next) in pairwise(begins):
        assert after - minute >= unit.seconds // 60
    last, unit = begins[-1]
    assert 60 * last + unit.seconds <= 60 * plan.minutes
