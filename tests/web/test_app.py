"""The Step page without a browser: every choice, what it sends to the stepper, what it says."""

import ast
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from streamlit.testing.v1 import AppTest

from rnnviz.cells import ABOUT, MENU
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT
from rnnviz.web.literal import JOINER
from tests.web.components import components

STEPPER = "rnnviz.stepper"
APP = Path(__file__).parent.parent.parent / "app.py"


@pytest.fixture
def visit():
    def open_page(**query):
        page = AppTest.from_file(str(APP), default_timeout=60)
        page.query_params.update(query)
        return page.run()

    return open_page


def header(page):
    """What the stepper on the page was sent."""
    assert [error.message for error in page.exception] == []
    steppers = [one.proto for one in components(page) if one.proto.component_name == STEPPER]
    (payload,) = (proto.bytes for proto in steppers)
    return opened(payload)


def written(page):
    """What its writing place was sent."""
    (place,) = (one for one in components(page) if one.proto.component_name == "rnnviz.writing")
    return opened(place.proto.bytes)


def opened(payload):
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


def names(page):
    return [step[0] for step in header(page)["layers"][0]["cell"]["steps"]]


def said(page):
    return " ".join(element.value for element in (*page.markdown, *page.caption))


def guesses(page):
    """The question's widget."""
    return next(each for each in page.button_group if "just show me" in each.options)


def test_the_first_screen_is_a_trained_lstm_reading_a_marked_sequence(visit):
    page = visit()
    first = header(page)
    assert first["badge"] == "trained beforehand: 450 steps of training, 100 % right"
    assert first["title"] == "Which letter carried the mark?"
    assert first["layers"][0]["parts"]["c"]["title"] == "cell state"
    assert not page.error
    assert "note" not in said(page)


@pytest.mark.parametrize("cell", MENU)
def test_every_cell_can_be_chosen_in_the_menu_and_in_the_address(visit, cell):
    chosen = visit()
    chosen.selectbox(key="cell").set_value(cell).run()
    linked = visit(cell=cell)
    assert header(chosen)["id"] == header(linked)["id"]
    assert header(chosen)["layers"][0]["parts"].keys() == ABOUT[cell].parts.keys()


@pytest.mark.parametrize("sequence", PRESETS)
def test_every_sequence_has_its_title_and_story(visit, sequence):
    shown = header(visit(sequence=sequence))
    assert (shown["title"], shown["story"]) == (PRESETS[sequence].title, PRESETS[sequence].story)
    assert shown["batch"] == 4


def test_the_switch_of_z_changes_equation_and_numbers(visit):
    page = visit(cell="GRU (PyTorch)")
    before = header(page)
    page.button_group(key="z").set_value("takes").run()
    after = header(page)
    assert before["layers"][0]["equations"] != after["layers"][0]["equations"]
    assert before["layers"][0]["diagram"] != after["layers"][0]["diagram"]
    assert before["id"] != after["id"]


def test_rubbish_in_the_address_is_clamped(visit):
    page = visit(cell="lstm", hidden="999", layers="0", sequence="zzz", seed="1e999", radius="x")
    assert header(page)["layers"][0]["hidden"] == 64
    assert "There is no trained network for Hidden size 64" in said(page)


@pytest.mark.parametrize(
    ("query", "key", "text", "says"),
    [
        ({"sequence": OWN_NUMBERS}, "numbers", "1 2 tree", "“tree” in row 3 is not a number"),
        ({"sequence": OWN_NUMBERS}, "numbers", "", "no number yet"),
        ({"sequence": OWN_TEXT}, "text", "", "no character yet"),
        ({"sequence": OWN_TEXT}, "text", "a" * 10_600, "from 1 to 10,000"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_there_stays(visit, query, key, text, says):
    page = visit(**query)
    before = header(page)
    page.text_area(key=key).set_value(text).run()
    assert header(page)["id"] == before["id"]
    (error,) = page.error
    assert says in error.value
    assert page.text_area(key=key).value == text
    page.text_area(key=key).set_value("1 2")
    assert header(page.run())["id"] != before["id"]
    assert not page.error


def test_an_address_that_cannot_be_read_is_answered_by_what_is_shown_instead(visit):
    page = visit(sequence=OWN_NUMBERS, numbers="1 2 tree")
    assert page.error[0].value.endswith("The page's first example is shown instead.")
    assert header(page)["id"] == header(visit())["id"]
    page.text_area(key="numbers").set_value("1 2").run()
    page.text_area(key="numbers").set_value("1 tree").run()
    assert page.error[0].value.endswith("What is shown is as before.")


def test_a_picture_in_a_link_is_shown_as_text(visit):
    """Otherwise a link to this page could make a visitor's browser fetch from anywhere."""
    page = visit(sequence=OWN_NUMBERS, numbers="![](http://a.b/c)")
    assert r"\!\[\](http\://a.b/c)" in page.error[0].value.replace(JOINER, "")


@pytest.mark.parametrize(
    "text", ["h = __import__('os')", "h = tanh(W @", "h = tanh(W @ x + r * U @ h_prev)"]
)
def test_equations_that_are_no_cell_leave_what_was_there_and_the_writing_place_says_why(
    visit, text
):
    linked = visit(cell=OWN_CELL, equations=text)
    assert header(linked)["id"] == header(visit())["id"]
    typed = visit(cell=OWN_CELL)
    before = header(typed)
    typed.text_area(key="equations").set_value(text).run()
    assert header(typed)["id"] == before["id"]
    for page in (linked, typed):
        place = written(page)
        assert (place["text"], place["isShown"]) == (text, False)
        assert not page.error
    typed.text_area(key="equations").set_value("h = relu(h_prev + W @ x)").run()
    assert header(typed)["id"] != before["id"]
    assert written(typed)["isShown"]


def test_a_cell_is_written_from_the_equations_of_the_one_before(visit):
    page = visit(cell="MGU")
    page.selectbox(key="cell").set_value(OWN_CELL).run()
    assert page.text_area(key="equations").value == ABOUT["MGU"].equations
    page.text_area(key="equations").set_value("h = tanh(W @ x + 0.5 * h_prev)").run()
    assert names(page)[-1] == "h"
    assert "There is no trained network for a cell of your own" in said(page)


def test_a_checkpoint_is_stepped_and_a_broken_one_leaves_it_there(visit):
    stream = io.BytesIO()
    torch.save(torch.nn.GRU(5, 7, 2, bidirectional=True).state_dict(), stream)
    page = visit(weights="your file")
    assert "Until there is a file" in said(page)
    page.file_uploader[0].upload("gru.pt", stream.getvalue(), "application/octet-stream").run()
    shown = header(page)
    assert [(one["layer"], one["reverse"]) for one in shown["layers"]] == [
        (0, False),
        (0, True),
        (1, False),
        (1, True),
    ]
    page.file_uploader[0].upload(
        "gru.pt", stream.getvalue()[:900], "application/octet-stream"
    ).run()
    assert header(page)["id"] == shown["id"]
    assert "damaged" in page.error[0].value


def test_a_guess_is_kept_beside_the_outcome_and_nothing_waits_for_it(visit):
    page = visit()
    before = header(page)
    pills = guesses(page)
    assert pills.options[-1] == "just show me"
    assert "takes the right answer" not in said(page)
    pills.set_value(pills.options.index("the last step")).run()
    assert "You said the last step. Measured: **step 9, •B**." in said(page)
    assert header(page) == before
    page.selectbox(key="cell").set_value("GRU (Cho)").run()
    page.selectbox(key="cell").set_value("LSTM").run()
    assert "You said the last step" in said(page)


def test_the_question_is_about_the_sequence_in_view(visit):
    page = visit()
    assert guesses(page).options[0] == "step 9, •B"
    page.session_state["stepper"] = {"item": 2}
    assert guesses(page.run()).options[0] == "step 5, •D"


@pytest.mark.parametrize("item", [4, -1, "1", None, 1e9, [0]])
def test_a_sequence_that_there_is_not_is_the_first(visit, item):
    page = visit()
    page.session_state["stepper"] = {"item": item}
    assert guesses(page.run()).options[0] == "step 9, •B"


def test_the_name_of_the_guesses_is_read_aloud_as_it_stands(visit):
    assert "*" not in guesses(visit()).label


def test_a_rerun_changes_nothing(visit):
    page = visit(weights="fresh", seed="7", cell="CIFG")
    assert (
        header(page) == header(page.run()) == header(visit(weights="fresh", seed="7", cell="CIFG"))
    )


def test_the_first_screen_imports_no_torch():
    program = f"""
import sys
from streamlit.testing.v1 import AppTest
page = AppTest.from_file({str(APP)!r}, default_timeout=60).run()
assert len(page.get("bidi_component")) == 3
print("torch" in sys.modules)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=APP.parent
    )
    assert told.stdout.strip() == "False"


def test_what_goes_ahead_is_sent_before_anything_of_ours_is_loaded():
    program = f"""
import sys
import streamlit as st
from streamlit.testing.v1 import AppTest
register = st.components.v2.component
placed = []
def component(name, **files):
    mount = register(name, **files)
    def place(**given):
        placed.append((name, "rnnviz" in sys.modules))
        return mount(**given)
    return place
st.components.v2.component = component
assert not AppTest.from_file({str(APP)!r}, default_timeout=60).run().exception
print(placed)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=APP.parent
    )
    ahead, *others = ast.literal_eval(told.stdout)
    assert ahead == ("rnnviz.ahead", False)
    assert others == [("rnnviz.corner", True), ("rnnviz.stepper", True)]


def test_numbers_that_overflow_are_shown_as_they_are(visit):
    equations = "h = exp(exp(9 + W @ x)) + h_prev"
    page = visit(cell=OWN_CELL, equations=equations)
    assert names(page)[-1] == "h"
    assert "it is 0 or infinite" in guesses(page).options


def test_a_guess_is_in_the_address_and_the_address_is_the_guess(visit):
    page = visit()
    guesses(page).set_value(1).run()
    assert page.query_params["guess"] == "1-2"
    outcome = next(each.value for each in page.markdown if "You said" in each.value)
    again = visit(guess="1-2")
    assert outcome in [each.value for each in again.markdown]
    assert "Measured" in said(visit(guess="1-0"))


def test_a_guess_about_another_sequence_waits_for_it(visit):
    page = visit(guess="3-2")
    assert guesses(page).options
    assert page.query_params["guess"] == "3-2"
    page.session_state["stepper"] = {"item": 2}
    assert "You said" in said(page.run())


def test_a_guess_goes_with_the_settings_it_was_about(visit):
    page = visit(guess="1-2")
    page.selectbox(key="cell").set_value("GRU (PyTorch)").run()
    assert "guess" not in page.query_params
    assert guesses(page).options


@pytest.mark.parametrize("beside", ["untouched", "GRU (PyTorch)"])
def test_a_guess_stays_made_whatever_is_put_beside_it(visit, beside):
    page = visit()
    guesses(page).set_value(1).run()
    for choice in (beside, "nothing"):
        page.selectbox(key="beside").set_value(choice).run()
        assert "You said" in said(page)
        assert page.query_params["guess"] == "1-2"


@pytest.mark.parametrize("text", ["", "9-1", "1-99", "1--1", "x", "1-1-1", "٣-1"])
def test_a_guess_that_is_none_is_ignored(visit, text):
    page = visit(guess=text)
    assert guesses(page).options
    page.selectbox(key="beside").set_value("untouched").run()
    assert "guess" not in page.query_params


def test_an_address_that_led_here_stays_as_it_is_until_something_else_is_chosen(visit):
    led = {"utm_source": "mail", "hidden": "3000", "weights": "fresh", "cell": "LSTM"}
    page = visit(**led)
    assert dict(page.query_params) == led
    page.selectbox(key="beside").set_value("untouched").run()
    assert dict(page.query_params) == {"hidden": "64", "weights": "fresh", "beside": "untouched"}
