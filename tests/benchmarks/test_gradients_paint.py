"""Turning a knob of the Gradients page: from the input event to the painted frame, in Chromium.

The clock is that of test_stepper_paint: from just before an event is dispatched, at any moment of a
frame, until the frame that shows it has been painted. A median holds half a frame of waiting.
"""

import statistics

import pytest

BUDGET = 16.0
DRAG = """
async (root, [knob, values]) => {
  const slider = root.querySelector(`[data-knob="${knob}"]`);
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done();
    channel.port2.postMessage(0);
  }));
  const times = [], costs = [];
  for (const [k, value] of values.entries()) {
    await new Promise((done) => setTimeout(done, 25 + (k % 17)));
    slider.value = value;
    const start = performance.now(), turns = root.dataset.turns;
    slider.dispatchEvent(new Event("input"));
    if (root.dataset.turns === turns) throw new Error("the knob was not followed");
    await painted();
    times.push(performance.now() - start);
    costs.push(Number(root.dataset.cost));
  }
  return { times, costs };
}
"""
KNOBS = {
    "scale": [0.8 + 0.01 * k for k in range(60)],
    "forget_bias": [-2 + 0.1 * k for k in range(60)],
    "length": [100 - k % 30 for k in range(60)],
    "hidden": [32 - k % 8 for k in range(60)],
}


@pytest.mark.parametrize("knob", KNOBS)
def test_a_knob_is_followed_within_a_frame(figure, visit, knob):
    page = visit("/Gradients?hidden=32&length=100")
    root = page.get_by_test_id("gradients")
    root.wait_for()
    page.get_by_text("just show me").click()
    page.wait_for_timeout(4000)
    told = root.evaluate(DRAG, [knob, KNOBS[knob]])
    painted, cost = (statistics.median(told[part][10:]) for part in ("times", "costs"))
    turn = "turn a knob on the Gradients page, three cells, H = 32, T = 100 →"
    figure(f"{turn} computed and drawn", cost, BUDGET, "ms", case=knob)
    figure(f"{turn} painted", painted, BUDGET, "ms", case=knob)
    assert cost <= BUDGET
