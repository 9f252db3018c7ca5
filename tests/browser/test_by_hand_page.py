"""The By hand page in a browser: its numbers are the engine's, and everything can be set."""

import re
from functools import partial
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from rnnviz import trace
from rnnviz.cells import MENU
from rnnviz.scenes.by_hand import ByHandSettings, by_hand_scene, start_of
from tests.browser.entries import fill

SIDES = 51  # pixels of the page beside its content, on a projector
BIFURCATION = "/By_hand?cell=RNN+(tanh)&begin=edge"


@pytest.fixture
def by_hand(visit):
    """`by_hand("?cell=LSTM#view=…")` → the page, once its rows are there."""

    def open_page(path="", view="light"):
        page = visit(f"/By_hand{path}", view)
        page.locator(".bench").wait_for()
        return page

    return open_page


def test_weights_at_random_are_drawn_from_one_seed_after_another_and_undone(by_hand):
    page = by_hand("?cell=GRU+(PyTorch)&units=2")
    weights = page.locator("[data-parameter]:not([data-parameter=start]) [data-entry]")
    numbers = lambda: weights.all_inner_texts()  # noqa: E731
    before = numbers()
    page.get_by_role("button", name="draw all weights from seed 1").click()
    first = numbers()
    page.get_by_role("button", name="draw all weights from seed 2").click()
    assert len({tuple(one) for one in (before, first, numbers())}) == 3
    page.get_by_test_id("stepper").press("Control+z")
    eventually(lambda: numbers() == first, page)
    page.reload()
    page.locator(".bench").wait_for()
    eventually(lambda: numbers() == first, page)
    page.get_by_role("button", name="draw all weights from seed 1").click()
    eventually(lambda: numbers() == first, page)


HELD = "hold:1:f:1:5-9:0.25,step:6,end"


def test_what_a_link_holds_is_spoken_of_wherever_it_counts(by_hand):
    """Beside the strip, at the curve, in the map and its states at rest; and it can be released."""
    page = by_hand(f"#view={HELD}")
    expect(page.get_by_test_id("held")).to_contain_text("forget gate, unit 1, steps 5–9 = 0.25")
    note = page.locator('.strip-note:has([data-name="f"])')
    expect(note).to_contain_text("held")
    assert shown(page, "f") == 0.25
    curve = page.locator('.row-middle:has([data-name="f.4"]) .slope')
    expect(curve).to_have_text("held: slope 0.00")
    map_says = page.get_by_test_id("held in the map")
    expect(map_says).to_contain_text("forget gate, unit 1, steps 5–9 = 0.25")
    rest = page.get_by_test_id("at-rest")
    expect(rest.locator("li:visible")).to_have_count(1)
    while_held = rest.inner_text()
    page.locator('[data-scenario="remember"]').click()
    expect(page.get_by_test_id("look")).to_contain_text("what is held does not follow them")
    page.get_by_role("button", name="release: forget gate").click()
    expect(page.get_by_test_id("look")).to_contain_text("Look at c")
    for gone in (page.get_by_test_id("held"), map_says):
        expect(gone).to_be_hidden()
    assert rest.inner_text() != while_held


def entry(page: Page, table: str, index: int = 0):
    return page.locator(f'[data-parameter="{table}"] [data-entry="{index}"]')


def shown(page: Page, name: str, unit: int | None = 0) -> float:
    of_unit = "" if unit is None else f'[data-unit="{unit}"]'
    number = page.locator(f'.strip-note [data-name="{name}"]{of_unit}')
    return float(number.get_attribute("data-value"))


def eventually(test, page: Page):
    """Wait until a test of the page holds."""
    for _ in range(50):
        if test():
            return
        page.wait_for_timeout(40)
    assert test()


@pytest.mark.parametrize(
    ("settings", "changed", "view"),
    [
        ({}, {}, ""),
        ({}, {"layers.0.b_f": (0, -0.7)}, "weight:0.b_f:1:-0.7,"),
        (
            {"cell": "GRU (PyTorch)", "units": 2, "outputs": 1},
            {"readout.W": (1, 2.5)},
            "weight:readout.W:2:2.5,unit:2,",
        ),
        ({"cell": "sLSTM", "units": 3, "inputs": 2, "loss": "every"}, {}, "unit:2,"),
    ],
)
def test_what_stands_beside_each_strip_is_what_trace_computes(by_hand, settings, changed, view):
    query = "&".join(f"{key}={value}" for key, value in settings.items()).replace(" ", "+")
    page = by_hand(f"?{query}#view={view}end")
    chosen = ByHandSettings(**settings)
    scene = by_hand_scene(chosen)
    arrays = {name: array.copy() for name, array in scene.network.parameters.items()}
    for name, (index, value) in changed.items():
        arrays[name].ravel()[index] = value
    network = scene.network.replace(arrays)
    recording = trace(network, scene.reading.x[:, 0])
    gradients = recording.backward(at=scene.asked.steps)
    unit = 1 if "unit:2" in view else 0
    cell = network.layers[0].cell
    for step in range(chosen.length):
        for name in cell.names:
            expected = recording[name][step, unit]
            assert shown(page, name, unit) == pytest.approx(expected, rel=1e-12, abs=1e-15)
        for state in cell.h_and_states:
            expected = np.linalg.norm(gradients[state][step])
            assert shown(page, f"norm.{state}", None) == pytest.approx(expected, rel=1e-11)
        for k in range(chosen.outputs):
            expected = recording.prediction[step, k]
            assert shown(page, "prediction", k) == pytest.approx(expected, rel=1e-12)
        page.get_by_test_id("stepper").press("ArrowRight")


def test_a_weight_is_typed_dragged_and_stepped_and_all_of_it_can_be_undone(by_hand):
    page = by_hand()
    bias = entry(page, "f", 2)
    fill(bias, "-3")
    bias.press("Enter")
    assert shown(page, "f") == pytest.approx(1 / (1 + np.exp(3)), rel=1e-12)
    bias.press("ArrowUp")
    assert shown(page, "f") == pytest.approx(1 / (1 + np.exp(2.9)), rel=1e-12)
    expect(page.get_by_test_id("changed")).to_have_text("1 change")
    slider = page.locator('[data-parameter="f"] .weight-slider').nth(2).bounding_box()
    page.mouse.move(slider["x"] + 5, slider["y"] + slider["height"] / 2)
    page.mouse.down()
    page.mouse.move(slider["x"] + slider["width"] / 2, slider["y"] + 5, steps=4)
    page.mouse.up()
    assert shown(page, "f") == 0.5
    for expected in (-2.9, -3.0, 2.5):
        page.get_by_role("button", name="undo").click()
        assert shown(page, "f") == pytest.approx(1 / (1 + np.exp(-expected)), rel=1e-12)
    page.get_by_role("button", name="redo").click()
    assert shown(page, "f") == pytest.approx(1 / (1 + np.exp(3)), rel=1e-12)


def test_a_text_that_is_no_number_leaves_the_weight_and_says_so(by_hand):
    page = by_hand()
    before = shown(page, "f")
    fill(entry(page, "f", 2), "much")
    entry(page, "f", 2).press("Tab")
    expect(page.get_by_role("alert").filter(has_text="much")).to_be_visible()
    assert shown(page, "f") == before


def test_the_point_on_a_curve_is_dragged_to_another_bias(by_hand):
    page = by_hand()
    box = page.locator(".curve-plot").nth(1).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 30 - box["width"] / 12, box["y"] + 30, steps=3)
    page.mouse.up()
    assert float(entry(page, "f", 2).get_attribute("data-value")) == pytest.approx(1.5, abs=0.1)


def test_an_input_is_drawn_with_the_pointer_and_is_one_entry_of_the_history(by_hand):
    page = by_hand()
    box = page.locator(".input-strip .strip-plot").bounding_box()

    def at(step, part):
        return box["x"] + box["width"] * (step + 0.5) / 16, box["y"] + box["height"] * part

    page.mouse.move(*at(4, 0.02))
    page.mouse.down()
    page.mouse.move(*at(10, 0.02), steps=3)
    page.mouse.up()
    typed = page.get_by_label("a number for each step").input_value().split()
    assert [float(number) > 0.9 for number in typed] == [t == 2 or 4 <= t <= 10 for t in range(16)]
    page.get_by_role("button", name="undo").click()
    assert page.get_by_label("a number for each step").input_value().startswith("0 0 1 ")


def test_the_sequence_is_typed_and_what_is_none_is_refused_in_a_sentence(by_hand):
    page = by_hand()
    field = page.get_by_label("a number for each step")
    field.fill("1 2, 3")
    field.press("Enter")
    assert shown(page, "x") == 1.0
    field.fill("1 2 x")
    field.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="x")).to_be_visible()
    assert field.input_value() == "1 2 x"
    assert shown(page, "x") == 1.0
    field.fill(" ".join(["1"] * 17))
    field.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="17 numbers")).to_be_visible()


def test_keys_alone_go_through_a_weight_an_input_and_the_steps(by_hand):
    page = by_hand()
    handle = page.get_by_role("slider", name="input at step")
    handle.focus()
    handle.press("ArrowUp")
    assert shown(page, "x") == pytest.approx(0.1)
    handle.press("ArrowRight")
    assert page.get_by_test_id("stepper").get_attribute("data-step") == "1"
    entry(page, "i", 0).focus()
    page.keyboard.press("ArrowDown")
    assert float(entry(page, "i", 0).get_attribute("data-value")) == pytest.approx(2.9)
    page.keyboard.press("Control+z")
    assert float(entry(page, "i", 0).get_attribute("data-value")) == 3.0


def test_as_the_recurrent_weight_crosses_1_one_state_at_rest_becomes_three(by_hand):
    page = by_hand(BIFURCATION.removeprefix("/By_hand"))
    rest = page.get_by_test_id("at-rest").locator("li:visible")
    weight = entry(page, "h", 1)
    for value, kinds in [("0.8", ["stable"]), ("1.6", ["stable", "unstable", "stable"])]:
        fill(weight, value)
        assert [one.get_attribute("data-kind") for one in rest.all()] == kinds
    root = float(rest.last.locator("b").get_attribute("data-value"))
    assert root == pytest.approx(np.tanh(1.6 * root), rel=1e-9)
    slope = 1.6 * (1 - root**2)
    assert f"{100 * slope:.0f}% of a push is left a step later" in rest.last.inner_text()
    assert "pushed away ×1.60 a step" in rest.nth(1).inner_text()


def test_a_press_on_the_map_starts_the_run_there(by_hand):
    page = by_hand(BIFURCATION.removeprefix("/By_hand"))
    diagonal = page.locator(".state-picture .diagonal").bounding_box()
    page.mouse.click(diagonal["x"] + diagonal["width"] / 4, diagonal["y"] + 60)
    start = float(entry(page, "start").get_attribute("data-value"))
    assert start == pytest.approx(-1.15 / 2, abs=0.02)
    assert shown(page, "h") == pytest.approx(np.tanh(start), rel=1e-12)


def test_the_link_is_the_view_and_a_reload_keeps_it(by_hand):
    page = by_hand("?units=2")
    page.get_by_role("button", name="unit 2").click()
    fill(entry(page, "o", 0), "1.25")
    page.wait_for_function("() => location.hash.includes('1.25')")
    page.reload()
    page.locator(".bench").wait_for()
    eventually(lambda: entry(page, "o", 0).get_attribute("data-value") == "1.25", page)
    assert page.get_by_test_id("stepper").get_attribute("data-chosen-unit") == "1"


def test_weights_stay_where_the_sequence_gets_longer_and_go_with_another_cell(by_hand):
    page = by_hand()
    fill(entry(page, "f", 2), "0.25")
    entry(page, "f", 2).press("Enter")
    page.get_by_test_id("stExpandSidebarButton").click()
    length = page.get_by_role("spinbutton", name="Sequence length")
    length.fill("20")
    length.press("Enter")
    eventually(lambda: page.locator(".step-numbers span").count() == 20, page)
    assert entry(page, "f", 2).get_attribute("data-value") == "0.25"


def test_a_number_opens_its_arithmetic(by_hand):
    page = by_hand("#view=step:3,end")
    page.locator('.strip-note [data-name="c"]').click()
    panel = page.get_by_test_id("explain")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_the_view_is_saved_as_a_file_that_shows_it_without_the_app(by_hand, browser, tmp_path):
    page = by_hand()
    fill(entry(page, "f", 2), "-1.5")
    entry(page, "f", 2).press("Enter")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="This view as one HTML file").click()
    path = tmp_path / "by-hand.html"
    waiting.value.save_as(path)
    alone = browser.new_page()
    alone.goto(path.as_uri())
    alone.locator(".bench").wait_for()
    assert shown(alone, "f") == shown(page, "f")
    assert entry(alone, "f", 2).get_attribute("data-value") == "-1.5"
    alone.close()


def test_the_sidebar_is_closed_and_the_whole_run_is_on_the_first_screen(by_hand):
    page = by_hand()
    assert page.locator('[data-testid="stSidebar"][aria-expanded="true"]').count() == 0
    boxes = [one.bounding_box() for one in page.locator(".time-strip").all()]
    assert max(box["y"] + box["height"] for box in boxes) <= 810


def test_on_a_phone_the_hidden_state_stays_in_sight(by_hand):
    page = by_hand(view="phone")
    strip = page.locator('[data-strip="h"]')
    page.locator('[data-parameter="o"]').scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(200)
    box = strip.bounding_box()
    assert 0 <= box["y"] < 300
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]


def test_a_curve_and_its_strip_are_level(by_hand):
    page = by_hand("#view=step:3,end")
    point = partial(page.locator, ".row-middle .curve-plot")
    strips = page.locator(".time-strip .strip-plot svg")
    for k in range(4):
        curve, strip = point().nth(k).bounding_box(), strips.nth(k + 1).bounding_box()
        assert curve["y"] == pytest.approx(strip["y"], abs=1)
        assert curve["height"] == pytest.approx(strip["height"], abs=1)


def test_start_of_every_state_is_among_what_can_be_changed(by_hand):
    settings = ByHandSettings(units=2)
    scene = by_hand_scene(settings)
    page = by_hand("?units=2")
    starts = start_of(scene.network, settings)
    assert page.locator('[data-parameter="start"] [data-entry]').count() == 2 * len(starts)
    names = page.locator('[data-parameter="start"] th').all_inner_texts()
    assert [name for name in names if re.fullmatch("[hc]", name)] == ["h", "c"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1e9", "1e9 is too large: a weight lies between −10⁶ and 10⁶."),
        ("NaN", "“NaN” is no weight: it has to be a finite number."),
        ("3 much", "“3 much” is no number."),
        ("", "A number belongs here."),
    ],
)
def test_what_is_no_weight_is_said_there_and_what_was_there_stays(by_hand, text, says):
    """Though its first letters may be a number, which is followed as it is typed."""
    page = by_hand()
    for table, before in (("f", "0"), ("start", "0")):
        page.locator(f'[data-parameter="{table}"] [data-entry="0"]').first.click()
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator(".problem:visible")).to_have_text(says)
        page.keyboard.press("Escape")
        assert (
            page.locator(f'[data-parameter="{table}"] input[data-entry="0"]').input_value()
            == before
        )


@pytest.mark.parametrize("view", ["light", "projector", "phone"])
def test_no_word_lies_on_a_curve_wherever_its_point_is_held(by_hand, view):
    """Sum and slope stand beside every curve, tangent and point included."""
    page = by_hand("#view=hold:1:f:1:1-8:0.02,hold:1:i:1:1-8:0.98,hold:1:g:1:1-8:-0.9,end", view)
    for bias in (-6.0, -2.5, 0.0, 6.0):
        fill(entry(page, "f", 2), str(bias))
        entry(page, "f", 2).press("Enter")
        expect(page.locator('.sum [data-name="f.4"]')).to_have_attribute("data-value", f"{bias:g}")
        assert page.locator(".row-middle").evaluate_all(OVERLAPS) == [0, 0, 0, 0]


OVERLAPS = """(rows) => rows.map((row) => {
  const boxes = [...row.querySelectorAll(".curve-plot, .tangent, .now")].map(box);
  const words = [...row.querySelectorAll(".sum, .slope")].map(box);
  return words.filter((word) => boxes.some((one) => word.left < one.right && one.left < word.right
    && word.top < one.bottom && one.top < word.bottom)).length;
  function box(node) { return node.getBoundingClientRect(); }
})"""


HIDDEN = """(bench) => [...bench.querySelectorAll(".number-table-room")]
  .map((one) => one.scrollWidth - one.clientWidth)"""
COLUMNS = """(bench) => ["left", "right"].map((side) =>
  new Set([...bench.querySelectorAll(".strip-plot")]
    .map((one) => Math.round(one.getBoundingClientRect()[side]))).size)"""


@pytest.mark.parametrize("cell", MENU)
def test_every_weight_of_three_units_and_inputs_is_in_sight_on_small_screens(by_hand, cell):
    """Whatever cell it is; and all strips stand in one column of time."""
    page = by_hand(f"?{urlencode({'cell': cell, 'units': 3, 'inputs': 3})}", "projector")
    bench = page.locator(".bench")
    for width, height in ((1024, 768), (800, 600)):
        page.set_viewport_size({"width": width, "height": height})
        expect(bench).to_have_js_property("clientWidth", width - SIDES)
        assert max(bench.evaluate(HIDDEN)) <= 1, width
        assert bench.evaluate(COLUMNS) == [1, 1], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


COVERED = """(bench) => {
  const box = (node) => node.getBoundingClientRect();
  const curves = [...bench.querySelectorAll(".row-middle, .time-strip")].map(box);
  const entries = [...bench.querySelectorAll(".row-left [data-entry]")].map(box);
  return entries.filter((one) => curves.some((curve) =>
    one.left < curve.right && curve.left < one.right && one.top < curve.bottom
    && curve.top < one.bottom)).length;
}"""


@pytest.mark.parametrize("query", ["?cell=RNN+(tanh)&begin=edge", "?cell=LSTM", "?cell=sLSTM"])
def test_no_curve_and_no_strip_lies_on_a_weight_on_small_screens(by_hand, query):
    page = by_hand(query, "projector")
    bench = page.locator(".bench")
    for width, height in ((1024, 768), (860, 600), (800, 600), (740, 600)):
        page.set_viewport_size({"width": width, "height": height})
        expect(bench).to_have_js_property("clientWidth", width - SIDES)
        assert bench.locator(".row-left [data-entry]").count() >= 3
        assert bench.evaluate(COVERED) == 0, width
        assert bench.evaluate(COLUMNS) == [1, 1], width


def test_weights_in_one_row_are_level_and_as_wide(by_hand):
    page = by_hand("?cell=GRU+(PyTorch)&units=3&inputs=3", "projector")
    row = page.locator('[data-parameter="n"] tbody [data-entry]')
    boxes = [one.bounding_box() for one in row.all()]
    assert len(boxes) == 8
    assert len({round(box["y"]) for box in boxes}) == 1
    widths = [box["width"] for box in boxes]
    assert max(widths) - min(widths) < 1
    assert min(widths) >= 44
