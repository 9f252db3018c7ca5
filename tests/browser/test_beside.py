"""Two at once: in step, each with its own numbers, on common scales."""

from urllib.parse import urlencode

import pytest

from rnnviz import Hold, trace
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from tests.browser.pressing import unanswered

HELD = "step:4,unit:3,hold:1:f:every:10-15:0,end"


@pytest.fixture
def opened(visit):
    def open_page(path="/", view="light"):
        page = visit(path, view=view)
        steppers = page.get_by_test_id("stepper")
        page.get_by_test_id("beside").wait_for()
        steppers.nth(2).wait_for()
        return page, steppers.nth(0), steppers.nth(1), steppers.nth(2)

    return open_page


def norm(side, state):
    """|dL/d(state)| at the step in view."""
    found = side.locator(f".gradients [data-name='norm.{state}']")
    return float(found.get_attribute("data-value"))


def engine(step, state="h", holds=(), **choices):
    shown = scene(StepSettings(**choices))
    loss = type(shown.loss)(shown.loss.kind, shown.loss.steps, shown.loss.targets[:, 0])
    recording = trace(shown.network, shown.reading.x[:, 0], hold=holds)
    return float(recording.backward(loss=loss).norms(state)[step])


def test_the_touched_run_stands_beside_the_untouched_one(opened):
    _, main, left, right = opened(f"/?beside=untouched#view={HELD}")
    titles = [side.locator("h2").first.inner_text() for side in (left, right)]
    assert titles == ["with your changes", "untouched"]
    cut = Hold("f", 0.0, steps=range(9, 15))
    for step in (3, 11, 14):
        main.press("Home")
        for _ in range(step):
            main.press("ArrowRight")
        assert norm(left, "c") == pytest.approx(engine(step, "c", [cut]), rel=1e-9, abs=1e-15)
        assert norm(right, "c") == pytest.approx(engine(step, "c"), rel=1e-9)
        assert {one.get_attribute("data-step") for one in (main, left, right)} == {str(step)}
    right.get_by_test_id("map-f").scroll_into_view_if_needed()
    right.page.wait_for_timeout(300)
    right.get_by_test_id("map-f").click(position={"x": 3, "y": 3})
    assert {one.get_attribute("data-step") for one in (main, left, right)} == {"0"}
    assert {one.get_attribute("data-chosen-unit") for one in (main, left, right)} == {"1"}


def test_turning_to_it_loses_no_change(visit):
    page = visit(f"/#view={HELD}")
    stepper = page.get_by_test_id("stepper").first
    stepper.wait_for()
    page.get_by_role("combobox", name="Beside it").click()
    page.get_by_role("option", name="the untouched run").click()
    page.get_by_test_id("beside").wait_for()
    assert "forget gate, every unit, steps 10–15" in page.get_by_test_id("changes").inner_text()
    assert stepper.get_attribute("data-step") == "3"
    page.wait_for_timeout(800)
    assert "beside=untouched" in page.url
    assert "hold:1:f:every:10-15:0" in page.url


@pytest.mark.parametrize("view", ["light", "phone"])
def test_two_cells_read_the_same_sequence_in_step(opened, view):
    page, main, left, right = opened(f"/?{urlencode({'beside': 'GRU (PyTorch)'})}", view)
    assert [side.locator("h2").first.inner_text() for side in (left, right)] == [
        "LSTM",
        "GRU (PyTorch)",
    ]
    for _ in range(9):
        main.press("ArrowRight")
    assert norm(left, "h") == pytest.approx(engine(9), rel=1e-9)
    assert norm(right, "h") == pytest.approx(engine(9, cell="GRU (PyTorch)"), rel=1e-9)
    assert right.get_by_test_id("map-z").count() == 1
    assert left.get_by_test_id("map-c").count() == 1
    first, second = left.bounding_box(), right.bounding_box()
    if view == "phone":
        assert second["y"] >= first["y"] + first["height"]
    else:
        assert first["y"] == second["y"]
        assert second["x"] >= first["x"] + first["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for side in (left, right):
        side.locator(".gradients").evaluate("(one) => one.scrollIntoView()")
        page.wait_for_timeout(300)
    ends = [side.locator(".map-rows .row-note").last.inner_text() for side in (left, right)]
    assert ends[0] == ends[1]
    decades = [
        [one for one in side.locator(".gradients svg text").all_text_contents() if "10" in one]
        for side in (left, right)
    ]
    assert len(decades[0]) > 1
    assert decades[0] == decades[1]


def test_exercise_3_whose_gradient_survives_a_long_sequence(opened):
    """Update gate at "always new", or reset gate at "always look", beside the untouched GRU."""
    cell = {"cell": "GRU (PyTorch)"}
    found = {}
    for name, value in (("z", 0), ("r", 1)):
        query = urlencode({**cell, "beside": "untouched"})
        _, main, left, right = opened(f"/?{query}#view=hold:1:{name}:every:1-15:{value},end")
        main.press("Home")
        found[name] = norm(left, "h")
        hold = Hold(name, float(value))
        assert found[name] == pytest.approx(engine(0, holds=[hold], **cell), rel=1e-9)
        assert norm(right, "h") == pytest.approx(engine(0, **cell), rel=1e-9)
    assert found["r"] != found["z"]


def test_everything_beside_that_looks_pressable_answers(opened):
    page, main, _, _ = opened(f"/?beside=untouched#view={HELD}")

    def before():
        main.focus()
        for key in ("Escape", "Home", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)

    pair = page.get_by_test_id("beside")
    assert unanswered(page, pair, before=before, most=1) == []


def test_the_one_html_file_shows_both_in_step(opened, browser, tmp_path):
    page, main, _, _ = opened(f"/?{urlencode({'beside': 'GRU (PyTorch)'})}#view=step:4,end")
    with page.expect_download() as download:
        main.get_by_role("button", name="This view as one HTML file").click()
    download.value.save_as(tmp_path / "both.html")
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    alone = context.new_page()
    alone.goto((tmp_path / "both.html").as_uri())
    alone.get_by_test_id("beside").wait_for()
    main, left, right = alone.get_by_test_id("stepper").all()
    titles = [side.locator("h2").first.inner_text() for side in (left, right)]
    assert titles == ["LSTM", "GRU (PyTorch)"]
    for step in (3, 4):
        assert {one.get_attribute("data-step") for one in (main, left, right)} == {str(step)}
        assert norm(left, "h") == pytest.approx(engine(step), rel=1e-9)
        assert norm(right, "h") == pytest.approx(engine(step, cell="GRU (PyTorch)"), rel=1e-9)
        main.press("ArrowRight")
    context.close()
