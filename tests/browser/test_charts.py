"""Every chart on the screen: a larger number's mark is higher, a later one's further right.

The numbers are the engine's; the marks are those of the page, in pixels of the screen.
"""

import re
from io import BytesIO
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import numpy as np
import plotly.io
import pytest
from PIL import Image

from rnnviz import trace, training
from rnnviz.gradients.curve import curves
from rnnviz.gradients.setup import Setup
from rnnviz.gradients.truncation import truncate
from rnnviz.gradients.waterfall import chain, waterfall
from rnnviz.network.losses import Loss
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from tests.browser.test_gradients_page import measured, opened, rested
from tests.browser.test_train_page import counts, number, press, runs, until

POINTS = """
(root, name) => [...root.querySelectorAll(`[data-line="${name}"]`)].map((path) => {
  const onto = path.getScreenCTM();
  return [...path.getAttribute("d").matchAll(/[ML](\\S+) ([^ML]+)/g)].map(([, x, y]) => {
    const { x: left, y: top } = new DOMPoint(Number(x), Number(y)).matrixTransform(onto);
    return [left, top];
  });
})
"""
TICKS = """
(root, right) => [...root.querySelectorAll("svg.chart text")]
  .map((text) => [text.textContent, text.getBoundingClientRect()])
  .filter(([, box]) => box.right < right)
  .map(([text, { top, bottom }]) => [text, (top + bottom) / 2])
"""
ROUNDING = 0.2  # pixels
SVG = "{http://www.w3.org/2000/svg}"


def line(root, name):
    """(count, 2): where a line's points are on the screen, x to the right and y down."""
    (found,) = root.evaluate(POINTS, name)
    return np.array(found)


def assert_higher(heights, numbers, rounding=ROUNDING):
    """Pixels from the top shrink as the numbers grow; NaN where a mark hides behind another."""
    by_size = np.asarray(heights)[np.argsort(numbers)]
    by_size = by_size[~np.isnan(by_size)]
    assert len(by_size) >= 0.8 * len(numbers)
    assert (by_size <= np.minimum.accumulate(by_size) + rounding).all()
    assert np.ptp(by_size) > 8


def assert_is_line_of(points, numbers):
    """Each number has its point, in the order of time, and larger ones stand higher."""
    assert len(points) == len(numbers)
    assert (np.diff(points[:, 0]) > 0).all()
    assert_higher(points[:, 1], numbers)


def assert_tick_of_one(root, points, numbers):
    """What is above the tick that says 1 is more than 1, what is below it less."""
    height = dict(root.evaluate(TICKS, points[:, 0].min() - 6))["1"]
    assert (points[numbers > 1, 1] < height + 2).all()
    assert (points[numbers < 1, 1] > height - 2).all()


@pytest.fixture
def stepped(visit):
    """The Step page's stepper on a fresh LSTM, and its scene."""
    choices = {"cell": "LSTM", "weights": "fresh", "hidden": 5}
    page = visit(f"/?{urlencode(choices)}")
    stepper = page.get_by_test_id("stepper")
    stepper.wait_for()
    page.set_viewport_size({"width": 1280, "height": 2400})
    page.wait_for_timeout(400)
    return stepper, scene(StepSettings(**choices))


def test_one_unit_over_time(stepped):
    """Its gates and states share one axis: whichever number is larger is higher."""
    stepper, shown = stepped
    unit = int(stepper.get_attribute("data-chosen-unit"))
    values = trace(shown.network, shown.reading.x).layer(0)
    heights, numbers = [], []
    for name in ("i", "f", "g", "o", "c", "h"):
        points = line(stepper.locator(".unit-lines"), name)
        assert len(points) == len(shown.reading.x)
        assert (np.diff(points[:, 0]) > 0).all()
        heights.extend(points[:, 1])
        numbers.extend(values[name][:, 0, unit])
    assert_higher(heights, numbers)


def test_the_gradient_on_its_way_back(stepped):
    stepper, shown = stepped
    loss = type(shown.loss)(shown.loss.kind, shown.loss.steps, shown.loss.targets[:, :1])
    gradients = trace(shown.network, shown.reading.x[:, :1]).backward(loss=loss)
    for name in ("h", "c"):
        points = line(stepper.get_by_test_id("gradient-norms"), name)
        assert_is_line_of(points, gradients.norms(name).ravel())
        assert_tick_of_one(
            stepper.get_by_test_id("gradient-norms"), points, gradients.norms(name).ravel()
        )


def test_the_cursor_stands_at_the_step_and_goes_right(stepped):
    stepper, _ = stepped
    for section in (stepper.locator(".unit-lines"), stepper.get_by_test_id("gradient-norms")):
        x = line(section, "h")[:, 0]
        stepper.press("Home")
        for step in range(3):
            box = section.locator(".passing [data-mark=rule]").bounding_box()
            assert box["x"] + box["width"] / 2 == pytest.approx(x[step], abs=1)
            stepper.press("ArrowRight")


def test_curves_running_product_spectra_and_cuts(visit):
    page = visit("/Gradients?hidden=6&length=24")
    root = opened(page)
    rested(page, root)
    page.set_viewport_size({"width": 1280, "height": 3600})
    page.wait_for_timeout(600)
    of = {name: measured(Setup(hidden=6, length=24), name) for name in ("RNN", "LSTM")}
    for name, one in of.items():
        assert_is_line_of(line(root, f"{name} h"), curves(one)["h"].total)
    total = curves(of["RNN"])["h"].total
    assert_tick_of_one(root.locator(".curve-section"), line(root, "RNN h"), total)
    for part, norms in waterfall(of["LSTM"]).norms().items():
        finite = norms > 1e-12  # what is 0 here is rounding there, or the other way round
        assert_is_line_of(line(root, f"waterfall {part}"), norms[finite])
    jacobians = chain(of["LSTM"])
    assert_is_line_of(line(root, "singular 0"), jacobians.log10_products[:, 0])
    root.get_by_text("over each step alone").click()
    assert_is_line_of(line(root, "singular 0"), jacobians.singular[:, 0])
    lost = np.array([truncate(of["LSTM"], cut).total.lost for cut in range(24)])
    assert_is_line_of(line(root, "lost"), lost[lost > 0])


COLUMNS = """
(section, [colour, shares, edge]) => {
  const canvas = section.querySelector("canvas");
  const [left, right] = canvas.clientWidth < 460 ? [40, 24] : [46, 140];
  const scale = canvas.width / canvas.clientWidth, context = canvas.getContext("2d");
  return shares.map((share) => {
    const x = Math.round((left + share * (canvas.clientWidth - left - right)) * scale);
    const { data } = context.getImageData(x, 0, 1, canvas.height);
    const isInked = (y) =>
      data[4 * y + 3] > 100 && colour.every((part, k) => Math.abs(data[4 * y + k] - part) < 30);
    const rows = [];
    for (let y = edge * scale; y < canvas.height - edge * scale; y++) if (isInked(y)) rows.push(y);
    return rows.reduce((sum, y) => sum + y, 0) / rows.length / scale;
  });
}
"""
RUN_A, FORGET, INPUT = [31, 41, 51], [213, 94, 0], [0, 158, 115]
KNOBS = {"task": "adding problem", "length": 20, "hidden": 8, "batch": 8, "cell": "LSTM"}


@pytest.fixture
def trained(visit):
    """The Train page after 40 of 40 updates, a reader of its canvases, and the same run here."""
    page = visit(f"/Train?{urlencode(KNOBS | {'updates': 40, 'clip': 'off'})}")
    press(page, "play")
    until(page, lambda: counts(page) == [40], 240)
    page.wait_for_timeout(500)

    def heights(title, colour, shares, edge=0):
        panel = runs(page).locator("section.panel", has=page.get_by_role("heading", name=title))
        return np.array(panel.first.evaluate(COLUMNS, [colour, list(shares), edge]))

    return page, heights, training.advance(training.start(**KNOBS, updates=40), 40)


def test_loss_gradient_and_profile_of_a_run(trained):
    page, heights, run = trained
    assert number(page, "A", "loss") == run.history["loss"][-1]
    updates = np.arange(1, 41)
    for title, series in (("Loss", "loss"), ("Gradient norm", "grad_norm")):
        seen = heights(title, RUN_A, updates / 40)
        assert_higher(seen, run.history[series], rounding=3.0)
    profile = run.history["dh_norms"][-1]
    assert_higher(heights("over time", RUN_A, (np.arange(20) + 0.5) / 20), profile, rounding=2.0)


def test_held_out_error_and_gates_of_a_run(trained):
    _, heights, run = trained
    evaluations = [evaluation for evaluation in run.evaluations if evaluation.update <= 40]
    seen = heights("Held out", RUN_A, [one.update / 40 for one in evaluations])
    assert_higher(seen, [one.metric for one in evaluations], rounding=2.0)
    updates = np.arange(3, 41)
    forget, write = (heights("Gates", colour, updates / 40, 35) for colour in (FORGET, INPUT))
    means = [run.history[f"gate_mean.{gate}"][updates - 1] for gate in "fi"]
    assert (means[0] > means[1]).all()
    seen = ~np.isnan(write - forget)
    assert seen.sum() >= 10
    assert (forget < write)[seen].all()


def saved(page, chart, kind):
    """The bytes of a chart that is saved."""
    chart.locator(".saving summary").click()
    with page.expect_download() as download:
        chart.get_by_role("button", name=kind, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_a_chart_is_saved_as_it_is_drawn(stepped):
    """As SVG with the numbers' order kept and no style sheet needed, as PNG with its colours."""
    stepper, _ = stepped
    page, chart = stepper.page, stepper.get_by_test_id("gradient-norms")
    name, text = saved(page, chart, "SVG")
    assert name == "gradient-norms-over-time.svg"
    picture = ET.fromstring(text)
    assert b"var(" not in text
    assert "|dL/dh|" in {node.text for node in picture.iter(f"{SVG}text")}
    (path,) = (node for node in picture.iter(f"{SVG}path") if node.get("data-line") == "h")
    drawn = np.array([float(n) for n in re.findall(r"[\d.]+", path.get("d"))]).reshape(-1, 2)
    on_page = line(chart, "h")
    assert (np.diff(drawn[:, 0]) > 0).all()
    assert np.corrcoef(drawn[:, 1], on_page[:, 1])[0, 1] > 0.9999
    name, picture = saved(page, chart, "PNG")
    image = Image.open(BytesIO(picture)).convert("RGB")
    assert (name, image.width) == ("gradient-norms-over-time.png", 1920)
    assert {(255, 255, 255), (43, 108, 176)} <= {colour for _, colour in image.getcolors(10**6)}


def test_a_chart_is_saved_as_a_plotly_figure_of_the_engines_numbers(stepped):
    stepper, shown = stepped
    chart = stepper.get_by_test_id("gradient-norms")
    name, text = saved(stepper.page, chart, "Plotly")
    assert name == "gradient-norms-over-time.plotly.json"
    assert b"var(" not in text
    figure = plotly.io.from_json(text.decode())
    rec = trace(shown.network, shown.reading.x[:, 0])
    loss = Loss(shown.asked.kind, shown.asked.steps, targets_of(shown))
    norms = rec.backward(loss=loss).norms("h")
    (line,) = (one for one in figure.data if one.name == "|dL/dh|")
    assert list(line.x) == list(range(1, len(norms) + 1))
    np.testing.assert_allclose(np.array(line.y, float), norms, rtol=1e-9)


def targets_of(shown):
    """Of the first sequence of a scene."""
    return None if shown.asked.kind == "sum" else shown.reading.targets[:, 0]


def test_a_canvas_is_saved_too_with_its_map(trained):
    page, *_ = trained
    loss = runs(page).locator("section.panel", has=page.get_by_role("heading", name="Loss"))
    for chart, kind in ((loss, "line"), (runs(page).locator(".map-row").first, "image")):
        _, text = saved(page, chart, "SVG")
        assert kind in {node.get("data-mark") for node in ET.fromstring(text).iter()}
