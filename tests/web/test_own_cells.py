"""A cell of one's own on every page: called and coloured alike, and refused in one sentence."""

import json

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY, OWN, ROLES, named
from rnnviz.equations import parse
from rnnviz.gradients.setup import Setup
from rnnviz.notation.writer import plain
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_CELL, StepSettings
from rnnviz.substitution import with_functions
from rnnviz.training.comparison import comparison as training
from rnnviz.web.gradients.payload import gradients_payload
from rnnviz.web.step.payload import step_payload
from rnnviz.web.training.payload import training_payload
from rnnviz.web.training.poll import Poll
from tests.strategies import cells

GATED = "a = sigmoid(W_a @ x + b_a)\nk = tanh(W_k @ x)\nm = a * m_prev + k\nh = tanh(m)"
HARD = plain(with_functions(GALLERY["LSTM"], "hard_sigmoid", "written"))


def header(block):
    return json.loads(block[4 : 4 + int.from_bytes(block[:4], "little")])


def known(parts):
    return {value: (part["title"], part["role"]) for value, part in parts.items()}


def agree(name, text=""):
    """What the pages call the values of a cell; they call them alike."""
    shown = scene(StepSettings(cell=name, equations=text, weights="fresh", hidden=2))
    (layer,) = header(step_payload(shown))["layers"]
    step = known(layer["parts"])
    layers = header(gradients_payload(Setup(), 0, shown, own=text))["layers"]
    for one in (next(one for one in layers if one["name"] == name), layers[-1]):
        assert known(one["parts"]) == step
    cell = parse(text) if name == OWN_CELL else name
    run = training.Comparison([{"cell": cell, "hidden": 2}], ["A"])
    (told,) = header(training_payload(run, Poll()))["runs"]
    gates = {gate["name"]: (gate["title"], gate["role"]) for gate in told["gates"]}
    assert gates == {gate: step[gate] for gate in layer["cell"]["gates"]}
    assert all(role in ROLES for _, role in step.values())
    for node in layer["diagram"]["nodes"]:
        if node["id"] in step:
            assert node["role"] == step[node["id"]][1]
    return step


@pytest.mark.parametrize("name", [n for n in GALLERY if named(n).about.is_on_menu])
def test_a_cell_of_the_gallery_is_called_and_coloured_alike_on_all_pages(name):
    parts = named(name).about.parts
    assert agree(name) == {value: (part.title, part.role) for value, part in parts.items()}


def test_an_lstm_with_hard_gates_keeps_the_names_and_colours_of_an_lstm():
    assert agree(OWN_CELL, HARD) == agree("LSTM")


def test_the_parts_of_a_cell_of_ones_own_are_what_they_do():
    roles = {name: role for name, (_, role) in agree(OWN_CELL, GATED).items()}
    assert roles == {"a": "forget", "k": "candidate", "m": "cell", "h": "hidden"}


@settings(deadline=None, max_examples=12)
@given(cells())
def test_any_cell_of_ones_own_is_called_and_coloured_alike_on_all_pages(cell):
    assume(cell.parameters)
    agree(OWN_CELL, plain(cell))


@given(st.sampled_from([*GALLERY.values(), parse(GATED), parse(HARD)]))
def test_a_named_cell_has_a_title_and_a_role_for_each_of_its_values(cell):
    about = named(cell).about
    assert set(about.parts) == set(cell.names)
    assert parse(about.equations) == cell


def test_the_gate_that_keeps_a_cell_of_ones_own_is_opened_by_the_knob():
    for bias in (-2.0, 3.0):
        setup = Setup(cells=(OWN,), equations=GATED, forget_bias=bias)
        assert (setup.network(OWN).layers[0].params["b_a"] == bias).all()


def test_a_cell_of_ones_own_is_drawn_from_the_seed_as_the_gallery_s_are():
    """An LSTM that somebody wrote is the gallery's LSTM, number for number."""
    setup = Setup(cells=(OWN,), equations=plain(GALLERY["LSTM"]), seed=7)
    ours, gallery = (setup.network(name).layers[0].params for name in (OWN, "LSTM"))
    assert all(np.array_equal(ours[parameter], gallery[parameter]) for parameter in gallery)
