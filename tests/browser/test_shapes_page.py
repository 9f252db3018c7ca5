"""The Shapes page in a browser: the call is edited in place, and its numbers are the example's."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from rnnviz.shapes import SETTINGS, Setup
from rnnviz.shapes.code import lines
from rnnviz.shapes.example import example

PADDED = Setup(bidirectional=True, lengths=(5, 3, 2))


@pytest.fixture
def shapes(visit):
    """`shapes(Setup(…))` → the page with it, once its picture is there."""

    def open_page(setup=None, look="", view="light"):
        settings = SETTINGS.write(vars(setup or Setup()))
        query = "&".join(f"{key}={text}" for key, text in settings.items())
        page = visit(f"/Shapes?{query}{'&look=' + look if look else ''}", view)
        page.locator(".unrolled .cell").first.wait_for()
        return page

    return open_page


def cell(page: Page, layer, direction, step, item):
    at = {"layer": layer, "direction": direction, "step": step, "item": item}
    return page.locator(".unrolled .cell" + "".join(f'[data-{k}="{v}"]' for k, v in at.items()))


def number(page: Page, name: str) -> float:
    return float(page.locator(f'.entry-row [data-name="{name}"]').get_attribute("data-value"))


def field(page: Page, name: str):
    return page.get_by_role("spinbutton", name=name, exact=True)


def units(page: Page, state: str) -> list[float]:
    squares = page.locator(f'.unit-strip[data-state="{state}"] .square')
    return [float(one.get_attribute("data-value")) for one in squares.all()]


@pytest.mark.parametrize(
    ("setup", "output", "state"),
    [
        (Setup(), (4, 2, 7), (1, 2, 7)),
        (PADDED, (0, 1, 33), (3, 1, 13)),
        (Setup(kind="GRU", batch_first=True, hidden_size=6), (3, 0, 5), (0, 2, 1)),
        (Setup(proj_size=3, lengths=(2, 5), batch=2, packed=False), (4, 0, 2), (1, 0, 2)),
    ],
)
def test_the_entries_are_the_numbers_of_output_and_h_n(shapes, setup, output, state):
    look = "-".join(map(str, output)) + "_" + "-".join(map(str, state)) + "_oh"
    page = shapes(setup, look)
    found = example(setup)
    step, item, unit = output
    index = (item, step, unit) if setup.batch_first else output
    expected = found.arrays["output"][index], found.arrays["h_n"][state]
    assert number(page, "output") == pytest.approx(expected[0], rel=1e-15)
    assert number(page, "h_n") == pytest.approx(expected[1], rel=1e-15)
    same = "The same number." if expected[0] == expected[1] else "Two different numbers."
    expect(page.get_by_test_id("same")).to_have_text(same)


def test_a_cell_that_is_pointed_at_shows_its_numbers_and_what_reads_them(shapes):
    page = shapes(PADDED)
    found = example(PADDED)
    for at in [(1, 1, 0, 2), (0, 0, 1, 2), (1, 0, 1, 2)]:
        cell(page, *at).locator(".strip.h").hover()
        layer, direction, step, item = at
        assert np.array_equal(units(page, "h"), found.h[layer, direction, step, item])
        assert np.array_equal(units(page, "c"), found.c[layer, direction, step, item])
    words = page.locator(".reading-words")
    expect(words).to_contain_text("output[1, 2, 0:20], and h_n[2, 2] too")
    cell(page, 0, 0, 0, 2).locator(".strip.h").hover()
    expect(words).to_contain_text("nothing that comes back holds this h")
    cell(page, 1, 0, 3, 2).locator(".strip.h").hover(force=True)
    expect(words).to_contain_text("pad_packed_sequence fills output[3, 2, 0:20] with zeros")


def test_a_press_brings_both_pins_to_a_cell_and_the_address_says_so(shapes):
    page = shapes(PADDED)
    cell(page, 1, 1, 0, 2).locator(".strip.h").click()
    expect(page.get_by_test_id("same")).to_have_text("The same number.")
    page.wait_for_url(re.compile("look=0-2-27_3-2-7_oh"))
    page.reload()
    page.locator(".unrolled .cell").first.wait_for()
    assert field(page, "output: unit").input_value() == "27"
    assert field(page, "h_n: layer and direction").input_value() == "3"


def test_keys_alone_walk_the_picture_and_put_the_pins(shapes):
    page = shapes(PADDED)
    page.locator(".unrolled").focus()
    for key in ("Home", "ArrowUp", "PageUp"):
        page.keyboard.press(key)
    expect(page.locator(".reading-words b")).to_have_text("layer 1 backward, step 0, sequence 1")
    page.keyboard.press("Enter")
    assert [
        field(page, f"output: {axis}").input_value() for axis in ("step", "sequence", "unit")
    ] == [
        *"01",
        "27",
    ]
    page.keyboard.press("Escape")
    expect(page.locator(".pointed")).to_have_count(0)


def test_the_call_is_edited_by_keys_and_by_the_mouse(shapes):
    page = shapes()
    layers = field(page, "num_layers")
    layers.press("ArrowUp")
    expect(page.locator('[data-shape="h_n"]')).to_have_text("(3, 3, 20)")
    expect(layers).to_be_focused()
    hidden = field(page, "hidden_size")
    hidden.fill("8")
    hidden.press("Enter")
    expect(page.locator('[data-shape="output"]')).to_have_text("(5, 3, 8)")
    page.get_by_role("button", name="Both directions: False").click()
    expect(page.locator('[data-shape="output"]')).to_have_text("(5, 3, 16)")
    page.get_by_role("combobox", name="Module").select_option("GRU")
    expect(page.locator('[data-shape="c_n"]')).to_have_count(0)
    page.wait_for_url(re.compile("kind=GRU"))
    assert (
        SETTINGS.read(dict(p.split("=") for p in page.url.split("?")[1].split("&")))["hidden_size"]
        == 8
    )


def test_the_code_that_is_edited_is_the_code_that_is_copied(shapes):
    """Every value has its field, in whichever line it stands."""
    setup = Setup(kind="RNN", vocabulary=100, outputs=3, lengths=(5, 3, 2), packed=False)
    page = shapes(setup)
    shown = page.locator(".code-lines").evaluate(
        """(root) => [...root.querySelectorAll(".code-line")].map((line) => {
          const copy = line.cloneNode(true);
          const fields = [...line.querySelectorAll("input, select")];
          [...copy.querySelectorAll("input, select")].forEach((one, k) =>
            one.replaceWith(fields[k].value));
          return copy.textContent;
        })"""
    )
    expected = ["".join(piece.text for piece in line) for line in lines(setup, in_full=True)]
    assert shown == [line.replace("dropout=0.0", "dropout=0") for line in expected]


def test_back_and_forward_undo_and_redo_a_change(shapes):
    page = shapes()
    field(page, "num_layers").press("ArrowUp")
    shape = page.locator('[data-shape="h_n"]')
    expect(shape).to_have_text("(3, 3, 20)")
    page.wait_for_url(re.compile("num_layers=3"))
    page.go_back()
    expect(shape).to_have_text("(2, 3, 20)")
    page.go_forward()
    expect(shape).to_have_text("(3, 3, 20)")


def test_lengths_are_edited_each_and_need_not_be_sorted(shapes):
    page = shapes()
    page.get_by_role("button", name="sequences of different lengths").click()
    first = field(page, "length of sequence 0")
    first.fill("1")
    first.press("Enter")
    page.wait_for_url(re.compile("lengths=1%3B"))
    expect(page.locator(".code-lines")).to_contain_text("enforce_sorted=False")
    sheets = page.locator(".unrolled .sheet:has(.cell:not(.skipped))").all()
    assert sheets[-1].get_attribute("data-item") == "0"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("hidden_size", "0", "hidden_size must be a whole number from 1 to 2,048, not “0”"),
        ("num_layers", "two", "not “two”"),
        ("proj_size", "20", "smaller than hidden_size, 20"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_the_last_right_one_stays(
    shapes, name, text, says
):
    page = shapes()
    before = page.locator('[data-shape="output"]').inner_text()
    field(page, name).fill(text)
    field(page, name).press("Enter")
    expect(page.locator(".code .complaint")).to_contain_text(says)
    assert page.locator('[data-shape="output"]').inner_text() == before


def test_pasted_code_is_read_and_rubbish_is_refused_in_a_sentence(shapes):
    page = shapes()
    page.get_by_role("button", name="Paste code").click()
    box = page.get_by_role("textbox", name="your own code")
    box.fill("self.rnn = nn.GRU(4, 6, bidirectional=True, batch_first=True)")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator('[data-shape="output"]')).to_have_text("(3, 5, 12)")
    for rubbish in (
        "nn.LSTM(10, 20",
        "__import__('os').system('id')",
        "<img src=x onerror=alert(1)>",
    ):
        box.fill(rubbish)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_test_id("pasted")).to_contain_text("Line 1")
        assert box.input_value() == rubbish
        assert page.locator('[data-shape="output"]').inner_text() == "(3, 5, 12)"


def test_a_name_marks_the_cells_that_it_is_made_of(shapes):
    page = shapes()
    last = cell(page, 0, 0, 4, 2).locator(".strip.h")

    def fill():
        return last.evaluate("(node) => getComputedStyle(node).fill")

    marked = fill()
    page.locator('.given-row[data-given="h_n"]').click()
    page.mouse.move(5, 5)
    assert fill() != marked
    page.wait_for_url(re.compile("look=[^&]*_o$"))


def test_call_picture_and_first_facts_are_on_the_first_screen(shapes):
    for setup in (Setup(), PADDED):
        page = shapes(setup)
        boxes = [page.locator(one).bounding_box() for one in (".code-lines", ".unrolled")]
        assert max(box["y"] + box["height"] for box in boxes) <= 800
        fact = page.locator(".fact").first.bounding_box()
        assert fact["y"] + fact["height"] <= 800


@pytest.mark.parametrize("view", ["phone", "projector"])
def test_the_picture_alone_is_wider_than_a_small_screen(shapes, view):
    page = shapes(PADDED, view=view)
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room
    cell(page, 1, 1, 0, 2).locator(".strip.h").click()
    expect(page.get_by_test_id("same")).to_have_text("The same number.")


def test_nothing_jumps_while_the_pointer_goes_over_the_picture(shapes):
    page = shapes(PADDED)
    below = page.get_by_test_id("parameters")
    before = below.bounding_box()
    for at in [(1, 1, 0, 2), (0, 0, 0, 2), (1, 0, 1, 2)]:
        cell(page, *at).locator(".strip.h").hover()
        assert below.bounding_box() == before


def test_numbers_of_one_sequence_among_many_come_when_it_is_looked_at(shapes):
    setup = Setup(hidden_size=128, length=40, batch=64)
    page = shapes(setup)
    item = field(page, "output: sequence")
    item.fill("9")
    item.press("Enter")
    expected = example(setup).arrays["output"][39, 9, 7]
    expect(page.locator('.entry-row [data-name="output"]')).to_have_attribute(
        "data-value", repr(float(expected))
    )


def test_that_numbers_are_of_a_smaller_network_is_said(shapes):
    setup = Setup(hidden_size=2048, length=50)
    page = shapes(setup)
    computed = example(setup).setup.hidden_size
    assert computed < 2048
    expect(page.get_by_test_id("example-note")).to_contain_text(f"hidden_size={computed}")
    page = shapes()
    expect(page.get_by_test_id("example-note")).to_be_empty()


def test_the_first_entry_of_many_sequences_is_a_number_at_once(shapes):
    """Not all can be sent; the one that is looked at is, though nobody has asked for it."""
    setup = Setup(hidden_size=128, length=40, batch=64, lengths=(40, 9, 9) + (40,) * 61)
    page, found = shapes(setup), example(setup)
    assert found.setup.hidden_size < 128
    assert number(page, "output") == found.arrays["output"][8, 2, 7]
    assert units(page, "h") == list(found.h[-1, 0, 8, 2])
    unit = field(page, "output: unit")
    unit.fill("127")
    unit.press("Enter")
    expect(page.locator('.entry-row [data-name="output"]')).to_have_text("not computed")


def test_facts_of_a_network_that_is_not_computed_are_in_its_own_sizes(shapes):
    page = shapes(Setup(hidden_size=2048, length=50, bidirectional=True, proj_size=2047))
    codes = page.locator(".fact").all_inner_texts()
    assert any("output[-1, :, :2047] == h_n[-2]" in code for code in codes)
    assert any("h_n.shape == (3, 4, 2047)" in code for code in codes)


def guess(page, place, option):
    """Take an option of one of the page's questions, by its place among them."""
    group = page.get_by_test_id("stButtonGroup").nth(place)
    group.get_by_role("radio").or_(group.get_by_role("button")).nth(option).click()


@pytest.mark.parametrize("view", ["phone", "projector"])
def test_every_option_of_every_question_is_in_sight(shapes, view):
    page = shapes(Setup(bidirectional=True), view=view)
    options = page.get_by_test_id("stButtonGroup").locator("button")
    assert options.count() >= 6 * 3
    cut = options.evaluate_all(
        """(all) => all.filter((one) => {
          const [own, room] = [one, one.parentElement].map((n) => n.getBoundingClientRect());
          return own.right > room.right + 1 || own.right > innerWidth;
        }).map((one) => one.innerText)"""
    )
    assert cut == []


def test_guesses_are_in_the_link(shapes, visit):
    page = shapes()
    guess(page, 0, 1)
    page.wait_for_url(re.compile("guess=2"))
    outcome = page.get_by_text("You said").first
    outcome.wait_for()
    said = outcome.inner_text()
    other = visit(page.url[page.url.index("/Shapes") :])
    assert other.get_by_text("You said").first.inner_text() == said
    assert other.get_by_text("You said").count() == 1
    page.go_back()
    page.wait_for_url(lambda url: "guess=" not in url)
    expect(page.get_by_text("You said")).to_have_count(0)


def test_by_touch_a_box_and_an_entry_show_one_another(shapes):
    page = shapes(PADDED, view="phone")
    place = page.get_by_text("Which number is it?")
    cell(page, 1, 1, 0, 2).locator(".strip.h").tap()
    expect(page.get_by_test_id("same")).to_have_text("The same number.")
    assert field(page, "h_n: layer and direction").input_value() == "3"
    place.scroll_into_view_if_needed()
    field(page, "output: step").fill("1")
    field(page, "output: step").press("Enter")
    page.locator(".entry-row [data-name=output]").tap()
    framed = page.locator(".unrolled .pointed").bounding_box()
    box = cell(page, 1, 1, 1, 2).bounding_box()
    assert abs(framed["x"] + framed["width"] / 2 - box["x"] - box["width"] / 2) < 8
