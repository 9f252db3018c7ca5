"""Beliefs whose truth is found by training, over twenty seeds."""

import pytest

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.beliefs.record import measured, recorded

pytestmark = pytest.mark.lessons
LEEWAY = 3  # seeds: figures move with the machine's arithmetic


@pytest.mark.parametrize("number", [n for n, one in BELIEFS.items() if one.trains])
def test_what_training_shows_is_what_is_recorded(number):
    belief = BELIEFS[number]
    now, before = measured(belief), recorded(belief)
    print(f"{belief.key}: {now.held} of {len(now.holds)}")
    assert now.held >= belief.share
    assert abs(now.held - before.held) <= LEEWAY
    for name in belief.spelled:
        assert now.median(name) == pytest.approx(before.median(name), rel=0.25)
