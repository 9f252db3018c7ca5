"""A long run is whole; the strip and the maps show a window of it, in which the step in view is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run
from tests.web.stepper.test_controller import START

CODE = 'import { columnOf, columnsOf, firstInView, inView } from "./stepper/time_window.js";'


@settings(max_examples=100)
@given(st.integers(1, 2000), st.data())
def test_the_step_in_view_is_in_the_window_and_that_in_the_run(length, data):
    step = data.draw(st.integers(0, length - 1))
    before = data.draw(st.integers(0, length - 1))
    columns, first = run(
        f"{CODE} output([columnsOf({length}), firstInView({before}, {step}, {length})]);"
    )
    assert 1 <= columns <= length
    assert 0 <= first <= step < first + columns <= length
    if length <= 150:
        assert columns == length
    if before <= step < before + columns <= length:
        assert first == before


@pytest.mark.parametrize(
    ("does", "step", "first"),
    [
        ("turnPage(1)", 120, 120),
        ("goTo(399)", 399, 280),
        ("goTo(399); turnPage(-1)", 279, 160),
        ("goTo(50); turnPage(1); turnPage(1); turnPage(1)", 280, 280),
        ("turnPage(-1)", 0, 0),
    ],
)
def test_the_window_is_moved_by_pages_and_follows_the_step(does, step, first):
    code = START.replace("T: 5", "T: 400").replace("step: 2", "step: 0, from: 0") + (
        """
store.subscribe((keys) => {
  const { from, step } = store.state;
  if (keys.has("step")) store.set({ from: firstInView(from, step, 400) });
});
"""
        f"const {{ turnPage }} = controller; {does}; output([store.state.step, store.state.from]);"
    )
    assert run(CODE + code) == [step, first]


def test_what_is_in_view_is_the_run_s_own_numbers():
    numbers = np.arange(400 * 3)
    found = run(
        f"{CODE} output([...inView(Float64Array.from(input), 100, 400)]);", numbers.tolist()
    )
    np.testing.assert_array_equal(np.reshape(found, (120, 3)), numbers.reshape(400, 3)[100:220])
    assert run(f"{CODE} output([columnOf(99, 100, 400) ?? null, columnOf(219, 100, 400)]);") == [
        None,
        119,
    ]
