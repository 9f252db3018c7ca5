"""The course, done as a learner does it: each act is passed when it was done, and not before."""

import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from rnnviz.course import ANNOUNCEMENTS, COURSE, UNITS
from rnnviz.web.bundle import BROWSER
from rnnviz.web.course.course_payload import PATHS
from tests.browser.doing import do
from tests.browser.pressing import unanswered
from tests.browser.test_presenter import access

LONG = 1500  # milliseconds in which nothing is done
EACH = pytest.mark.parametrize("unit", UNITS.values(), ids=lambda unit: unit.key)
ANNOUNCES = re.compile(r'announce\(\s*[\w.]+,\s*"(\w+)"')
LISTEN = """() => {
  window.announced = [];
  addEventListener("rnnviz-seen", ({ detail }) => window.announced.push(detail));
}"""


def address(unit):
    query, hash_, view = unit.link.partition("#")
    asked = {**parse_qs(query.removeprefix("?")), "course": [unit.key]}
    return f"/{PATHS[unit.page]}?{urlencode(asked, doseq=True)}{hash_}{view}"


def opened(page):
    strip = page.get_by_test_id("course")
    strip.wait_for()
    page.wait_for_timeout(LONG)  # the page below it is there, too
    return strip


def at(strip, stage, act=None):
    where = f'[data-stage="{stage}"]' + (f'[data-act="{act}"]' if act is not None else "")
    strip.and_(strip.page.locator(where)).wait_for()


@EACH
def test_a_learner_comes_to_the_end_of_a_unit_by_doing_what_it_says(visit, unit):
    page = visit(address(unit))
    strip = opened(page)
    page.evaluate(LISTEN)
    assert strip.get_by_role("heading").inner_text() == unit.title
    strip.get_by_role("button", name=unit.guess.options[unit.guess.answer], exact=True).click()
    at(strip, "acting", 0)
    if unit.revealed:
        page.locator(".veil").wait_for(state="hidden")
    while (place := strip.get_attribute("data-act")) is not None:
        act = unit.acts[int(place)]
        assert strip.locator(".act-text").inner_text() == act.text
        do(page, act.seen, lambda place=place: strip.get_attribute("data-act") != place)
        strip.and_(page.locator(f':not([data-act="{place}"])')).wait_for()
        passed = int(strip.get_attribute("data-act") or len(unit.acts))
        assert strip.locator(".found").inner_text() == unit.acts[passed - 1].found
        assert strip.locator(".found").get_attribute("data-how") == "done"
    assert "So it is" in strip.locator(".outcome").inner_text()
    assert unit.guess.outcome in strip.locator(".outcome").inner_text()
    for one in page.evaluate("window.announced"):
        known = ANNOUNCEMENTS[one.pop("what")]
        assert set(one) == set(known.values)
        assert unit.page in known.pages


@EACH
def test_a_unit_does_not_end_when_nothing_was_done(visit, unit):
    page = visit(address(unit))
    strip = opened(page)
    at(strip, "asking")
    strip.locator(".pill").first.click()
    at(strip, "acting", 0)
    page.wait_for_timeout(LONG)
    at(strip, "acting", 0)
    page.reload()  # it says where the page is, and that was no act of the learner's
    strip = opened(page)
    page.wait_for_timeout(LONG)
    at(strip, "acting", 0)
    assert strip.get_by_test_id("next-unit").inner_text() != "next unit ›"


@EACH
def test_each_act_can_be_shown_instead(visit, unit):
    page = visit(address(unit))
    strip = opened(page)
    strip.get_by_role("button", name="just show me").click()
    for place, act in enumerate(unit.acts):
        at(strip, "acting", place)
        strip.get_by_role("button", name="just show me").click()
        page.wait_for_timeout(LONG)
        assert strip.locator(".found").inner_text() == act.found
        assert strip.locator(".found").get_attribute("data-how") == "shown"
        if "#view=" in act.link:
            assert act.link.partition("#view=")[2] in page.url
        notice = page.get_by_test_id("notice")
        assert not notice.count() or not notice.inner_text()  # all of the link was understood
    at(strip, "ended")
    assert strip.locator(".outcome").inner_text().startswith("It came out:")


ON_SHAPES = [unit for unit in UNITS.values() if unit.page == "shapes"]


@pytest.mark.parametrize("unit", ON_SHAPES, ids=lambda unit: unit.key)
def test_what_is_true_of_a_call_is_shown_once_it_was_guessed(visit, unit):
    page = visit(address(unit))
    strip = opened(page)
    facts = page.get_by_role("heading", name="True here?")
    assert facts.count() == 0
    strip.locator(".pill").first.click()
    at(strip, "acting", 0)
    facts.wait_for()
    strip.get_by_role("button", name="leave the course").click()
    strip.wait_for(state="detached")
    facts.wait_for()


def test_the_access_key_n_leads_to_the_next_unit(visit):
    page = visit(f"{address(COURSE[0])}&presenter=on")
    strip = opened(page)
    assert strip.get_attribute("data-unit") == COURSE[0].key
    access(page, "n")
    strip.and_(page.locator(f'[data-unit="{COURSE[1].key}"]')).wait_for()


def test_one_goes_from_unit_to_unit_and_to_what_one_guessed(visit):
    page = visit(address(COURSE[0]))
    strip = opened(page)
    wrong = next(k for k in range(9) if k != COURSE[0].guess.answer)
    for unit in COURSE:
        page.wait_for_function(
            "([strip, key]) => strip.dataset.unit === key", arg=[strip.element_handle(), unit.key]
        )
        at(strip, "asking")
        strip.locator(".pill").nth(wrong).click()
        for place in range(len(unit.acts)):
            at(strip, "acting", place)
            strip.get_by_role("button", name="skip this act").click()
        at(strip, "ended")
        strip.get_by_test_id("next-unit").click()
        strip = page.get_by_test_id("course") if unit is not COURSE[-1] else strip
    units = page.get_by_test_id("units")
    units.wait_for()
    lines = units.get_by_role("list").first.get_by_role("listitem")
    assert lines.count() == len(COURSE)
    for k, unit in enumerate(COURSE):
        said = lines.nth(k).locator(".outcome").inner_text()
        assert unit.guess.options[wrong] in said
        assert unit.guess.outcome in said
    assert f"{len(COURSE)} of {len(COURSE)} units done." in units.inner_text()
    page.reload()
    page.get_by_test_id("units").get_by_text("✓ done").first.wait_for()


def test_progress_is_taken_along_as_a_file(visit, tmp_path):
    page = visit(address(COURSE[0]))
    strip = opened(page)
    strip.locator(".pill").first.click()
    page.goto("/Course")
    units = page.get_by_test_id("units")
    with page.expect_download() as saved:
        units.get_by_role("button", name="save my progress").click()
    saved.value.save_as(tmp_path / "progress.json")
    kept = json.loads((tmp_path / "progress.json").read_text())
    assert kept["units"][COURSE[0].key] == {"guess": 0, "acts": []}

    other = visit("/Course")
    units = other.get_by_test_id("units")
    field = units.get_by_label("a file of your progress")
    (tmp_path / "other.json").write_text('{"units": {}}')
    field.set_input_files(tmp_path / "other.json")
    units.get_by_text("holds no progress").wait_for()
    assert units.get_by_text("begun").count() == 0
    field.set_input_files(tmp_path / "progress.json")
    units.get_by_text("begun").wait_for()
    units.get_by_role("button", name="forget my progress").click()
    units.get_by_text("begun").wait_for(state="detached")
    units.get_by_role("button", name="undo").click()
    units.get_by_text("begun").wait_for()


@pytest.mark.parametrize("view", ["light", "phone", "projector", "dark", "presenter"])
def test_the_strip_covers_nothing_it_talks_about(visit, view):
    """It stands above the page, which begins below it; scrolled, it stays, at most half as high."""
    is_presented = view == "presenter"
    more = "&presenter=on" if is_presented else ""
    page = visit(address(COURSE[0]) + more, view="light" if is_presented else view)
    strip = opened(page)
    box, below = strip.bounding_box(), page.get_by_test_id("stepper").bounding_box()
    assert below["y"] >= box["y"] + box["height"]
    page.get_by_test_id("stepper").get_by_test_id("map-h").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = strip.bounding_box()
    assert 0 <= box["y"] < 60
    assert box["y"] + box["height"] < page.viewport_size["height"] / 2


def test_the_keys_are_the_pages_once_the_guess_is_made(visit):
    page = visit(address(COURSE[0]))
    strip = opened(page)
    strip.locator(".pill").first.focus()
    page.keyboard.press("Enter")
    at(strip, "acting", 0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    at(strip, "acting", 1)
    assert COURSE[0].acts[1].text in strip.get_by_role("status").inner_text()


def test_who_leaves_stays_on_the_page(visit):
    page = visit(address(COURSE[0]))
    strip = opened(page)
    strip.get_by_role("button", name="leave the course").click()
    strip.wait_for(state="detached")
    page.get_by_role("heading", name="Step through a recurrent network").wait_for()
    assert parse_qs(urlsplit(page.url).query)["cell"] == ["RNN (tanh)"]


@pytest.mark.parametrize("view", ["light", "phone", "projector"])
def test_the_first_page_leads_to_the_course_and_gives_it_no_room(visit, view):
    page = visit("/", view=view)
    page.get_by_test_id("stepper").wait_for()
    link = page.get_by_role("link", name="New to this? Take the course")
    box, corner = link.bounding_box(), page.locator(".st-key-corner .corner").bounding_box()
    heading = page.get_by_role("heading", name="Step through a recurrent network")
    assert box["y"] + box["height"] <= heading.bounding_box()["y"]
    is_beside = box["x"] + box["width"] <= corner["x"]
    assert is_beside or corner["y"] + corner["height"] <= box["y"]
    link.click()
    page.get_by_test_id("units").get_by_role("button", name="Begin", exact=True).click()
    strip = page.get_by_test_id("course")
    strip.wait_for()
    assert strip.get_attribute("data-unit") == COURSE[0].key


def test_what_an_address_says_of_every_page_goes_along(visit):
    page = visit(address(COURSE[0]) + "&language=qps")
    strip = opened(page)
    strip.get_by_test_id("next-unit").click()
    page.wait_for_url(f"**course={COURSE[1].key}**")
    assert parse_qs(urlsplit(page.url).query)["language"] == ["qps"]


@pytest.mark.parametrize("path", ["/Course", address(COURSE[0])], ids=["units", "strip"])
def test_everything_on_it_that_can_be_pressed_answers(visit, path):
    page = visit(path)
    root = page.get_by_test_id("units" if path == "/Course" else "course")

    def anew():
        page.goto(path)
        root.wait_for()

    assert unanswered(page, root, before=anew) == []


def test_an_address_that_names_no_unit_is_that_of_the_page(visit):
    page = visit("/?course=nothing")
    page.get_by_test_id("stepper").wait_for()
    assert page.get_by_test_id("course").count() == 0


def test_pages_announce_what_the_vocabulary_has():
    folders = (path for path in BROWSER.iterdir() if path.name != "bundles")
    sources = [path for folder in folders for path in folder.rglob("*.js")]
    found = {word for path in sources for word in ANNOUNCES.findall(path.read_text())}
    assert found == set(ANNOUNCEMENTS)
