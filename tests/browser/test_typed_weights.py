"""Weights that are typed: the by-hand exercises of courses, and where such weights go."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

import rnnviz
from rnnviz import tasks
from rnnviz.cells import GALLERY
from rnnviz.network.given import GivenWeights
from tests.browser.test_gradients_page import numbers

THRESHOLD = "h = sigmoid(1000 * (W @ x + U @ h_prev + b))"
PASTE = """
(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  const about = { clipboardData, bubbles: true, cancelable: true, composed: true };
  let node = document;
  while (node.activeElement?.shadowRoot ?? node.shadowRoot) node = node.activeElement.shadowRoot;
  node.activeElement.dispatchEvent(new ClipboardEvent("paste", about));
}
"""
ROWS, LAST = "1 2 3\n4 5 6\n7 8", "Row 3, column 3"
SOON = 1500  # milliseconds: in which the server is told, and answers


def opened(visit, numbers="", view="light", **choices):
    own = {"sequence": "numbers", "numbers": numbers} if numbers else {}
    page = visit(f"/?{urlencode({'weights': 'typed', **own, **choices})}", view=view)
    page.get_by_test_id("weights").wait_for()
    return page


def table(page, name):
    return page.locator(f'[data-parameter="{name}"]')


def fields(page, name):
    return table(page, name).get_by_role("spinbutton")


def type_in(page, name, rows):
    """By keys alone: a number, → to the next, and so from row to row."""
    fields(page, name).first.focus()
    for number in np.ravel(rows):
        page.keyboard.type(f"{number:g}")
        page.keyboard.press("ArrowRight")


def numbers_in(page, name):
    found = fields(page, name).evaluate_all("all => all.map((one) => Number(one.dataset.value))")
    return np.array(found)


def run_over(page, name, units):
    """What is shown of a value at every step, unrounded: (steps, units)."""
    root = page.get_by_test_id("stepper")
    root.focus()
    page.keyboard.press("Home")
    rows = []
    while True:
        nodes = [root.locator(f'[data-name="{name}"][data-unit="{k}"]').first for k in range(units)]
        rows.append([float(node.get_attribute("data-value")) for node in nodes])
        before = root.get_attribute("data-step")
        page.keyboard.press("ArrowRight")
        if root.get_attribute("data-step") == before:
            return np.array(rows)


def bits(number, length):
    """The lowest first."""
    return [(number >> k) & 1 for k in range(length)]


ADDER = {
    "0.W": [[1, 1], [1, 1], [1, 1]],
    "0.U": [[0, 1, 0], [0, 1, 0], [0, 1, 0]],
    "0.b": [-0.5, -1.5, -2.5],
    "readout.W": [[1, -1, 1]],
}
PARITY = {
    "0.W": [[1], [1]],
    "0.U": [[1, -1], [1, -1]],
    "0.b": [-0.5, -1.5],
    "readout.W": [[1, -1]],
}


def test_three_threshold_units_add_two_binary_numbers(visit):
    """CSC321, homework 5, question 1: 100111 + 110010, by the keyboard alone."""
    a, b = 0b100111, 0b110010
    rows = np.column_stack([bits(a, 8), bits(b, 8)])
    numbers = "\n".join(f"{x} {y}" for x, y in rows)
    page = opened(visit, numbers, cell="own", equations=THRESHOLD, hidden=3, outputs=1)
    for name, matrix in ADDER.items():
        type_in(page, name, matrix)
    answers = run_over(page, "prediction", 1)[:, 0]
    assert np.allclose(answers, bits(a + b, 8), atol=1e-12)
    cell = rnnviz.parse(THRESHOLD)
    params = {name: np.array(ADDER[f"0.{name}"], float) for name in "WUb"}
    recording = rnnviz.trace(cell, rows.astype(float), params=params)
    assert np.allclose(run_over(page, "h", 3), recording["h"], atol=1e-12)


def test_two_threshold_units_tell_odd_from_even(visit):
    """Plunkett & Elman, chapter 8, first half: by hand."""
    ones = [1, 0, 1, 1, 0, 1, 1]
    numbers = " ".join(map(str, ones))
    page = opened(visit, numbers, cell="own", equations=THRESHOLD, hidden=2, outputs=1)
    for name, matrix in PARITY.items():
        type_in(page, name, matrix)
    assert np.allclose(run_over(page, "prediction", 1)[:, 0], np.cumsum(ones) % 2, atol=1e-12)


def test_a_forward_pass_by_hand_is_checked_to_four_decimals(visit):
    W, U, b = [[0.5], [-1]], [[0.3, -0.2], [0.1, 0.8]], [0.1, -0.1]
    x, h = [1, -0.5, 2], np.zeros(2)
    page = opened(visit, " ".join(map(str, x)), cell="RNN (tanh)", hidden=2)
    for name, matrix in {"0.W": W, "0.U": U, "0.b": b}.items():
        type_in(page, name, matrix)
    root = page.get_by_test_id("stepper")
    root.focus()
    for number in x:
        h = np.tanh(np.array(W)[:, 0] * number + np.array(U) @ h + b)
        root.get_by_test_id("result-h").click()
        unit = int(root.get_attribute("data-chosen-unit"))
        expect(root.locator(".explain h3 .result")).to_have_text(f"{h[unit]:.4f}".replace("-", "−"))
        page.keyboard.press("Escape")
        root.focus()
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("cell", ["RNN (tanh)", "LSTM", "GRU (PyTorch)"])
def test_typed_numbers_are_the_engines_to_the_last_digits(visit, cell):
    network = rnnviz.Network.fresh(GALLERY[cell], inputs=1, hidden=3, seed=5)
    rounded = {n: np.round(a, 3) for n, a in network.parameters.items()}
    page = opened(visit, "0.5 -1 0.25 2", cell=cell, hidden=3)
    for name, array in rounded.items():
        type_in(page, name.replace("layers.", ""), array)
    recording = rnnviz.trace(network.replace(rounded), np.array([[0.5], [-1], [0.25], [2]]))
    assert np.allclose(run_over(page, "h", 3), recording["h"], rtol=0, atol=1e-12)


def test_a_pasted_network_is_one_change_and_one_undo(visit):
    page = opened(visit, "1 2 3", cell="LSTM", hidden=2)
    network = rnnviz.Network.fresh(GALLERY["LSTM"], inputs=1, hidden=2, seed=1)
    state = {n: a.tolist() for n, a in network.to_torch().state_dict().items()}
    page.get_by_text("As text: copy, paste").click()
    text = page.get_by_test_id("weights-text")
    text.fill(json.dumps(state))
    page.get_by_role("button", name="set the weights to what this text says").click()
    for name, array in network.parameters.items():
        assert np.array_equal(numbers_in(page, name.replace("layers.", "")), array.ravel()), name
    page.get_by_test_id("stepper").focus()
    page.keyboard.press("Control+z")
    assert not numbers_in(page, "0.W_f").any()
    page.keyboard.press("Control+Shift+z")
    assert numbers_in(page, "0.W_f").any()


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("1 2 3\n4 5 6", "3 rows are needed, one for each unit; this has 2."),
        (f"{ROWS} nine", f"{LAST}: “nine” is no number."),
        (f"{ROWS} NaN", f"{LAST}: “NaN” is no weight: it has to be a finite number."),
        (f"{ROWS} 1e9", f"{LAST}: 1e9 is too large: a weight lies between −10⁶ and 10⁶."),
    ],
)
def test_what_cannot_be_pasted_is_said_where_it_happened_and_the_numbers_stay(
    visit, pasted, sentence
):
    page = opened(visit, "1 2 3", cell="RNN (tanh)", hidden=3)
    type_in(page, "0.U", np.eye(3))
    fields(page, "0.U").first.focus()
    page.evaluate(PASTE, pasted)
    expect(table(page, "0.U").locator("xpath=..").get_by_role("alert")).to_have_text(sentence)
    assert np.array_equal(numbers_in(page, "0.U"), np.eye(3).ravel())
    page.evaluate(PASTE, "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]")
    assert np.array_equal(numbers_in(page, "0.U"), np.arange(1, 10))


def test_typed_weights_survive_a_reload_another_sequence_and_another_page(visit):
    page = opened(visit, "1 2 3", cell="RNN (tanh)", hidden=5)
    page.get_by_label("which weights").select_option("0.U")
    matrix = np.round(np.random.default_rng(0).normal(size=(5, 5)), 2)
    type_in(page, "0.U", matrix)
    page.wait_for_timeout(SOON)
    page.reload()
    page.get_by_test_id("weights").wait_for()
    page.wait_for_timeout(SOON)
    assert np.array_equal(numbers_in(page, "0.U"), matrix.ravel())
    link = page.url
    page.get_by_role("textbox", name="Your numbers").fill("3 2 1 0 1 2")
    page.get_by_role("textbox", name="Your numbers").press("Control+Enter")
    page.wait_for_timeout(SOON)
    assert np.array_equal(numbers_in(page, "0.U"), matrix.ravel())
    page.get_by_test_id("stSidebar").get_by_role("link", name="Train").click()
    page.get_by_test_id("training").wait_for()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Step").click()
    page.get_by_test_id("weights").wait_for()
    page.wait_for_timeout(SOON)
    assert np.array_equal(numbers_in(page, "0.U"), matrix.ravel())
    other = visit("/" + link.split("//")[1].partition("/")[2])
    other.get_by_test_id("weights").wait_for()
    other.wait_for_timeout(SOON)
    assert np.array_equal(numbers_in(other, "0.U"), matrix.ravel())


def test_a_link_that_was_cut_short_says_so(visit):
    page = visit("/?weights=typed&hidden=2#view=parameter:0.U_f:1;2;3")
    expect(page.get_by_text("This link was cut short")).to_be_visible()


def test_typed_begins_with_what_is_on_the_screen(visit):
    page = visit("/?weights=fresh&cell=RNN+(tanh)&hidden=2")
    page.get_by_role("button", name="Weights", exact=True).click()
    before = numbers_in(page, "0.U")
    page.get_by_test_id("stSidebar").get_by_text("typed", exact=True).click()
    page.get_by_text("typed weights: computed now").first.wait_for()
    page.wait_for_timeout(SOON)
    assert before.all()
    assert np.array_equal(numbers_in(page, "0.U"), before)


def test_a_run_begins_at_the_typed_weights_and_its_link_keeps_them(visit):
    task = tasks.find("temporal order")
    page = opened(visit, sequence="temporal order", cell="RNN (tanh)", hidden=2)
    matrix = np.array([[0.5, -1.25], [0.75, 2]])
    type_in(page, "0.U", matrix)
    type_in(page, "0.initial.h", [0.5, -0.25])
    page.get_by_role("button", name="Train from these weights").click()
    page.get_by_test_id("training").wait_for()
    page.wait_for_url("**/Train?*weights=*")
    query = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    assert query["hidden"] == "2"
    given = GivenWeights.read(query["weights"]).arrays
    assert np.array_equal(given["layers.0.U"], matrix)
    assert given["readout.W"].shape == (task.outputs, 2)
    assert np.array_equal(given["layers.0.initial.h"], [0.5, -0.25])
    begun = page.get_by_text("Every sequence begins at the states that were typed").first
    expect(begun).to_be_visible()
    expect(page.get_by_text("typed on the Step page").first).to_be_visible()
    again = visit("/Train?" + page.url.partition("?")[2])
    again.get_by_test_id("training").wait_for()
    expect(again.get_by_text("Draw the weights instead")).to_be_attached()


def test_the_gradients_page_measures_the_typed_network(visit):
    page = opened(visit, "1 0 0 0 0 0 0 0", cell="RNN (tanh)", hidden=1)
    for name, number in {"0.W": 1, "0.U": 0.5, "0.initial.h": 0.75}.items():
        type_in(page, name, [number])
    page.wait_for_timeout(SOON)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Gradients").click()
    page.get_by_test_id("gradients").wait_for()
    root = page.get_by_test_id("gradients")
    root.locator('[data-cell="scene"]').click()
    params = {"W": [[1.0]], "U": [[0.5]], "b": [0.0]}
    start = {"h": np.array([0.75])}
    recording = rnnviz.trace(GALLERY["RNN (tanh)"], np.eye(8, 1), params=params, initial=start)
    norms = recording.backward(at=-1).norms("h")
    assert float(numbers(root)["ratio scene h"]) == pytest.approx(
        np.log10(norms[0] / norms[-1]), rel=1e-9
    )
