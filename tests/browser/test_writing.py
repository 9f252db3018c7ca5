"""The writing place: errors while one types, what follows at once, and nothing is ever lost."""

from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import expect

from rnnviz import notation
from rnnviz.cells import GALLERY, own
from rnnviz.cells.entry import entry
from rnnviz.equations import parse
from rnnviz.interop.modules.source import module_source
from tests.browser.pressing import unanswered

TEXT = "k = sigmoid(W_k @ x + b_k)\nh = k * h_prev + (1 - k) * tanh(W @ x + U @ h_prev)"
WRONG = TEXT.replace("tanh", "tan")
SAYS = "Line 2, column 28: `tan` is no function here; did you mean `tanh`?"
HOSTILE = "h = <img src=x onerror=alert(1)>"


@pytest.fixture
def writing(visit):
    """The page with a text in its writing place, which comes with it."""

    def open_with(text=TEXT):
        page = visit(f"/?{urlencode({'cell': 'own', 'equations': text})}")
        return page, page.get_by_test_id("writing")

    return open_with


def box(root):
    return root.get_by_role("textbox", name="Equations")


def equations_in_address(page):
    return parse_qs(urlparse(page.url).query).get("equations", [""])[0]


def wait_for_address(page, text):
    page.wait_for_function(
        "text => new URLSearchParams(location.search).get('equations') === text", arg=text
    )


def test_an_error_is_said_at_its_place_while_one_types(writing):
    page, root = writing()
    expect(root.get_by_test_id("problem")).to_have_text("")
    box(root).fill(WRONG)
    assert root.get_by_test_id("problem").inner_text() == SAYS
    line, caret = root.locator("pre.place").inner_text().split("\n")
    assert line == WRONG.split("\n")[1]
    assert caret.index("^") + 1 == 28
    assert box(root).get_attribute("aria-invalid") == "true"
    assert "as before: your own cell." in root.get_by_test_id("state").inner_text()
    wait_for_address(page, WRONG)  # the mistake is in the link too
    expect(page.locator('[data-testid="stAlert"]')).to_have_count(0)
    expect(page.get_by_test_id("stepper").get_by_test_id("result-k")).to_be_visible()
    root.get_by_role("button", name="go to the place in the text").click()
    start = box(root).evaluate("box => box.selectionStart")
    assert WRONG[start : start + 3] == "tan"


def test_what_is_wrong_in_a_link_is_said_once_where_it_stands(writing):
    page, root = writing(WRONG)
    expect(root.get_by_test_id("problem")).to_have_text(SAYS)
    expect(root.get_by_test_id("state")).to_contain_text("What is shown below is as before")
    assert page.locator("body").inner_text().count(SAYS) + root.inner_text().count(SAYS) == 1


PRINTED = ["kt = σ(Wk xt + bk)", "ht = kt ⊙ ht−1 + (1 − kt) ⊙ tanh(W xt + U ht−1)"]


def printed(root):
    return root.get_by_test_id("typeset").locator("li")


def test_each_line_is_printed_level_with_it_and_a_mistake_is_marked_in_its_own(writing):
    page, root = writing()
    page.set_viewport_size({"width": 1700, "height": 900})
    lines = printed(root)
    expect(lines).to_have_text(PRINTED)
    tops = [one["y"] for one in (line.bounding_box() for line in lines.all())]
    typed = box(root).evaluate(
        "box => { const s = getComputedStyle(box); return [box.getBoundingClientRect().top"
        " + parseFloat(s.paddingTop) + parseFloat(s.borderTopWidth), parseFloat(s.lineHeight)]; }"
    )
    for k, top in enumerate(tops):
        assert top == pytest.approx(typed[0] + k * typed[1], abs=1.5)
    box(root).fill(WRONG)
    expect(lines.nth(0)).to_have_text(PRINTED[0])  # what is not wrong stays
    assert lines.nth(1).inner_text() == WRONG.split("\n")[1]
    assert lines.nth(1).locator("mark").inner_text() == "tan"
    expect(root.get_by_role("button", name="copy the equations as LaTeX")).to_be_disabled()
    box(root).fill(TEXT.replace("k", "q"))
    expect(lines).to_have_text([line.replace("k", "q") for line in PRINTED])
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    root.get_by_role("button", name="copy the equations as LaTeX").click()
    page.wait_for_function("window.copied")
    assert page.evaluate("window.copied") == notation.latex(parse(TEXT.replace("k", "q")))


def test_what_follows_is_there_at_once_and_the_page_at_a_pause(writing):
    page, root = writing("h = tanh(W @ x + U @ h_prev)")
    box(root).fill(TEXT)
    assert root.get_by_test_id("gates").inner_text() == "k"
    assert root.get_by_test_id("states").inner_text() == "h"
    assert root.get_by_test_id("parameters").inner_text() == "H² + H + 2HI = 432"
    stepper = page.get_by_test_id("stepper")
    expect(stepper.get_by_test_id("result-k")).to_be_visible(timeout=30_000)
    expect(root.get_by_test_id("state")).to_have_text("These equations are shown below.")
    assert equations_in_address(page) == TEXT


def test_nothing_is_lost_on_reload_back_and_change_of_page(writing):
    page, root = writing()
    box(root).fill(WRONG)
    wait_for_address(page, WRONG)
    page.reload()
    expect(box(root)).to_have_value(WRONG, timeout=30_000)
    expect(root.get_by_test_id("problem")).to_have_text(SAYS)
    box(root).fill(TEXT + "\nq = ")
    page.get_by_role("link", name="Train").click()
    expect(page.get_by_role("heading", name="Watch it learn")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Step").click()
    expect(box(root)).to_have_value(TEXT + "\nq = ", timeout=30_000)


def test_typing_on_while_the_page_follows_loses_no_letter(writing):
    page, root = writing()
    box(root).fill("h = tanh(W @ x")
    box(root).press("End")
    for letter in " + 0.5 * h_prev)  # as it was":
        page.keyboard.type(letter)
        page.wait_for_timeout(60)
    expect(box(root)).to_have_value("h = tanh(W @ x + 0.5 * h_prev)  # as it was")
    wait_for_address(page, "h = tanh(W @ x + 0.5 * h_prev)  # as it was")
    expect(box(root)).to_have_value("h = tanh(W @ x + 0.5 * h_prev)  # as it was")


def test_tab_leaves_it_and_hostile_text_is_text(writing):
    page, root = writing()
    box(root).fill(HOSTILE)
    expect(root.get_by_test_id("problem")).to_contain_text("Line 1, column 5")
    assert root.locator("img").count() == 0
    box(root).focus()
    page.keyboard.press("Tab")
    assert not box(root).evaluate("box => box === box.getRootNode().activeElement")
    assert box(root).input_value() == HOSTILE


def test_it_is_taken_away_as_a_module_and_as_an_entry(writing):
    page, root = writing()
    for name, text in (
        ("As a torch.nn.Module (Python)", module_source(parse(TEXT))),
        ("As an entry of the gallery (Python)", entry(own(parse(TEXT)))),
    ):
        with page.expect_download() as saved:
            root.get_by_role("button", name=name).click()
        assert saved.value.path().read_text() == text
    box(root).fill(WRONG)
    expect(root.get_by_role("button", name="As a torch.nn.Module (Python)")).to_be_disabled()


def test_everything_in_it_answers(writing):
    _page, root = writing(WRONG)
    expect(root.get_by_test_id("problem")).to_have_text(SAYS)
    # The box answers typing, and "go there" by moving the cursor, as is tested above.
    typed = ["textarea: “Equations”", "button small: “go to the place in the text”"]
    assert unanswered(root.page, root) == typed


def test_choosing_one_s_own_begins_with_the_cell_before(visit):
    page = visit("/?cell=MGU")
    page.get_by_test_id("stSelectbox").filter(has_text="Cell").first.click()
    page.get_by_role("option", name="your own equations").click()
    root = page.get_by_test_id("writing")
    expect(root.get_by_test_id("gates")).to_have_text("f", timeout=30_000)
    assert parse(box(root).input_value()) == GALLERY["MGU"]


def test_an_alteration_is_opened_with_the_keyboard_alone(visit):
    page = visit("/?cell=LSTM")
    page.locator("summary").filter(has_text="What changes if").press("Enter")
    button = page.get_by_role("button", name="h without tanh")
    expect(button).to_be_visible(timeout=30_000)
    assert "− h = o * tanh(c)" in page.locator("del").all_inner_texts()
    assert "+ h = o * c" in page.locator("ins").all_inner_texts()
    button.press("Enter")
    root = page.get_by_test_id("writing")
    expect(root.get_by_test_id("state")).to_have_text(
        "These equations are shown below.", timeout=30_000
    )
    assert box(root).input_value().endswith("\nh = o * c")


def test_a_cell_of_the_gallery_is_opened_from_its_page(visit):
    page = visit("/Cells")
    page.get_by_role("link", name="Step through it: MGU (minimal gated unit)").click()
    expect(page.get_by_test_id("stepper")).to_be_visible(timeout=30_000)
    page.wait_for_function("new URLSearchParams(location.search).get('cell') === 'MGU'")
    expect(page.get_by_test_id("stepper").get_by_test_id("result-n")).to_be_visible()
