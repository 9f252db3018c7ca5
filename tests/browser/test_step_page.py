"""The Step page in a browser: its numbers are the engine's, stepping asks the server nothing."""

import numpy as np
import pytest
from playwright.sync_api import expect

from rnnviz import trace
from rnnviz.cells import MENU
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from tests.browser.settling import settled

READ_SHOWN = """
root => Object.fromEntries([...root.querySelectorAll("[data-name][data-unit][data-value]")]
  .map(node => [`${node.dataset.name} ${node.dataset.unit}`, Number(node.dataset.value)]))
"""


def stepper(page):
    root = page.get_by_test_id("stepper")
    root.wait_for()
    return root


def step_of(root):
    return int(root.get_attribute("data-step"))


def press(page, root, key, times=1):
    root.focus()
    for _ in range(times):
        page.keyboard.press(key)


@pytest.mark.parametrize("cell", MENU)
def test_every_number_shown_is_the_engine_s(visit, cell):
    page = visit(f"/?cell={cell.replace(' ', '+')}")
    root = stepper(page)
    shown = scene(StepSettings(cell=cell))
    recording = trace(shown.network, shown.reading.x[:, 0])
    for step in (0, 4, 14):
        press(page, root, "Home")
        press(page, root, "ArrowRight", step)
        assert step_of(root) == step
        numbers = root.evaluate(READ_SHOWN)
        named = {k: v for k, v in numbers.items() if k.split()[0] in recording.names}
        assert {name.split()[0] for name in named} == set(recording.names)
        for key, value in named.items():
            name, unit = key.split()
            expected = recording[name][step, int(unit)]
            assert value == pytest.approx(expected, rel=1e-9, abs=1e-12), (key, step)


def test_fifty_key_presses_ask_the_server_nothing(page, traffic):
    root = stepper(page)
    page.wait_for_timeout(500)
    before = len(traffic)
    press(page, root, "ArrowRight", 30)
    press(page, root, "ArrowLeft", 20)
    page.wait_for_timeout(300)
    assert traffic[before:] == []


def test_a_step_is_kept_when_the_question_is_answered(page):
    """A guess reruns the page's script; the component stays where the visitor is."""
    root = stepper(page)
    press(page, root, "ArrowRight", 3)
    page.get_by_text("just show me").click()
    page.get_by_text("takes the right answer").wait_for()
    assert step_of(root) == 3


def test_the_question_follows_the_sequence(page):
    root = stepper(page)
    page.get_by_text("step 9, •B").wait_for()
    root.get_by_label("sequence in view").select_option("2")
    page.get_by_text("step 5, •D").wait_for()
    assert page.get_by_text("step 9, •B").count() == 0


def test_a_choice_is_in_the_address_and_the_address_is_the_choice(visit):
    page = visit()
    stepper(page)
    page.get_by_text("fresh", exact=True).click()
    page.wait_for_url("**/?weights=fresh")
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    again = visit(page.url)
    again.get_by_text("fresh weights, seed 0").first.wait_for()


def test_back_and_forward_undo_and_redo_a_choice(visit):
    page = visit()
    stepper(page)
    page.get_by_text("fresh", exact=True).click()
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    seed = page.get_by_role("spinbutton", name="Seed")
    seed.fill("7")
    seed.press("Enter")
    page.get_by_text("fresh weights, seed 7").first.wait_for()
    page.wait_for_url("**/?weights=fresh&seed=7")
    page.go_back()
    page.get_by_text("fresh weights, seed 0").first.wait_for()
    assert seed.input_value() == "0"
    page.go_back()
    page.get_by_text("trained beforehand: 450 steps").first.wait_for()
    page.go_forward()
    page.go_forward()
    page.get_by_text("fresh weights, seed 7").first.wait_for()
    assert seed.input_value() == "7"


def test_a_link_in_old_words_is_what_it_meant_and_is_put_into_keys_by_the_next_choice(visit):
    page = visit("/?weights=fresh&loss=each+step&cell=GRU+(Cho)&z=takes+the+new")
    stepper(page)
    page.get_by_text("added over all").or_(page.get_by_text("averaged over all")).first.wait_for()
    assert "+new" in page.url
    page.get_by_text("typed", exact=True).click()
    page.wait_for_url(lambda url: "loss=every" in url and "z=takes" in url and "+new" not in url)


def test_an_address_out_of_range_is_put_right_by_the_next_choice(visit):
    page = visit("/?cell=mgu&hidden=999&layers=zero&seed=-5")
    stepper(page)
    page.get_by_text("There is no trained network for Hidden size 64").wait_for()
    page.get_by_text("typed", exact=True).click()
    page.wait_for_url(lambda url: "cell=MGU" in url and "hidden=64" in url and "seed" not in url)


def test_a_wrong_equation_is_said_beside_it_and_the_run_stays(visit):
    page = visit("/?cell=your+own+equations&equations=h+%3D+tanh(W+@+x+%2B+U+@+h_prev)")
    root = stepper(page)
    before = root.evaluate(READ_SHOWN)
    text = page.get_by_role("textbox", name="Equations")
    text.fill("h = tanh(W @ x + U @ h_prew)")
    text.press("Control+Enter")
    error = page.get_by_test_id("writing").get_by_test_id("problem")
    expect(error).to_contain_text("did you mean")
    assert "did you mean" in error.inner_text()
    assert "Line 1, column 22" in error.inner_text()
    assert root.evaluate(READ_SHOWN) == before


@pytest.mark.parametrize("view", ["light", "dark", "phone"])
@pytest.mark.parametrize(
    "query",
    ["", "sequence=next+character&cell=GRU+(PyTorch)", "layers=2&direction=both&cell=CIFG"],
)
def test_the_page_fits_and_has_no_fault(visit, view, query):
    page = visit(f"/?{query}", view=view)
    numbers = stepper(page).evaluate(READ_SHOWN)
    assert np.isfinite(list(numbers.values())).all()


@pytest.mark.parametrize("query", ["", "cell=RNN+(tanh)"])
def test_on_a_projector_all_one_tries_and_its_outcome_are_above_the_fold(visit, query):
    root = settled(stepper(visit(f"/?{query}", view="projector")))
    for name in (".outcome .effect", ".trials", ".equations", ".diagram", ".answer-row"):
        box = root.locator(name).first.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768, name
