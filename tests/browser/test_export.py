"""The one HTML file, opened from the disk without a network: its numbers are the engine's."""

import numpy as np
import pytest

import rnnviz
from rnnviz import notation
from rnnviz.cells import GALLERY
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings

READ_SHOWN = """
root => Object.fromEntries([...root.querySelectorAll("[data-name][data-unit][data-value]")]
  .map(node => [`${node.dataset.name} ${node.dataset.unit}`, Number(node.dataset.value)]))
"""
X = np.random.default_rng(6).standard_normal((9, 2))


@pytest.fixture
def open_saved(browser, tmp_path):
    """`open_saved(text, **options)` → the page; at the end it has said and asked nothing."""
    heard, pages = [], []

    def open_it(text, **options):
        (tmp_path / "run.html").write_text(text, encoding="utf-8")
        page = browser.new_context(offline=True, **options).new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: heard.append(request.url))
        page.goto((tmp_path / "run.html").as_uri())
        page.get_by_test_id("stepper").wait_for()
        pages.append(page)
        return page

    yield open_it
    for page in pages:
        page.wait_for_timeout(100)
        page.context.close()
    beside = [line for line in heard if not line.startswith("data:")]
    assert beside == [(tmp_path / "run.html").as_uri()] * len(pages)


@pytest.fixture
def open_file(open_saved):
    """`open_file(recording, **options)` → its page."""
    return lambda recording, **options: open_saved(recording.to_html(), **options)


def recording(name="LSTM", **options):
    network = rnnviz.Network.fresh(GALLERY[name], inputs=2, hidden=5, outputs=2, seed=1)
    return rnnviz.trace(network, X, **options)


def compare(page, rec, step):
    root = page.get_by_test_id("stepper")
    assert root.get_attribute("data-step") == str(step)
    shown = root.evaluate(READ_SHOWN)
    named = {key.split()[0] for key in shown} & set(rec.names)
    assert named == set(rec.names)
    for key, value in shown.items():
        name, unit = key.split()
        if name in named:
            assert value == pytest.approx(rec[name][step, int(unit)], rel=1e-9, abs=1e-12), key


@pytest.mark.parametrize("name", ["LSTM", "GRU (Cho)"])
def test_keys_step_and_every_number_is_the_engine_s(open_file, name):
    rec = recording(name)
    page = open_file(rec)
    page.get_by_test_id("stepper").focus()
    compare(page, rec, 0)
    for step in (1, 2):
        page.keyboard.press("ArrowRight")
        compare(page, rec, step)
    page.keyboard.press("End")
    compare(page, rec, 8)


def test_the_pictures_come_along_and_play(open_file):
    rec = recording()
    page = open_file(rec)
    names = ("answer", "gates", "unrolled")
    for name in names:
        section = page.get_by_test_id(f"figure-{name}")
        section.locator(".opener").click()
        section.locator("path[data-area]").first.wait_for(state="attached")
    assert page.locator(".figure a").count() == 0  # there is no other page in a file
    unrolled = page.get_by_test_id("figure-unrolled")
    unrolled.get_by_role("slider").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    norms = rec.backward(at=-1).norms("h")
    shown = unrolled.locator('[data-name="norm.h"]').get_attribute("data-value")
    assert float(shown) == pytest.approx(norms[1], rel=1e-9)
    page.wait_for_timeout(700)
    assert "figure:answer,figure:gates,figure:unrolled,pass:backward" in page.url


def test_what_was_held_is_held_and_undo_lets_go(open_file):
    held = recording(hold=rnnviz.Hold("f", 0.0, steps=range(2, 5)))
    page = open_file(held)
    root = page.get_by_test_id("stepper")
    root.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    compare(page, held, 4)
    page.keyboard.press("Control+z")
    compare(page, recording(), 4)


@pytest.mark.parametrize(
    ("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(18, 22, 28)")]
)
def test_it_is_light_or_dark_as_the_reader_s_machine_is_also_later(open_file, scheme, ground):
    page = open_file(recording(), color_scheme=scheme)
    root = page.get_by_test_id("stepper")
    is_dark = "node => node.classList.contains('dark')"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    assert root.evaluate(is_dark) == (scheme == "dark")
    page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    page.wait_for_timeout(50)
    assert root.evaluate(is_dark) == (scheme == "light")


def test_it_fits_a_phone(open_file):
    page = open_file(recording(), viewport={"width": 390, "height": 844}, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_step_page_hands_out_the_file_it_shows(visit, open_saved):
    page = visit("/?cell=MGU")
    page.get_by_test_id("stepper").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="This view as one HTML file").click()
    shown = scene(StepSettings(cell="MGU"))
    saved = open_saved(download.value.path().read_text(encoding="utf-8"))
    saved.get_by_test_id("stepper").focus()
    saved.keyboard.press("ArrowRight")
    compare(saved, rnnviz.trace(shown.network, shown.reading.x[:, 0]), 1)


@pytest.mark.parametrize("name", ["LSTM", "RNN (tanh)"])
def test_the_equations_are_copied_as_latex(open_file, name):
    page = open_file(recording(name), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="copy the equations as LaTeX").click()
    page.get_by_text("LaTeX copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == notation.latex(GALLERY[name])
    assert not page.get_by_label("the equations as LaTeX", exact=True).is_visible()


@pytest.mark.parametrize("clipboard", ["undefined", "{ writeText: () => Promise.reject() }"])
def test_where_nothing_can_be_copied_that_is_said_and_the_latex_stands_there(open_file, clipboard):
    page = open_file(recording())
    page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    page.get_by_role("button", name="copy the equations as LaTeX").click()
    page.get_by_text("The browser lets no page copy here.").wait_for()
    text = page.get_by_label("the equations as LaTeX", exact=True)
    assert text.input_value() == notation.latex(GALLERY["LSTM"])
    assert text.evaluate("node => getSelection().toString()") == text.input_value()
