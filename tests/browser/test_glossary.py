"""A term on any page opens its entry, by mouse, finger and key; what an entry leads to shows it."""

from collections import defaultdict
from urllib.parse import urlencode

import pytest

from rnnviz.cells import ABOUT, GALLERY
from rnnviz.glossary import ENTRIES
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.export import one_file
from rnnviz.web.parts import parts
from rnnviz.web.step.payload import step_payload
from tests.glossary.words import has_any

PAGES = {
    "/": ["forget-gate", "gradient", "sequence"],
    "/?cell=MGU": ["forget-gate"],
    "/Gradients": ["spectral-radius", "jacobian", "truncated-backpropagation"],
    "/Train": ["loss", "learning-rate", "forget-gate"],
    "/Your_data": ["window"],
    "/By_hand": ["forget-gate", "hidden-state"],
    "/Shapes": ["h-n", "packed-batch"],
}
"""Page → terms that stand on it."""
HAS_FOCUS = """(selector) => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return Boolean(node?.matches(selector));
}"""
ALL_TEXT = """() => {
    const found = [];
    const walk = (node) => {
        if (node instanceof Text) found.push(node.data);
        if (node instanceof Element) {
            found.push(node.getAttribute("aria-label"), node.getAttribute("value"));
            if (node.shadowRoot) walk(node.shadowRoot);
        }
        if (!(node instanceof HTMLStyleElement || node instanceof HTMLScriptElement))
            for (const child of node.childNodes) walk(child);
    };
    walk(document.body);
    return found.filter(Boolean).join(" \\n");
}"""


def panel(page):
    return page.get_by_test_id("glossary")


def heading(page):
    return panel(page).get_by_role("heading", level=3)


def wait_for(page, key):
    heading(page).get_by_text(ENTRIES[key].name, exact=True).wait_for()


def wait_for_focus(page, selector):
    page.wait_for_function(HAS_FOCUS, arg=selector)


def term(page, key):
    return page.locator(f'[data-term="{key}"]:visible').first


@pytest.mark.parametrize(("path", "keys"), PAGES.items())
def test_a_term_opens_its_entry_and_gives_the_focus_back(visit, path, keys):
    page = visit(path)
    for key in keys:
        term(page, key).click()
        wait_for(page, key)
        page.keyboard.press("Escape")
        panel(page).wait_for(state="hidden")
        wait_for_focus(page, f'[data-term="{key}"]')
        page.keyboard.press("Enter")
        wait_for(page, key)
        page.keyboard.press("Escape")
        panel(page).wait_for(state="hidden")
        wait_for_focus(page, f'[data-term="{key}"]')


def test_a_finger_opens_it_at_the_foot_of_a_phone(visit):
    page = visit("/", view="phone")
    term(page, "cell-state").tap()
    wait_for(page, "cell-state")
    box, size = panel(page).bounding_box(), page.viewport_size
    assert (box["x"], box["width"]) == (0, size["width"])
    assert box["y"] + box["height"] == pytest.approx(size["height"], abs=1)
    panel(page).get_by_role("button", name="close").tap()
    panel(page).wait_for(state="hidden")
    wait_for_focus(page, '[data-term="cell-state"]')


def test_an_entry_says_first_what_it_is_for_where_it_was_pressed(visit):
    page = visit("/?cell=MGU")
    term(page, "forget-gate").click()
    wait_for(page, "forget-gate")
    purpose = ABOUT["MGU"].parts["f"].purpose
    assert panel(page).locator(".glossary-here").inner_text() == f"Here: {purpose}"
    first = panel(page).locator(".glossary-meaning").first
    assert first.get_by_role("link").first.inner_text().startswith("MGU")


@pytest.mark.parametrize("value", ["f", "i", "g", "o"])
def test_the_box_of_a_gate_says_what_it_does_at_1(visit, value):
    page = visit("/")
    does = parts(GALLERY["LSTM"])[value]["does"]
    assert page.locator(f'[data-node="{value}"] .node-does').text_content() == does


def test_the_list_is_searched_by_every_name(visit):
    page = visit("/Cells")
    page.get_by_role("button", name="glossary").click()
    field = panel(page).get_by_role("searchbox")
    wait_for_focus(page, "input[type=search]")
    panel(page).locator(".glossary-name").first.wait_for()
    assert panel(page).locator(".glossary-name").count() == len(ENTRIES)
    for wanted, key in [("remember", "forget-gate"), ("细胞状态", "cell-state"), ("BPTT", None)]:
        field.fill(wanted)
        found = panel(page).locator(".glossary-name")
        keys = found.evaluate_all("all => all.map((one) => one.dataset.entry)")
        expected = [key] if key else ["backpropagation-through-time", "truncated-backpropagation"]
        assert keys == expected
    field.fill("flux capacitor")
    panel(page).get_by_text("No term is called so.").wait_for()
    field.fill("cell state")
    panel(page).locator('[data-entry="cell-state"]').click()
    wait_for(page, "cell-state")
    panel(page).get_by_role("button", name="all terms").click()
    wait_for_focus(page, '[data-entry="cell-state"]')


def test_a_term_in_a_page_s_text_opens_its_entry_and_leaves_the_address(visit):
    page = visit("/Cells")
    before = page.url
    link = page.get_by_role("link", name="decay", exact=True).first
    link.click()
    wait_for(page, "decay")
    page.keyboard.press("Escape")
    panel(page).wait_for(state="hidden")
    wait_for_focus(page, '[href="#term=decay"]')
    assert page.url == before


@pytest.mark.parametrize("path", ["/?term=forget-gate", "/?term=remember%20gate", "/#term=f-o-o"])
def test_an_address_opens_an_entry(visit, path):
    page = visit(path)
    if "f-o-o" in path:
        panel(page).get_by_text("No term is called so.").wait_for()
    else:
        wait_for(page, "forget-gate")
    page.keyboard.press("Escape")
    page.get_by_test_id("stepper").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#view=**")
    assert page.get_by_test_id("stepper").get_attribute("data-step") == "1"


def test_a_saved_page_has_it_all_in_it(browser, tmp_path):
    path = tmp_path / "step.html"
    path.write_text(one_file(step_payload(scene(StepSettings())), "A page"), encoding="utf-8")
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    term(page, "forget-gate").click()
    wait_for(page, "forget-gate")
    assert panel(page).get_by_role("link").count() == 0
    assert "LSTM" in panel(page).inner_text()
    assert asked == [path.as_uri()]
    page.close()


def places():
    """Page and query → the entries that are shown there, but for those of one cell."""
    found = defaultdict(list)
    for entry in ENTRIES.values():
        for place in (place for meaning in entry.meanings for place in meaning.places):
            if place.title not in {about.title for about in ABOUT.values()}:
                page = "" if place.page == "Step" else place.page.replace(" ", "_")
                found[f"/{page}?{urlencode(place.query)}"].append(entry)
    return found


@pytest.mark.parametrize(("path", "entries"), places().items())
def test_what_an_entry_leads_to_shows_it(visit, path, entries):
    page = visit(path)
    missing = entries
    for _ in range(40):  # what stands further down comes a moment later
        text = page.evaluate(ALL_TEXT).casefold()
        shown = set(page.locator("[data-term]").evaluate_all("a => a.map((n) => n.dataset.term)"))
        missing = [one for one in missing if one.key not in shown and not has_any(text, one)]
        if not missing:
            return
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(250)
    assert [entry.name for entry in missing] == []
