"""What looks as if it could be pressed on the Gradients page answers; charts are zoomed and read by
mouse, by touch and by keys."""

import pytest

from tests.browser.pressing import unanswered
from tests.browser.test_gradients_page import numbers, opened, rested

SMALL = """
root => [...root.querySelectorAll("*")]
  .filter((node) => [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim()))
  .filter((node) => node.checkVisibility())
  .filter((node) => parseFloat(getComputedStyle(node).fontSize) < 12)
  .map((node) => [node.tagName, node.textContent])
"""


READ = ("td ", "output ", "b ", "p ")
"""Numbers that stand in a text or a table and do not look as if they could be pressed."""


def curve(root):
    return root.get_by_role("slider", name="Time step of the cursor")


def zoom(page):
    """The steps of the zoom, as the address has them; None: all."""
    page.wait_for_timeout(600)
    asked = dict(part.split("=") for part in page.url.partition("?")[2].split("&") if "=" in part)
    return (int(asked["from"]), int(asked["to"])) if "from" in asked else None


@pytest.mark.parametrize("query", ["guess=show", "cells=RNN;scene&bound=shown"])
def test_everything_that_looks_pressable_answers(visit, query):
    page = visit(f"/Gradients?{query}")
    root = page.get_by_test_id("gradients")
    root.wait_for()
    rested(page, root)

    def before():
        curve(root).focus()
        page.keyboard.press("0")
        page.keyboard.press("Home")

    dead = unanswered(page, root, before=before)
    assert [one for one in dead if not one.startswith(READ)] == []


def test_a_chart_is_zoomed_by_dragging_and_shown_whole_by_a_double_click(visit):
    page = visit("/Gradients?guess=show")
    root = opened(page)
    box = curve(root).bounding_box()
    y, across = box["y"] + 100, lambda share: box["x"] + share * box["width"]
    page.mouse.move(across(0.5), y)
    page.mouse.down()
    page.mouse.move(across(0.75), y, steps=5)
    page.mouse.up()
    first, last = zoom(page)
    assert (abs(first - 30.5), abs(last - 45.5)) == (0.5, 0.5)
    page.mouse.dblclick(across(0.5), y)
    assert zoom(page) is None


def test_a_chart_is_zoomed_by_keys_and_by_buttons(visit):
    page = visit("/Gradients?guess=show")
    root = opened(page)
    curve(root).focus()
    for key in ("End", "+", "+"):
        page.keyboard.press(key)
    first, last = zoom(page)
    assert last == 60
    assert 40 < first < 50
    page.keyboard.press("-")
    assert zoom(page)[0] < first
    page.keyboard.press("0")
    assert zoom(page) is None
    root.get_by_role("button", name="Show fewer steps").click()
    assert zoom(page) is not None
    root.get_by_role("button", name="Show all steps").click()
    assert zoom(page) is None


def touch(page, points):
    """A finger goes down, along some points and up again."""
    session = page.context.new_cdp_session(page)
    down, *along = points
    send = lambda kind, at: session.send(  # noqa: E731
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}] if at else []},
    )
    send("touchStart", down)
    for point in along:
        send("touchMove", point)
    send("touchEnd", None)


def test_a_finger_zooms_and_chooses_a_step_and_the_page_stays(visit):
    page = visit("/Gradients?guess=show", view="phone")
    root = opened(page)
    curve(root).scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = curve(root).bounding_box()
    y, across = box["y"] + 100, lambda share: box["x"] + share * box["width"]
    top = page.evaluate("scrollY")
    touch(page, [(across(0.4), y), *[(across(0.4 + k / 20), y) for k in range(1, 9)]])
    first, last = zoom(page)
    assert 20 < first < 30
    assert 40 < last < 55
    assert page.evaluate("scrollY") == top
    root.get_by_role("button", name="Show all steps").tap()
    assert zoom(page) is None
    page.touchscreen.tap(across(0.5), y)
    assert 28 <= int(root.get_attribute("data-step")) <= 31


def test_the_phase_diagram_is_walked_by_keys_and_sets_the_knobs(visit):
    page = visit("/Gradients?guess=show&hidden=3")
    root = opened(page)
    page.get_by_text("Compute it").click()
    page.locator('[data-testid="phase"][data-done="1"]').wait_for(timeout=60_000)
    phase = page.get_by_test_id("phase")
    phase.get_by_role("img", name="Phase diagram of LSTM").focus()
    for key in ("ArrowUp", "Home", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    said = phase.get_by_role("status")
    assert "scale 0.2, length 50" in said.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/Gradients?*scale=0.2*")
    shown = numbers(root)
    assert (shown["knob scale"], shown["knob length"]) == ("0.2", "50")


def test_a_loss_at_one_step_begins_where_there_is_a_way_back(visit):
    page = visit("/Gradients?guess=show")
    root = opened(page)
    root.get_by_role("button", name="one step").click()
    shown = numbers(root)
    assert shown["knob step"] == "30"
    assert float(shown["ratio RNN h"]) < 0
    assert root.locator('[data-name="troubles"]').inner_text() == ""


def test_at_1024_by_768_the_knobs_and_the_curve_are_seen_together(browser, app):
    context = browser.new_context(base_url=app.url, viewport={"width": 1024, "height": 768})
    page = context.new_page()
    page.goto("/Gradients?guess=show")
    root = opened(page)
    for what in (curve(root), root.get_by_label("Seed")):
        box = what.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768
    context.close()


@pytest.mark.parametrize("view", ["light", "phone"])
def test_no_letter_is_smaller_than_12_pixels(visit, view):
    page = visit("/Gradients?guess=show", view=view)
    root = opened(page)
    assert root.evaluate(SMALL) == []


def test_what_leads_to_a_lesson_is_read_whole_on_a_phone(visit):
    page = visit("/Gradients", view="phone")
    links = page.get_by_test_id("stMain").get_by_test_id("stPageLink-NavLink")
    links.nth(1).wait_for()
    assert [one for one in links.evaluate_all(CUT) if one] == []


CUT = """(links) => links.map((link) => {
  const text = document.createRange();
  text.selectNodeContents(link);
  const whole = link.getBoundingClientRect();
  const isCut = [...text.getClientRects()].some(
    ({ right, bottom }) => right > whole.right + 1 || bottom > whole.bottom + 1);
  return isCut ? link.textContent : "";
})"""
