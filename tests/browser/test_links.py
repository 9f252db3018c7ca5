"""A link is the view: copied into another browser it shows the same, and Back and Forward undo."""

import base64
import zlib
from urllib.parse import quote_plus as quote

import pytest
from playwright.sync_api import expect

from rnnviz.scenes.settings import SETTINGS
from rnnviz.training.recipes import RECIPES

MARKS = """
(root) => [
  ...[...root.querySelectorAll("[data-value]")].map(({ dataset }) =>
    [dataset.name, dataset.unit, dataset.value].join(" ")),
  ...[...root.querySelectorAll(".diagram [fill], .diagram path")].map((node) =>
    [node.getAttribute("fill"), node.getAttribute("opacity"), node.getAttribute("d")].join(" ")),
  ...[...root.querySelectorAll("canvas")].map((one) => one.toDataURL()),
  ...["step", "unit", "layer", "level", "part"].map((name) =>
    root.getAttribute(`data-${name === "unit" ? "chosen-unit" : name}`)),
  ...[...root.querySelectorAll("select:not(.reach select)")].map((one) => one.value),
  ...["changes", "effect", "where", "explain"].map((id) =>
    root.querySelector(`[data-testid=${id}]`).innerText),
]
"""
SETTLED = 700  # milliseconds: the address is written a moment after a step


def stepper(page):
    root = page.get_by_test_id("stepper")
    root.wait_for()
    page.wait_for_timeout(SETTLED)
    return root


def marks(root):
    """Everything that is drawn and said, the maps pixel by pixel."""
    root.page.mouse.move(1, 1)
    root.page.evaluate("document.activeElement?.blur()")
    for name in ("maps", "gradients", "unit-lines"):  # drawn once they are seen
        root.locator(f".{name}").scroll_into_view_if_needed()
        root.page.wait_for_timeout(100)
    root.page.evaluate("scrollTo(0, 0)")
    root.page.wait_for_timeout(SETTLED)
    return root.evaluate(MARKS)


def go(root, *keys):
    root.focus()
    for key in keys:
        root.page.keyboard.press(key)


def curves(root):
    """Much of what can be chosen, held and dragged."""
    go(root, *["ArrowRight"] * 7)
    root.get_by_label("sequence in view").select_option("2")
    root.get_by_role("button", name="next unit").click()
    root.get_by_label("units a held value reaches").select_option("all")
    root.get_by_test_id("result-f").press("PageDown")
    root.get_by_test_id("result-c").press("PageUp")
    root.get_by_role("slider", name="input").first.press("ArrowUp")
    root.get_by_label("speed").select_option("5")
    root.get_by_role("button", name="difference").click()
    root.get_by_test_id("result-i").press("Enter")
    root.get_by_test_id("explain").locator("[data-weight]").first.press("ArrowUp")
    go(root, "ArrowRight")


def inside(root):
    root.get_by_label("layer in view").select_option("3")
    root.get_by_role("button", name="inside one step").click()
    go(root, *["ArrowLeft"] * 4)


@pytest.mark.parametrize(
    ("query", "does"),
    [("", curves), ("weights=fresh&layers=2&direction=both&hidden=4", inside)],
)
def test_a_copied_link_shows_the_same_marks_in_another_browser_and_after_a_reload(
    visit, query, does
):
    page = visit(f"/?{query}")
    root = stepper(page)
    plain = marks(root)
    does(root)
    seen = marks(root)
    assert seen != plain
    assert marks(stepper(visit(page.url))) == seen
    page.reload()
    assert marks(stepper(page)) == seen


def test_the_one_html_file_opens_as_the_page_was(visit, browser, tmp_path):
    page = visit()
    root = stepper(page)
    curves(root)
    page.wait_for_timeout(SETTLED)
    seen = root.evaluate(MARKS)
    with page.expect_download() as download:
        root.get_by_role("button", name="This view as one HTML file").click()
    download.value.save_as(tmp_path / "view.html")
    alone = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}).new_page()
    alone.goto((tmp_path / "view.html").as_uri())
    root = stepper(alone)
    told = [text for text in root.evaluate(MARKS) if not text.startswith("data:image")]
    assert told == [text for text in seen if not text.startswith("data:image")]
    alone.context.close()


def test_back_and_forward_undo_and_redo_choices_but_not_each_step(visit, traffic):
    page = visit()
    root = stepper(page)
    changes = root.get_by_test_id("changes")
    unit = root.get_attribute("data-chosen-unit")
    go(root, *["ArrowRight"] * 5)
    root.get_by_role("button", name="next unit").click()
    root.get_by_test_id("result-f").press("ArrowDown")
    go(root, "ArrowRight", "ArrowRight")
    page.wait_for_timeout(SETTLED)
    before = len(traffic)
    page.go_back()
    assert "forget gate" not in changes.inner_text()
    assert root.get_attribute("data-step") == "5"
    page.go_back()
    assert root.get_attribute("data-chosen-unit") == unit
    assert root.get_attribute("data-step") == "5"
    page.go_forward()
    page.go_forward()
    assert changes.inner_text().startswith("forget gate")
    assert root.get_attribute("data-step") == "7"
    assert traffic[before:] == []


def test_a_link_outlives_a_setting_that_is_changed_and_taken_back(visit):
    page = visit("/#view=step:8,hold:1:f:every:8-10:0,end")
    root = stepper(page)
    page.get_by_text("fresh", exact=True).click()
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    page.wait_for_timeout(SETTLED)
    assert "hold" not in page.url
    page.go_back()
    page.get_by_text("trained beforehand: 450").first.wait_for()
    page.wait_for_timeout(SETTLED)
    assert root.get_by_test_id("changes").inner_text().startswith("forget gate, every unit")


RANKED = """(table) => [...table.querySelectorAll("tr")].map((row) => row.innerText)"""


def test_the_table_of_lesions_is_in_the_link_as_it_was_arranged_and_so_is_the_value_in_focus(visit):
    page = visit()
    lesions = stepper(page).get_by_test_id("lesions")
    lesions.get_by_role("button", name="hold each gate in turn").click()
    lesions.get_by_text("All 102 runs are done.").wait_for()
    lesions.get_by_label("which gate").select_option(label="forget gate")
    lesions.get_by_label("at which number").select_option(label="at 1")
    lesions.get_by_role("button", name="change of the loss").click()
    lesions.get_by_role("button", name="change of the loss").click()
    page.get_by_role("button", name="look at input gate").click()
    page.wait_for_timeout(SETTLED)
    assert "focus:i,figure:lesions,ranking:units:f:1:loss:up,end" in page.url
    seen = lesions.get_by_role("table").evaluate(RANKED)
    assert len(seen) == 17
    other = visit(page.url)
    again = stepper(other).get_by_test_id("lesions")
    again.get_by_text("All 102 runs are done.").wait_for()
    assert again.get_by_role("table").evaluate(RANKED) == seen
    assert again.get_by_label("which gate").input_value() == "f"
    assert other.locator(".in-focus [data-testid=map-i]").count() == 1
    assert other.locator(".in-focus [data-testid^=map-]").count() == 1
    page.go_back()
    lesions.get_by_role("table").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("text", "says", "step"),
    [
        ("step:8,hold:1:f:every:8-10:0", "cut short", "0"),
        ("step:8,unit:99,hold:1:q:1:8-9:0,end", "no value “q”. 1 more part of it was", "7"),
        ("%E0%A4%A", "cut short", "0"),
    ],
)
def test_a_link_that_is_cut_or_rubbish_is_said_in_a_sentence(visit, text, says, step):
    root = stepper(visit(f"/#view={text}"))
    assert says in root.get_by_test_id("notice").inner_text()
    assert root.get_attribute("data-step") == step


LARGE = "1e9 is too large: a number here lies between −10⁶ and 10⁶."


@pytest.mark.parametrize("path", ["/", "/By_hand"])
def test_a_change_in_a_link_that_cannot_be_made_is_said_where_it_happened(visit, path):
    """At a place that there is, what the learner had stays; the rest of the link is taken."""
    page = visit(f"{path}#view=step:8,hold:1:f:1:2-3:0.25,end")
    root = stepper(page)
    steps = 15 if path == "/" else 16
    notice = root.get_by_test_id("notice")
    kept, inputs = "hold:1:f:1:2-3:0.25", "input:1:2:1:0.5"
    for word, says, stays in (
        ("hold:1:f:1:2-3:1e9", f"left out, and what is there stays: {LARGE}", kept),
        ("hold:1:f:1:2-99:0", f"“2-99” is no step from 1 to {steps}.", None),
        ("hold:1:q:1:2-3:0", "This cell has no value “q”.", None),
        ("hold:1:f:1:3-2:0", "“3-2” ends before it begins", None),
        ("hold:1:f:1.5:2-3:0", "“1.5” is no unit from 1 to ", None),
        ("input:1:2:1:1e9", f"left out, and what is there stays: {LARGE}", inputs),
        ("step:-1", "“step:-1” does not fit what is shown here and was left out.", None),
    ):
        first = f"view=step:8,{inputs if stays == inputs else kept},end"
        page.evaluate(f"location.hash = '{first}'")
        expect(notice).to_be_hidden()
        page.evaluate(f"location.hash = 'view=step:3,{word},end'")
        expect(notice).to_contain_text(f"In this link, “{word}")
        expect(notice).to_contain_text(says)
        if word != "step:-1":
            expect(root).to_have_attribute("data-step", "2")
        root.press("ArrowRight")
        page.wait_for_function("location.hash.includes('step:4')")
        assert (stays is None) or stays in page.url, word
    page.evaluate("location.hash = 'view=step:9,hold:1:f:1:2-'")
    expect(notice).to_contain_text("This link was cut short")
    expect(root).to_have_attribute("data-step", "3")


@pytest.mark.parametrize("path", ["/", "/By_hand"])
@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1e9", "1e9 is too large: a weight lies between −10⁶ and 10⁶."),
        ("NaN", "“NaN” is no weight: it has to be a finite number."),
        ("heavy", "“heavy” is no number."),
    ],
)
def test_a_weight_in_a_link_that_cannot_be_one_is_said_with_its_place_and_stays(
    visit, path, written, says
):
    page = visit(f"{path}#view=step:8,weight:0.b_f:1:0.75,end")
    notice = stepper(page).get_by_test_id("notice")
    expect(notice).to_be_hidden()
    page.evaluate(f"location.hash = 'view=step:3,weight:0.b_f:1:{written},end'")
    expect(notice).to_have_text(
        f"In this link, b_f[1] could not be read and stays as it was: {says}"
    )
    expect(page.get_by_test_id("stepper")).to_have_attribute("data-step", "2")
    page.get_by_test_id("stepper").press("ArrowRight")
    page.wait_for_url("**weight:0.b_f:1:0.75,end")


def test_a_bad_link_pasted_over_a_view_leaves_it(visit):
    page = visit("/#view=step:8,hold:1:f:every:8-10:0,end")
    root = stepper(page)
    page.evaluate("location.hash = 'view=step:3,un'")
    root.get_by_text("This link was cut short").wait_for()
    assert root.get_attribute("data-step") == "7"
    assert root.get_by_test_id("changes").inner_text().startswith("forget gate")


WEIGHTS = [f"weight:0.U_f:{k + 1}:{k / 7:.4f}" for k in range(24)]
LONG = f"step:8,{','.join(WEIGHTS)},hold:1:f:every:8-10:0,end"


def test_a_long_link_is_packed_and_opens_as_before_with_back_and_forward(visit):
    page = visit(f"/#view={LONG}")
    root = stepper(page)
    seen = marks(root)
    packed = page.url
    assert "#view=packed:" in packed
    assert len(packed) < 0.6 * len(LONG)
    other = visit(packed)
    assert marks(stepper(other)) == seen
    assert other.url == packed
    go(root, "ArrowRight")
    page.get_by_role("button", name="next unit").click()
    page.wait_for_timeout(2 * SETTLED)
    longer = page.url
    assert longer != packed
    page.go_back()
    page.wait_for_timeout(SETTLED)
    assert root.get_attribute("data-step") == "8"
    page.reload()
    assert stepper(page).get_attribute("data-step") == "8"
    page.go_forward()
    page.wait_for_timeout(SETTLED)
    assert page.url == longer


@pytest.mark.parametrize("change", [lambda text: text[:-9], lambda text: f"{text[:-30]}A,end"])
def test_a_packed_link_that_is_broken_is_said_in_a_sentence(visit, change):
    page = visit(f"/#view={LONG}")
    stepper(page)
    page.wait_for_url("**/#view=packed:**")
    root = stepper(visit(change(page.url)))
    assert "cut short" in root.get_by_test_id("notice").inner_text()
    assert root.get_attribute("data-step") == "0"


SLOW_TO_WRITE = """
  const now = window.setTimeout.bind(window);
  window.setTimeout = (after, delay, ...rest) => now(after, delay === 400 ? 5000 : delay, ...rest);
"""


def test_a_setting_pressed_right_after_a_step_leaves_the_step_to_back(visit):
    page = visit()
    root = stepper(page)
    page.evaluate(SLOW_TO_WRITE)  # the setting is there before the address would be written
    go(root, *["ArrowRight"] * 5)
    page.get_by_text("fresh", exact=True).click()
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    page.go_back()
    page.get_by_text("trained beforehand: 450").first.wait_for()
    page.wait_for_timeout(SETTLED)
    assert "#view=step:6,end" in page.url
    page.reload()
    assert stepper(page).get_attribute("data-step") == "5"


def test_a_guess_is_in_the_link_beside_the_view_and_back_takes_it_back(visit):
    page = visit()
    root = stepper(page)
    go(root, *["ArrowRight"] * 3)
    page.wait_for_timeout(SETTLED)
    page.get_by_text("just show me").click()
    page.wait_for_url("**/?guess=1-0#view=step:4,end")
    page.get_by_text("Measured").first.wait_for()
    other = visit(page.url)
    other.get_by_text("Measured").first.wait_for()
    page.go_back()
    page.get_by_text("just show me").wait_for()
    assert root.get_attribute("data-step") == "3"


PLAIN = "step:5,end"


def packed(text):
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "query",
    [
        *(
            f"?{SETTINGS[name].key}={quote(SETTINGS[name].write(SETTINGS[name].default))}"
            for name in ("cell", "hidden", "weights", "beside")
        ),
        "?seed=3&layers=1",
        "?cell=GRU+(PyTorch)&z=keeps",
        "By_hand?cell=LSTM&units=1",
        "By_hand?seed=7&begin=edge",
        "?utm_source=mail&cell=GRU",
        "?hidden=3000&weights=fresh",
        "?loss+at=all+steps",
    ],
)
@pytest.mark.parametrize("view", [PLAIN, "packed"])
def test_a_link_opens_its_view_however_its_settings_are_spelled(visit, query, view):
    """Defaults, what is not in force, what is nobody's, beyond its bounds, and in old words."""
    text = f"packed:{packed(PLAIN)},end" if view == "packed" else view
    page = visit(f"/{query}#view={text}")
    root = stepper(page)
    root.and_(page.locator("[data-step='4']")).wait_for()
    page.wait_for_timeout(SETTLED)
    assert "#view=" in page.url
    assert page.evaluate("history.length") == 2  # what was there before, and this


def test_back_and_forward_lead_to_a_superfluous_spelling_with_its_view(visit):
    page = visit(f"/?cell=LSTM#view={PLAIN}")
    root = stepper(page)
    page.get_by_text("fresh", exact=True).click()
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    go(root, "ArrowRight")
    page.wait_for_timeout(SETTLED)
    page.go_back()
    page.get_by_text("trained beforehand: 450").first.wait_for()
    page.wait_for_timeout(SETTLED)
    assert root.get_attribute("data-step") == "4"
    assert page.url.endswith(f"/?cell=LSTM#view={PLAIN}")
    page.go_forward()
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    page.wait_for_timeout(SETTLED)
    assert root.get_attribute("data-step") == "5"


def test_a_link_on_another_page_leads_to_what_it_names_after_the_page_was_used(visit):
    page = visit()
    stepper(page)
    page.get_by_role("link", name="Cells").click()
    page.get_by_role("link", name="Step through it: MGU").click()
    page.get_by_test_id("result-n").wait_for()
    page.wait_for_url("**/?cell=MGU**")
    page.get_by_role("link", name="Train", exact=True).click()
    page.wait_for_url("**/Train*")
    page.get_by_role("link", name="Gradients", exact=True).click()
    page.get_by_role("link", name="Forget bias").click()
    page.wait_for_url("**/Train?lesson=forget+bias*")
    page.get_by_text(RECIPES["forget bias"].question).first.wait_for()
