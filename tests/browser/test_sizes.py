"""The search over sizes in a browser: from the click to the table, cancelled, and with rubbish."""

import csv
import io
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.pressing import unanswered
from tests.browser.test_train_page import processes_of

SMALL = (
    "/Train?view=sizes&sizes+task=bit+recall&sizes+length=3&sizes+vary=hidden;cell"
    "&sizes+hidden=1,3&sizes+cell=LSTM;RNN+(tanh)&sizes+seeds=2&sizes+updates=50"
)
LONG = SMALL.replace("updates=50", "updates=2000").replace("length=3", "length=60")
PATIENCE = 120_000


def start(page):
    page.get_by_role("button", name="Start the search").click()


def rows_of(page, path):
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSV", exact=True).click()
    taken.value.save_as(path)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_a_search_from_the_click_to_the_table_the_file_and_the_step_page(visit, tmp_path):
    page = visit(SMALL)
    expect(page.get_by_text("4 choices × 2 seeds = 8 runs: about")).to_be_visible()
    start(page)
    expect(page.get_by_role("button", name="Train the best")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=PATIENCE)
    rows = rows_of(page, tmp_path / "tried.csv")
    assert [(row["hidden"], row["cell"], row["seed"]) for row in rows] == [
        (hidden, cell, seed) for hidden in "13" for cell in ("LSTM", "RNN (tanh)") for seed in "01"
    ]
    assert {row["ended"] for row in rows} == {"to the end"}
    page.get_by_role("button", name="Step through the best").click()
    expect(page.get_by_text("from training")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Back to the runs").click()
    expect(page.get_by_role("button", name="Train the best")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Train the best").click()
    expect(page.get_by_test_id("training")).to_be_visible(timeout=PATIENCE)
    assert "view=sizes" not in page.url


def test_what_was_found_stays_in_its_place_while_more_comes(visit):
    page = visit(SMALL.replace("updates=50", "updates=400"))
    start(page)
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible(timeout=PATIENCE)
    table.evaluate("one => { one.isTheSame = true; }")
    page.wait_for_timeout(3000)
    assert table.evaluate("one => one.isTheSame") or page.get_by_text("Best is").count()


def seconds_of(processes):
    """The processor time that processes have had so far, in ticks."""
    stats = (Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in processes)
    return sum(int(fields[11]) + int(fields[12]) for fields in stats)


def test_a_cancelled_search_leaves_nothing_running_and_says_what_was_tried(visit, app, tmp_path):
    page = visit(LONG)
    start(page)
    page.wait_for_function(
        "() => Number(document.querySelector('[role=progressbar]')?.ariaValueNow) >= 1",
        timeout=PATIENCE,
    )
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled: ")).to_be_visible(timeout=30_000)
    time.sleep(1.5)  # what a process is at is a turn of 0.15 s
    processes = processes_of(app)
    assert processes
    before = seconds_of(processes)
    time.sleep(2)
    assert seconds_of(processes) - before <= 5
    rows = rows_of(page, tmp_path / "tried.csv")
    assert rows
    assert {row["ended"] for row in rows} <= {"cancelled", "to the end"}
    assert all(int(row["updates"]) < 2000 for row in rows if row["ended"] == "cancelled")


def test_rubbish_is_answered_at_once_and_stays_to_be_mended(visit):
    page = visit(SMALL)
    box = page.get_by_label("Hidden size").and_(page.get_by_role("textbox"))
    box.fill("4, many")
    box.press("Enter")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("“many” is not possible", timeout=30_000)
    expect(page.get_by_role("button", name="Start the search")).to_be_disabled()
    assert box.input_value() == "4, many"
    box.fill("4, 5, 6")
    box.press("Enter")
    expect(alert).to_have_count(0, timeout=30_000)
    expect(page.get_by_text("6 choices × 2 seeds = 12 runs")).to_be_visible()
    page.wait_for_function("() => location.search.includes('4%2C+5%2C+6')")
    page.reload()
    expect(page.get_by_text("6 choices × 2 seeds = 12 runs")).to_be_visible(timeout=30_000)
    expect(box).to_have_value("4, 5, 6", timeout=30_000)


@pytest.mark.parametrize("view", ["dark", "phone"])
def test_it_fits_and_is_at_home_in_the_dark_and_on_a_phone(visit, view):
    page = visit(SMALL.replace("hidden;cell", "hidden"), view)
    start(page)
    expect(page.get_by_role("button", name="Train the best")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=PATIENCE)
    wide, there = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= there


def test_everything_that_looks_pressable_answers(visit):
    page = visit(SMALL)
    expect(page.get_by_role("button", name="Start the search")).to_be_enabled(timeout=PATIENCE)
    assert unanswered(page, page.get_by_test_id("stMain"), most=1) == []
