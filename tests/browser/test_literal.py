"""Names out of a file, as a browser shows them: text, and nothing that a click could follow."""

import pytest

from tests.browser.server import running

NAMES = [
    "x\n\n1. www.evil.example\n---\ny",
    "www.evil.example",
    "WWW.evil.example/path",
    "http://evil.example/a_b",
    "https://evil.example",
    "someone@evil.example",
    "mailto:someone@evil.example",
    "[text](http://evil.example)",
    "<http://evil.example>",
    "![](http://evil.example/picture)",
    "<b>bold</b> &amp;",
    "*a* _b_ ~~c~~ `d` $e$ :smile: :red[f]",
    "1. one",
    "- one",
    "+ one",
    "# one",
    "> one",
    "=====",
    "---",
    "\t\tcode",
    "| a |\n|---|\n| b |",
]
PAGE = f"""
import streamlit as st
from rnnviz.web.literal import literal
for name in {NAMES!r}:
    st.markdown(literal(name))
    st.error(f"{{literal(name)}}: it is empty.")
"""
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


@pytest.fixture
def shown(browser, tmp_path):
    """The page of all names, each twice: by itself, and at the beginning of a sentence."""
    script = tmp_path / "page.py"
    script.write_text(PAGE)
    with running(script, tmp_path / "log") as server:
        page = browser.new_page()
        page.goto(server.url)
        page.wait_for_selector(SETTLED)
        page.get_by_test_id("stMarkdownContainer").nth(2 * len(NAMES) - 1).wait_for()
        yield page.get_by_test_id("stMarkdownContainer")
        page.close()


def test_a_name_is_text_and_nothing_else(shown):
    inside = "node => [...node.querySelectorAll('*')].map(each => each.tagName)"
    for k, each in enumerate(shown.all()):
        said = "" if k % 2 == 0 else ": it is empty."
        assert each.evaluate(inside) == ["P"], NAMES[k // 2]
        text = each.evaluate("node => node.textContent").replace("\u2060", "")
        assert text == " ".join(NAMES[k // 2].split()) + said
