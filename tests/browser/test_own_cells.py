"""A cell of one's own is trained, measured, raced, and on the cliff, in a real browser."""

from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import expect

from rnnviz import training
from rnnviz.equations import parse
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import Setup
from rnnviz.training.comparison.choices import read
from tests.browser.test_train_page import counts, look_at, number, press, until

TEXT = "k = sigmoid(W_k @ x + b_k)\nh = k * h_prev + (1 - k) * tanh(W @ x + U @ h_prev)"
HOSTILE = "h = <img src=x onerror=alert(1)>"


def write(page, text):
    """Type the equations, as a person would."""
    box = page.get_by_role("textbox", name="Equations")
    box.fill(text)
    box.press("Control+Enter")


def refusals(page):
    return page.locator('[data-testid="stAlert"]')


def test_from_where_it_is_written_it_is_trained(visit):
    """Its losses are those of a run of these equations from these weights; its link has both."""
    query = {"cell": "own", "equations": "h = tanh(W @ x)", "weights": "fresh", "hidden": 6}
    page = visit(f"/?{urlencode(query)}")
    writing = page.get_by_test_id("writing")
    writing.get_by_role("textbox", name="Equations").fill(TEXT)
    shown = writing.get_by_test_id("state")
    expect(shown).to_have_text("These equations are shown below.", timeout=30_000)
    page.get_by_test_id("weights").get_by_role("button", name="Weights").click()
    page.get_by_role("button", name="Train from these weights").click()
    page.wait_for_url("**/Train?*weights=*")
    page.get_by_test_id("training").wait_for()
    link = page.url
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10])
    chosen, refused = read({name: one for name, (one,) in parse_qs(urlparse(link).query).items()})
    assert refused == ""
    run = training.start(**chosen.base)
    assert (run.knobs.cell.cell, run.knobs.hidden) == (parse(TEXT), 6)
    losses = training.advance(run, 10).history["loss"]
    for update in (3, 7):
        look_at(page, update)
        assert number(page, "A", "loss") == pytest.approx(losses[update - 1], rel=1e-9)
    again = visit(f"/Train?{urlparse(link).query}")
    expect(again.get_by_role("textbox", name="Equations")).to_have_value(TEXT)


def test_on_gradients_its_curve_stands_beside_the_gallery_s(visit):
    page = visit("/Gradients?length=30&hidden=8&seed=3")
    root = page.get_by_test_id("gradients")
    root.get_by_text("just show me").click()
    expect(root.locator('[data-cell="own"]')).to_have_count(0)
    page.get_by_text("A cell of your own").click()
    write(page, TEXT)
    chip = root.locator('button[data-cell="own"]')
    expect(chip).to_have_attribute("aria-pressed", "true", timeout=30_000)
    expect(chip).to_contain_text("your own cell")
    shown = root.locator('[data-name="ratio own h"]')
    setup = Setup(cells=("own",), equations=TEXT, length=30, hidden=8, seed=3)
    found = curves(measure(setup.network("own"), setup.x, setup.judge))["h"]
    told = float(shown.get_attribute("data-value"))
    assert told == pytest.approx(found.log10_ratio, rel=1e-9)
    page.wait_for_function("location.search.includes('own') && location.search.includes('k+%3D')")
    write(page, HOSTILE)
    expect(refusals(page)).to_have_count(1, timeout=30_000)
    expect(refusals(page)).to_contain_text("Line 1, column")
    expect(root.locator('[data-cell="own"]')).to_have_count(0)


def test_in_the_race_its_parameters_are_counted(visit):
    page = visit("/Train?view=race&race+cells=own&race+lags=5&race+seeds=1&race+updates=100")
    write(page, HOSTILE)
    expect(refusals(page)).to_have_count(1, timeout=30_000)
    write(page, TEXT)
    expect(refusals(page)).to_have_count(0, timeout=30_000)
    page.get_by_role("button", name="Start the race").click()
    expect(page.get_by_test_id("race")).to_contain_text("your own cell", timeout=60_000)
    expect(page.get_by_role("button", name="CSV")).to_be_visible(timeout=120_000)


def test_on_the_cliff_its_ground_is_drawn_or_told_why_not(visit):
    page = visit("/Train?view=cliff&cliff+cell=own&cliff+steps=20")
    picture = page.locator(".js-plotly-plot")
    expect(picture).to_contain_text("weight U", timeout=60_000)
    write(page, "h = tanh(U_own @ h_prev + b_own)")
    expect(picture.last).to_contain_text("weight U_own", timeout=60_000)
    expect(picture).to_have_count(1)
    many = f"{TEXT} - tanh(U_2 @ h_prev)"
    for text, says in ((many, "No map of this cell"), (HOSTILE, "Line 1, column")):
        write(page, text)
        expect(refusals(page)).to_contain_text(says, timeout=30_000)
        expect(refusals(page)).to_have_count(1)
        expect(picture).to_have_count(0)
