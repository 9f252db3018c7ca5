"""A table of numbers: typed, dragged, stepped, pasted, by pointer or by keys alone."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.entries import fill, text_of

TABLE = """
async ({ sliders }) => {
  const { createRoot } = await import("/drawing/root.js");
  const { element } = await import("/drawing/dom.js");
  const { numberTable } = await import("/weights/table.js");
  const root = createRoot(document.body, {}, { dress: () => {} });
  const values = new Float64Array(6);
  window.told = [];
  window.pasted = [];
  const table = numberTable({
    name: "W", label: "W", rows: ["unit 1", "unit 2"], columns: ["A", "B", "C"], sliders,
    change(index, value, going) {
      window.told.push([index, value, going]);
      values[index] = value;
      table.show(values, new Float64Array(6));
    },
    paste: (text) => (window.pasted.push(text), "3 rows are needed."),
  });
  table.show(values);
  root.element.append(table.element);
  window.show = (index, value) => { values[index] = value; table.show(values); };
}
"""


@pytest.fixture
def table(blank):
    blank.evaluate(TABLE, {"sliders": False})
    return blank.get_by_role("grid")


def field(table, place):
    return table.get_by_role("spinbutton").nth(place)


def told(table):
    return table.page.evaluate("window.told")


def value(table, place):
    return float(field(table, place).get_attribute("data-value"))


def test_a_number_is_followed_letter_by_letter_and_is_one_change(table):
    field(table, 0).click()
    table.page.keyboard.type("-1.25")
    assert told(table) == [[0, -1, False], [0, -1, True], [0, -1.2, True], [0, -1.25, True]]
    table.page.keyboard.press("Enter")
    assert text_of(field(table, 0)) == "−1.25"
    expect(field(table, 3)).to_be_focused()  # the row below
    assert table.locator("td.changed").count() == 1


def test_every_digit_is_there_where_a_number_is_edited(table):
    table.page.evaluate("window.show(1, 1 / 3)")
    assert text_of(field(table, 1)) == "0.33"
    field(table, 1).click()
    assert text_of(field(table, 1)) == str(1 / 3)
    table.page.keyboard.press("Enter")
    assert told(table) == []  # looked at is not changed


@pytest.mark.parametrize(
    ("key", "to"),
    [("ArrowUp", 0.1), ("ArrowDown", -0.1), ("Shift+ArrowUp", 1), ("Shift+ArrowDown", -1)],
)
def test_up_and_down_step(table, key, to):
    field(table, 0).focus()
    for times in (1, 2, 3):
        table.page.keyboard.press(key)
        assert value(table, 0) == round(times * to, 1)


def test_one_stop_of_tab_and_arrows_between_the_entries(table):
    table.page.keyboard.press("Tab")
    expect(field(table, 0)).to_be_focused()
    for key, place in [("ArrowRight", 1), ("Enter", 4), ("ArrowLeft", 3), ("Shift+Enter", 0)]:
        table.page.keyboard.press(key)
        expect(field(table, place)).to_be_focused()
    table.page.keyboard.press("ArrowRight")
    table.page.keyboard.press("Tab")
    expect(table.locator(":focus")).to_have_count(0)
    table.page.keyboard.press("Shift+Tab")
    expect(field(table, 1)).to_be_focused()  # where one was


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A number belongs here."),
        ("abc", "“abc” is no number."),
        ("1e400", "1e400 is too large: a weight lies between −10⁶ and 10⁶."),
        ("1000000000", "1000000000 is too large: a weight lies between −10⁶ and 10⁶."),
        ("nan", "“nan” is no weight: it has to be a finite number."),
        ("1.2.3", "“1.2.3” is no number."),
    ],
)
def test_what_is_no_weight_is_refused_in_a_sentence_and_the_number_stays(table, text, sentence):
    table.page.evaluate("window.show(0, 0.5)")
    fill(field(table, 0), text)
    table.page.keyboard.press("Enter")
    expect(table.page.get_by_role("alert")).to_have_text(sentence)
    assert field(table, 0).get_attribute("aria-invalid") == "true"
    table.page.keyboard.press("Tab")
    assert text_of(field(table, 0)) in ("0.50", "1.20", "1.00", "1000000.00", "1.0×10⁶")
    assert abs(value(table, 0)) <= 1e6


def test_escape_gives_the_number_back(table):
    field(table, 0).click()
    table.page.keyboard.type("x")
    table.page.keyboard.press("Escape")
    assert text_of(field(table, 0)) == "0"


def test_a_number_is_dragged_sideways(table):
    box = field(table, 0).bounding_box()
    mouse = table.page.mouse
    mouse.move(box["x"] + 10, box["y"] + 8)
    mouse.down()
    mouse.move(box["x"] + 110, box["y"] + 8, steps=4)
    mouse.up()
    assert value(table, 0) == 1
    assert [going for *_, going in told(table)] == [False] + [True] * (len(told(table)) - 1)


def test_more_than_a_number_is_handed_on(table):
    field(table, 0).focus()
    table.page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "1 2 3");
          const about = { clipboardData, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", about));
        }"""
    )
    assert table.page.evaluate("window.pasted") == ["1 2 3"]
    expect(table.page.get_by_role("alert")).to_have_text("3 rows are needed.")


def test_a_slider_follows_the_pointer_by_the_square_of_the_way(blank):
    blank.evaluate(TABLE, {"sliders": True})
    table = blank.get_by_role("grid")
    box = table.locator(".weight-slider").first.bounding_box()
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    blank.mouse.click(middle + box["width"] / 4, y)
    assert value(table, 0) == pytest.approx(5 / 4, abs=0.1)
    blank.mouse.move(middle, y)
    blank.mouse.down()
    blank.mouse.move(box["x"] - 50, y, steps=3)
    blank.mouse.up()
    assert value(table, 0) == -5


LONG = """
async () => {
  const { createRoot } = await import("/drawing/root.js");
  const { numberTable } = await import("/weights/table.js");
  const root = createRoot(document.body, {}, { dress: () => {} });
  const rows = Array.from({ length: 32 }, (_, k) => `unit ${k + 1}`);
  const columns = rows.with(30, "a name that is longer than a number");
  const table = numberTable({ name: "U", label: "U", rows, columns, change: () => {} });
  table.show(Float64Array.from({ length: 1024 }, (_, k) => k));
  root.element.append(table.element);
}
"""
PLACES = """
(table) => {
  const left = (node) => node.getBoundingClientRect().left;
  const rows = [...table.querySelectorAll("tbody tr")];
  return {
    heads: [...table.querySelectorAll("thead th")].map(left),
    entries: rows.map((row) => [...row.querySelectorAll("td")].map(left)),
    names: rows.map((row) => left(row.firstElementChild) - left(table.parentElement)),
  };
}
"""


@pytest.fixture
def long_table(blank):
    blank.evaluate(LONG)
    return blank.get_by_role("grid")


def test_every_entry_of_a_long_table_is_read_out_found_and_reached_by_keys(long_table):
    page = long_table.page
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in tree if not node["ignored"])
    wanted = {"row": 33, "rowheader": 32, "columnheader": 32, "spinbutton": 1024}
    assert {role: roles[role] for role in wanted} == wanted
    assert page.evaluate("window.find('unit 31')")  # a row out of view
    field(long_table, 0).focus()
    for _ in range(31):
        page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(field(long_table, 31 * 32 + 1)).to_be_focused()
    expect(field(long_table, 31 * 32 + 1)).to_be_in_viewport()


def test_a_long_table_keeps_its_names_and_columns_wherever_it_is_scrolled(long_table):
    room = long_table.page.locator(".number-table-room")
    for left, top in [(0, 0), (400, 0), (400, 300), (9000, 9000), (0, 9000)]:
        room.evaluate("(node, [left, top]) => node.scrollTo(left, top)", [left, top])
        expect(long_table).to_have_class(re.compile("sideways$" if left else "long$"))
        places = long_table.evaluate(PLACES)
        for entries in places["entries"]:
            assert entries == pytest.approx(places["heads"], abs=0.5)
        assert max(map(abs, places["names"])) < 3


def test_a_field_of_a_long_table_stands_where_its_number_stood(long_table):
    """No wider, so that its number is not under the next ones."""
    text = long_table.locator('[data-entry="70"]')
    before = text.bounding_box()
    text.click()
    field = long_table.locator('input[data-entry="70"]')
    expect(field).to_be_focused()
    assert field.bounding_box() == before
