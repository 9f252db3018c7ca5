"""Every map of the app as it is seen: full where the engine's number is large, and nowhere else."""

from urllib.parse import urlencode

import numpy as np
import pytest

import rnnviz
from rnnviz import training
from rnnviz.cells import GALLERY
from rnnviz.gradients.credit import credit
from rnnviz.gradients.measured import measure
from rnnviz.gradients.phase import PhaseDiagram
from rnnviz.gradients.setup import Setup
from rnnviz.gradients.waterfall import chain, waterfall
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from tests.browser.pixels import (
    assert_fuller_where_larger,
    assert_warmer_where_larger,
    cells,
)
from tests.browser.settling import settled

STEP = {"cell": "LSTM", "weights": "fresh", "hidden": 5, "sequence": "numbers"}
NUMBERS = "-6 -4 -2 -1 0 1 2 3 5"
READ = Setup(hidden=6, length=18, forget_bias=0.0)
TRAINED = {"task": "adding problem", "length": 12, "hidden": 8, "batch": 8, "cell": "RNN (tanh)"}
UPDATES = 24
AXES = (46, 2, 140, 2)  # pixels of a chart that are not its map's: left, top, right, bottom


@pytest.fixture
def stepper(visit):
    """The stepper, and the run it shows."""
    page = visit(f"/?{urlencode({**STEP, 'numbers': NUMBERS})}")
    found = settled(page.get_by_test_id("stepper"))
    shown = scene(StepSettings(**STEP, numbers=NUMBERS))
    return found, rnnviz.trace(shown.network, shown.reading.x[:, :1]).layer(0)


@pytest.fixture
def gradients(visit):
    """The Gradients page, and what is measured of its LSTM."""
    asked = {"cells": "LSTM", "hidden": READ.hidden, "length": READ.length, "forget_bias": 0}
    page = visit(f"/Gradients?{urlencode(asked)}")
    root = page.get_by_test_id("gradients")
    root.wait_for()
    if root.get_by_text("just show me").is_visible():
        root.get_by_text("just show me").click()
    root.locator('.spectra [data-state="current"]').wait_for(state="attached", timeout=60_000)
    return root, measure(READ.network("LSTM"), READ.x, READ.judge)


@pytest.mark.parametrize("name", ["i", "f", "o"])
def test_a_gate_is_full_where_it_is_open(stepper, name):
    root, recording = stepper
    numbers = recording[name][:, 0].T
    seen = cells(root.get_by_test_id(f"map-{name}"), *numbers.T.shape)
    assert_fuller_where_larger(seen, numbers)


@pytest.mark.parametrize("name", ["g", "c", "h"])
def test_a_signed_value_is_blue_below_zero_and_orange_above(stepper, name):
    root, recording = stepper
    numbers = recording[name][:, 0].T
    seen = cells(root.get_by_test_id(f"map-{name}"), *numbers.T.shape)
    assert_warmer_where_larger(seen, numbers)


def test_a_click_on_a_square_chooses_its_unit_and_step(stepper):
    root, recording = stepper
    time, units = recording["h"][:, 0].shape
    canvas = root.get_by_test_id("map-h")
    box = canvas.bounding_box()
    for step, unit in [(0, 3), (time - 2, units - 1), (4, 0)]:
        x, y = (step + 0.5) / time * box["width"], (unit + 0.5) / units * box["height"]
        canvas.click(position={"x": x, "y": y})
        assert root.get_attribute("data-step") == str(step)
        assert root.get_attribute("data-chosen-unit") == str(unit)


@pytest.fixture
def reads_five(browser, tmp_path):
    """A stepper whose run reads five inputs, from a file, and those inputs (time, 5)."""
    x = np.random.default_rng(6).uniform(-2, 2, (9, 5)).round(2)
    network = rnnviz.Network.fresh(GALLERY["GRU (PyTorch)"], inputs=5, hidden=4, outputs=2, seed=1)
    (tmp_path / "run.html").write_text(rnnviz.trace(network, x).to_html(), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "run.html").as_uri())
    page.get_by_test_id("stepper").wait_for()
    yield page, x
    page.close()


def test_the_inputs_stand_where_they_are_read(reads_five):
    page, x = reads_five
    assert_warmer_where_larger(cells(page.locator(".input-map"), *x.shape), x.T)


def test_the_square_that_is_dragged_is_the_one_that_changes(reads_five):
    page, x = reads_five
    box = page.locator(".input-map").bounding_box()
    left, top = box["x"] + 3.5 / 9 * box["width"], box["y"] + 1.5 / 5 * box["height"]
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left, top - 30, steps=4)
    page.mouse.up()
    shown = [
        float(page.locator(f'.square-handle[data-input="{k}"]').get_attribute("data-value"))
        for k in range(5)
    ]
    assert page.get_by_test_id("stepper").get_attribute("data-step") == "3"
    assert shown[1] > x[3, 1]
    assert [*shown[:1], *shown[2:]] == [*x[3, :1], *x[3, 2:]]


def test_the_factors_of_the_direct_path_are_full_where_they_keep(gradients):
    root, measured = gradients
    factors = waterfall(measured).factors[:, 0]
    seen = cells(root.locator(".why canvas"), *factors.shape)
    assert_fuller_where_larger(seen, np.clip(factors.T, 0, 1))


def test_credit_is_full_where_a_step_teaches_most(gradients):
    root, measured = gradients
    found = credit(measured)
    exponents = np.log10(np.maximum(found.shares, 1e-300))
    shown = np.maximum(exponents, exponents.max() - 6)
    for k, gate in enumerate(found.gates):
        stripe = root.get_by_role("img", name=f"Share of each step in the gradient of {gate}")
        assert_fuller_where_larger(cells(stripe, READ.length, 1), shown[:, k][None])


def test_the_jacobian_s_rows_are_units_after_the_step_and_its_columns_before(gradients):
    root, measured = gradients
    jacobian = chain(measured).matrices[-1]
    seen = cells(root.locator(".matrix canvas"), *jacobian.shape)
    assert_warmer_where_larger(seen, jacobian)


def test_the_phase_diagram_has_scales_across_and_lengths_up(visit):
    page = visit("/Gradients?hidden=4&cells=RNN")
    page.get_by_text("Compute it").click()
    diagram = page.locator('[data-testid="phase"][data-done="1"]')
    diagram.wait_for(timeout=60_000)
    *_, whole = PhaseDiagram(Setup(("RNN",), hidden=4)).blocks()
    for name, log10 in zip(whole.cells, whole.log10, strict=True):
        if not name.startswith("RNN"):
            continue
        canvas = diagram.get_by_role("img", name=f"Phase diagram of {name}")
        seen = cells(canvas, *log10.shape)
        assert_warmer_where_larger(seen, np.clip(np.nan_to_num(log10, nan=-12), -12, 12).T[::-1])


def test_updates_run_to_the_right_and_time_downward(visit):
    asked = {**TRAINED, "updates": UPDATES}
    page = visit(f"/Train?{urlencode(asked)}")
    page.get_by_role("button", name="play", exact=True).click()
    page.wait_for_selector(f'[data-testid="training"][data-updates="{UPDATES}"]', timeout=60_000)
    page.wait_for_timeout(300)
    run = training.advance(training.start(**asked), UPDATES)
    exponents = np.log10(run.history["dh_norms"]).T
    chart = page.locator(".map-row canvas").first
    assert_fuller_where_larger(cells(chart, *exponents.T.shape, edges=AXES), exponents)
