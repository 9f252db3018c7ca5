"""The By hand page without a browser: every choice, and what it sends to its component."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rnnviz.cells import ABOUT, MENU
from rnnviz.challenges import CHALLENGES
from rnnviz.scenes.by_hand import BEGINNINGS
from tests.web.components import components

APP = Path(__file__).parent.parent.parent.parent / "app.py"
PAGE = "pages/4_By_hand.py"


@pytest.fixture
def visit():
    def open_page(**query):
        page = AppTest.from_file(str(APP), default_timeout=60)
        page.switch_page(PAGE)
        page.query_params.update(query)
        return page.run()

    return open_page


def header(page):
    """What the component on the page was sent."""
    assert [error.message for error in page.exception] == []
    (component,) = components(page)
    assert component.proto.component_name == "rnnviz.by_hand"
    payload = component.proto.bytes
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])


def test_it_begins_with_one_lstm_unit_reading_one_number_a_step(visit):
    (layer,) = header(visit())["layers"]
    assert (layer["hidden"], layer["inputs"]) == (1, 1)
    assert layer["parts"]["f"]["title"] == "forget gate"


@pytest.mark.parametrize("cell", MENU)
def test_every_cell_can_be_chosen_in_the_menu_and_in_the_address(visit, cell):
    chosen = visit()
    chosen.selectbox(key="cell").set_value(cell).run()
    linked = visit(cell=cell)
    assert header(chosen)["id"] == header(linked)["id"]
    assert header(chosen)["layers"][0]["parts"].keys() == ABOUT[cell].parts.keys()


@pytest.mark.parametrize("begin", BEGINNINGS)
def test_sizes_readout_length_and_beginning_are_in_the_address(visit, begin):
    sizes = {"units": "2", "inputs": "3", "outputs": "1", "length": "20", "loss": "every"}
    found = header(visit(begin=begin, **sizes))
    shapes = {array["name"]: array["shape"] for array in found["arrays"]}
    assert shapes["x"] == [20, 1, 3]
    assert shapes["0.W_f"] == [2, 3]
    assert shapes["readout.W"] == [1, 2]
    assert shapes["0.initial.c"] == [1, 2]
    assert found["loss"]["steps"] == [*range(20)]


def test_ones_own_equations_are_shown_and_what_is_no_cell_leaves_them_as_they_were(visit):
    page = visit(cell="own", equations="a = sigmoid(b)\nh = tanh(W @ x + a * h_prev)")
    assert [error.value for error in page.error] == []
    before = header(page)
    page.text_area(key="equations").set_value("h = tanh(W @ x +").run()
    assert len(page.error) == 1
    assert header(page) == before


def test_a_link_whose_equations_are_no_cell_says_so_and_shows_one(visit):
    page = visit(cell="own", equations="h = ")
    assert len(page.error) == 1
    assert header(page)["layers"][0]["parts"].keys() == ABOUT["LSTM"].parts.keys()


def test_the_bifurcation_says_that_it_is_one(visit):
    assert header(visit(cell="RNN (tanh)", begin="edge"))["isBifurcation"]
    assert not header(visit(cell="RNN (tanh)"))["isBifurcation"]


@pytest.mark.parametrize("key", CHALLENGES)
def test_a_challenge_chooses_the_network_and_what_it_reads(visit, key):
    one, sent = CHALLENGES[key], header(visit(challenge=key))
    (layer,) = sent["layers"]
    assert (layer["hidden"], layer["inputs"]) == (one.units, len(one.input_names))
    assert sent["batch"] == one.judged.x.shape[1] == len(sent["challenge"]["wanted"])
    assert sent["challenge"]["hints"] == list(one.hints)
    assert sent["loss"]["steps"] == [len(one.judged.x) - 1]


def test_a_challenge_that_there_is_not_is_none(visit):
    sent = header(visit(challenge="fly"))
    assert sent["challenge"] is None
    assert [one["key"] for one in sent["challenges"]] == list(CHALLENGES)


def test_a_challenge_is_chosen_and_left_in_the_sidebar(visit):
    page = visit()
    page.sidebar.selectbox(key="challenge").set_value("latch").run()
    assert header(page)["challenge"]["key"] == "latch"
    assert page.query_params["challenge"] in ("latch", ["latch"])
    page.sidebar.selectbox(key="challenge").set_value("").run()
    assert header(page)["challenge"] is None
