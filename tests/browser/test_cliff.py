"""The start of the walks on the cliff is dragged in the picture: by mouse, finger and keys."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.touching import swipe

CHART = "[data-testid=stPlotlyChart] .nsewdrag"


def opened(visit, view="light"):
    page = visit("/Train?view=cliff&cliff+steps=20", view=view)
    ring = page.get_by_role("slider", name="start of the walks")
    ring.wait_for()
    page.wait_for_timeout(500)
    return page, ring


def middle(node):
    box = node.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def place(page):
    """Where the ring stands by the chart's own axes: U from 3 to 8, b from -4.5 to -1."""
    x, y = middle(page.get_by_role("slider", name="start of the walks"))
    axes = page.locator(CHART).first.bounding_box()
    across = (x - axes["x"]) / axes["width"]
    return 3 + 5 * across, -1 - 3.5 * (y - axes["y"]) / axes["height"]


def asked(page):
    query = parse_qs(urlsplit(page.url).query)
    return tuple(float(query[name][0]) for name in ("cliff U", "cliff b"))


def test_the_guess_is_in_the_link_and_back_takes_it_back(visit):
    page, _ring = opened(visit)
    page.get_by_text("nearly all, with clipping or without").click()
    said = page.get_by_text("You said nearly all, with clipping or without.")
    said.wait_for()
    page.wait_for_url("**cliff+guess=3**")
    other = visit(page.url)
    other.get_by_text("You said nearly all, with clipping or without.").wait_for()
    page.go_back()
    page.get_by_text("Guess first:").wait_for()
    assert said.count() == 0
    page.go_forward()
    said.wait_for()


@pytest.mark.parametrize("guess", ["4", "-1", "x", "1e1", ""])
def test_a_guess_that_is_none_is_not_taken(visit, guess):
    page = visit(f"/Train?view=cliff&cliff+guess={guess}")
    page.get_by_text("Guess first:").wait_for()


def test_the_ring_stands_where_the_walks_start(visit):
    page, ring = opened(visit)
    assert place(page) == pytest.approx((5.5, -3.5), abs=0.03)
    assert ring.get_attribute("aria-valuetext") == "U 5.50, b -3.50"


def test_a_mouse_drags_the_start(visit):
    page, ring = opened(visit)
    x, y = middle(ring)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=6)
    page.mouse.up()
    page.wait_for_url("**cliff+U=**")
    page.wait_for_timeout(1500)
    assert place(page) == pytest.approx(asked(page), abs=0.03)
    assert place(page) != pytest.approx((5.5, -3.5), abs=0.3)
    slider = page.get_by_test_id("stSlider").filter(has_text="Weight U")
    assert f"{asked(page)[0]:.2f}" in slider.inner_text()
    page.go_back()
    page.wait_for_timeout(1500)
    assert place(page) == pytest.approx((5.5, -3.5), abs=0.03)


def test_walks_follow_the_ring_while_it_is_dragged_and_the_link_when_it_is_let_go(visit):
    page, ring = opened(visit)
    ends = page.get_by_test_id("stTable")
    before, address = ends.inner_text(), page.url
    x, y = middle(ring)
    page.mouse.move(x, y)
    page.mouse.down()
    for by in (30, 60):
        page.mouse.move(x + by, y - by, steps=6)
        page.wait_for_function(WALKS_START, arg=said(ring))
    page.wait_for_function("([node, before]) => node.innerText !== before",
        arg=[ends.element_handle(), before])  # fmt: skip
    assert page.url == address
    held = said(ring)
    page.mouse.up()
    page.wait_for_url("**cliff+U=**")
    assert asked(page) == pytest.approx(held, abs=0.03)
    page.go_back()
    page.wait_for_function(WALKS_START, arg=[5.5, -3.5])


def said(ring):
    """Where the ring says that it is; Plotly may be drawing anew."""
    return [float(one.split()[1]) for one in ring.get_attribute("aria-valuetext").split(", ")]


WALKS_START = """([across, up]) => {
  const traces = document.querySelector(".js-plotly-plot")?._fullData ?? [];
  const lines = traces.filter((one) => one.mode?.startsWith("lines"));
  return lines.length && lines.every(
    ({ x, y }) => Math.hypot(x[0] - across, y[0] - up) < 0.04);
}"""


def test_keys_move_the_start_and_its_ends_hold(visit):
    page, ring = opened(visit)
    ring.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    page.wait_for_url("**cliff+U=5.6&cliff+b=-3.45**")
    for _ in range(60):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**cliff+U=3&**")


def test_on_a_phone_a_finger_drags_it_and_sliders_and_picture_are_in_view_together(visit):
    page, ring = opened(visit, "phone")
    assert abs(swipe(page, ring, 40, 30) + 30) < 8  # the ring goes with the finger, the page stays
    page.wait_for_url("**cliff+U=**")
    page.wait_for_timeout(1500)
    for name in ("Weight U", "Bias b", "Learning rate", "Steps"):
        slider = page.get_by_test_id("stSlider").filter(has_text=name)
        slider.evaluate("(one) => one.scrollIntoView({ block: 'end' })")
        page.wait_for_timeout(200)
        top = page.locator(CHART).first.bounding_box()
        below = slider.bounding_box()
        assert top["y"] >= 0
        assert top["y"] + top["height"] <= below["y"]
        assert below["y"] + below["height"] <= 845
