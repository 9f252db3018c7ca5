"""Exercises of courses, done on the By hand page: a known solution is set, and seen to solve it."""

import math
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from rnnviz.challenges import CHALLENGES
from rnnviz.web import stages
from tests.challenges.solutions import KNOWN

EXERCISES = {1: ["one-input"], 4: ["commands"], 6: ["addition"], 7: ["gradient"], 8: ["parity"],
             9: ["delay-1", "delay-3"], 18: ["count"]}  # fmt: skip


def changes(key, weights):
    """What is set of a challenge's network, as a link has it."""
    one = CHALLENGES[key]
    before, after = (stages.arrays(n) for n in (one.network, one.with_weights(weights)))
    return [
        f"weight:{quote(name)}:{place + 1}:{value:g}"
        for name, array in after.items()
        for place, (value, old) in enumerate(zip(array.flat, before[name].flat, strict=True))
        if value != old
    ]


def link(key, weights=None):
    words = changes(key, weights) if weights is not None else []
    return f"/By_hand?challenge={key}" + (f"#view={','.join([*words, 'end'])}" if words else "")


def opened(visit, key, weights=None, view="light"):
    page = visit(link(key, weights), view=view)
    expect(page.get_by_test_id("challenges")).to_contain_text(CHALLENGES[key].title)
    return page


def badge(page):
    return page.get_by_test_id("solved")


@pytest.mark.parametrize("key", KNOWN)
def test_the_known_solution_is_seen_to_solve_it(visit, key):
    page = opened(visit, key, KNOWN[key].weights)
    expect(badge(page)).to_have_text("✓ solved")
    solved = page.locator(f'[data-challenge="{key}"]')
    expect(solved).to_have_attribute("aria-label", re.compile(": solved$"))


def test_every_exercise_to_be_done_by_hand_has_its_challenge():
    found = {}
    for key, one in CHALLENGES.items():
        if one.exercise:
            found.setdefault(one.exercise, []).append(key)
    assert found == EXERCISES


def test_the_start_is_not_solved_and_undo_takes_a_solution_back(visit):
    page = opened(visit, "count")
    expect(badge(page)).to_have_text("✗ not solved yet")
    expect(page.get_by_test_id("miss")).to_contain_text("allowed 0.25")


def test_hints_come_one_by_one_and_end(visit):
    page = opened(visit, "count")
    hints = CHALLENGES["count"].hints
    for k, hint in enumerate(hints):
        page.get_by_role("button", name=f"Show me a hint ({len(hints) - k} left)").click()
        expect(page.locator(".hints li").nth(k)).to_have_text(hint)
    expect(page.get_by_role("button", name="No hint is left")).to_be_disabled()


def test_the_next_sequence_and_the_worst_step_are_shown(visit):
    page = opened(visit, "hold")
    page.get_by_role("button", name="Next sequence (1 of 6)").click()
    expect(page.get_by_role("button", name="Next sequence (2 of 6)")).to_be_visible()
    said = page.get_by_test_id("miss").inner_text()
    step, sequence = re.search(r"at step (\d+) of sequence (\d+)", said).groups()
    page.get_by_role("button", name="Go to the worst step").click()
    expect(page.get_by_role("button", name=f"Next sequence ({sequence} of 6)")).to_be_visible()
    expect(page.get_by_test_id("stepper")).to_have_attribute("data-step", str(int(step) - 1))


def test_another_challenge_is_opened_and_left_and_the_link_has_it(visit):
    page = opened(visit, "count")
    page.get_by_text("Challenges: 0 of 12 solved").click()
    page.locator('[data-challenge="latch"]').click()
    expect(page.locator(".challenge h3")).to_contain_text("A latch with a reset")
    expect(page).to_have_url(re.compile("challenge=latch"))
    page.get_by_role("button", name="Leave the challenge").click()
    expect(page.locator(".challenge h3")).to_have_count(0)
    assert "challenge=" not in page.url


def test_what_was_solved_stays_in_the_browser_until_it_is_cleared(visit):
    page = opened(visit, "count", KNOWN["count"].weights)
    expect(page.get_by_text("Challenges: 1 of 12 solved")).to_be_visible()
    page.goto("/By_hand?challenge=latch")
    page.get_by_text("Challenges: 1 of 12 solved").click()
    page.get_by_role("button", name="Forget what was solved in this browser").click()
    expect(page.get_by_text("Challenges: 0 of 12 solved")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Challenges: 0 of 12 solved")).to_be_visible()


def test_the_band_stands_on_the_bench_at_the_value_that_is_judged(visit):
    page = opened(visit, "hold")
    bands = page.locator(".time-strip .wanted")
    drawn = {
        strip: path
        for strip, path in bands.evaluate_all(
            """paths => paths.map((path) =>
              [path.closest("[data-strip]")?.dataset.strip, path.getAttribute("d")])"""
        )
        if path
    }
    assert list(drawn) == ["h"]
    wanted = CHALLENGES["hold"].judged.wanted[:, 0]
    assert drawn["h"].count("M") == 1 + int((wanted[1:] != wanted[:-1]).sum())


SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def power_of_ten(text):
    return 0 if text == "1" else int(text.removeprefix("10").translate(SUPERSCRIPTS) or 1)


def test_a_gradient_that_is_judged_has_its_band_in_its_row(visit):
    """A factor of 2 around that of the last step, on the row's own axis of powers of ten."""
    page = opened(visit, "gradient")
    page.get_by_test_id("stepper").press("End")
    last = float(page.locator("[data-name='norm.c']").get_attribute("data-value"))
    row = page.locator(".time-strip:has(+ .strip-note [data-name='norm.c'])")
    low, high = (
        power_of_ten(row.locator(f".scale-{end}").inner_text()) for end in ("bottom", "top")
    )
    path = row.locator(".wanted").get_attribute("d")
    top, foot = (
        float(number) for number in re.match(r"M0 ([\d.]+)H51V([\d.]+)H0Z$", path).groups()
    )
    tolerance = CHALLENGES["gradient"].tolerance
    for place, wanted in ((top, tolerance), (foot, -tolerance)):
        assert high - place * (high - low) == pytest.approx(math.log10(last) + wanted, abs=1e-3)


def test_a_share_that_is_judged_has_a_row_with_its_band(visit):
    page = opened(visit, "one-input", KNOWN["one-input"].weights)
    row = page.locator('.time-strip[data-strip="share"]')
    marked = CHALLENGES["one-input"].judged.wanted[:, 0].argmax()
    path = row.locator(".wanted").get_attribute("d")
    assert f"M{marked} 0H{marked + 1}V0.05" in path.replace("0.050000000000000044", "0.05")
    for _ in range(marked):
        page.get_by_test_id("stepper").press("ArrowRight")
    share = page.locator("[data-name='share']")
    assert float(share.get_attribute("data-value")) == pytest.approx(1, abs=0.05)


REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError"); } });"""


def test_a_browser_that_keeps_nothing_judges_all_the_same(visit):
    page = visit("/")
    page.add_init_script(REFUSED)
    page.goto(link("count", KNOWN["count"].weights))
    expect(badge(page)).to_have_text("✓ solved")
    expect(page.get_by_text("Challenges: 1 of 12 solved")).to_be_visible()


def test_the_keyboard_alone_solves_one(visit):
    """Count the ones: both weights are to be 1. Typed, stepped, and judged at each."""
    page = opened(visit, "count")
    weights = [page.locator(f'[data-parameter="h"] [data-entry="{k}"]') for k in (0, 1)]
    weights[0].focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(badge(page)).to_have_text("✗ not solved yet")
    weights[1].focus()
    for _ in range(5):
        page.keyboard.press("ArrowUp")
    expect(badge(page)).to_have_text("✓ solved")
    page.get_by_test_id("stepper").focus()
    page.keyboard.press("Control+z")
    expect(badge(page)).to_have_text("✗ not solved yet")


FOCUSED = """() => { let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return [one?.closest("[data-parameter]")?.dataset.parameter ?? "", one?.dataset.entry ?? ""]; }"""
TYPED = {
    "average": {("n", 0): 1, ("z", 2): 1.5},
    "latch": {("h", 0): 5, ("h", 1): -5, ("h", 2): 2},
    "reset": {("f", 1): -16, ("f", 3): 8, ("i", 3): 8, ("g", 0): 4},
}
"""Row and place in it → the number that is typed there."""


@pytest.mark.parametrize("key", TYPED)
def test_tab_and_typing_alone_solve_three_more(visit, key):
    page = opened(visit, key)
    left = dict(TYPED[key])
    page.get_by_test_id("stepper").focus()
    for _ in range(90):
        page.keyboard.press("Tab")
        parameter, entry = page.evaluate(FOCUSED)
        row = parameter.split(".")[0]
        last = max((place for name, place in left if name == row), default=-1)
        for place in range(last + 1 if entry == "0" else 0):
            if (row, place) in left:
                page.keyboard.press("Control+a")
                page.keyboard.type(str(left.pop((row, place))))
                page.keyboard.press("Enter")
            page.keyboard.press("ArrowRight")  # on to the next of the row
        if not left:
            break
    assert not left
    expect(badge(page)).to_have_text("✓ solved")
