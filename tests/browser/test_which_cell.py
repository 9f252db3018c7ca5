"""Which cell? From the click to the verdict, cancelled, on a phone and in the dark, in a real
browser."""

import csv
import io
import time
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from rnnviz import training
from rnnviz.training.tradeoffs import SAYINGS, arithmetic
from tests.browser.pressing import unanswered
from tests.browser.test_language import CUT, READ, leftovers, spoken
from tests.browser.test_reviews_job import CSV
from tests.browser.test_series_job import QUICK
from tests.browser.test_train_page import processes_of

CELLS = ("RNN (tanh)", "LSTM", "GRU (PyTorch)")
SMALL = {
    "view": "cells", "task": "marked recall", "length": 5, "hidden": 8, "batch": 8, "updates": 50,
    "compare cells": ";".join(CELLS), "compare seeds": 3, "compare lengths": 6,
}  # fmt: skip
LONG = SMALL | {"updates": 20_000, "hidden": 32, "compare seeds": 2}
OVER = 180_000


def address(**choices):
    return f"/Train?{urlencode(SMALL | choices)}"


def measure(page):
    page.get_by_role("button", name="Measure").click()
    page.get_by_role("button", name="ask again").wait_for(timeout=OVER)


def card(page, key):
    return page.locator(f'[data-card="{key}"]')


def saying(page, key):
    return page.locator(f".st-key-saying-{key}")


@pytest.mark.parametrize("view", ["light", "phone"])
def test_from_the_click_to_the_verdict(visit, view):
    page = visit(address(), view)
    expect(page.get_by_text("It takes at most about")).to_be_visible()
    expect(page.get_by_test_id("cards")).to_have_count(0)
    saying(page, "quarter").get_by_role("radio", name="it does not").click()
    guess = saying(page, "faster").get_by_role("radio", name="it holds here")
    guess.click()
    expect(guess).to_have_attribute("aria-checked", "true")
    measure(page)
    for one in SAYINGS:
        expect(saying(page, one.key)).to_contain_text("here.")
        expect(saying(page, one.key).get_by_role("radio")).to_have_count(0)
    expect(saying(page, "quarter")).to_contain_text("You")
    for cell in CELLS:
        knobs = training.Knobs(
            task="marked recall", length=5, hidden=8, batch=8, updates=50, cell=cell
        )
        for key, figure in (
            ("parameters", knobs.parameters),
            ("multiply-adds", arithmetic.of_step(knobs).multiply_adds),
            ("update-multiply-adds", arithmetic.of_update(knobs)),
        ):
            row = card(page, key).locator("tr", has=page.get_by_role("rowheader", name=cell))
            expect(row).to_contain_text(f"{figure:,}")
    expect(card(page, "score").locator(".dot")).to_have_count(3 * len(CELLS))
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text())))
    assert {row["cell"] for row in rows} == set(CELLS)
    assert sum(row["figure"] == "score" for row in rows) == 3 * len(CELLS)


def test_the_link_opens_the_same_choices(visit):
    page = visit(address())
    page.get_by_role("button", name="Remove LSTM").or_(
        page.get_by_label("Remove LSTM")
    ).first.click()
    page.wait_for_function("!location.search.includes('LSTM')")
    query = parse_qs(urlsplit(page.url).query)
    assert query["compare cells"] == ["RNN (tanh);GRU (PyTorch)"]
    again = visit(page.url)
    expect(again.get_by_text("To be compared:")).to_contain_text("8 units a layer")
    expect(again.get_by_role("button", name="Measure")).to_be_visible()


def processor_seconds(processes):
    """What these processes have used of the processor so far."""
    ticks = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in processes]
    return sum(int(found[11]) + int(found[12]) for found in ticks) / 100


@pytest.mark.parametrize("after", [0.5, 20])
def test_cancelled_it_leaves_nothing_running(visit, app, after):
    """Both while it is timed and while it is trained."""
    page = visit(address(**LONG))
    page.get_by_role("button", name="Measure").click()
    page.get_by_test_id("cards").wait_for(timeout=60_000)
    page.wait_for_timeout(1000 * after)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled: what had been measured")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(card(page, "score")).to_contain_text("not measured")
    workers, used = processes_of(app), []
    for _ in range(15):  # a turn that was begun is done to its end, and cold workers warm up first
        before = processor_seconds(workers)
        time.sleep(2)
        used.append(processor_seconds(workers) - before)
        if used[-1] < 0.1:
            return
    raise AssertionError(f"still at work: {used}")


def test_what_looks_pressable_answers(visit):
    page = visit(address())
    main = page.get_by_test_id("stMain")
    assert unanswered(page, main.locator(".st-key-sayings"), most=1) == []


@pytest.mark.parametrize("view", ["light", "phone"])
def test_every_text_is_of_the_catalogue_and_none_is_cut(visit, view):
    page = visit(spoken(address(**{"compare layers": "1;2", "compare skip": "both"})), view)
    found = leftovers(page.evaluate(READ))
    page.locator(".st-key-sayings").wait_for()
    page.locator('[data-testid="stBaseButton-primary"]').first.click()
    page.get_by_test_id("stDownloadButton").wait_for(timeout=OVER)
    found |= leftovers(page.evaluate(READ))
    assert found == {}
    assert page.evaluate(CUT) == []


def test_uploaded_reviews_are_compared_at_the_setting_they_were_learnt_at(visit, tmp_path):
    file = tmp_path / "reviews.csv"
    file.write_text(f"text;label\n{CSV}".replace(",", ";"), encoding="utf-16")
    page = visit("/Your_data?data=file&job=reviews&hidden=6&embedding=4&epochs=3&layers=2")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("48 texts are learnt from, 12 are held out").wait_for()
    page.get_by_role("link", name="Which cell?").click(timeout=120_000)
    page.wait_for_url("**/Train?*view=cells*")
    said = page.get_by_text("To be compared: Your reviews")
    expect(said).to_contain_text("6 units a layer", timeout=60_000)
    expect(said).to_contain_text("embedding 4")
    expect(page.get_by_text("they are left out")).to_have_count(0)
    measure(page)
    for one in SAYINGS:
        expect(saying(page, one.key)).to_contain_text("here.")
    expect(card(page, "score")).to_contain_text("accuracy on 12 held-out sequences")
    names = card(page, "score").get_by_role("rowheader").all_inner_texts()
    assert names == [f"{cell}, 2 layers" for cell in CELLS]
    expect(card(page, "score").locator(".dot")).to_have_count(5 * len(CELLS))


def test_ones_own_data_are_compared_from_the_page_where_they_were_brought(visit):
    page = visit(QUICK)
    page.get_by_role("link", name="Which cell?").click(timeout=120_000)
    page.wait_for_url("**/Train?*view=cells*")
    expect(page.get_by_text("To be compared: Your series")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Measure")).to_be_visible()
