"""What is looked at on the Train page, in a browser: one axis, keys, runs, zoom, the link."""

import xml.etree.ElementTree as ET

import pytest

from rnnviz import training
from rnnviz.training.recipes import RECIPES
from tests.browser.pressing import unanswered
from tests.browser.test_charts import saved
from tests.browser.test_train_page import SMALL, choose, counts, look_at, number, press, runs, until

TWO = f"{SMALL}&b=clip_norm:0.5;optimizer:sgd"
OF_SMALL = {"task": "adding problem", "length": 20, "batch": 8}
DIFFERENT = [
    {"hidden": 8, "cell": "RNN (tanh)"},
    {"hidden": 4, "cell": "RNN (tanh)"},
    {"hidden": 8, "cell": "LSTM"},
]
WIDTHS = [(1280, 800), (1024, 768), (390, 844)]


@pytest.fixture
def trained(visit):
    """Two runs after ten updates of many."""
    return after_ten(visit, TWO)


def after_ten(visit, query):
    page = visit(f"/Train?{query}")
    press(page, "10 updates")
    until(page, lambda: counts(page) == [10, 10])
    page.wait_for_timeout(300)
    return page


def state(page, name):
    return runs(page).get_attribute(f"data-{name}")


def chart(page, title):
    return runs(page).get_by_role("group", name=f"{title}: arrows")


def test_scrubber_charts_and_maps_have_one_axis(trained):
    thumb = 8
    slider = trained.get_by_test_id("scrubber").bounding_box()
    ends = (slider["x"] + thumb, slider["x"] + slider["width"] - thumb)
    for title in ("Loss", "Held out", "Gradient norm", "‖dL/dhₜ‖ of run B"):
        box = chart(trained, title).bounding_box()
        assert (box["x"] + 46, box["x"] + box["width"] - 140) == pytest.approx(ends, abs=0.6)


def test_charts_answer_to_keys(trained):
    loss = chart(trained, "Loss")
    loss.focus()
    for key, at in (("ArrowLeft", "9"), ("Shift+ArrowLeft", "0"), ("ArrowRight", "1")):
        trained.keyboard.press(key)
        until(trained, lambda at=at: state(trained, "at") == at)
    trained.keyboard.press("End")
    until(trained, lambda: state(trained, "at") == "latest")
    trained.keyboard.press("Home")
    trained.keyboard.press("+")
    until(trained, lambda: state(trained, "range") == "0,2000")
    trained.keyboard.press("0")
    until(trained, lambda: state(trained, "range") == "0,4000")
    trained.keyboard.press("Tab")
    assert not loss.evaluate("node => node.getRootNode().activeElement === node")


def test_keys_on_the_scrubber_are_followed_while_the_mouse_rests_on_a_chart(trained):
    chart(trained, "Loss").hover(position={"x": 60, "y": 30})
    trained.get_by_test_id("scrubber").focus()
    trained.keyboard.press("Home")
    until(trained, lambda: number(trained, "A", "update") == 0)
    trained.keyboard.press("ArrowRight")
    until(trained, lambda: number(trained, "A", "update") == 1)


def test_the_table_says_how_many_parameters_each_run_has(visit):
    page = visit(f"/Train?{SMALL}&b=hidden:4&c=cell:LSTM")
    runs(page).locator("[data-row=parameters]").wait_for()
    counted = [training.start(**OF_SMALL, **own).knobs.parameters for own in DIFFERENT]
    assert [number(page, letter, "parameters") for letter in "ABC"] == counted
    assert len(set(counted)) == 3


def test_what_clipping_cuts_off_is_shaded_and_named_where_it_is_saved(trained):
    panel = runs(trained).locator("section.panel").filter(has_text="Gradient norm")
    assert "shaded: what clipping cuts off" in panel.inner_text()
    name, text = saved(trained, panel, "SVG")
    assert name == "gradient-norm.svg"
    drawn = [node for node in ET.fromstring(text).iter() if node.get("data-mark") == "area"]
    assert {node.get("data-area") for node in drawn} == {"B grad_norm"}
    assert b"cut off by clipping" in text


def test_a_run_is_hidden_shown_alone_and_shown_again(trained):
    names = [f"‖dL/dhₜ‖ of run {letter}" for letter in "AB"]
    for button, unseen in (
        ("hide run A", "A"), ("show run A", ""), ("show run A alone", "B"), ("show all runs", "")
    ):  # fmt: skip
        press(trained, button)
        until(trained, lambda unseen=unseen: state(trained, "unseen") == unseen)
        trained.wait_for_timeout(100)
        there = [chart(trained, name).count() for name in names]
        assert there == [int(letter not in unseen) for letter in "AB"]
        assert number(trained, "A", "loss") > 0


def test_a_link_is_the_view(trained, browser, app):
    press(trained, "hide run B")
    look_at(trained, 7)
    chart(trained, "Loss").focus()
    trained.keyboard.press("+")
    until(trained, lambda: "first=" in trained.url and "at=7" in trained.url)
    other = browser.new_context(base_url=app.url).new_page()
    other.goto(trained.url)
    until(other, lambda: counts(other) == [10, 10] and state(other, "playing") == "false")
    other.wait_for_timeout(400)
    for name in ("at", "range", "unseen", "updates"):
        assert state(other, name) == state(trained, name), name
    for name in ("loss", "norm", "back"):
        assert number(other, "A", name) == number(trained, "A", name)
    other.context.close()


def test_back_undoes_a_lesson_and_not_what_was_looked_at(visit):
    page = visit("/Train?lesson=vanishing")
    choose(page, "First symbol")
    page.wait_for_url("**/Train?*lesson=first+symbol*")
    press(page, "1 update")
    until(page, lambda: counts(page) == [1, 1] and "made=1" in page.url)
    page.go_back()
    until(page, lambda: counts(page) == [0, 0, 0])
    assert "lesson=vanishing" in page.url
    page.go_forward()
    until(page, lambda: counts(page) == [1, 1])


@pytest.mark.parametrize("size", WIDTHS[:2])
def test_a_double_click_is_one_guess_and_the_verdict_stands_where_the_question_stood(visit, size):
    page = visit("/Train?lesson=one+step")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    question = page.get_by_role("heading", name=RECIPES["one step"].question)
    page.get_by_role("button", name="It slowly drifts off.").dblclick()
    verdict = page.get_by_text("Not this time.")
    verdict.wait_for(timeout=60_000)
    until(page, lambda: state(page, "playing") == "false")
    assert question.is_visible()
    for text in (verdict, page.get_by_text("What happens", exact=True), question):
        assert text.bounding_box()["y"] < size[1] / 2
    assert "guess=2" in page.url
    press(page, "ask again")
    page.get_by_role("button", name="It slowly drifts off.").wait_for()
    until(page, lambda: counts(page) == [0, 0])


@pytest.mark.parametrize("lesson", ["vanishing", "exploding"])
def test_on_a_projector_the_verdict_the_charts_and_every_map_are_above_the_fold(visit, lesson):
    page = visit(f"/Train?lesson={lesson}", view="projector")
    page.get_by_role("button", name=RECIPES[lesson].offered[0].text).click()
    page.get_by_text("What happens", exact=True).wait_for(timeout=300_000)
    page.wait_for_timeout(500)
    maps = runs(page).locator(".over-updates > .maps > .map-row")
    assert maps.count() == len(RECIPES[lesson].variants)
    for row in [page.get_by_text("Why", exact=True), *maps.all()]:
        box = row.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768


@pytest.mark.parametrize("size", WIDTHS)
def test_nothing_is_cut(visit, size):
    page = visit(f"/Train?{TWO}&c=hidden:4&d=learning_rate:0.5")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    press(page, "1 update")
    until(page, lambda: counts(page) == [1, 1, 1, 1])
    page.wait_for_timeout(300)
    assert runs(page).evaluate(CUT) == []


CUT = """
(root) => [...root.querySelectorAll("td, th, button, select, input, canvas, label, h3")]
  .filter((node) => node.checkVisibility())
  .filter((node) => node.getBoundingClientRect().right > root.getBoundingClientRect().right + 1
    || node.scrollWidth > node.clientWidth + 1 && node.matches("td, th, button"))
  .map((node) => `${node.tagName} ${node.textContent} ${node.getAttribute("aria-label")}`)
"""


@pytest.mark.parametrize("view", ["light", "projector"])
def test_a_run_s_name_ends_before_what_saves_its_map_and_is_whole_in_its_title(visit, view):
    page = visit(f"/Train?{TWO}&c=hidden:16;forget_bias:3", view=view)
    runs(page).locator(".map-row").nth(2).wait_for()
    page.evaluate(FOLLOW_NAMES)
    runs(page).locator(".map-row canvas").first.hover()  # each is painted anew
    until(page, lambda: len(page.evaluate("names")) >= 3)
    rows = runs(page).locator(".over-updates > .maps > .map-row").all()
    assert len(rows) == 3
    for row, (text, right) in zip(rows, sorted(page.evaluate("names").values()), strict=True):
        name = row.locator(".run-name")
        assert name.get_attribute("title").startswith(text.removesuffix("…"))
        assert right <= row.locator("summary").bounding_box()["x"]
        at = name.bounding_box()
        assert at["x"] + at["width"] <= row.locator("summary").bounding_box()["x"]


def test_the_choice_of_views_is_whole_below_the_head_of_the_page(visit):
    page = visit("/Train", view="projector")
    head = page.get_by_test_id("stHeader").bounding_box()
    choice = page.locator(".st-key-view").get_by_test_id("stButtonGroup")
    choice.get_by_role("radio", name="Train").or_(choice.get_by_text("Train")).first.wait_for()
    assert choice.bounding_box()["y"] >= head["y"] + head["height"]


@pytest.mark.parametrize("view", ["light", "projector"])
def test_the_choice_of_views_scrolls_with_the_page(visit, view):
    page = visit("/Train", view=view)
    choice = page.locator(".st-key-view")
    choice.get_by_test_id("stButtonGroup").wait_for()
    page.locator(".stepper, .chart, canvas").first.wait_for()
    before = choice.bounding_box()["y"]
    moved = page.get_by_test_id("stMain").evaluate(
        "(main) => { main.scrollBy(0, 200); return main.scrollTop; }"
    )
    assert moved == 200
    page.wait_for_function(
        "([y]) => document.querySelector('.st-key-view').getBoundingClientRect().y === y",
        arg=[before - moved],
    )


FOLLOW_NAMES = r"""
() => {
  window.names = {};
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const row = this.canvas.closest(".map-row");
    if (row && /^[A-D] /.test(text)) {
      const { left, width } = this.canvas.getBoundingClientRect();
      const end = this.getTransform().a * (x + this.measureText(text).width);
      window.names[text] = [text, left + (end * width) / this.canvas.width];
    }
    return fillText.call(this, text, x, y);
  };
}
"""


def test_everything_that_looks_pressable_answers(visit):
    """Most of what is planned is made, so that half way of the scrubber is an update: play, which
    is pressed as well, comes no further than a busy machine lets it."""
    trained = after_ten(visit, TWO.replace("updates=4000", "updates=15"))

    def before():
        trained.keyboard.press("Escape")
        for name in ("show all runs", "look at the latest update", "show all updates"):
            button = runs(trained).get_by_role("button", name=name, exact=True).first
            if button.count() and button.is_visible() and button.is_enabled():
                button.click()
        trained.wait_for_timeout(150)

    dead = unanswered(trained, runs(trained), before=before, most=1)
    assert [one for one in dead if not one.startswith("td")] == []  # the table is read


@pytest.mark.parametrize("view", ["light", "dark", "projector", "phone"])
def test_the_lead_does_not_run_into_the_choice_of_views(visit, view):
    page = visit("/Train?view=cliff", view=view)
    choice = page.locator(".st-key-view").get_by_test_id("stButtonGroup").bounding_box()
    box = page.locator(".st-key-heading p").evaluate(
        "(node) => { const range = document.createRange(); range.selectNodeContents(node);"
        " const { right, top, bottom } = range.getBoundingClientRect();"
        " return { right, top, bottom }; }"
    )
    below = choice["y"] + choice["height"]
    assert box["right"] <= choice["x"] or box["bottom"] <= choice["y"] or box["top"] >= below
