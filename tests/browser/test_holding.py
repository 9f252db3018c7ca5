"""Holding by hand: over a map with mouse, finger and keys, edited where it stands."""

import math
import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from rnnviz import Hold, trace
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from tests.browser.pressing import unanswered

FIRST = 0.5
"""The middle of a square."""


@pytest.fixture
def opened(visit):
    def open_page(path="/", view="light"):
        page = visit(path, view=view)
        stepper = page.get_by_test_id("stepper")
        stepper.wait_for()
        return page, stepper

    return open_page


def square(node, unit, step, units=16, steps=15):
    """The middle of a square of a map, on the screen."""
    box = node.bounding_box()
    x = box["x"] + box["width"] * (step - FIRST) / steps
    return x, box["y"] + box["height"] * (unit - FIRST) / units


def shown_map(page, stepper, name):
    found = stepper.get_by_test_id(f"map-{name}")
    found.scroll_into_view_if_needed()
    found.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)  # it is drawn once it is seen
    return found


def changes(stepper):
    return stepper.get_by_test_id("changes").inner_text()


def untouched():
    shown = scene(StepSettings())
    return shown, shown.reading.x[:, 0]


def test_a_range_is_held_by_dragging_over_a_map(opened):
    page, stepper = opened()
    map_ = shown_map(page, stepper, "f")
    page.mouse.move(*square(map_, 3, 9))
    page.mouse.down()
    page.mouse.move(*square(map_, 4, 10), steps=3)
    page.mouse.move(*square(map_, 5, 12), steps=3)
    page.mouse.up()
    bar = stepper.get_by_test_id("selection")
    assert bar.get_by_label("which units").input_value() == "3–5"
    assert bar.get_by_label("first step held").input_value() == "9"
    assert bar.get_by_label("last step held").input_value() == "12"
    assert stepper.get_attribute("data-step") == "0"  # a drag is no click
    bar.get_by_role("button", name="hold at 0").click()
    assert changes(stepper).startswith("forget gate, units 3–5, steps 9–12 = 0.00")
    assert bar.is_hidden()
    shown, x = untouched()
    held = trace(shown.network, x, hold=Hold("f", 0.0, steps=range(8, 12), unit=range(2, 5)))
    stepper.press("End")
    unit = int(stepper.get_attribute("data-chosen-unit"))
    number = float(stepper.get_by_test_id("result-c").get_attribute("data-value"))
    assert number == pytest.approx(held["c"][-1, unit], rel=1e-12)
    page.wait_for_timeout(600)
    assert "hold:1:f:3-5:9-12:0" in page.evaluate("decodeURIComponent(location.hash)")
    page.reload()
    stepper.wait_for()
    assert changes(stepper).startswith("forget gate, units 3–5, steps 9–12 = 0.00")


def test_a_click_on_a_map_still_goes_there(opened):
    page, stepper = opened()
    map_ = shown_map(page, stepper, "c")
    page.mouse.click(*square(map_, 7, 4))
    assert stepper.get_attribute("data-chosen-unit") == "6"
    assert stepper.get_attribute("data-step") == "3"
    assert stepper.get_by_test_id("selection").is_hidden()


def test_a_range_is_held_by_keys_alone(opened):
    page, stepper = opened("/#view=step:4,unit:2,end")
    map_ = shown_map(page, stepper, "i")
    map_.focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    bar = stepper.get_by_test_id("selection")
    assert bar.get_by_label("which units").input_value() == "2–3"
    assert bar.get_by_label("last step held").input_value() == "6"
    page.wait_for_timeout(400)
    assert "units 2–3, steps 4–6" in stepper.get_by_test_id("narration").inner_text()
    bar.get_by_label("which units").fill("2, 9")
    bar.get_by_label("value").fill("0.25")
    bar.get_by_label("value").press("Enter")
    assert changes(stepper).startswith("input gate, units 2, 9, steps 4–6 = 0.25")
    map_.focus()
    page.keyboard.press("ArrowDown")
    assert stepper.get_attribute("data-chosen-unit") == "2"
    page.keyboard.press("Shift+ArrowLeft")
    assert bar.is_visible()
    page.keyboard.press("Escape")
    assert bar.is_hidden()
    page.keyboard.press("ArrowRight")
    assert stepper.get_attribute("data-step") == "4"


def test_units_that_are_none_change_nothing_and_say_so(opened):
    _, stepper = opened("/#view=hold:1:f:2-4:3-5:0.5,end")
    stepper.get_by_test_id("changes").get_by_role("button", name="forget gate").click()
    units = stepper.get_by_test_id("change-editor").get_by_label("which units")
    for wrong in ("99", "two", "0"):
        units.fill(wrong)
        units.press("Enter")
        assert changes(stepper).startswith("forget gate, units 2–4, steps 3–5 = 0.50")
    units.fill("2, 16")
    units.press("Enter")
    assert changes(stepper).startswith("forget gate, units 2, 16, steps 3–5 = 0.50")
    units.fill("1-16")
    units.press("Enter")
    assert changes(stepper).startswith("forget gate, every unit, steps 3–5 = 0.50")


def test_a_held_range_moves_as_one_and_grows_by_the_chosen_reach(opened):
    _, stepper = opened("/#view=step:4,unit:3,hold:1:f:2-4:3-5:0.5,end")
    stepper.get_by_test_id("result-f").press("ArrowDown")
    assert changes(stepper).startswith("forget gate, units 2–4, steps 3–5 = 0.45")
    stepper.get_by_label("steps a held value reaches").select_option("on")
    stepper.get_by_test_id("result-f").press("ArrowDown")
    assert changes(stepper).startswith("forget gate, units 2–4, steps 3–15 = 0.40")
    assert stepper.get_by_test_id("changes").locator(".chip").count() == 1
    stepper.get_by_role("button", name="release this").click()
    assert stepper.get_by_test_id("changes").locator(".chip").count() == 0


def test_a_finger_selects_sideways(opened):
    page, stepper = opened(view="phone")
    map_ = shown_map(page, stepper, "f")
    (x, y), (to, _) = square(map_, 8, 4), square(map_, 8, 10)
    session = page.context.new_cdp_session(page)

    def send(kind, *points):
        touches = [{"x": a, "y": b} for a, b in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        page.wait_for_timeout(20)

    send("touchStart", (x, y))
    for k in range(1, 11):
        send("touchMove", (x + (to - x) * k / 10, y))
    send("touchEnd")
    bar = stepper.get_by_test_id("selection")
    assert bar.get_by_label("first step held").input_value() == "4"
    assert bar.get_by_label("last step held").input_value() == "10"
    bar.get_by_role("button", name="hold at 1").click()
    assert "steps 4–10 = 1.00" in changes(stepper)


FUNCTIONS = {"σ": lambda x: 1 / (1 + math.exp(-x)), "tanh": math.tanh, "ReLU": lambda x: max(x, 0)}
HELD = [
    ("LSTM", ["f:2-4+6:3-9:0.11", "c:every:5-7:0.3", "h_prev:1-8:4-9:0.2", "o.4:3:1-15:-1"]),
    ("LSTM", ["c_prev:every:2-6:0.5", "g:1-5:1-15:0.4", "h:2+4:3-9:0.25"]),
    ("GRU (PyTorch)", ["z:1-3:2-9:0.9", "h:every:4-6:-0.4", "n.5:2-6:1-15:0.7"]),
    ("Peephole LSTM", ["c:1-6:3-8:0.6", "i:every:2-9:0", "h.1:1-4:1-15:0.1"]),
    ("MGU", ["h.2:every:2-7:0.3", "f:4-9:1-15:1"]),
]


def value_of(text):
    """The number an expression in the equations stands for; what is held counts as held."""
    text = re.sub(r"\(([^()]+), held at ([^()]+)\)", r"(\2)", text)
    signs = {"−": "-", "·": "*", "⊙": "*", "×10⁻": "e-", " ": " "}
    for sign, other in signs.items():
        text = text.replace(sign, other)
    text = text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    for name in FUNCTIONS:
        text = text.replace(f"{name}(", f"FUNCTIONS['{name}'](")
    return eval(text, {"FUNCTIONS": FUNCTIONS})  # noqa: S307 - of the page under test


def ends_of(line):
    """The expressions between the equals signs of a line that no bracket holds, in order."""
    depth, found = 0, [""]
    for sign in line:
        depth += (sign == "(") - (sign == ")")
        if sign == "=" and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [one.strip() for one in found if one.strip()]


@pytest.mark.parametrize(("cell", "held"), HELD)
def test_no_equation_with_held_numbers_is_false(opened, cell, held):
    """Whatever is held, of one unit, a set or all, at a range of steps, a part or a state."""
    words = ",".join(f"hold:1:{one}" for one in held)
    query = "" if cell == "LSTM" else urlencode({"cell": cell})
    _, stepper = opened(f"/?{query}#view=unit:1,{words},end")
    assert stepper.get_by_test_id("changes").locator(".chip").count() == len(held)
    seen = 0
    for _unit in range(6):
        stepper.press("Home")
        for _step in range(9):
            for line in stepper.locator(".equation .in-numbers").all_inner_texts():
                *before, last = ends_of(" ".join(line.split()))
                told, _, at = last.partition(", held at ")
                seen += bool(at)
                numbers = [value_of(one) for one in (*before, told)]
                for one in numbers:
                    assert one == pytest.approx(numbers[0], abs=0.04, rel=0.03), line
            stepper.press("ArrowRight")
        stepper.get_by_role("button", name="next unit").click()
    assert seen > 10


SHARE = r"\w [<>]?\d+%"
EXPERIMENTS = [("", 7), ("cell=GRU+(PyTorch)", 6), ("cell=RNN+(tanh)", 3), ("cell=IndRNN", 3)]


@pytest.mark.parametrize(("query", "count"), EXPERIMENTS)
def test_each_experiment_is_one_click_says_its_effect_and_stays_in_the_link(opened, query, count):
    page, stepper = opened(f"/?{query}")
    buttons = stepper.get_by_test_id("experiments").get_by_role("button")
    assert buttons.count() == count
    effect = stepper.get_by_test_id("effect")
    for k in range(count):
        buttons.nth(k).click()
        assert re.search(rf"Answer at step 15: {SHARE} → {SHARE}\.", effect.inner_text())
        assert buttons.nth(k).get_attribute("aria-pressed") == "true"
    held = changes(stepper)
    page.wait_for_timeout(600)
    page.reload()
    stepper.wait_for()
    assert changes(stepper) == held
    assert buttons.nth(count - 1).get_attribute("aria-pressed") == "true"
    buttons.nth(count - 1).click()
    assert "→" not in effect.inner_text()


def test_an_input_that_is_cut_shows_as_it_is_read(opened):
    _, stepper = opened()
    tokens = stepper.get_by_test_id("sequence").locator(".token-text")
    before = tokens.all_inner_texts()
    stepper.get_by_role("button", name="cut the input").click()
    after = tokens.all_inner_texts()
    assert after[:9] == before[:9]
    assert after[9:] == ["–"] * 6
    assert changes(stepper).startswith("input, every input, steps 10–15 = 0.00")


def probability(shown, x, *holds):
    scores = trace(shown.network, x, hold=holds).prediction[-1]
    powers = math.e ** (scores - scores.max())
    return powers / powers.sum()


def lines(stepper):
    return stepper.get_by_test_id("lesions").locator("tbody tr")


def test_a_learner_finds_the_unit_that_holds_the_mark(opened):
    """The first line is the lesion that costs the answer most; a press holds it so, and says so."""
    page, stepper = opened()
    stepper.get_by_role("button", name="hold each gate in turn").click()
    table = stepper.get_by_test_id("lesions")
    table.get_by_text("All 102 runs are done.").wait_for()
    shown, x = untouched()
    right = probability(shown, x).argmax()
    before = probability(shown, x)[right]
    costs = {
        (name, unit, value): abs(
            probability(shown, x, Hold(name, float(value), unit=unit))[right] - before
        )
        for name in "ifo"
        for unit in range(16)
        for value in (0, 1)
    }
    name, unit, value = max(costs, key=costs.__getitem__)
    title = {"i": "input gate", "f": "forget gate", "o": "output gate"}[name]
    first = lines(stepper).first
    assert lines(stepper).count() == 96
    assert first.inner_text().startswith(f"{title}, unit {unit + 1} = {value}")
    first.get_by_role("button").click()
    assert changes(stepper).startswith(f"{title}, unit {unit + 1}, every step = {value}")
    told = table.get_by_test_id("lesion-said").inner_text()
    assert told.startswith(f"Held: {title}, unit {unit + 1} = {value}.")
    moved = re.search(f"{SHARE} → {SHARE}", told)[0]
    assert moved in stepper.get_by_test_id("effect").inner_text()
    assert stepper.get_attribute("data-chosen-unit") == str(unit)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert stepper.get_by_test_id("changes").locator(".chip").count() == 1
    page.keyboard.press("Enter")
    assert stepper.get_by_test_id("changes").locator(".chip").count() == 0


@pytest.mark.parametrize("text", ["twinkle", "twinkle twinkle little star how i wonder"])
def test_exercise_12_which_gate_matters_in_a_short_and_in_a_long_sequence(opened, text):
    """Ablate each gate of a trained LSTM: the ranking of whole gates is the engine's."""
    _, stepper = opened(f"/?{urlencode({'sequence': 'text', 'text': text})}")
    stepper.get_by_role("button", name="hold each gate in turn").click()
    table = stepper.get_by_test_id("lesions")
    table.get_by_text("runs are done").wait_for()
    table.get_by_role("button", name="every unit at once").click()
    table.get_by_label("at which number").select_option("0")
    assert lines(stepper).count() == 3
    shown = scene(StepSettings(sequence="text", text=text))
    x = shown.reading.x[:, 0]
    right = probability(shown, x).argmax()
    cost = {
        gate: abs(probability(shown, x, Hold(gate, 0.0))[right] - probability(shown, x)[right])
        for gate in "ifo"
    }
    ranked = [f"{ {'i': 'input', 'f': 'forget', 'o': 'output'}[gate] } gate, every unit = 0"
              for gate in sorted(cost, key=cost.__getitem__, reverse=True)]  # fmt: skip
    assert [one.strip("● ") for one in lines(stepper).locator("button").all_inner_texts()] == ranked
    table.get_by_role("button", name="change of the loss").click()
    assert table.locator("th[aria-sort=descending]").inner_text().startswith("change of the loss")


def _begun(page, stepper):
    """Brings the page to its second step, nothing changed or selected, the lesion table open."""

    def before():
        stepper.focus()
        for key in ("Escape", "Home", "ArrowRight"):
            page.keyboard.press(key)
        release = stepper.get_by_role("button", name="release everything")
        if release.is_enabled():
            release.click()
        opener = stepper.get_by_role("button", name="hold each gate in turn")
        if opener.get_attribute("aria-expanded") == "false":
            opener.click()
        lines(stepper).first.wait_for()

    return before


def test_everything_of_the_lesion_table_that_looks_pressable_answers(opened):
    page, stepper = opened("/?weights=fresh&hidden=3")
    before = _begun(page, stepper)
    before()
    table = stepper.get_by_test_id("lesions")
    assert unanswered(page, table, before=before, most=2) == []


def test_everything_of_a_selection_that_looks_pressable_answers(opened):
    page, stepper = opened("/#view=step:4,unit:2,end")
    map_ = shown_map(page, stepper, "f")

    def select():
        release = stepper.get_by_role("button", name="release everything")
        if release.is_enabled():
            release.click()
        map_.focus()
        for key in ("Escape", "Shift+ArrowRight", "Shift+ArrowDown"):
            page.keyboard.press(key)

    select()
    bar = stepper.get_by_test_id("selection")
    dead = unanswered(page, bar, before=select, most=2)
    assert [one for one in dead if not one.startswith("input")] == []  # a field is typed in


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("LSTM", 7),
        ("Peephole LSTM", 7),
        ("CIFG", 7),
        ("GRU (PyTorch)", 6),
        ("GRU (Cho)", 6),
    ],
)
def test_what_can_be_tried_is_in_sight_on_a_small_projector(visit, cell, count):
    page = visit("/", view="light")
    page.set_viewport_size({"width": 1024, "height": 768})
    page.goto(f"/?{urlencode({'cell': cell})}")
    trials = page.get_by_test_id("experiments")
    trials.get_by_role("button").first.wait_for()
    expect(trials.get_by_role("button")).to_have_count(count)
    page.wait_for_timeout(500)  # the page takes its measure
    box = trials.bounding_box()
    assert box["y"] + box["height"] <= 768
