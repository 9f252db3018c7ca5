"""From a key press, or a move of the pointer, to the painted answer, in the running app.

An event is timed from just before it is dispatched until the frame that shows it has been painted:
a requestAnimationFrame, then a message. So a median holds half a frame of waiting, some 8 ms. A
first round is not counted: the browser compiles what is called often, while it is.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page

from rnnviz.training.comparison.live import Live
from rnnviz.training.runs.runs import start
from rnnviz.training.workers.workers import Workers
from tests.browser.server import ROOT, running
from tests.browser.watch import Watch

BUDGET = 16.0
AS_SMOOTH = 1.25
TIMED = """
const painted = () => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done();
  channel.port2.postMessage(0);
}));
const median = async (count, act) => {
  const times = [];
  for (let k = 0; k < count; k++) {
    await new Promise((done) => setTimeout(done, 25 + (k % 17)));
    const start = performance.now();
    act(k);
    await painted();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[count >> 1];
};
"""
KEYS = f"""async (root) => {{{TIMED}
  root.focus();
  const press = (key) => root.dispatchEvent(new KeyboardEvent("keydown", {{ key, bubbles: true }}));
  return median(60, (k) => press(k % 40 < 30 ? "ArrowRight" : "ArrowLeft"));
}}"""
DRAG = f"""async (root, handle) => {{{TIMED}
  const node = root.querySelector(handle);
  const {{ x, y }} = node.getBoundingClientRect();
  node.setPointerCapture = () => {{}};
  const send = (type, dy) => node.dispatchEvent(new PointerEvent(type,
    {{ pointerId: 1, button: 0, clientX: x + 4, clientY: y + dy, bubbles: true }}));
  send("pointerdown", 0);
  const time = await median(60, (k) => send("pointermove", 10 + 2 * (k % 30)));
  send("pointerup", 10);
  return time;
}}"""
TYPE = f"""async (root) => {{{TIMED}
  const table = root.querySelector('[data-parameter="0.U_f"]');
  table.querySelector("[data-entry]").focus();
  const field = table.querySelector("input");
  return median(60, (k) => {{
    field.value = String((k % 40) / 100);
    field.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
  }});
}}"""


@pytest.fixture
def page(browser: Browser, watch: Watch, tmp_path: Path) -> Iterator[Page]:
    """An LSTM with 16 units that reads 50 numbers."""
    numbers = " ".join(str(k % 7 - 3) for k in range(50))
    choices = {"sequence": "your own numbers", "numbers": numbers, "weights": "fresh"}
    with (
        running(ROOT / "app.py", tmp_path / "log") as server,
        browser.new_context(viewport={"width": 1280, "height": 800}) as context,
    ):
        page = context.new_page()
        watch.follow(page)
        page.goto(f"{server.url}/?{urlencode(choices)}")
        page.get_by_test_id("stepper").wait_for()
        page.wait_for_timeout(1500)
        yield page


def warm(stepper: Locator, act: str, *what: str) -> float:
    """The median of a second round."""
    stepper.evaluate(act, *what)
    return float(stepper.evaluate(act, *what))


@contextmanager
def training(sessions: int) -> Iterator[None]:
    """So many visitors' runs on their way meanwhile, as the app's worker processes train them."""
    workers, over = Workers(), threading.Event()
    shares = [workers.session() for _ in range(sessions)]
    lives = [Live(start(hidden=32, length=50, seed=seed)) for seed in range(sessions)]

    def beat() -> None:
        while not over.wait(0.175):
            for share, live in zip(shares, lives, strict=True):
                live.take(share, 100_000)

    beats = threading.Thread(target=beat)
    beats.start()
    while min(live.run.update for live in lives) == 0:
        time.sleep(0.1)
    try:
        yield
    finally:
        over.set()
        beats.join()
        workers.shutdown(cancel_futures=True)


def test_stepping_is_as_smooth_while_twenty_runs_train(page, figure):
    stepper = page.get_by_test_id("stepper")
    quiet = warm(stepper, KEYS)
    with training(20):
        busy = warm(stepper, KEYS)
    figure("key press → painted while twenty runs train, vs without them", busy / quiet, AS_SMOOTH)
    assert busy / quiet <= AS_SMOOTH


def test_a_key_press_and_a_drag_are_painted_within_a_frame(page, watch, figure):
    stepper = page.get_by_test_id("stepper")
    before = len(watch.traffic)
    size = "LSTM, H = 16, T = 50"
    key = warm(stepper, KEYS)
    figure(f"key press → painted next step, no request to the server, {size}", key, BUDGET, "ms")
    gate = warm(stepper, DRAG, '[data-testid="result-f"]')
    figure(f"drag a gate → forward, backward, painted, {size}", gate, BUDGET, "ms")
    bar = warm(stepper, DRAG, ".handle")
    figure(f"drag an input → forward, backward, painted, {size}", bar, BUDGET, "ms")
    assert watch.traffic[before:] == []
    assert max(key, gate, bar) <= BUDGET


@pytest.mark.parametrize("name", ["answer", "gates", "unrolled"])
def test_a_key_press_is_painted_within_a_frame_while_a_picture_is_open(page, figure, name):
    """The picture itself in sight: what is off the screen is drawn later."""
    if name == "answer":  # of a network that has a readout
        page.goto(page.url.partition("?")[0])
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    section = page.get_by_test_id(f"figure-{name}")
    section.locator(".opener").click()
    section.locator("path[data-area]").first.wait_for(state="attached")
    section.evaluate("node => node.scrollIntoView()")
    page.wait_for_timeout(500)
    key = warm(stepper, KEYS)
    figure(
        f"key press → painted next step, the picture “{name}” open and in sight", key, BUDGET, "ms"
    )
    assert key <= BUDGET


def test_a_typed_weight_of_a_wide_network_is_painted_within_a_frame(page, watch, figure):
    query = urlencode({"weights": "fresh", "hidden": 32})
    page.goto(f"{page.url.partition('?')[0]}?{query}#view=weights:0.U_f,end")
    stepper = page.get_by_test_id("stepper")
    stepper.locator('[data-parameter="0.U_f"]').wait_for()
    page.wait_for_timeout(1500)
    before = len(watch.traffic)
    typed = warm(stepper, TYPE)
    figure("a typed weight → forward, backward, painted, LSTM, H = 32, T = 15", typed, BUDGET, "ms")
    assert watch.traffic[before:] == []
    assert typed <= BUDGET
