"""From a slider of the By hand page, under the pointer, to the painted answer, in the running app:
forward, backward, rows, strips, and the phase portrait with its states at rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.benchmarks.test_stepper_paint import BUDGET, TIMED, warm
from tests.browser.server import ROOT, running
from tests.browser.watch import Watch

SLIDER = f"""async (root, slider) => {{{TIMED}
  const node = root.querySelector(slider);
  const {{ x, y, width }} = node.getBoundingClientRect();
  const table = node.closest("table");
  table.setPointerCapture = () => {{}};
  const send = (type, dx) => node.dispatchEvent(new PointerEvent(type,
    {{ pointerId: 1, button: 0, clientX: x + dx, clientY: y + 4, bubbles: true }}));
  send("pointerdown", width / 2);
  const time = await median(60, (k) => send("pointermove", (width * (5 + (k * 7) % 50)) / 60));
  send("pointerup", width / 2);
  return time;
}}"""
SHOWN = {
    "LSTM, 1 unit": "cell=LSTM",
    "GRU, 2 units": "cell=GRU+(PyTorch)&units=2&inputs=2",
    "LSTM, 3 units": "cell=LSTM&units=3&inputs=3&outputs=1",
}


@pytest.fixture
def page(browser: Browser, watch: Watch, tmp_path: Path) -> Iterator[Page]:
    with (
        running(ROOT / "app.py", tmp_path / "log") as server,
        browser.new_context(
            viewport={"width": 1280, "height": 800}, base_url=server.url
        ) as context,
    ):
        page = context.new_page()
        watch.follow(page)
        yield page


def test_a_slider_is_painted_within_a_frame_with_the_phase_portrait_on(page, figure):
    slowest = 0.0
    for name, query in SHOWN.items():
        page.goto(f"/By_hand?{query}")
        page.locator(".state-picture").wait_for()
        page.wait_for_timeout(1500)
        time = warm(page.get_by_test_id("stepper"), SLIDER, ".weight-slider")
        figure(
            f"slider of By hand → painted, phase portrait on, {name}, T = 16", time, BUDGET, "ms"
        )
        slowest = max(slowest, time)
    assert slowest <= BUDGET
