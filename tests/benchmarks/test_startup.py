"""From `streamlit run` to the first page usable, beside an app that shows one word.

Each start has a server and a browser's cache of its own; the starts take turns, and the fastest of
each app stands for it: what else the machine does only ever adds time.
"""

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.server import ROOT, running

BUDGET = 1.5
ROUNDS = 6
EMPTY = 'import streamlit as st\n\nst.html("<p data-testid=ready>ready</p>")\n'


def test_the_first_page_is_usable_soon_after_an_empty_app_would_be(browser, tmp_path, figure):
    empty = tmp_path / "empty.py"
    empty.write_text(EMPTY)
    shown = {empty: "ready", ROOT / "app.py": "stepper"}
    log = tmp_path / "log"
    rounds = [[start(browser, *app, log) for app in shown.items()] for _ in range(ROUNDS)]
    fastest_empty, fastest = map(min, zip(*rounds, strict=True))
    what = "`streamlit run app.py` → first page usable, vs an empty Streamlit app"
    figure(what, fastest / fastest_empty, BUDGET)
    assert fastest / fastest_empty <= BUDGET


def start(browser: Browser, script: Path, test_id: str, log: Path) -> float:
    """Seconds from the command until what has this test id is shown, in a window just opened."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        begin = time.perf_counter()
        with running(script, log) as server:
            page.goto(server.url, wait_until="commit")
            page.get_by_test_id(test_id).wait_for()
            seconds = time.perf_counter() - begin
            libraries = Path(f"/proc/{server.process}/maps")
            assert not libraries.exists() or "libtorch" not in libraries.read_text()
    return seconds
