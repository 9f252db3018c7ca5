"""A real browser on the running app; a fault of the page fails the test that met it."""

import mimetypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from rnnviz.texts.catalogues import ELSEWHERE
from rnnviz.web.bundle import BROWSER
from tests.browser import chromium
from tests.browser.server import ROOT, Server, running
from tests.browser.watch import Watch
from tests.texts.pseudo import write_catalogue

VIEWS = {
    "light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "projector": {"viewport": {"width": 1024, "height": 768}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
A_PAGE = Path(__file__).parent / "a_page"
ADDRESS = "http://127.0.0.1:9"
PATIENCE = 60_000  # ms: ten times what a page takes where little else runs
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


class Visit(Protocol):
    """Opens a page of the app as a person would, and waits until its script has run."""

    def __call__(self, path: str = "/", view: str = "light") -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, or fail on CI."""
    program = chromium.find()
    if program is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)(chromium.MISSING)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app, started once for all tests; it can speak the language that is none, too."""
    folder = tmp_path_factory.mktemp("server")
    spoken = {ELSEWHERE: str(write_catalogue(folder))}
    with running(ROOT / "app.py", folder / "log", spoken) as server:
        yield server


@pytest.fixture
def watch() -> Watch:
    """What the pages of this test did besides."""
    return Watch()


@pytest.fixture
def traffic(watch: Watch) -> list[str]:
    """Every WebSocket frame and request the pages of this test have sent so far."""
    return watch.traffic


@pytest.fixture
def visit(browser: Browser, app: Server, watch: Watch) -> Iterator[Visit]:
    """`visit("/?cell=GRU", view="phone")` → a Page, each in a browser of its own."""
    pages: list[Page] = []

    def open_page(path: str = "/", view: str = "light") -> Page:
        page = browser.new_context(base_url=app.url, **VIEWS[view]).new_page()
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        watch.follow(page)
        page.goto(path)
        page.wait_for_selector(SETTLED)
        return page

    yield open_page
    faults = [fault for page in pages for fault in watch.look(page)]
    for page in pages:
        page.context.close()
    assert not [*dict.fromkeys(faults), *app.new_tracebacks()]


@pytest.fixture
def page(visit: Visit) -> Page:
    """The Step page, in light, 1280 × 800."""
    return visit()


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    """An empty page at which the browser modules, and those of `a_page`, are found."""
    watch = Watch()
    page = browser.new_context(**VIEWS["light"]).new_page()
    watch.follow(page)

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).lstrip("/")
        folder = A_PAGE.parent if path.startswith("a_page/") else BROWSER
        if not path:
            style = '<link rel="stylesheet" href="/a_page/page.css"><link rel="icon" href="data:,">'
            return route.fulfill(body=f"<!doctype html>{style}<body>", content_type="text/html")
        kind = mimetypes.guess_type(path)[0] or "text/javascript"
        return route.fulfill(body=(folder / path).read_bytes(), content_type=kind)

    page.route(f"{ADDRESS}/**", serve)
    page.goto(f"{ADDRESS}/")
    yield page
    faults = watch.look(page)
    page.context.close()
    assert not faults
