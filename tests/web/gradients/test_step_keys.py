"""The keys that move along the time steps, from any step of any sequence."""

import pytest

from tests.javascript import run

STEPS = """
import { stepAfter } from "./gradients/step_keys.js";
output(Array.from({ length: input.count }, (_, t) => stepAfter(input.key, t, input.count)));
"""
FAR = {"ArrowLeft": -1, "ArrowRight": 1, "PageUp": -10, "PageDown": 10}


@pytest.mark.parametrize("count", [1, 2, 25])
def test_a_key_moves_by_one_by_ten_or_to_an_end_and_never_beyond(count):
    steps = range(count)
    for key, by in FAR.items():
        within = [min(max(t + by, 0), count - 1) for t in steps]
        assert run(STEPS, {"key": key, "count": count}) == within
    assert run(STEPS, {"key": "Home", "count": count}) == [0] * count
    assert run(STEPS, {"key": "End", "count": count}) == [count - 1] * count


@pytest.mark.parametrize("key", ["Tab", "Enter", "ArrowUp", "constructor"])
def test_every_other_key_is_left_alone(key):
    assert run(STEPS, {"key": key, "count": 3}) == [None] * 3
