"""A number out of range is refused where it was typed, in one sentence that has the range."""

import re

import pytest
from playwright.sync_api import expect

RUNS = "/Train?task=adding+problem&length=20&hidden=8&batch=8&cell=LSTM&updates=50"
SERIES = "/Your_data?data=shop&hidden=4"
PAGES = ["/?weights=fresh&sequence=numbers", RUNS + "&clip_norm=1", SERIES]
ALERT = """
(field) => {
  const alert = field.querySelector("[role=alert]");
  if (alert === null) return null;
  const { content, fontSize } = getComputedStyle(alert, "::after");
  const [box, around] = [alert.getBoundingClientRect(), field.getBoundingClientRect()];
  return { content, size: parseFloat(fontSize), height: box.height,
    isWithin: box.bottom <= around.bottom + 1 && box.right <= around.right + 1 };
}
"""


def fields(page):
    """Every number field of a page, its doors open."""
    for door in page.get_by_test_id("stExpander").all():
        if door.locator("details[open]").count() == 0:
            door.locator("summary").first.click()
            page.wait_for_timeout(150)
    return page.get_by_test_id("stNumberInput").filter(visible=True)


def told(field, text):
    """Type a number that is out of range; what is said of it, once it is."""
    box = field.locator("input")
    box.fill(text)
    box.press("Enter")
    field.get_by_role("alert").wait_for()
    return field.evaluate(ALERT)


@pytest.mark.parametrize("path", PAGES)
def test_every_number_field_says_what_it_takes(visit, path):
    page = visit(path)
    found = fields(page)
    assert found.count() >= 1
    seen = []
    for one in found.all():
        box = one.locator("input")
        before, address = box.input_value(), page.url
        for beyond in (box.get_attribute("min"), box.get_attribute("max")):
            sign = "-" if beyond == box.get_attribute("min") else ""
            said = told(one, f"{sign}1000000000000")
            assert said["isWithin"]
            assert (said["height"] > 12, said["size"] >= 12) == (True, True)
            sentence = re.fullmatch(
                r'"This can be a (whole )?number from (\S+) to (\S+); '
                r'what stood here before stays in force\."',
                said["content"],
            )
            low, high = (float(part.replace(",", "")) for part in sentence.group(2, 3))
            limits = [float(box.get_attribute(name)) for name in ("min", "max")]
            assert [low, high] == pytest.approx(limits, rel=1e-5)
        seen.append(sentence[0])
        assert page.url == address
        box.fill(before)
        box.press("Enter")
        expect(one.get_by_role("alert")).to_have_count(0)
    assert len(set(seen)) == len(seen) or len(seen) > 10  # each its own, not one for all


def test_the_sentence_is_in_the_visitor_s_language(visit):
    page = visit(f"{RUNS}&language=qps")
    field = page.get_by_test_id("stNumberInput").filter(visible=True).first
    assert told(field, "-5000")["content"].startswith('"⟦This can be ⟦a whole number')
