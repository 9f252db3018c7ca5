"""Pictures that open on a press: unrolled, how h becomes the answer, gates; and what L is."""

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings

SETTLED = 700  # milliseconds: the address is written a moment after a step
TICK = 600  # at two steps per second
REACHED = """
figure => Object.fromEntries([...figure.querySelectorAll("[data-layer=bars]")].map((frame, k) =>
  [k, Number(frame.getAttribute("width")) / frame.parentElement.clientWidth]))
"""
DRAWN = """
figure => [...figure.querySelectorAll("path[data-area]")].map((one) => one.getAttribute("d"))
"""


def opened(page, figure, by="click"):
    root = page.get_by_test_id("stepper")
    root.wait_for()
    section = page.get_by_test_id(f"figure-{figure}")
    opener = section.locator(".opener")
    assert opener.get_attribute("aria-expanded") == "false"
    assert section.locator("svg, table").count() == 0  # closed, it is not there
    opener.scroll_into_view_if_needed()
    opener.click() if by == "click" else opener.press("Enter")
    page.wait_for_timeout(300)
    return section


def recorded(settings):
    shown = scene(settings)
    loss = type(shown.loss)(
        shown.loss.kind,
        shown.loss.steps,
        None if shown.loss.targets is None else shown.loss.targets[:, :1],
    )
    return trace(shown.network, shown.reading.x[:, :1]), loss


def number(node):
    return float(node.get_attribute("data-value"))


def test_the_passes_are_played_moment_by_moment_with_the_engine_s_gradients(visit, traffic):
    page = visit("/")
    section = opened(page, "unrolled", by="Enter")
    recording, loss = recorded(StepSettings())
    gradients = recording.backward(loss=loss)
    before = len(traffic)
    scrub = section.get_by_role("slider")
    scrub.focus()
    page.keyboard.press("Home")
    moment, words = section.get_by_test_id("moment"), section.get_by_test_id("pass-words")
    assert moment.inner_text() == "forward, step 1 of 15"
    assert set(section.evaluate(REACHED).values()) == {0}
    for step in range(1, 15):
        page.keyboard.press("ArrowRight")
        assert page.get_by_test_id("stepper").get_attribute("data-step") == str(step)
    for step in reversed(range(15)):
        page.keyboard.press("ArrowRight")
        assert page.get_by_test_id("stepper").get_attribute("data-step") == str(step)
        for name in "hc":
            shown = number(section.locator(f'[data-name="norm.{name}"]'))
            norms = np.linalg.norm(gradients[name][:, 0], axis=-1)
            assert shown == pytest.approx(norms[step], rel=1e-9)
        (share,) = set(section.evaluate(REACHED).values())
        assert share == pytest.approx((14.8 - step) / 15 if step else 1, abs=0.03)
        expected = f"backward, step {step + 1} of 15" if step else "both passes, whole"
        assert moment.inner_text() == expected
    assert "at step 15 and" in words.inner_text()
    page.wait_for_timeout(500)
    assert page.get_by_test_id("narration").inner_text() == words.inner_text()
    assert traffic[before:] == []


def test_they_play_by_themselves_and_stop_at_the_end(visit):
    page = visit("/?sequence=numbers&numbers=0.5+-1+2")
    section = opened(page, "unrolled")
    play = section.get_by_test_id("play-passes")
    play.click()
    section.get_by_text("backward, step 2 of 3").wait_for()
    section.get_by_text("both passes, whole").wait_for()
    page.wait_for_timeout(TICK)
    assert page.get_by_test_id("stepper").get_attribute("data-step") == "0"
    assert play.get_attribute("aria-label") == "play both passes"


def test_a_link_opens_a_picture_and_has_the_moment(visit):
    page = visit("/#view=step:9,figure:gates,figure:unrolled,pass:backward,end")
    section = page.get_by_test_id("figure-unrolled")
    section.get_by_text("backward, step 9 of 15").wait_for()
    assert page.get_by_test_id("figure-gates").locator("svg").count() == 3
    section.get_by_role("button", name="one moment on").click()
    page.wait_for_timeout(SETTLED)
    assert "step:8,figure:gates,figure:unrolled,pass:backward" in page.url
    section.locator(".opener").click()
    page.wait_for_timeout(SETTLED)
    assert page.url.endswith("step:8,figure:gates,end")
    page.go_back()
    section.get_by_text("backward, step 8 of 15").wait_for()


def test_a_hold_changes_every_picture_at_once(visit):
    page = visit("/#view=step:12,figure:answer,figure:gates,figure:unrolled,end")
    sections = [page.get_by_test_id(f"figure-{name}") for name in ("answer", "gates", "unrolled")]
    for section in sections:
        section.locator("path[data-area]").first.wait_for(state="attached")
    page.wait_for_timeout(SETTLED)
    before = [section.evaluate(DRAWN) for section in sections]
    page.get_by_test_id("experiments").get_by_role("button").nth(1).click()
    page.wait_for_timeout(SETTLED)
    for section, was in zip(sections, before, strict=True):
        section.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        assert section.evaluate(DRAWN) != was


@pytest.mark.parametrize("sequence", ["marked recall", "next character", "adding problem"])
def test_l_opens_into_its_arithmetic_and_leads_on(visit, sequence):
    page = visit(f"/?sequence={sequence.replace(' ', '+')}")
    page.get_by_test_id("stepper").wait_for()
    recording, loss = recorded(StepSettings(sequence=sequence))
    expected = loss.judge(recording.output, recording.prediction).value
    value = page.get_by_test_id("effect").get_by_test_id("loss")
    assert number(value) == pytest.approx(expected, rel=1e-9)
    value.click()
    panel = page.get_by_test_id("explain")
    assert panel.get_by_role("heading").inner_text().startswith("L = ")
    assert number(panel.locator(".result")) == pytest.approx(expected, rel=1e-9)
    page.wait_for_timeout(SETTLED)
    assert "explained:readout.loss:1" in page.url
    panel.locator("button.number").first.click()
    assert "W" in panel.inner_text()
    page.wait_for_timeout(SETTLED)
    assert "explained:prediction:" in page.url
    again = visit(page.url)
    again.get_by_test_id("explain").wait_for()
    assert again.get_by_test_id("notice").inner_text() == ""


def test_the_line_below_the_gradients_has_the_numbers_of_l(visit):
    page = visit("/")
    line = page.locator(".gradients").get_by_test_id("loss-line")
    line.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    recording, loss = recorded(StepSettings())
    value = loss.judge(recording.output, recording.prediction).value
    assert line.inner_text().startswith("L = −ln p(“B”) = −ln 0.9999 = ")
    assert number(line.locator('[data-name="loss factor"]')) == pytest.approx(np.exp(-value))
    line.locator('[data-name="loss factor"]').click()
    assert "“B”, step 15" in page.get_by_test_id("explain").get_by_role("heading").inner_text()


def test_scores_and_shares_of_every_step_are_the_engine_s(visit):
    page = visit("/")
    section = opened(page, "answer")
    recording, _loss = recorded(StepSettings())
    for step in (0, 8, 14):
        page.get_by_test_id("stepper").focus()
        page.keyboard.press("Home")
        for _ in range(step):
            page.keyboard.press("ArrowRight")
        scores = recording.prediction[step, 0]
        shares = np.exp(scores) / np.exp(scores).sum()
        for k in range(4):
            score = section.locator(f'[data-name="prediction"][data-unit="{k}"]')
            share = section.locator(f'[data-name="probability"][data-unit="{k}"]')
            assert number(score) == pytest.approx(scores[k], rel=1e-9)
            assert number(share) == pytest.approx(shares[k], rel=1e-9)
    section.locator('[data-name="prediction"]').first.click()
    assert "e" in page.get_by_test_id("explain").inner_text()


def test_the_shares_of_each_gate_are_counted_over_steps_and_units(visit):
    page = visit("/")
    section = opened(page, "gates")
    recording, _loss = recorded(StepSettings())
    for gate in "ifo":
        values = recording[gate][:, 0]
        figure = section.locator(f'[data-gate="{gate}"]')
        found = {
            "shut": (values < 0.05).mean(),
            "open": (values > 0.95).mean(),
            "between": ((values >= 0.05) & (values <= 0.95)).mean(),
        }
        for name, share in found.items():
            assert number(figure.locator(f'[data-share="{name}"]')) == pytest.approx(share)
    with page.context.expect_page() as away:
        section.get_by_role("link").click()
    away.value.get_by_role("heading", name="Are gates switches?").wait_for()


def test_a_cell_without_gates_has_no_such_picture_and_without_a_readout_no_answer(visit):
    page = visit("/?cell=RNN+(tanh)")
    page.get_by_test_id("figure-unrolled").wait_for()
    assert page.get_by_test_id("figure-gates").count() == 0
    page = visit("/?weights=fresh&sequence=numbers&numbers=1+2+3")
    page.get_by_test_id("figure-unrolled").wait_for()
    assert page.get_by_test_id("figure-answer").count() == 0
