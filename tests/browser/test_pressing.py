"""What looks as if it could be pressed answers: nothing on a page is a dummy."""

import pytest
from playwright.sync_api import TimeoutError

from tests.browser.pressing import Pressable, pressable, unanswered
from tests.browser.settling import settled

DUMMIES = """
<main>
  <button id="live" onclick="this.textContent += '!'">live</button>
  <button id="dead">dead</button>
  <button disabled>off</button>
  <button aria-pressed="true">chosen</button>
  <span id="number" data-value="0.5">0.50</span>
  <i id="hand" style="cursor: pointer">hand</i>
  <b style="cursor: pointer" onclick="location.hash = 'there'"><u>two in one</u></b>
  <p>no more than text</p>
  <div style="cursor: ns-resize; height: 40px"
    onpointermove="if (event.buttons) this.style.height = '60px'">drag me</div>
  <s style="cursor: grab" onpointerleave="this.style.color = 'red'">pass</s>
  <a href="/away">away</a>
</main>
"""


def test_the_walk_finds_what_does_nothing_and_nothing_else(browser):
    page = browser.new_page()
    page.set_content(DUMMIES)
    names = [one.name for one in pressable(page.locator("main"))]
    assert ", ".join(names) == (
        "live, dead, off, chosen, 0.50, hand, two in one, drag me, pass, away"
    )
    dead = unanswered(page, page.locator("main"), most=9)
    assert dead == ["button: “dead”", "span: “0.50”", "i: “hand”", "s: “pass”"]
    page.close()


def test_of_those_that_are_alike_a_few_are_pressed(browser):
    page = browser.new_page()
    page.set_content("<main>" + "".join(f"<button>{k}</button>" for k in range(9)) + "</main>")
    assert unanswered(page, page.locator("main"), most=3) == [
        str(Pressable("button", name)) for name in "018"
    ]
    page.close()


def _fresh(page, root, do=""):
    """Brings the stepper back to its second step, nothing changed, nothing opened but by `do`; also
    from another page that a press led to."""
    home = page.url

    def before():
        try:
            root.focus(timeout=5_000)
        except TimeoutError:
            page.goto(home)
            root.focus()
        for key in ("Escape", "Home", "ArrowRight"):
            page.keyboard.press(key)
        release = root.get_by_role("button", name="release everything")
        if release.is_enabled():
            release.click()
        if do:
            root.get_by_test_id(do).press("Enter")

    return before


LONG = "+".join("12" * 100)
STEP = [
    ("", "", 1),
    ("", "result-f", 1),
    ("sequence=numbers&numbers=0.1+0.7+-0.4+0.2+0.5", "", 1),
    ("weights=fresh&layers=2&direction=both&hidden=3", "result-c", 1),
    ("weights=typed&sequence=numbers&numbers=1+2+0.5+-1+0&cell=RNN+(tanh)&hidden=2", "", 1),
    ("weights=fresh&cell=RNN+(tanh)&hidden=5#view=weights:0.U,end", "", 1),
    (f"weights=fresh&hidden=3&sequence=numbers&numbers={LONG}", "", 1),
]


@pytest.mark.parametrize(("query", "opened", "most"), STEP)
def test_everything_on_the_step_page_that_looks_pressable_answers(visit, query, opened, most):
    page = visit(f"/?{query}")
    root = page.get_by_test_id("stepper")
    root.wait_for()
    assert unanswered(page, root, before=_fresh(page, root, opened), most=most) == []


@pytest.mark.parametrize("figure", ["answer", "gates", "unrolled"])
def test_everything_of_an_open_picture_that_looks_pressable_answers(visit, figure):
    start = f"/?cell=LSTM#view=step:3,figure:{figure},end"
    page = visit(start)
    root = page.get_by_test_id("stepper")
    root.wait_for()
    section = page.get_by_test_id(f"figure-{figure}")
    back = _fresh(page, root)

    def before():
        back()
        if section.locator(".opener").get_attribute("aria-expanded") == "false":
            section.locator(".opener").click()

    assert unanswered(page, section, before=before, most=2) == []


OPEN = "/By_hand?challenge=hold#view=step:3,end"
HAND = ["", "?cell=GRU+(PyTorch)&units=2&inputs=2&outputs=1", "?cell=RNN+(tanh)&begin=edge"]


@pytest.mark.parametrize("query", HAND)
def test_everything_on_the_by_hand_page_that_looks_pressable_answers(visit, query):
    page = visit(f"/By_hand{query}#view=step:3,weight:0.b:1:0.5,end")
    root = page.get_by_test_id("stepper")
    page.locator(".bench").wait_for()

    def before():
        root.focus()
        for key in ("Escape", "Home", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)

    assert unanswered(page, root, before=before, most=1) == []


def test_everything_of_an_open_challenge_that_looks_pressable_answers(visit):
    """From the same start each time: a press may have led to another challenge."""
    page = visit(OPEN)
    root = page.get_by_test_id("stepper")

    def before():
        if "challenge=hold" not in page.url:
            page.goto(OPEN)
            page.locator(".challenge h3").wait_for()
        if not page.locator(".challenges-all[open]").count():
            page.locator(".challenges-all summary").click()
        root.focus()
        page.keyboard.press("Home")

    for part in (".scenarios", ".challenge", ".train-from-here"):
        assert unanswered(page, root.locator(part), before=before, most=1) == []


ALTERATIONS = ["cell=LSTM", "cell=GRU+(Cho)&beside=untouched"]


@pytest.mark.parametrize("query", ALTERATIONS)
def test_everything_of_what_changes_if_that_looks_pressable_answers(visit, query):
    """From the same cell each time: a press opens another."""
    start = f"/?{query}&weights=fresh&hidden=4"
    page = visit(start)
    fold = page.get_by_test_id("stExpander").filter(has_text="What changes if")

    def before():
        page.goto(start)
        fold.locator("summary").click()
        fold.get_by_role("button").first.wait_for()
        settled(fold)

    assert unanswered(page, fold, before=before, most=3) == []


def test_everything_on_the_cells_page_that_looks_pressable_answers(visit):
    page = visit("/Cells?units=8&inputs=3")
    page.get_by_role("link", name="Step through it").last.wait_for()
    sidebar = page.get_by_test_id("stSidebarUserContent")
    assert unanswered(page, page.get_by_test_id("stMainBlockContainer")) == []
    dead = unanswered(page, sidebar)
    assert [one for one in dead if "Help for" not in one] == []  # which shows above the page
