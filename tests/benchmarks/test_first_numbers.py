"""From the click on a guess to the first numbers on the charts, in an app that was just started.

Each round has a server of its own, and the guess is made as soon as it can be; the fastest round
stands for all: what else the machine does only ever adds time.
"""

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.conftest import VIEWS
from tests.browser.server import ROOT, running
from tests.browser.test_train_page import choose, counts, until

BUDGET = 1.5
ROUNDS = 4


def test_first_numbers_stand_on_the_charts_soon_after_a_guess(browser, tmp_path, figure):
    seconds = min(first_numbers(browser, tmp_path / "log") for _ in range(ROUNDS))
    figure("a click on a guess → first numbers on the charts, cold app", seconds, BUDGET, "s")
    assert seconds <= BUDGET


def first_numbers(browser: Browser, log: Path) -> float:
    """Seconds from the guess until every run has made an update."""
    with browser.new_context(**VIEWS["light"]) as context, running(ROOT / "app.py", log) as server:
        page = context.new_page()
        page.goto(f"{server.url}/Train?lesson=vanishing", wait_until="commit")
        choose(page, "just show me")
        begin = time.perf_counter()
        until(page, lambda: min(counts(page)) > 0)
        return time.perf_counter() - begin
