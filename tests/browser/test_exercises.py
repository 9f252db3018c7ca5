"""Exercises of courses that end in looking: what was altered, held or trained is seen to differ."""

import re
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

from rnnviz import Hold, trace
from rnnviz.cells import GALLERY
from rnnviz.challenges import CHALLENGES
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from tests.browser.test_challenges import badge, opened
from tests.browser.test_holding import value_of
from tests.browser.test_sizes import rows_of, start
from tests.browser.test_typed_weights import run_over
from tests.challenges.solutions import KNOWN

PATIENCE = 60_000  # milliseconds


def changed_by(page, path):
    """The stepper of a page whose address holds what is held."""
    page.goto(path)
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    return stepper


def norms(stepper, length, state="h"):
    """|dL/d(state)| at each step."""
    stepper.press("Home")
    found = []
    for _ in range(length):
        shown = stepper.locator(f".gradients [data-name='norm.{state}']")
        found.append(float(shown.get_attribute("data-value")))
        stepper.press("ArrowRight")
    return np.array(found)


def test_exercise_1_gates_that_let_one_input_matter(visit):
    """Dive into Deep Learning, gru, exercise 1: at t' z takes the candidate and r forgets, after it
    z keeps: of what comes before t' nothing is left, and nothing comes after."""
    at = 6
    held = f"hold:1:z:every:{at}-{at}:0,hold:1:r:every:{at}-{at}:0,hold:1:z:every:{at + 1}-15:1"
    cell = {"cell": "GRU (PyTorch)"}
    stepper = changed_by(visit("/"), f"/?{urlencode(cell)}#view={held},end")
    found = norms(stepper, 15)
    assert (found[: at - 1] == 0).all()
    assert found[at - 1 :] == pytest.approx(np.full(16 - at, found[-1]), rel=1e-12)
    assert found[-1] > 0
    shown = scene(StepSettings(**cell))
    x, other = shown.reading.x[:, 0], shown.reading.x[::-1, 1].copy()
    other[at - 1] = x[at - 1]
    holds = [
        Hold("z", 0.0, steps=[at - 1]),
        Hold("r", 0.0, steps=[at - 1]),
        Hold("z", 1.0, steps=range(at, 15)),
    ]
    ends = [trace(shown.network, one, hold=holds)["h"][-1] for one in (x, other)]
    assert ends[0] == pytest.approx(ends[1], abs=1e-12)


def test_exercise_5_without_the_tanh_h_leaves_its_range(visit):
    """Dive into Deep Learning, lstm, exercise 4: the alteration is pressed, every gate opened."""
    query = {"sequence": "numbers", "numbers": "3 3 3 3 3 3 3 3 3 3 3 3", "weights": "fresh"}
    page = visit(f"/?{urlencode({**query, 'hidden': 4})}")
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    open_gates = stepper.get_by_role("button", name="every gate at 1")
    open_gates.click()
    before = run_over(page, "h", 4)
    assert abs(before).max() < 1
    page.locator("summary").filter(has_text="What changes if").click()
    page.get_by_role("button", name="h without tanh").click()
    written = page.get_by_test_id("writing").get_by_test_id("state")
    expect(written).to_have_text("These equations are shown below.", timeout=PATIENCE)
    if open_gates.get_attribute("aria-pressed") != "true":
        open_gates.click()
    after = run_over(page, "h", 4)
    text = page.get_by_test_id("writing").get_by_role("textbox", name="Equations").input_value()
    shown = scene(StepSettings(cell="own", equations=text, hidden=4, **query))
    holds = [Hold(gate, 1.0) for gate in GALLERY["LSTM"].gates]
    expected = trace(shown.network, shown.reading.x[:, 0], hold=holds)["h"]
    assert after == pytest.approx(expected, abs=1e-12)
    assert abs(after).max() > 1


KEEPS = "remember forever"


def test_exercise_2_what_is_lost_without_each_gate_of_a_gru(visit):
    """Dive into Deep Learning, gru, exercise 4: with z alone the network can still remember; with r
    alone it cannot, and of a bit read in step 3 less reaches the end."""
    kept = {}
    for gone, left in (("r", "z"), ("z", "r")):
        page = visit("/By_hand?cell=GRU+(PyTorch)")
        bench = page.locator(".bench")
        bench.wait_for()
        page.locator("summary").filter(has_text="What changes if").click()
        page.get_by_role("button", name=f"Without the gate {gone}", exact=True).click()
        expect(bench.locator(f'[data-strip="{gone}"]')).to_have_count(0, timeout=PATIENCE)
        expect(bench.locator(f'[data-strip="{left}"]')).to_have_count(1)
        can = page.get_by_role("button", name=KEEPS)
        if gone == "r":
            can.click()
            expect(page.get_by_test_id("look")).to_contain_text("less than a ten-thousandth")
        else:
            expect(can).to_have_count(0)
            expect(page.get_by_test_id("look")).to_contain_text(
                f"No gate was found in this cell that sets: {KEEPS}"
            )
        first = page.locator("[data-name='norm.h']")
        kept[left] = float(first.get_attribute("data-value"))
    assert kept["z"] == pytest.approx(1, abs=0.01)
    assert kept["r"] < 0.01


def test_exercise_9_how_late_an_echo_a_width_manages(visit, tmp_path):
    """NYU Deep Learning, practicum 9: three steps later, two units fail and four find it, as by
    hand, where a queue of four holds it."""
    page = visit(
        "/Train?view=sizes&sizes+task=echo&sizes+length=3&sizes+vary=hidden;cell"
        "&sizes+hidden=2,4&sizes+cell=RNN+(tanh)&sizes+seeds=1&sizes+updates=600"
    )
    start(page)
    expect(page.get_by_role("button", name="Train the best")).to_be_visible(timeout=2 * PATIENCE)
    found = {row["hidden"]: float(row["metric"]) for row in rows_of(page, tmp_path / "echo.csv")}
    assert found["2"] < 0.8
    assert found["4"] > 0.95
    figure = page.locator(".js-plotly-plot").first
    expect(figure).to_be_visible(timeout=PATIENCE)
    assert CHALLENGES["delay-3"].units == 4


@pytest.mark.parametrize("key", ["parity", "delay-1", "delay-3"])
def test_exercises_8_and_9_by_hand_and_by_training(visit, key):
    """Plunkett & Elman, chapter 8, and the echo: two hundred updates go down from where it
    begins; the numbers of a person solve it."""
    page = opened(visit, key)
    page.get_by_role("button", name="Train 200 updates from here").click()
    said = page.get_by_test_id("training-from-here")
    expect(said).to_contain_text("200 of 200 updates", timeout=PATIENCE)
    first, now = re.search(r"from (\S+) to (\S+)\.", said.inner_text()).groups()
    assert value_of(now) < value_of(first)
    expect(badge(opened(visit, key, KNOWN[key].weights))).to_have_text("✓ solved")
