"""The fixtures see a page's faults; otherwise a clean run would say nothing."""

import pytest

from tests.browser import chromium
from tests.browser.server import running
from tests.browser.watch import Watch

FAULTY = """
import streamlit as st

component = st.components.v2.component("faulty", js='''
export default function () {
  console.error("a red line");
  fetch("https://example.invalid/picture.png").catch(() => {});
  setTimeout(() => { throw new Error("thrown late"); });
  document.body.append(Object.assign(document.createElement("p"), { id: "loud" }));
}''')
component(key="faulty")
st.button("quiet")
if st.button("break"):
    raise ValueError("a learner must not read this")
"""


@pytest.fixture(scope="module")
def faulty(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "app.py").write_text(FAULTY)
    with running(folder / "app.py", folder / "log") as server:
        yield server


@pytest.fixture
def faulty_page(browser, faulty, watch):
    page = browser.new_context(base_url=faulty.url).new_page()
    watch.follow(page)
    page.goto("/")
    page.wait_for_selector("#loud", state="attached")
    yield page
    page.context.close()


@pytest.mark.parametrize(
    "says",
    ["console error: a red line", "script error: thrown late", "leaving the machine: https://exa"],
)
def test_a_fault_of_the_page_is_seen(faulty_page, watch, says):
    faulty_page.wait_for_timeout(100)
    assert any(says in fault for fault in watch.look(faulty_page)), watch.faults


def test_an_exception_is_seen_on_the_page_and_in_the_log(faulty_page, watch, faulty):
    assert faulty.new_tracebacks() == []
    faulty_page.get_by_role("button", name="break").click()
    box = faulty_page.get_by_test_id("stException")
    box.wait_for()
    assert "a learner must not read this" not in box.inner_text()
    assert any("exception box" in fault for fault in watch.look(faulty_page))
    assert "a learner must not read this" in faulty.new_tracebacks()[0]


def test_a_click_that_asks_the_server_is_seen_as_traffic(faulty_page, watch):
    before = len(watch.traffic)
    faulty_page.get_by_role("button", name="quiet").click()
    faulty_page.wait_for_timeout(300)
    assert [line[:5] for line in watch.traffic[before:]] == ["frame"]


def test_a_page_too_wide_is_seen(browser):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content("<div style='width: 500px'>wide</div>")
    assert any("wider than the window" in fault for fault in Watch().look(page))
    page.close()


def test_a_browser_is_looked_for_where_the_environment_says(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "no-such-program")
    assert chromium.find() is None
