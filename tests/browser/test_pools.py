"""What a readout reads, from Train to the stepper: attention's bars, a pool's arithmetic."""

import pytest
from playwright.sync_api import expect

from tests.browser.pressing import unanswered
from tests.browser.test_language import READ, leftovers, spoken
from tests.browser.test_train_page import OPEN, counts, press, until

TASK = "task=marked+recall&length=12&hidden=8&batch=8&cell=RNN+(tanh)&updates=400"


def stepped(visit, more):
    """A run of some updates, opened in the stepper, at its last step."""
    page = visit(f"/Train?{TASK}&{more}")
    press(page, "play")
    until(page, lambda: counts(page)[0] > 30)
    press(page, "pause")
    press(page, OPEN)
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    page.get_by_role("button", name="last step").click()
    return page, stepper


def percent(share):
    """As the page rounds it: neither nothing nor all of it, unless it is."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 < share < 1 else f"{share:.0%}"


def explained(page):
    return page.get_by_test_id("explain")


def test_attention_is_drawn_over_the_steps_and_explains_the_answer(visit):
    page, stepper = stepped(visit, "readout=attention&layers=2&skip=True")
    shown = stepper.get_by_test_id("attention")
    shown.scroll_into_view_if_needed()
    weights = [
        float(number.get_attribute("data-value"))
        for number in shown.locator('[data-name="attention"]').all()
    ]
    assert len(weights) == 12
    assert sum(weights) == pytest.approx(1)
    numbers = shown.locator('[data-name="attention"]').all_text_contents()
    assert [*map(percent, weights)] == numbers
    expect(shown.get_by_test_id("attention-words")).to_contain_text("Most weight: step")
    stepper.get_by_test_id("readout").locator("button.number").first.click()
    read = explained(page).locator('button[data-name="readout.pool"]').first
    value = float(read.get_attribute("data-value"))
    read.click()
    rows = explained(page).locator("tr td:last-child")
    total = sum(float(t.replace("−", "-")) for t in rows.all_text_contents() if "×" not in t)
    assert total == pytest.approx(value, abs=1e-3)
    summand = explained(page).locator('button[data-name="readout.sum"]').first
    summand.click()
    expect(explained(page)).to_contain_text("sₜ = hₜ + xₜ")
    assert unanswered(page, explained(page), most=1) == []


@pytest.mark.parametrize(
    ("readout", "words"), [("mean", "The mean of all states so far"), ("maximum", "the largest")]
)
def test_the_answer_says_what_it_is_read_from(visit, readout, words):
    _page, stepper = stepped(visit, f"readout={readout}")
    expect(stepper.get_by_test_id("readout")).to_contain_text(words)
    expect(stepper.get_by_test_id("attention")).to_have_count(0)


def test_in_a_language_that_is_none_no_text_of_it_went_past_the_catalogue(visit):
    page = visit(spoken(f"/Train?{TASK}&readout=attention&layers=2&skip=True"))
    page.get_by_role("button", name="10 updates").click()
    until(page, lambda: counts(page)[0] == 10)
    page.get_by_role("button", name=OPEN).click()
    stepper = page.get_by_test_id("stepper")
    stepper.get_by_test_id("readout").locator("button.number").first.click()
    found = leftovers(page.evaluate(READ))
    for name in ("readout.pool", "readout.sum"):
        explained(page).locator(f'button[data-name="{name}"]').first.click()
        page.wait_for_timeout(300)
        found |= leftovers(page.evaluate(READ))
    assert found == {}
