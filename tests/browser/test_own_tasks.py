"""The Train page with a series of the visitor's own, in a browser: all that a toy task can do."""

import csv
import re
from urllib.parse import parse_qs, urlsplit

from tests.browser.test_train_page import BRANCH, OPEN, counts, look_at, press, runs, until

DATA = "/Your_data?data=shop&hidden=8&updates=60&window=14&inputs=sales"
LINK = "/Train?task=series&hidden=6&updates=40&batch=8&length=9"


def go_to(page, name):
    page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("heading", name=name, exact=True).first.wait_for()


def choose_task(page, name):
    page.get_by_role("combobox", name="Task").click()
    page.get_by_role("option", name=name).click()
    page.get_by_test_id("stSidebar").get_by_text(re.compile("values of sales")).wait_for()


def query(page):
    return {name: said[0] for name, said in parse_qs(urlsplit(page.url).query).items()}


def test_a_series_is_chosen_from_the_menu_learnt_branched_stepped_through_and_taken_away(visit):
    page = visit(DATA)
    page.get_by_test_id("forecast").wait_for()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Train", exact=True).click()
    page.get_by_text("Watch it learn").first.wait_for()
    choose_task(page, "Your series: sales")
    until(page, lambda: query(page).get("task") == "series")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10, 10, 10])
    assert runs(page).get_by_text(re.compile(r"error on \d+ unseen")).first.is_visible()
    look_at(page, 4)
    press(page, BRANCH)
    until(page, lambda: counts(page) == [10, 10, 10, 4])
    page.get_by_text("Download: CSV").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).first.click()
    assert download.value.suggested_filename == "rnnviz-series-A-10.csv"
    rows = list(csv.DictReader(download.value.path().read_text().splitlines()))
    assert [row["update"] for row in rows] == [str(k) for k in range(11)]
    assert sum(name.startswith("dh_norms[") for name in rows[0]) == 14  # a window's rows
    look_at(page, 4)
    press(page, OPEN)
    page.get_by_test_id("stepper").wait_for()
    page.get_by_text("after 4 updates").first.wait_for()
    assert page.get_by_text("Your series: sales").first.is_visible()
    page.get_by_text("Back to the runs").click()
    until(page, lambda: counts(page) == [10, 10, 10, 4])


def test_a_link_without_the_data_says_what_to_bring_and_is_followed_once_they_are_there(visit):
    page = visit(LINK)
    said = "This link trains on a series, which no link carries"
    page.get_by_test_id("stMain").get_by_text(said).wait_for()
    assert query(page)["task"] == "series"
    page.get_by_test_id("stMain").get_by_role("link", name="Bring it: Your data").click()
    page.get_by_test_id("forecast").wait_for()  # a shipped example is there at once
    page.get_by_test_id("stSidebar").get_by_role("link", name="Train", exact=True).click()
    page.get_by_text("Watch it learn").first.wait_for()
    page.get_by_role("combobox", name="Task").wait_for()
    until(page, lambda: query(page).get("task") == "series")
    assert page.get_by_text(said).count() == 0
    assert {"hidden": "6", "length": "9", "updates": "40"}.items() <= query(page).items()
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    assert runs(page).get_attribute("data-at") == "latest"
