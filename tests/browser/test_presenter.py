"""Presenter mode is read from the back of a room, on every page, and leaving it brings all back."""

import pytest

from tests.browser.letters import letters, stretch

LEAST, CONTRAST = 15.95, 7.0  # pixels at 1280 × 720; WCAG AAA
FEW = 15
PAGES = {
    "Step": "/",
    "Step, own": "/?cell=own&beside=untouched",
    "Gradients": "/Gradients",
    "Train": "/Train",
    "Race": "/Train?view=race",
    "Which cell": "/Train?view=cells",
    "Sizes": "/Train?view=sizes",
    "Cliff": "/Train?view=cliff",
    "Own loop": "/Train?view=own",
    "A series": "/Your_data?data=shop",
    "A text": "/Your_data?data=rhymes",
    "Reviews": "/Your_data?data=reviews",
    "By hand": "/By_hand",
    "Shapes": "/Shapes?bidirectional=True&lengths=5;3;2",
    "Cells": "/Cells",
}
SIZES = {"800": (800, 600), "1024": (1024, 768), "1280": (1280, 720), "1920": (1920, 1080)}
COUNT_RUNS = """
() => {
  window.runs = 0;
  const app = document.querySelector("[data-testid=stApp]");
  const count = () => app.dataset.testScriptState === "notRunning" && (window.runs += 1);
  new MutationObserver(count).observe(app, { attributeFilter: ["data-test-script-state"] });
}
"""
AROUND = "[data-testid=stSidebar], [data-testid=stCaptionContainer], .rnnviz .caption"


def presented(path):
    return path + ("&" if "?" in path else "?") + "presenter=on"


def is_on(page):
    return page.evaluate("document.documentElement.hasAttribute('data-presenter')")


def around(page):
    """What stands around a page, as far as it is seen."""
    return page.locator(AROUND).filter(visible=True).count()


def the_button(page):
    return page.get_by_role("button", name="presenter mode")


def access(page, letter):
    """Press Alt and a letter; Playwright's own keyboard leaves out the letter."""
    key = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "unmodifiedText": letter}
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, **key})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def settled(page):
    """Nothing of what is to be read moves any more: its letters are the same twice."""
    page.wait_for_function("document.documentElement.hasAttribute('data-presenter')")
    before, seen = None, letters(page)
    for _ in range(20):
        if len(seen) > FEW and seen == before:
            return seen
        page.wait_for_timeout(600)
        before, seen = seen, letters(page)
    raise AssertionError("the page does not come to rest")


@pytest.mark.parametrize("view", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_letter_is_read_from_the_back_of_a_room(visit, path, view):
    page = visit(presented(path), view=view)
    page.set_viewport_size({"width": 1280, "height": 720})
    stretch(page)
    seen = settled(page)
    assert not {one for one in seen if one.size < LEAST}
    assert not {one for one in seen if one.contrast < CONTRAST and not one.is_off}
    assert around(page) == 0


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_stands_out_of_the_screen(visit, path, size):
    page = visit(presented(path))
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    settled(page)
    wide = "Math.max(...[...document.querySelectorAll('html, [data-testid=stMain]')].map(one =>"
    assert page.evaluate(f"{wide} one.scrollWidth - one.clientWidth))") <= 1


def test_letters_outside_of_it_are_small_and_pale(visit):
    """The measure sees them: it is not blind."""
    page = visit("/")
    page.get_by_test_id("gradient-norms").wait_for()
    seen = letters(page)
    assert min(one.size for one in seen) < LEAST
    assert min(one.contrast for one in seen if not one.is_off) < CONTRAST


@pytest.mark.parametrize("path", ["/", "/Train?view=race", "/Shapes"])
def test_leaving_it_brings_all_back(visit, path):
    page = visit(path)
    the_button(page).wait_for()
    page.wait_for_timeout(500)
    address, size = page.url, page.evaluate("getComputedStyle(document.documentElement).fontSize")
    the_button(page).click()
    page.wait_for_url("**presenter=on**")
    assert is_on(page)
    assert the_button(page).get_attribute("aria-pressed") == "true"
    assert page.get_by_test_id("stSidebar").filter(visible=True).count() == 0
    the_button(page).click()
    page.wait_for_url(address)
    assert not is_on(page)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == size


def test_its_key_is_the_access_key_of_its_button(visit):
    page = visit("/")
    the_button(page).wait_for()
    access(page, "p")
    page.wait_for_url("**presenter=on**")
    assert is_on(page)
    access(page, "p")
    page.wait_for_function("!location.search.includes('presenter')")
    assert not is_on(page)


def test_a_reload_another_page_and_back_keep_it(visit):
    page = visit("/Gradients")
    the_button(page).click()
    page.wait_for_url("**presenter=on**")
    page.reload()
    settled(page)
    page.get_by_role("link", name="Does a large bias alone").click()
    page.wait_for_url("**/Train?**lesson=forget**")
    page.wait_for_url("**presenter=on**")
    assert is_on(page)
    the_button(page).click()
    page.wait_for_function("!location.search.includes('presenter')")
    page.wait_for_timeout(500)
    page.go_back()
    page.wait_for_url("**presenter=on**")
    page.wait_for_function("document.documentElement.hasAttribute('data-presenter')")


def test_what_the_browser_alone_keeps_of_a_view_stays(visit):
    page = visit("/?cell=GRU")
    page.get_by_test_id("stepper").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**#view=step:4**")
    view = page.evaluate("location.hash")
    the_button(page).click()
    page.wait_for_url("**presenter=on**")
    page.wait_for_timeout(1500)
    assert page.evaluate("location.hash") == view
    assert page.get_by_test_id("stepper").get_attribute("data-step") == "3"


@pytest.mark.parametrize(
    ("path", "shown"), [("/", None), ("/Train", "Train"), ("/Shapes", None), ("/Cells", None)]
)
def test_it_is_a_view_of_every_page(visit, path, shown):
    """`view=presenter` is short for it; what Train looks at is what it looks at at first."""
    page = visit(f"{path}?view=presenter")
    settled(page)
    if shown:
        assert page.get_by_role("radio", name=shown, exact=True).is_checked()
    page.evaluate(COUNT_RUNS)
    the_button(page).click()
    page.wait_for_function("window.runs > 0")  # the server has answered: it stays so
    assert "presenter" not in page.url
    assert not is_on(page)


def test_a_view_of_train_is_shown_in_it(visit):
    page = visit(presented("/Train?view=race"))
    settled(page)
    assert page.get_by_role("radio", name="Fair race").is_checked()
    assert "view=race" in page.url
