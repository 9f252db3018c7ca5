"""Forecasting a series in a browser: from a press to a forecast, a window, and the way to Step."""

import re
from datetime import date, timedelta

import pytest

from tests.browser.pressing import unanswered
from tests.browser.test_bringing import choose, send
from tests.browser.test_train_page import counts, is_playing, press, runs, until

QUICK = "/Your_data?data=shop&hidden=8&updates=60&horizon=2&batch=8"


def forecast(page):
    root = page.get_by_test_id("forecast")
    root.wait_for()
    return root


def said(page, run="A LSTM"):
    """The sentence on one of the runs, which are listed with their parameters too."""
    return page.get_by_text(re.compile(f"^{run}, after [^;]+, (with|beats)")).inner_text()


def learnt(page, updates):
    forecast(page)
    press(page, "play")
    until(page, lambda: counts(page) == updates and not is_playing(page), 120)
    page.get_by_text(f"A LSTM, after {updates[0]:,} updates, ").wait_for()


def chosen(page):
    return int(forecast(page).get_attribute("data-chosen"))


def number(page, label):
    return page.get_by_role("spinbutton", name=label)


def chart(page):
    return forecast(page).get_by_role("group", name="Forecast: arrows choose")


def test_the_shipped_series_is_learnt_from_a_press_to_a_forecast_that_beats_its_last_value(visit):
    page = visit("/Your_data")
    learnt(page, [1000])
    assert re.search(r"beats (every baseline|last value)", said(page))
    least = page.get_by_test_id("errors").locator(".least")
    assert least.count() >= 2


def test_forecasts_are_drawn_anew_while_it_learns(visit):
    page = visit(QUICK.replace("updates=60", "updates=20000"))
    forecast(page)
    press(page, "play")
    seen = set()

    def changes():
        seen.add(said(page))
        return len(seen) > 3

    until(page, changes)
    assert is_playing(page)
    press(page, "pause")


def test_runs_side_by_side_are_compared_with_the_baselines_each(visit):
    page = visit(f"{QUICK}&cells=LSTM;GRU+(PyTorch)")
    learnt(page, [60, 60])
    assert said(page, "A LSTM") != said(page, r"B GRU \(PyTorch\)")
    assert forecast(page).get_attribute("data-runs") == "AB"
    assert page.get_by_test_id("errors").locator("tbody tr").count() == 5


def test_a_window_is_chosen_by_a_click_by_keys_and_by_its_number(visit):
    page = visit(QUICK)
    box = chart(page).bounding_box()
    chart(page).click(position={"x": 0.75 * box["width"], "y": box["height"] / 2})
    until(page, lambda: "end=" in page.url)
    at = chosen(page)
    assert at > 800
    assert f"end={at}" in page.url
    chart(page).press("ArrowRight")
    until(page, lambda: chosen(page) == at + 1)
    field = number(page, "Window that ends with row")
    assert field.input_value() == str(at + 1)
    field.fill("500")
    field.press("Enter")
    until(page, lambda: chosen(page) == 500)


def test_the_lines_that_are_hidden_and_the_rows_in_view_are_in_the_link(visit):
    page = visit(QUICK)
    entry = forecast(page).get_by_role("button", name="show linear regression")
    whole = forecast(page).get_by_role("button", name="show all rows")
    assert entry.get_attribute("aria-pressed") == "true"
    entry.click()
    whole.click()
    link = page.url
    again = forecast(visit(link))
    for shown in (forecast(page), again):
        one = shown.get_by_role("button", name="show linear regression")
        assert one.get_attribute("aria-pressed") == "false"
        assert shown.get_by_role("button", name="show all rows").is_disabled()
    page.go_back()
    until(page, whole.is_enabled)
    assert entry.get_attribute("aria-pressed") == "false"
    page.go_back()
    until(page, lambda: entry.get_attribute("aria-pressed") == "true")


def test_a_press_on_an_error_looks_at_forecasts_so_many_steps_ahead(visit):
    page = visit(QUICK)
    errors = forecast(page).get_by_role("img", name="Error by step ahead")
    box = errors.bounding_box()
    errors.click(position={"x": 0.75 * box["width"], "y": box["height"] / 2})
    until(page, lambda: "steps_ahead=2" in page.url)
    until(page, lambda: number(page, "Steps ahead").input_value() == "2")


def test_a_window_is_stepped_through_and_the_way_back_leads_to_the_runs(visit):
    page = visit(f"{QUICK}&end=850")
    learnt(page, [60])
    before = said(page)
    page.get_by_role("button", name="Step A LSTM through this window").click()
    page.get_by_test_id("stepper").wait_for()
    assert page.get_by_text("850", exact=True).count() >= 1
    page.get_by_role("link", name="Back to the runs").click()
    until(page, lambda: counts(page) == [60])
    assert said(page) == before
    assert chosen(page) == 850


def test_a_file_is_sent_its_columns_are_chosen_and_it_is_forecast(visit):
    """A column that repeats itself every seven days: the season is right to the last digit."""
    days = [f"{day:%d.%m.%Y}" for day in (date(2024, 1, 1) + timedelta(k) for k in range(140))]
    lines = [f"{day};{(k % 7) ** 2},5;{k % 3}" for k, day in enumerate(days)]
    page = visit("/Your_data?data=file&hidden=8&updates=60&window=10&season=7")
    send(page, "werte.csv", "\n".join(["Tag;Wert;Rest", *lines]))
    forecast(page)
    choose(page, "target", "Wert")
    until(page, lambda: "target=Wert" in page.url)
    learnt(page, [60])
    assert "last value" in said(page)
    season = page.get_by_test_id("errors").locator("tr", has_text="one season before")
    assert season.locator("td").all_inner_texts() == ["0", "0"]
    page.get_by_role("button", name="Step A LSTM through this window").click()
    page.get_by_test_id("stepper").wait_for()
    assert page.get_by_text("2024-04-21", exact=True).count() >= 1
    page.get_by_role("link", name="Back to the runs").click()
    until(page, lambda: counts(page) == [60])


def test_two_tabs_have_runs_of_their_own(visit):
    first, second = visit(QUICK), visit(QUICK)
    learnt(first, [60])
    assert counts(second) == [0]
    learnt(second, [60])
    assert counts(first) == [60]
    assert said(first) == said(second), "the same seed and data: the same runs"


def test_a_link_leads_to_the_same_runs_and_the_same_window(visit):
    page = visit(f"{QUICK}&end=850&steps_ahead=2")
    learnt(page, [60])
    page.wait_for_timeout(500)
    again = visit(page.url.partition(page.url.split("/Your_data")[0])[2])
    until(again, lambda: counts(again) == [60] and not is_playing(again))
    again.get_by_text("A LSTM, after 60 updates, ").wait_for()
    assert said(again) == said(page)
    assert chosen(again) == 850


def test_everything_in_the_charts_answers(visit):
    page = visit(QUICK)
    ahead = number(page, "Steps ahead")

    def begin():
        if ahead.input_value() != "2":
            ahead.fill("2")
            ahead.press("Enter")
            until(page, lambda: "steps_ahead=2" in page.url)

    assert unanswered(page, forecast(page), before=begin) == []


@pytest.mark.parametrize("view", ["dark", "phone"])
def test_the_page_is_no_wider_than_its_window(visit, view):
    page = visit(QUICK, view=view)
    forecast(page)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert runs(page).is_visible()
