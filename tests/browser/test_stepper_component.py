"""The stepper in a real browser: its numbers are the engine's, and it never asks the server."""

import re
from urllib.parse import urlencode

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from tests.browser.settling import settled

SHOWN = """
(root) => [...root.querySelectorAll("[data-testid=diagram] [data-value], .equation [data-value]")]
  .map(({ dataset }) => [dataset.name, Number(dataset.unit), Number(dataset.value)])
"""


@pytest.fixture
def opened(visit):
    """`opened(cell="MGU")` → the page on these settings, its stepper, and the scene it shows."""

    def open_page(view="light", **choices):
        shown = scene(StepSettings(**choices))
        page = visit(f"/?{urlencode(choices)}", view=view)
        stepper = page.get_by_test_id("stepper")
        stepper.wait_for()
        return page, stepper, shown

    return open_page


def step(stepper):
    return int(stepper.get_attribute("data-step"))


def number(stepper, name):
    """The bold result in the equations, unrounded."""
    return float(stepper.get_by_test_id(f"result-{name}").get_attribute("data-value"))


def drag(page, handle, up):
    """Hold a number with the mouse, move it, let go."""
    handle.scroll_into_view_if_needed()
    box = settled(handle).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - up / 2)
    page.mouse.move(x, y - up, steps=3)
    page.mouse.up()


@pytest.mark.parametrize("cell", ["GRU (PyTorch)", "Peephole LSTM", "RNN (ReLU)"])
def test_every_number_is_the_engines(opened, cell):
    _, stepper, shown = opened(cell=cell, weights="fresh", hidden=5)
    recording = trace(shown.network, shown.reading.x).layer(0)
    parameters = shown.network.layers[0].params
    for t in range(2):
        told = stepper.evaluate(SHOWN)
        assert {name for name, *_ in told} >= set(shown.network.layers[0].cell.names)
        for name, unit, value in told:
            expected = parameters[name][unit] if name in parameters else recording[name][t, 0, unit]
            assert value == pytest.approx(expected, rel=1e-12, abs=1e-15), (name, unit, t)
        stepper.press("ArrowRight")


def test_gradient_norms_are_the_engines(opened):
    _, stepper, shown = opened(cell="LSTM", weights="fresh", hidden=5)
    gradients = trace(shown.network, shown.reading.x[:, :1]).backward(
        loss=type(shown.loss)(shown.loss.kind, shown.loss.steps, shown.loss.targets[:, :1])
    )
    for name in ("h", "c"):
        told = stepper.locator(f"[data-name='norm.{name}']").get_attribute("data-value")
        assert float(told) == pytest.approx(float(gradients.norms(name)[0]), rel=1e-10)


def test_fifty_key_presses_send_nothing(opened, traffic):
    page, stepper, _ = opened()
    page.wait_for_timeout(500)
    before = len(traffic)
    last = int(re.search(r"/ (\d+)", stepper.get_by_test_id("where").inner_text())[1]) - 1
    for k in range(50):
        stepper.press("ArrowRight" if k % 2 == 0 or k < 20 else "ArrowLeft")
    drag(page, stepper.get_by_test_id("result-f"), up=-40)
    page.wait_for_timeout(500)
    assert 0 < step(stepper) <= last
    assert traffic[before:] == []


def test_keys(opened):
    _, stepper, _ = opened()
    last = int(re.search(r"/ (\d+)", stepper.get_by_test_id("where").inner_text())[1]) - 1
    for key, expected in [
        ("End", last),
        ("ArrowRight", last),
        ("ArrowLeft", last - 1),
        ("Home", 0),
    ]:
        stepper.press(key)
        assert step(stepper) == expected
    stepper.press("Space")
    stepper.get_by_role("button", name="pause").wait_for()
    stepper.press("Space")
    stepper.get_by_role("button", name="play", exact=False).wait_for()


def test_inside_one_step_the_named_values_come_in_order(opened):
    _, stepper, shown = opened(cell="GRU (PyTorch)")
    stepper.get_by_role("button", name="inside one step").click()
    names = []
    for _ in shown.network.layers[0].cell.names:
        active = stepper.locator(".equation.active .result")
        names.append(active.get_attribute("data-name"))
        stepper.press("ArrowRight")
    assert tuple(names) == shown.network.layers[0].cell.names
    assert step(stepper) == 1


def test_a_gate_is_dragged_held_and_undone(opened):
    page, stepper, shown = opened()
    unit = int(stepper.get_attribute("data-chosen-unit"))
    stepper.press("ArrowRight")
    before, c_before = number(stepper, "f"), number(stepper, "c")
    drag(page, stepper.get_by_test_id("result-f"), up=-400)
    assert number(stepper, "f") == 0
    recording = trace(shown.network, shown.reading.x).layer(0)
    written = recording["i"][1, 0, unit] * recording["g"][1, 0, unit]
    assert number(stepper, "c") == pytest.approx(written, rel=1e-12)
    assert stepper.get_by_test_id("changes").inner_text().startswith("forget gate")
    assert "→" in stepper.get_by_test_id("effect").inner_text()
    stepper.press("Control+z")
    assert (number(stepper, "f"), number(stepper, "c")) == (before, c_before)
    drag(page, stepper.get_by_test_id("result-f"), up=-400)
    stepper.get_by_role("button", name="release this").click()
    assert number(stepper, "f") == before


def test_a_number_is_moved_by_keys_alone(opened):
    _, stepper, _ = opened()
    before = number(stepper, "o")
    stepper.get_by_test_id("result-o").press("ArrowDown")
    assert number(stepper, "o") == pytest.approx(max(before - 0.05, 0), abs=5e-4)
    assert step(stepper) == 0


def test_a_number_opens_its_arithmetic_and_escape_closes_it(opened):
    _, stepper, _ = opened()
    stepper.press("ArrowRight")
    stepper.get_by_test_id("result-i").press("Enter")
    panel = stepper.get_by_test_id("explain")
    numbers = panel.locator("h3 [data-value]")
    assert float(numbers.get_attribute("data-value")) == number(stepper, "i")
    weight = panel.locator("[data-weight]").first
    weight.press("ArrowUp")
    assert stepper.get_by_test_id("changes").inner_text().startswith("W_i")
    panel.press("Escape")
    assert panel.is_hidden()


def test_both_directions_and_layers_show_their_own_numbers(opened):
    _, stepper, shown = opened(cell="LSTM", weights="fresh", hidden=4, layers=2, direction="both")
    recording = trace(shown.network, shown.reading.x)
    last = shown.reading.x.shape[0] - 1
    menu = stepper.get_by_label("layer in view")
    for index, (layer, reverse) in enumerate([(0, False), (0, True), (1, False), (1, True)]):
        menu.select_option(str(index))
        stepper.press("End")
        unit = int(stepper.get_attribute("data-chosen-unit"))
        expected = recording.layer(layer, reverse=reverse)["h"][last, 0, unit]
        assert number(stepper, "h") == pytest.approx(expected, rel=1e-12)
    assert f"step {last + 1} first" in stepper.locator(".direction").inner_text()
    stepper.get_by_role("button", name="play", exact=False).click()
    stepper.page.wait_for_timeout(1200)
    assert step(stepper) < last


def test_hovering_a_square_points_at_its_unit_and_step_everywhere(opened):
    _, stepper, _ = opened()
    stepper.get_by_test_id("map-c").scroll_into_view_if_needed()
    stepper.page.wait_for_timeout(300)  # it is drawn once it is seen
    stepper.get_by_test_id("map-c").hover(position={"x": 3, "y": 1})
    assert stepper.locator(".pointer:not([hidden])").count() >= 6
    stepper.get_by_test_id("map-c").click(position={"x": 3, "y": 1})
    assert stepper.get_attribute("data-chosen-unit") == "0"


def test_a_gradient_that_is_exactly_zero_is_said_in_words(opened):
    """Reading from the end, what the last step answers cannot hang on the steps before it."""
    _, stepper, _ = opened(weights="fresh", hidden=4, direction="both")
    stepper.get_by_label("layer in view").select_option("1")
    norms = stepper.get_by_test_id("gradient-norms")
    assert "exactly 0 at step 1–" in norms.inner_text()
    assert norms.locator("[data-name='norm.h']").inner_text() == "exactly 0"


@pytest.mark.parametrize("view", ["light", "dark", "phone"])
def test_it_fits_its_page(opened, view):
    page, stepper, _ = opened(view=view)
    room = page.viewport_size["width"]
    box = stepper.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= room
    for name in ("sequence", "diagram", "equations", "gradient-norms"):
        assert stepper.get_by_test_id(name).is_visible()


def test_the_first_key_of_a_visit_steps(opened):
    page, stepper, _ = opened()
    page.keyboard.press("ArrowRight")
    assert step(stepper) == 1


def test_an_input_is_reached_and_moved_without_a_mouse(opened):
    _, stepper, shown = opened()
    first = stepper.get_by_role("slider", name="input").first
    before = float(first.get_attribute("data-value"))
    first.press("ArrowUp")
    assert float(first.get_attribute("data-value")) > before
    assert shown.reading.input_names[0] in stepper.get_by_test_id("changes").inner_text()


def test_a_letter_of_a_text_is_exchanged(opened):
    page, stepper, _ = opened(sequence="text", text="abcab", weights="fresh", hidden=4)
    letter = stepper.locator(".token[aria-current]")
    h_before = number(stepper, "h")
    letter.press("ArrowUp")
    assert letter.get_attribute("aria-valuetext") == "b"
    assert number(stepper, "h") != h_before
    page.keyboard.press("Control+z")
    assert number(stepper, "h") == h_before


def chosen(stepper):
    return int(stepper.get_attribute("data-chosen-unit"))


@pytest.mark.parametrize("node", ["node-f", "node-c", "node-c.1", "node-h_prev"])
def test_a_number_of_the_diagram_opens_its_arithmetic(opened, node):
    _, stepper, _ = opened()
    stepper.press("ArrowRight")
    number_ = stepper.get_by_test_id(node)
    number_.click()
    panel = stepper.get_by_test_id("explain")
    assert panel.locator("h3 [data-value]").get_attribute("data-value") == number_.get_attribute(
        "data-value"
    )


def test_a_stripe_of_the_diagram_chooses_its_unit_and_then_opens_it(opened):
    _, stepper, _ = opened()
    unit = (chosen(stepper) + 5) % 16
    stripe = stepper.locator(f".diagram .unit[data-name=f][data-unit='{unit}']")
    stripe.click()
    assert chosen(stepper) == unit
    stripe.click()
    assert stepper.get_by_test_id("explain").is_visible()


def test_a_dragged_stripe_is_the_unit_on_show_and_its_number_stays_at_the_pointer(opened):
    page, stepper, _ = opened()
    unit = (chosen(stepper) + 5) % 16
    stripe = stepper.locator(f".diagram .unit[data-name=f][data-unit='{unit}']")
    box = settled(stripe).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 70, steps=4)
    assert chosen(stepper) == unit
    value = float(stripe.get_attribute("data-value"))
    assert number(stepper, "f") == value
    assert str(value)[:5] in stepper.locator(".tip").inner_text()
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") == ""


HELD = "/#view=step:8,unit:3,hold:1:f:3:8-10:0.11,hold:1:c.1:3:8-8:0.5,end"


def test_no_equation_with_a_held_number_is_false(visit):
    """σ of what stands before it is what the line says; then what it is held at."""
    stepper = visit(HELD).get_by_test_id("stepper")
    stepper.wait_for()
    forget, cell = (
        stepper.locator(".equation", has=stepper.page.get_by_test_id(f"result-{name}"))
        .locator(".in-numbers")
        .inner_text()
        for name in "fc"
    )
    inside, computed, held = re.search(r"σ\((\S+)\) = (\S+), held at (\S+)$", forget).groups()
    assert held == "0.11"
    sigma = 1 / (1 + 2.718281828 ** -float(inside.replace("−", "-")))
    assert float(computed) == pytest.approx(sigma, abs=0.01)
    assert re.search(r" = \(\S+, held at 0\.50\) \+ ", cell)
    assert cell.count("held") == 1
    stepper.press("ArrowRight")
    stepper.press("End")
    assert "held at" not in stepper.get_by_test_id("equations").inner_text()


def test_a_hold_is_edited_where_it_stands(opened):
    _, stepper, _ = opened()
    stepper.get_by_test_id("result-f").press("ArrowDown")
    chips = stepper.get_by_test_id("changes")
    chips.get_by_role("button", name="forget gate").click()
    for field, value in [("value", "0.2"), ("last step held", "5"), ("first step held", "3")]:
        stepper.get_by_label(field, exact=True).fill(value)
        stepper.get_by_label(field, exact=True).press("Enter")
    stepper.get_by_label("units held").select_option("all")
    assert chips.inner_text().startswith("forget gate, every unit, steps 3–5 = 0.20")
    assert chips.locator(".chip").count() == 1
    stepper.get_by_label("value", exact=True).fill("")
    stepper.get_by_label("value", exact=True).press("Enter")
    assert "0.20" in chips.inner_text()
    stepper.get_by_label("value", exact=True).fill("7")
    stepper.get_by_label("value", exact=True).press("Enter")
    assert chips.inner_text().startswith("forget gate, every unit, steps 3–5 = 1.00")
    stepper.press("Control+z")
    assert "0.20" in chips.inner_text()


def test_the_list_of_changes_is_whole(visit):
    words = ",".join(f"hold:1:{name}:every:3-9:0.5" for name in "ifgoc")
    stepper = visit(f"/#view={words},end").get_by_test_id("stepper")
    stepper.wait_for()
    room = stepper.bounding_box()
    for chip in stepper.locator(".chip").all():
        box = chip.bounding_box()
        assert room["x"] <= box["x"]
        assert box["x"] + box["width"] <= room["x"] + room["width"]
        assert chip.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")
        top = "(one) => { const b = one.getBoundingClientRect();" + (
            "return one.contains(one.getRootNode().elementFromPoint(b.right - 4, b.top + 9)); }"
        )
        assert chip.evaluate(top)


def test_a_percentage_opens_its_softmax_and_says_whose_weights_they_are(opened):
    """e to the score of the likeliest over the sum of all such, and where the score is from."""
    _, stepper, shown = opened()
    stepper.press("End")
    bars = stepper.locator(".answer-row .answer").all()
    shares = [float(one.locator(".number").get_attribute("data-value")) for one in bars]
    best = max(range(len(bars)), key=shares.__getitem__)
    bars[best].locator(".number").click()
    panel = stepper.get_by_test_id("explain")
    scores = trace(shown.network, shown.reading.x).prediction[-1, 0]
    powers = np.exp(scores)
    rows = panel.locator("table").first.locator("td[title]").all()
    told = [float(one.get_attribute("title")) for one in rows]
    assert sorted(told) == pytest.approx(sorted(powers), rel=1e-9)
    assert shares[best] == pytest.approx(powers.max() / powers.sum(), rel=1e-9)
    assert f"{powers.max() / powers.sum():.4f}"[:5] in panel.inner_text()
    letter = bars[best].locator(".answer-label").inner_text()
    assert f"of output “{letter}”" in panel.inner_text()


def test_what_stands_in_the_left_quarter_of_a_changed_column_is_said(opened):
    _, stepper, _ = opened()
    maps = stepper.locator(".maps")
    quarter = "the left quarter is the untouched run"
    assert quarter not in maps.inner_text()
    stepper.get_by_test_id("result-f").press("ArrowDown")
    assert quarter in maps.inner_text()
    maps.get_by_role("button", name="difference").click()
    assert quarter not in maps.inner_text()


def test_every_number_of_equations_and_legends_is_reached_with_tab(opened):
    page, stepper, _ = opened()
    stepper.focus()
    reached = set()
    for _ in range(160):
        page.keyboard.press("Tab")
        reached.add(stepper.evaluate(FOCUSED))
    wanted = set(stepper.evaluate(NUMBERS))
    assert len(wanted) > 30
    assert wanted <= reached


FOCUSED = """(root) => { const one = root.getRootNode().activeElement;
  return [one?.closest("section")?.ariaLabel, one?.dataset.name, one?.title].join(); }"""
NUMBERS = """(root) => [...root.querySelectorAll(
  ".equations .number, .readout .number, .entries .value, .note-value")].map((one) =>
  [one.closest("section")?.ariaLabel, one.dataset.name, one.title].join())"""


def test_a_number_of_a_legend_opens_where_it_comes_from(opened):
    _, stepper, _ = opened()
    panel = stepper.get_by_test_id("explain")
    for legend in (".gradients .value", ".unit-lines .value"):
        stepper.locator(legend).first.press("Enter")
        assert panel.is_visible()
        panel.press("Escape")
        stepper.locator(legend).last.click()
        assert panel.is_visible()
        panel.press("Escape")
