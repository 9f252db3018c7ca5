"""The Gradients page in a browser: numbers are the engine's, knobs follow without the server."""

import numpy as np
import pytest

from rnnviz.gradients.bound import bound
from rnnviz.gradients.credit import credit
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import Setup
from rnnviz.gradients.truncation import truncate
from rnnviz.gradients.waterfall import chain, waterfall

READ = """
root => Object.fromEntries([...root.querySelectorAll("[data-name][data-value]")]
  .map(node => [node.dataset.name, node.dataset.value]))
"""
TURN = """
(root, [knob, value]) => {
  const slider = root.querySelector(`[data-knob="${knob}"]`);
  slider.value = value;
  slider.dispatchEvent(new Event("input"));
}
"""


def opened(page):
    root = page.get_by_test_id("gradients")
    root.wait_for()
    page.wait_for_function("root => root.dataset.step !== undefined", arg=root.element_handle())
    if root.get_by_text("just show me").is_visible():
        root.get_by_text("just show me").click()
    return root


def numbers(root):
    return root.evaluate(READ)


def measured(setup, name):
    return measure(setup.network(name), setup.x, setup.judge)


def turn(page, root, knob, value):
    root.evaluate(TURN, [knob, value])
    page.wait_for_timeout(60)


def rested(page, root):
    """Until what takes longer than a frame is computed for the knobs as they are."""
    root.locator('.spectra [data-state="current"]').wait_for(state="attached", timeout=60_000)


def agree(root, setup):
    shown = numbers(root)
    for name in setup.cells:
        curve = curves(measured(setup, name))["h"]
        ratio = float(shown[f"ratio {name} h"])
        assert ratio == pytest.approx(curve.log10_ratio, rel=1e-9, abs=1e-11), name
        for k, drop in enumerate(curve.drops):
            assert shown[f"drop {k} {name}"] == ("never" if drop is None else str(drop))
    for step in (0, setup.length // 2, setup.length - 1):
        slider = root.get_by_role("slider", name="Time step of the cursor")
        slider.focus()
        slider.press("Home")
        for _ in range(step // 10):
            slider.press("PageDown")
        for _ in range(step % 10):
            slider.press("ArrowRight")
        assert root.get_attribute("data-step") == str(step)
        shown = numbers(root)
        for name in setup.cells:
            expected = curves(measured(setup, name))["h"].total[step]
            assert float(shown[f"norm {name} h"]) == pytest.approx(expected, rel=1e-9)


def test_the_numbers_are_the_engine_s_before_and_after_every_knob(visit):
    page = visit("/Gradients?cells=RNN;LSTM;GRU+(PyTorch);Peephole+LSTM;MGU")
    root = opened(page)
    names = ("RNN", "LSTM", "GRU (PyTorch)", "Peephole LSTM", "MGU")
    agree(root, Setup(names))
    values = {"length": 33, "scale": 0.7, "forget_bias": -0.5, "input_scale": 1.5, "hidden": 11}
    for knob, value in values.items():
        turn(page, root, knob, value)
    agree(root, Setup(names, **values))


def test_reasons_spectra_credit_and_cut_are_the_engine_s(visit):
    page = visit("/Gradients?hidden=6&length=24")
    root = opened(page)
    rested(page, root)
    of = measured(Setup(hidden=6, length=24), "LSTM")
    shown = numbers(root)
    for part, norms in waterfall(of).norms().items():
        assert float(shown[f"waterfall {part}"]) == pytest.approx(norms[0], rel=1e-9)
    top = chain(of).log10_products[0, 0]
    assert float(shown["largest products"]) == pytest.approx(top, rel=1e-9)
    found = credit(of)
    for gate, gradient in zip(found.gates, found.gradient, strict=True):
        assert float(shown[f"credit {gate}"]) == pytest.approx(gradient, rel=1e-9)
    handle = root.get_by_role("slider", name="Cut before step")
    handle.focus()
    handle.press("ArrowLeft")
    cut = int(root.locator(".cut-host").get_attribute("data-cut"))
    said = root.locator('[data-name="cut"]')
    expected = truncate(of, cut).total
    assert float(said.get_attribute("data-lost")) == pytest.approx(expected.lost, rel=1e-9)
    assert float(said.get_attribute("data-angle")) == pytest.approx(expected.angle, rel=1e-7)


def test_the_bound_is_labelled_and_is_the_engine_s(visit):
    root = opened(visit("/Gradients"))
    root.get_by_label("an upper bound").check()
    limit = bound(measured(Setup(), "RNN"))
    assert float(numbers(root)["bound"]) == pytest.approx(limit.factor, rel=1e-9)
    assert "A bound, not a prediction" in root.inner_text()


def test_dragging_a_knob_sends_the_server_nothing_until_it_is_let_go(visit, traffic):
    page = visit("/Gradients")
    root = opened(page)
    page.wait_for_timeout(1200)
    slider = root.locator('[data-knob="scale"]')
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 3, middle)
    page.mouse.down()
    before = len(traffic)
    shown = set()
    for k in range(40):
        page.mouse.move(box["x"] + box["width"] * (0.33 + k / 100), middle)
        page.wait_for_timeout(20)
        shown.add(numbers(root)["ratio RNN h"])
    page.wait_for_timeout(500)
    assert traffic[before:] == []
    assert len(shown) > 20
    page.mouse.up()
    page.wait_for_url("**/Gradients?scale=*")


def test_dragging_the_cut_sends_the_server_nothing(visit, traffic):
    page = visit("/Gradients")
    root = opened(page)
    rested(page, root)
    root.locator(".cut-lane").scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    box = root.locator(".cut-lane").bounding_box()
    before = len(traffic)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 12, steps=8)
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 12, steps=8)
    page.mouse.up()
    page.wait_for_timeout(400)
    assert root.locator(".cut-host").get_attribute("data-cut") == "48"
    assert traffic[before:] == []


def test_a_guess_stands_beside_what_is_measured_and_the_curve_waits_for_it(visit):
    page = visit("/Gradients")
    root = page.get_by_test_id("gradients")
    root.locator(".veil").wait_for()
    assert root.locator("td").first.inner_text() == "?"
    root.get_by_text("a tenth").click()
    said = root.locator('[data-name="answer"]')
    expected = curves(measured(Setup(), "RNN"))["h"].log10_ratio
    assert float(said.get_attribute("data-value")) == pytest.approx(expected, rel=1e-9)
    assert "You said a tenth" in said.inner_text()
    assert "a millionth" in said.inner_text()
    assert not root.locator(".veil").is_visible()
    turn(page, root, "length", 20)
    assert "You said a tenth" in said.inner_text()


def test_stale_spectra_are_never_shown_as_current(visit):
    page = visit("/Gradients?hidden=24")
    root = opened(page)
    rested(page, root)
    root.locator(".spectra").scroll_into_view_if_needed()
    states = root.evaluate(
        f"""async (root) => {{
          ({TURN})(root, ["length", 50]);
          const status = root.querySelector(".spectra [role=status]");
          const now = [status.dataset.state, status.textContent];
          await new Promise((later) => setTimeout(later, 170));
          return [...now, root.querySelector(".spectra .settling").className];
        }}"""
    )
    assert states[0] == "stale"
    assert "What is drawn is for LSTM, length 60" in states[1]
    assert "stale" in states[2]
    rested(page, root)
    assert "length 50" in root.locator(".spectra [role=status]").inner_text()


def test_a_phase_diagram_is_cancelled_at_once_and_the_page_stays_whole(visit):
    page = visit("/Gradients?hidden=32")
    opened(page)
    for pause in (30, 250, 400, 500):
        page.get_by_text("Compute it").click()
        cancel = page.get_by_role("button", name="Cancel")
        cancel.wait_for()
        page.wait_for_timeout(pause)
        cancel.click()
        cancel.wait_for(state="detached", timeout=3000)
        page.wait_for_timeout(1000)
        assert float(page.get_by_test_id("phase").get_attribute("data-done")) < 1
        assert "Cancelled" in page.get_by_test_id("phase").inner_text()
        assert page.get_by_text("Check it yourself").is_visible()
        assert page.get_by_text("Check the gradient").is_visible()


def test_a_click_in_the_phase_diagram_turns_the_knobs(visit):
    page = visit("/Gradients?hidden=4")
    root = opened(page)
    page.get_by_text("Compute it").click()
    page.locator('[data-testid="phase"][data-done="1"]').wait_for(timeout=60_000)
    canvas = page.get_by_test_id("phase").get_by_role("img", name="Phase diagram of RNN (ReLU)")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 19.5 / 25, box["y"] + box["height"] * 3.5 / 8)
    page.wait_for_url("**/Gradients?*scale=2*")
    shown = numbers(root)
    assert (float(shown["knob scale"]), int(shown["knob length"])) == (2.0, 50)
    setup = Setup(hidden=4, scale=2.0, length=50, activation="relu")
    ratio = curves(measured(setup, "RNN"))["h"].log10_ratio
    assert float(shown["ratio RNN h"]) == pytest.approx(ratio, rel=1e-9)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("length=1", "no way back to travel"),
        ("scale=0&cells=RNN", "exactly 0 at step 1–59"),
        ("bound=shown&activation=identity&scale=3&length=200&input_scale=5&hidden=1", "bound, not"),
        ("bound=shown&cells=RNN+(ReLU)&scale=3&length=200&hidden=30&input_scale=5", "bound, not"),
        ("bound=shown&cells=LSTM", "No bound is drawn for LSTM"),
        ("hidden=1&length=2", "computed now"),
        ("loss=one+step&step=1", "no way back to travel"),
        ("loss=each+step&length=30&hidden=4", "computed now"),
    ],
)
def test_what_cannot_be_drawn_is_said(visit, query, says):
    page = visit(f"/Gradients?{query}")
    root = opened(page)
    rested(page, root)
    assert says in root.inner_text()
    assert "NaN" not in root.inner_text()
    assert "undefined" not in root.inner_text()
    paths = root.evaluate("r => [...r.querySelectorAll('path')].map(p => p.getAttribute('d'))")
    assert not any("NaN" in path or "Infinity" in path for path in paths if path)


def test_an_explosion_to_infinity_is_worded(visit):
    page = visit("/Gradients?cells=GRU+(Cho)")
    root = opened(page)
    root.locator('[data-cell="RNN (linear)"]').click()
    for knob, value in {"scale": 3, "length": 200}.items():
        turn(page, root, knob, value)
    shown = numbers(root)
    expected = curves(measured(Setup(scale=3.0, length=200), "RNN (linear)"))["h"].log10_ratio
    assert float(shown["ratio RNN (linear) h"]) == pytest.approx(expected, rel=1e-9)


def test_the_step_page_s_network_is_drawn_beside_the_others(visit):
    page = visit("/Gradients")
    root = opened(page)
    root.locator('[data-cell="scene"]').click()
    assert np.isfinite(float(numbers(root)["ratio scene h"]))
    page.wait_for_url("**/Gradients?*scene=shown*")


@pytest.mark.parametrize("view", ["light", "dark", "phone"])
def test_the_page_fits_and_has_no_fault(visit, view):
    page = visit("/Gradients", view=view)
    root = opened(page)
    rested(page, root)
    page.wait_for_timeout(500)
