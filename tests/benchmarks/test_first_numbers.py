"""From the click on a guess to the first numbers on the charts, in an app that was just started.

Each round has a server of its own, and the guess is made as soon as it can be; the fastest round
stands for all: what else the machine does only ever adds time.
"""

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.conftest import VIEWS
from tests.browser.server import ROOT, running
from tests.browser.test_train_page import choose, counts, runs, until

BUDGET, IN_BROWSER = 1.5, 0.2
LINK = "task=marked+recall&length=20&hidden=16&cell=LSTM"
ROUNDS = 4


def test_first_numbers_stand_on_the_charts_soon_after_a_guess(browser, tmp_path, figure):
    seconds = min(first_numbers(browser, tmp_path / "log") for _ in range(ROUNDS))
    figure("a click on a guess → first numbers on the charts, cold app", seconds, BUDGET, "s")
    assert seconds <= BUDGET


def first_numbers(browser: Browser, log: Path) -> float:
    """Seconds from the guess until every run has made an update."""
    server_trains = {"RNNVIZ_TRAIN": "server"}
    with (
        browser.new_context(**VIEWS["light"]) as context,
        running(ROOT / "app.py", log, server_trains) as server,
    ):
        page = context.new_page()
        page.goto(f"{server.url}/Train?lesson=vanishing", wait_until="commit")
        choose(page, "just show me")
        begin = time.perf_counter()
        until(page, lambda: min(counts(page)) > 0)
        return time.perf_counter() - begin


def test_first_numbers_of_a_run_that_the_browser_trains(browser, tmp_path, figure):
    with running(ROOT / "app.py", tmp_path / "log", {"RNNVIZ_TRAIN": "browser"}) as server:
        seconds = min(
            first_numbers_here(browser, f"{server.url}/Train?{LINK}", "play") for _ in range(3)
        )
    figure("▶ play → first numbers, trained in the browser", seconds, IN_BROWSER, "s")
    assert seconds <= IN_BROWSER


def test_first_numbers_of_a_lesson_that_the_browser_trains(browser, tmp_path, figure):
    with running(ROOT / "app.py", tmp_path / "log", {"RNNVIZ_TRAIN": "browser"}) as server:
        seconds = min(
            first_numbers_here(browser, f"{server.url}/Train?lesson=vanishing", "just show me")
            for _ in range(ROUNDS)
        )
    figure("a click on a guess → first numbers, trained in the browser", seconds, IN_BROWSER, "s")
    assert seconds <= IN_BROWSER


PRESSED = """
(root, button) => new Promise(done => {
  const begin = performance.now();
  const seen = () =>
    root.dataset.updates.split(",").every(Number) && done((performance.now() - begin) / 1000);
  new MutationObserver(seen).observe(root, { attributes: true });
  button.click();
})
"""


def first_numbers_here(browser: Browser, url: str, name: str) -> float:
    """Seconds from a click on a page at rest until its charts have an update of each run."""
    with browser.new_context(**VIEWS["light"]) as context:
        page = context.new_page()
        page.goto(url)
        root = runs(page)
        button = page.get_by_role("button", name=name, exact=True)
        button.wait_for()
        page.wait_for_timeout(1500)
        return float(root.evaluate(PRESSED, button.element_handle()))
