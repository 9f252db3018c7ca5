"""A finger: what it takes follows it and the page stays; elsewhere it scrolls the page."""

import pytest

from tests.browser.test_gradients_page import rested
from tests.browser.test_train_page import SMALL, counts, press, runs, until
from tests.browser.touching import swipe, undragged


@pytest.fixture
def phone(visit):
    """The Step page on a phone at its eighth step, and its stepper."""
    page = visit("/#view=step:8,unit:3,end", view="phone")
    root = page.get_by_test_id("stepper")
    root.wait_for()
    page.wait_for_timeout(300)
    return page, root


def value(node):
    return float(node.get_attribute("data-value"))


def test_a_finger_drags_a_bold_number_down_to_its_end(phone):
    page, root = phone
    number = root.get_by_test_id("result-f")
    assert value(number) > 0.3
    assert abs(swipe(page, number, 0, 150)) < 2
    assert value(number) == 0


def test_a_finger_drags_a_stripe_of_the_diagram_and_chooses_its_unit(phone):
    page, root = phone
    stripe = root.locator(".diagram .unit[data-name=f][data-unit='6']")
    before = value(stripe)
    assert abs(swipe(page, stripe, 0, 60)) < 2
    assert value(stripe) < before
    assert root.get_attribute("data-chosen-unit") == "6"
    assert value(root.get_by_test_id("result-f")) == value(stripe)


def test_a_finger_drags_a_weight(phone):
    page, root = phone
    root.get_by_test_id("result-i").press("Enter")
    weight = root.get_by_test_id("explain").locator("[data-weight]").first
    before = weight.inner_text()
    assert abs(swipe(page, weight, 0, -60)) < 2
    assert weight.inner_text() != before


@pytest.mark.parametrize("place", [".cell-frame", ".map-rows", ".caption"])
def test_a_finger_that_takes_nothing_scrolls(phone, place):
    page, root = phone
    assert swipe(page, root.locator(place).first, 0, -200) > 50


def test_the_player_stays_in_sight_while_one_scrolls(phone):
    page, root = phone
    for name in ("diagram", "equations", "gradient-norms"):
        root.get_by_test_id(name).evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        page.wait_for_timeout(200)
        root.get_by_role("button", name="step (→)").click(timeout=1000)
        box = root.locator(".player-main").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] < 200
    assert root.get_attribute("data-step") == "10"


def test_a_diagram_that_is_wider_than_its_place_says_so(phone, visit):
    _, root = phone
    assert root.locator(".swipe").is_visible()
    wide = visit().get_by_test_id("stepper")
    wide.wait_for()
    assert not wide.locator(".swipe").is_visible()


def test_a_finger_draws_an_input_moves_a_slider_and_starts_a_state_by_hand(visit):
    page = visit("/By_hand", view="phone")
    bench = page.locator(".bench")
    bench.wait_for()
    page.wait_for_timeout(300)
    drawn = page.locator(".input-strip .strip-plot")
    assert abs(swipe(page, drawn, 40, 30)) < 2
    assert value(page.locator('.strip-note [data-name="x"]')) < -0.5
    weight = page.locator('[data-parameter="f"] [data-entry="2"]')
    slider = page.locator('[data-parameter="f"] .weight-slider').nth(2)
    before = value(weight)
    assert abs(swipe(page, slider, 25, 0)) < 2
    assert value(weight) != before
    start = page.locator('[data-parameter="start"] [data-entry="0"]')
    assert abs(swipe(page, page.locator(".picture-room"), 40, 40)) < 2
    assert value(start) > 0.1


@pytest.mark.parametrize("place", [".row-head", ".strip-note", ".state-words h3"])
def test_elsewhere_on_the_by_hand_page_a_finger_scrolls(visit, place):
    page = visit("/By_hand", view="phone")
    page.locator(".bench").wait_for()
    page.wait_for_timeout(300)
    assert swipe(page, page.locator(place).nth(0), 0, -200) > 50


def test_what_a_mouse_drags_on_the_step_page_a_finger_drags(phone):
    page, root = phone

    def before():
        page.evaluate("location.hash = 'view=step:8,unit:3,end'")

    assert undragged(page, root, before=before, most=1) == []


def test_what_a_mouse_drags_on_the_gradients_page_a_finger_drags(visit):
    page = visit("/Gradients?guess=show&bound=shown&cells=RNN;LSTM", view="phone")
    root = page.get_by_test_id("gradients")
    root.wait_for()
    rested(page, root)

    def before():
        shown = root.get_by_role("button", name="Show all steps")
        if shown.is_enabled():
            shown.tap()

    assert undragged(page, root, before=before, most=1) == []


def test_what_a_mouse_drags_on_the_train_page_a_finger_drags(visit):
    short = SMALL.replace("updates=4000", "updates=10")
    page = visit(f"/Train?{short}&b=clip_norm:0.5&c=recurrent_dropout:0.1", view="phone")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10, 10, 10])
    root = runs(page)

    def before():
        shown = root.get_by_role("button", name="show all updates", exact=True)
        if shown.is_visible():
            shown.tap()

    assert undragged(page, root, before=before, most=2) == []
