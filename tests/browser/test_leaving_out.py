"""A teacher's link leaves out controls and sections: they are there for nobody; all else is."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import SETTLED

PAGES = {
    "Step": "/",
    "Gradients": "/Gradients",
    "Train": "/Train",
    "Race": "/Train?view=race",
    "Cliff": "/Train?view=cliff",
    "Sizes": "/Train?view=sizes",
    "A series": "/Your_data?data=shop",
    "A text": "/Your_data?data=rhymes",
    "By hand": "/By_hand",
    "Shapes": "/Shapes",
    "Cells": "/Cells",
}
IN_SIGHT = """
names => {
  const found = [];
  function walk(root) {
    for (const node of root.querySelectorAll("*")) {
      const own = node.getAttribute("data-control");
      const keys = [...node.classList].map(one => one.replace(/^st-key-(train-)?\\d*-?/, "$1"));
      const name = names.find(one => one === own || keys.includes(one));
      if (name && node.checkVisibility()) found.push(name);
      if (node.shadowRoot) walk(node.shadowRoot);
    }
  }
  walk(document);
  return [...new Set(found)];
}
"""
NAMED = """
() => {
  const found = [];
  function walk(root) {
    for (const node of root.querySelectorAll("*")) {
      const keys = [...node.classList].filter(one => one.startsWith("st-key-"));
      found.push(...keys, node.getAttribute("data-control") ?? "");
      if (node.shadowRoot) walk(node.shadowRoot);
    }
  }
  walk(document);
  return found.filter(Boolean).join(" ");
}
"""
BOXES = "[role=dialog][aria-label='hide controls'] .controls input"


def corner(page):
    return page.get_by_test_id("stMain").locator(".st-key-corner")


def opened(page):
    """The list of what can be left out."""
    page.get_by_role("button", name="hide controls").click()
    page.locator(BOXES).first.wait_for()
    return page.get_by_role("dialog", name="hide controls")


def at_rest(page):
    """The same, once nothing that can be left out comes any more."""
    page.get_by_role("button", name="hide controls").wait_for()
    before, there = None, page.evaluate(NAMED)
    while there != before:
        page.wait_for_timeout(700)
        page.wait_for_selector(SETTLED)
        before, there = there, page.evaluate(NAMED)
    return page


def hidden_in(page):
    return parse_qs(urlsplit(page.url).query).get("hide", [""])[0].split(",")


def named(page, name):
    return page.locator(f"[data-control='{name}']")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_whatever_is_left_out_is_not_there_and_comes_back(visit, path):
    page = at_rest(visit(path))
    panel = opened(page)
    labels = panel.locator(".controls label").all_inner_texts()
    assert len(set(labels)) == len(labels)
    assert [one for one in labels if len(one.strip()) < 3 or "keyboard_arrow" in one] == []
    boxes = panel.locator(".controls input")
    count = boxes.count()
    assert count >= 2
    before = set()
    for k in range(count):
        boxes.nth(k).uncheck()
        (name,) = {*hidden_in(page), ""} - before - {""}
        before.add(name)
    page.get_by_role("button", name="hide no more controls").click()
    page.wait_for_function("!document.documentElement.hasAttribute('data-choosing')")
    assert page.evaluate(IN_SIGHT, list(before)) == []
    assert page.get_by_test_id("stSidebar").filter(visible=True).count() == 0
    other = at_rest(visit(page.url.removeprefix(page.evaluate("location.origin"))))
    assert other.evaluate(IN_SIGHT, list(before)) == []
    panel = opened(other)
    panel.get_by_role("button", name="show all controls").click()
    assert "hide=" not in other.url
    of_components = [one for one in before if other.locator(f"[data-control='{one}']").count()]
    other.wait_for_function(
        f"wanted => ({IN_SIGHT})(wanted).length === wanted.length", arg=of_components
    )


def test_a_click_takes_away_and_another_brings_back(visit):
    page = visit("/")
    named(page, "step-maps").wait_for()
    opened(page)
    shown = page.get_by_test_id("stepper").get_attribute("data-step")
    named(page, "step-player").get_by_role("button", name="play").click()
    page.wait_for_url("**hide=step-player**")
    assert page.get_by_test_id("stepper").get_attribute("data-step") == shown
    named(page, "step-player").get_by_role("button", name="play").click(force=True)
    page.wait_for_function("!location.search.includes('hide')")
    page.get_by_role("button", name="hide no more controls").click()
    assert named(page, "step-player").is_visible()


def test_a_map_of_the_phase_diagram_is_left_out_by_itself(visit):
    page = visit("/Gradients?hidden=2")
    page.get_by_role("button", name="Compute it").click()
    page.locator('[data-testid="phase"][data-done="1"]').wait_for(timeout=120_000)
    opened(page).get_by_label("phase LSTM", exact=True).uncheck()
    page.get_by_role("button", name="hide no more controls").click()
    named(page, "phase-LSTM").wait_for(state="hidden")
    assert hidden_in(page) == ["phase-LSTM"]
    assert named(page, "phase-RNN-tanh-").is_visible()


def test_the_parts_of_a_cell_s_writing_are_left_out_by_themselves(visit):
    page = visit("/?cell=own&hide=writing-facts,writing-language")
    named(page, "writing-typeset").wait_for()
    assert not named(page, "writing-facts").is_visible()
    assert not named(page, "writing-language").is_visible()


def test_each_part_of_a_forecast_is_left_out_by_itself_and_a_link_leaves_out_the_same(visit):
    parts = ["forecast-rows", "forecast-legend", "forecast-errors", "forecast-window"]
    page = visit("/Your_data?data=shop&hidden=8&updates=60&horizon=2&batch=8")
    for name in parts:
        named(page, name).wait_for()
    opened(page)
    for k, name in enumerate(parts, 1):
        named(page, name).click(position={"x": 4, "y": 4})
        page.wait_for_function(f"location.search.split('forecast-').length === {k + 1}")
    assert hidden_in(page) == parts
    page.get_by_role("button", name="hide no more controls").click()
    for name in parts:
        named(page, name).wait_for(state="hidden")
    assert page.get_by_test_id("forecast").is_visible()
    other = visit("/Your_data?data=shop&hide=forecast-errors,forecast-legend")
    named(other, "forecast-rows").wait_for()
    assert named(other, "forecast-window").is_visible()
    assert not named(other, "forecast-errors").is_visible()
    assert not named(other, "forecast-legend").is_visible()


def test_it_is_nothing_to_the_keyboard(visit):
    page = visit("/?hide=step-player,step-changes,sidebar")
    named(page, "step-diagram").wait_for()
    page.get_by_text("3 hidden").wait_for()
    inside = """() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at?.closest("[data-control]")?.getAttribute("data-control") ?? at?.closest(
        "[data-testid=stSidebar]")?.dataset.testid ?? null;
    }"""
    met = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        met.add(page.evaluate(inside))
    assert "step-diagram" in met or "step-equations" in met
    assert not met & {"step-player", "step-changes", "stSidebar"}


@pytest.mark.parametrize("odd", ["corner", "nonsense", "*", "a]b", "tools", "heading"])
def test_a_name_of_nothing_changes_nothing(visit, odd):
    page = visit(f"/?hide={odd},step-maps")
    page.get_by_role("button", name="hide controls").wait_for()
    named(page, "step-player").wait_for()
    assert not named(page, "step-maps").is_visible()
    assert page.get_by_role("button", name="share this view").is_visible()


def test_a_locked_link_stays_as_it_says(visit):
    page = visit("/?cell=GRU&hide=step-maps,cell&lock=on")
    named(page, "step-player").wait_for()
    page.get_by_text("2 hidden").filter(visible=True).wait_for()
    assert page.get_by_role("button", name="hide controls").count() == 0
    assert page.locator(".st-key-cell").filter(visible=True).count() == 0
    page.get_by_test_id("stepper").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**cell=GRU**hide=step-maps,cell&lock=on**#view=**")
    assert not named(page, "step-maps").is_visible()


def test_another_page_leaves_out_the_same(visit):
    page = visit("/Gradients?hide=sidebar,gradients-why")
    named(page, "gradients-curve").wait_for()
    page.get_by_role("link", name="Does a large bias alone").click()
    page.wait_for_url("**/Train?**hide=sidebar*")
    page.get_by_text("hidden").wait_for()
    assert page.get_by_test_id("stSidebar").filter(visible=True).count() == 0
