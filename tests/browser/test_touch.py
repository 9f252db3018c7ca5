"""A finger: what it takes follows it and the page stays; elsewhere it scrolls the page."""

import pytest


@pytest.fixture
def phone(visit):
    """The Step page on a phone at its eighth step, and its stepper."""
    page = visit("/#view=step:8,unit:3,end", view="phone")
    root = page.get_by_test_id("stepper")
    root.wait_for()
    page.wait_for_timeout(300)
    return page, root


def swipe(page, node, dx, dy):
    """Real touch events, as a screen sends them, in small steps; how far it took the page along."""
    node.evaluate("(one) => one.scrollIntoView({ block: 'center', inline: 'center' })")
    page.wait_for_timeout(200)
    box = node.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)

    def send(kind, *points):
        touches = [{"x": a, "y": b} for a, b in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        page.wait_for_timeout(20)

    send("touchStart", (x, y))
    for k in range(1, 11):
        send("touchMove", (x + dx * k / 10, y + dy * k / 10))
    send("touchEnd")
    page.wait_for_timeout(300)
    return box["y"] - node.bounding_box()["y"]


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
