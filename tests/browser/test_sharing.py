"""The corner of every page gives the view away: as a link, and as a code that a camera reads."""

import io

import pytest
import zxingcpp
from PIL import Image

SETTLED = 1000  # milliseconds: some views are put into the address a moment after they are shown
PAGES = ("/", "/Gradients", "/Train", "/By_hand", "/Shapes", "/Cells")


def opened(page):
    page.get_by_role("button", name="share this view").click()
    return page.get_by_role("dialog", name="share this view")


def read(panel):
    """What a camera reads of the code on the screen."""
    code = panel.get_by_role("img", name="QR code of the link")
    code.wait_for()
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    return [one.text for one in found]


@pytest.mark.parametrize("path", PAGES)
def test_a_camera_reads_the_address_of_what_is_shown(visit, path):
    page = visit(path)
    page.wait_for_timeout(SETTLED)
    panel = opened(page)
    assert read(panel) == [page.url]
    assert panel.get_by_role("textbox").input_value() == page.url


def test_what_the_browser_alone_keeps_of_a_view_is_in_it(visit):
    page = visit("/?cell=GRU")
    root = page.get_by_test_id("stepper")
    root.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**#view=**")
    (link,) = read(opened(page))
    other = visit(link)
    assert other.get_by_test_id("stepper").get_attribute("data-step") == "3"


def test_another_view_has_another_code(visit):
    page = visit("/")
    first = read(opened(page))
    page.keyboard.press("Escape")
    page.get_by_test_id("stepper").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#view=**")
    panel = opened(page)
    assert read(panel) == [page.url] != first


def test_a_link_that_no_camera_could_read_is_still_to_be_copied(visit):
    page = visit(f"/?cell=GRU&{'x' * 300}={'y' * 300}")
    panel = opened(page)
    panel.get_by_text("too long for a code").wait_for()
    assert panel.get_by_role("textbox").input_value() == page.url
    assert panel.get_by_role("img").count() == 0


def test_it_says_where_an_address_leads_to_this_machine_alone(visit):
    opened(visit("/")).get_by_text("leads to this machine alone").wait_for()


def test_the_link_is_copied_or_selected(visit):
    page = visit("/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel = opened(page)
    panel.get_by_role("button", name="copy the link to this view").click()
    panel.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("view", ["light", "phone", "projector", "dark"])
def test_it_lies_beside_the_menu_and_on_the_screen(visit, view):
    page = visit("/", view=view)
    button = page.get_by_role("button", name="share this view").bounding_box()
    menu = page.get_by_test_id("stMainMenuButton").bounding_box()
    assert button["x"] + button["width"] <= menu["x"]
    box = opened(page).bounding_box()
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
