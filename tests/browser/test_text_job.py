"""Going on with a text in a browser: samples as it learns, a coloured text, the way to Step."""

from functools import partial

import pytest

from tests.browser.pressing import unanswered
from tests.browser.test_train_page import counts, is_playing, press, until

QUICK = "/Your_data?data=rhymes&text_hidden=8&text_window=6&text_batch=8"
HOSTILE = "<img src=x onerror=alert(1)>"


def sample(page):
    return page.get_by_test_id("sample").locator("pre").inner_text()


def coloured(page):
    root = page.get_by_test_id("sentence")
    root.wait_for()
    return root


def learnt(page, updates=60):
    page.get_by_test_id("sample").wait_for()
    press(page, "play")
    until(page, lambda: counts(page) == [updates] and not is_playing(page), 120)
    coloured(page)


def test_samples_change_as_it_learns_and_the_same_seed_writes_the_same(visit):
    page = visit(f"{QUICK}&text_updates=4000")
    page.get_by_test_id("sample").wait_for()
    press(page, "play")
    seen = set()

    def changes():
        seen.add(sample(page))
        return len(seen) > 3

    until(page, changes, 60)
    press(page, "pause")
    coloured(page)
    written = sample(page)
    seed = page.get_by_role("spinbutton", name="Seed of the sample")
    seed.fill("7")
    seed.press("Enter")
    until(page, lambda: sample(page) != written)
    until(page, lambda: "text_draw=7" in page.url)
    seed.fill("0")
    seed.press("Enter")
    until(page, lambda: sample(page) == written)


def test_a_text_that_is_pasted_is_learnt_and_markup_is_text(visit):
    page = visit(f"{QUICK}&data=paste&text_updates=20".replace("data=rhymes&", ""))
    text = f"{HOSTILE} e\u0301te\u0301 我爱你 👍🏽\n" * 8
    page.locator("textarea").first.fill(text)
    page.locator("textarea").first.press("Control+Enter")
    page.get_by_test_id("sample").wait_for()
    typed = page.get_by_role("textbox", name="A text to look into")
    typed.fill(f"{HOSTILE}e\u0301👍🏽")
    typed.press("Enter")
    tokens = coloured(page).locator(".token")
    until(page, lambda: tokens.all_inner_texts()[-2:] == ["e\u0301", "👍🏽"])
    assert "".join(tokens.all_inner_texts()).startswith(HOSTILE.replace(" ", "␣"))
    assert page.locator("img[src=x]").count() == 0


def test_each_token_says_its_number_and_arrows_go_from_one_to_the_next(visit):
    page = visit(f"{QUICK}&text_sentence=jack+and+jill")
    root = coloured(page)
    says = root.get_by_test_id("token")
    first = root.locator(".token").first
    first.click()
    assert says.inner_text().startswith("Character 1 of 13, “j”: ")
    page.keyboard.press("ArrowRight")
    assert says.inner_text().startswith("Character 2 of 13, “a”: ")
    assert "“a” in place 2" in root.get_by_test_id("replaced").inner_text()
    page.keyboard.press("End")
    root.locator(".token").nth(4).hover()
    assert says.inner_text().startswith("Character 5 of 13, “␣”: ")
    page.mouse.move(0, 0)
    until(page, lambda: says.inner_text().startswith("Character 13 of 13"))
    assert root.locator('.token[tabindex="0"]').count() == 1


def test_another_colouring_changes_the_colours_and_what_is_said(visit):
    page = visit(f"{QUICK}&text_sentence=jack+and+jill")
    root = coloured(page)
    menus = root.locator("select")

    def colours():
        read = "all => all.map((one) => getComputedStyle(one).backgroundColor)"
        return root.locator(".token").evaluate_all(read)

    before = colours()
    menus.first.select_option(label="forget gate f")
    assert colours() != before
    gate = colours()
    menus.nth(1).select_option(label="3")
    assert colours() != gate
    number = float(root.locator(".token").first.get_attribute("data-value"))
    assert 0 < number < 1


def test_a_link_is_the_same_look_and_back_takes_it_back(visit):
    page = visit(f"{QUICK}&text_sentence=jack+and+jill")
    root = coloured(page)
    menus = root.locator("select")
    menus.first.select_option(label="forget gate f")
    until(page, lambda: "text_colour=0.f" in page.url)
    menus.nth(1).select_option(label="3")
    until(page, lambda: "text_unit=3" in page.url)
    root.locator(".token").nth(5).click()
    until(page, lambda: "text_token=6" in page.url)
    seed = page.get_by_role("spinbutton", name="Seed of the sample")
    seed.fill("7")
    seed.press("Enter")
    until(page, lambda: "text_draw=7" in page.url)
    looked_at = ("colour=0.f", "unit=3", "token=6")
    until(page, lambda: all(f"text_{said}" in page.url for said in looked_at))
    read = "all => all.map((one) => [one.dataset.value, one.ariaPressed])"
    seen = root.locator(".token").evaluate_all(read)
    other = coloured(visit(page.url.partition("/Your_data")[1] + "?" + page.url.partition("?")[2]))
    assert other.locator(".token").evaluate_all(read) == seen
    assert other.locator("select").first.input_value() == "forget gate f"
    for colour, unit in (("forget gate f", "3"), ("forget gate f", "all units: the mean")):
        page.go_back()
        until(page, partial(_are_chosen, menus, [colour, unit]))
    page.go_back()
    until(page, lambda: menus.first.input_value().startswith("replaced"))


def _are_chosen(menus, values):
    return [one.input_value() for one in menus.all()] == values


@pytest.mark.parametrize("rubbish", ["text_colour=9.z", "text_unit=x", "text_token=99999"])
def test_a_look_that_is_not_there_is_the_first_one(visit, rubbish):
    page = visit(f"{QUICK}&text_sentence=jack&{rubbish}")
    plain = visit(f"{QUICK}&text_sentence=jack")
    read = "all => all.map((one) => [one.dataset.value, one.ariaPressed])"
    looks = [coloured(one).locator(".token").evaluate_all(read) for one in (page, plain)]
    assert looks[0] == looks[1]


def test_the_network_is_stepped_through_the_text(visit):
    page = visit(f"{QUICK}&text_updates=20&text_sentence=jack+and&text_by=words&text_window=3")
    learnt(page, 20)
    page.get_by_role("button", name="Step A LSTM through this text").click()
    page.get_by_text("Back to the runs").wait_for()
    page.get_by_test_id("stepper").wait_for()
    page.get_by_text("Back to the runs").click()
    assert coloured(page).locator(".token").all_inner_texts() == ["jack", "and"]
    assert counts(page) == [20]


def test_a_sample_is_stepped_through_and_the_way_back_leads_to_it(visit):
    page = visit(f"{QUICK}&text_updates=20&text_length=12&text_start=jack")
    learnt(page, 20)
    written = sample(page)
    page.get_by_role("button", name="Step A LSTM through what it wrote").click()
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    assert stepper.get_attribute("data-step") == "0"
    stepper.press("End")
    until(page, lambda: stepper.get_attribute("data-step") == str(len(written) - 1))
    page.get_by_text("Back to the runs").click()
    coloured(page)
    assert sample(page) == written
    assert counts(page) == [20]


@pytest.mark.parametrize("view", ["phone", "dark"])
def test_the_coloured_text_is_readable(visit, view):
    """Each token stands out from its colour as WCAG asks of text, and none is cut off."""
    page = visit(f"{QUICK}&text_sentence=jack+and+jill+went+up+the+hill+to+fetch+a+pail", view)
    root = coloured(page)
    ratios = root.locator(".token").evaluate_all(
        """all => all.map((one) => {
          const style = getComputedStyle(one);
          const light = (text) => {
            const [r, g, b] = text.match(/[\\d.]+/g).map((n) => {
              const part = n / 255;
              return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const [a, b] = [light(style.color), light(style.backgroundColor)].sort();
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        })"""
    )
    assert min(ratios) > 4.4
    width = page.viewport_size["width"]
    boxes = [one.bounding_box() for one in root.locator(".token").all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


def test_everything_in_the_coloured_text_answers(visit):
    page = visit(f"{QUICK}&text_sentence=jack")
    root = coloured(page)
    assert unanswered(page, root, before=lambda: None, most=2) == []
