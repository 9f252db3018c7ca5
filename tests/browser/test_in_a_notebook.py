"""A recording's frame in a page that stands for a notebook: closed in, silent, stepped by key."""

import numpy as np
import pytest

import rnnviz
from rnnviz.cells import GALLERY

X = np.random.default_rng(6).standard_normal((9, 2))
PAGE = """<!doctype html><meta charset="utf-8"><title>a notebook</title>
<link rel="icon" href="data:,">
<textarea>a cell of the notebook</textarea>{}"""


@pytest.fixture
def rec():
    network = rnnviz.Network.fresh(GALLERY["LSTM"], inputs=2, hidden=5, outputs=2, seed=1)
    return rnnviz.trace(network, X)


@pytest.fixture
def shown(browser, tmp_path, rec):
    """The page, and its frame; at the end nothing was said or asked."""
    heard = []
    path = tmp_path / "notebook.html"
    path.write_text(PAGE.format(rec._repr_html_()), encoding="utf-8")
    page = browser.new_context(offline=True, accept_downloads=True).new_page()
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(path.as_uri())
    yield page, page.frame_locator("iframe")
    page.wait_for_timeout(600)  # an address would have been written by now
    page.context.close()
    asked = [each for each in heard if not each.startswith(("data:", "about:", "blob:"))]
    assert asked == [path.as_uri()]


def test_a_frame_leaves_the_page_around_it_its_focus(browser, rec):
    """A browser may let any frame take it; here one of the page's own origin, which all do."""
    page = browser.new_page()
    page.set_content(PAGE.format("<iframe></iframe>"))
    page.locator("textarea").focus()
    page.evaluate("text => { document.querySelector('iframe').srcdoc = text; }", rec.to_html())
    page.frame_locator("iframe").get_by_test_id("stepper").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.close()


def test_it_is_stepped_by_key(shown, rec):
    page, frame = shown
    root = frame.get_by_test_id("stepper")
    root.wait_for()
    root.focus()
    for step in (1, 2):
        page.keyboard.press("ArrowRight")
        assert root.get_attribute("data-step") == str(step)
        number = root.locator('[data-name="h"][data-unit="0"][data-value]').first
        found = float(number.get_attribute("data-value"))
        assert found == pytest.approx(rec["h"][step, 0], rel=1e-9)
    page.keyboard.press("End")
    assert root.get_attribute("data-step") == "8"


def test_it_reaches_nothing_of_the_notebook(shown):
    page, frame = shown
    frame.get_by_test_id("stepper").wait_for()
    inside = page.frames[1]
    for reached in ("parent.document.title", "localStorage.length", "document.cookie"):
        with pytest.raises(Exception, match="SecurityError"):
            inside.evaluate(reached)


def test_a_value_is_changed_and_the_diagram_saved_in_it(shown):
    page, frame = shown
    root = frame.get_by_test_id("stepper")
    root.wait_for()
    with page.expect_download() as saved:
        root.get_by_role("button", name="save the diagram as SVG").click()
    assert saved.value.suggested_filename == "cell-step-1.svg"
