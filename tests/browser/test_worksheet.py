"""The Course page hands a teacher a lesson on paper: saved, it opens anywhere and prints apart."""

import pytest

from rnnviz.course.plans import PLANS
from rnnviz.web.course.worksheet import link_of


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_lesson_is_saved_and_opens_without_the_app(visit, browser, tmp_path, plan):
    page = visit("/Course")
    page.get_by_test_id("units").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name=f"{plan.minutes} minutes", exact=True).click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)

    context = browser.new_context(offline=True)
    alone, asked, said = context.new_page(), [], []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda message: said.append(message.text))
    alone.goto(file.as_uri())
    alone.emulate_media(media="print")
    breaks = alone.locator("section").evaluate_all(
        "(nodes) => nodes.map((node) => getComputedStyle(node).breakBefore)"
    )
    assert breaks == ["auto", "page", "page"]
    sheet = alone.locator("#worksheet")
    assert sheet.locator(".unit").count() == len(plan.units)
    address = page.url.rpartition("/")[0]
    for unit in plan.units:
        assert sheet.get_by_text(link_of(unit, address), exact=True).count() == 1
    for code in sheet.locator("svg").all():
        box = code.bounding_box()
        assert box["width"] == box["height"] >= 60
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    context.close()


def test_a_lesson_can_be_saved_twice(visit):
    page = visit("/Course")
    page.get_by_test_id("units").wait_for()
    for _ in range(2):
        with page.expect_download(timeout=15000):
            page.get_by_role("button", name="10 minutes", exact=True).click()
        page.wait_for_timeout(500)
