"""A page mounts the views it names: any of the stepper's, and its own beside them."""

from itertools import combinations

import numpy as np
import pytest
from playwright.sync_api import Page

import rnnviz
from rnnviz.cells import GALLERY
from rnnviz.web.step.recorded import recorded_payload
from tests.browser.conftest import A_PAGE

X = np.random.default_rng(2).standard_normal((6, 2))
RECORDING = rnnviz.trace(
    rnnviz.Network.fresh(GALLERY["LSTM"], inputs=2, hidden=4, outputs=2, seed=7), X
)
CALL = """
async ([entry, bytes]) => {
  const { default: call } = await import(entry);
  const told = [];
  window.told = told;
  window.again = (data) => call({
    data, parentElement: document.body, setStateValue: (...what) => told.push(what) });
  window.data = Uint8Array.from(bytes);
  window.cleanUp = window.again(window.data);
}
"""
MOUNT = """
async ([bytes, names]) => {
  const { mount } = await import("/stepper/mount.js");
  const { some } = await import("/stepper/views.js");
  const { unpack } = await import("/maths/payload.js");
  const host = document.createElement("div");
  document.body.append(host);
  const shown = mount(host, unpack(Uint8Array.from(bytes)), some(...names));
  host.querySelector(".rnnviz").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  const step = host.querySelector(".rnnviz").dataset.step;
  const width = host.scrollWidth - host.clientWidth;
  const text = host.innerText;
  shown.destroy();
  const left = host.childElementCount;
  host.remove();
  return { step, width, text, left };
}
"""


def payload():
    return list(recorded_payload(RECORDING, title="A recording"))


def length_shown(page: Page) -> float:
    return float(page.get_by_test_id("total").get_attribute("data-value"))


def test_a_page_with_a_view_of_its_own_is_a_few_lines_and_shows_true_numbers(blank):
    files = [path for path in A_PAGE.iterdir() if path.is_file()]
    lines = sum(len(path.read_text().splitlines()) for path in files)
    assert len(files) <= 4
    assert lines <= 120
    blank.evaluate(CALL, ["/a_page/page.js", payload()])
    root = blank.get_by_test_id("stepper")
    lengths = np.linalg.norm(RECORDING["h"], axis=1)
    for step in range(len(X)):
        assert root.get_attribute("data-step") == str(step)
        assert length_shown(blank) == pytest.approx(lengths[step], rel=1e-12)
        root.press("ArrowRight")
    assert root.locator(".strip").count() == 1
    assert root.get_by_test_id("play").count() == 1
    assert root.locator(".stage").count() == 0


def test_a_component_is_mounted_once_refreshed_and_cleaned_up(blank):
    blank.evaluate(CALL, ["/a_page/page.js", payload()])
    root = blank.get_by_test_id("stepper")
    root.press("ArrowRight")
    blank.evaluate("() => void window.again(window.data)")  # the same bytes: where it was
    assert blank.get_by_test_id("stepper").count() == 1
    assert root.get_attribute("data-step") == "1"
    blank.evaluate("() => void window.again(window.data.slice())")  # other bytes: another run
    assert root.get_attribute("data-step") == "0"
    blank.emulate_media(color_scheme="dark")
    blank.evaluate("() => void window.again(window.data)")
    blank.evaluate("() => window.cleanUp()")
    assert blank.locator("body > *").count() == 0


NAMES = ("head", "strip", "player", "changes", "diagram", "readout", "equations", "explain", "maps",
         "gradients", "unit", "narrator")  # fmt: skip


@pytest.mark.parametrize("size", [0, 1, 2, len(NAMES) - 1])
def test_any_of_the_views_are_shown_without_the_others(blank, size):
    bytes_ = payload()
    whole = blank.evaluate(MOUNT, [bytes_, list(NAMES)])
    for names in combinations(NAMES, size):
        found = blank.evaluate(MOUNT, [bytes_, list(names)])
        assert found["step"] == "1", names
        assert found["left"] == 0, names
        assert found["width"] <= whole["width"] < 10, names
