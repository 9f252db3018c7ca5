"""An address is a link to a set of runs: it reads back, is clamped, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import own
from rnnviz.equations import parse
from rnnviz.training.comparison import costs
from rnnviz.training.comparison.choices import VIEWS, Chosen, check, of_recipe, read, write
from rnnviz.training.knobs.knobs import KNOBS, VARIANT_KNOBS, Knobs
from rnnviz.training.recipes import RECIPES

OWN = parse("h = tanh(W @ x + U @ h_prev + b)\n")
CHOSEN = [
    Chosen(),
    Chosen({"cell": "GRU (PyTorch)", "length": 12, "learning_rate": 0.003, "clip_norm": 0.5}),
    Chosen({"task": "next character", "text": "to be; or not: to be"}, ({"hidden": 8},)),
    Chosen({"cell": OWN}, ({"clip_value": None, "dropout": 0.25}, {"layers": 2})),
    Chosen({"clip_norm": 1.0}, ({"clip_norm": None},), view="race"),
    *map(of_recipe, RECIPES),
    of_recipe("vanishing", seed=5),
]


def made(chosen):
    return [Knobs(**knobs) for knobs in chosen.runs]


@pytest.mark.parametrize("chosen", CHOSEN)
def test_an_address_reads_back(chosen):
    again, complaint = read(write(chosen))
    assert complaint == ""
    assert made(again) == made(chosen)
    assert again.view == chosen.view


DEFAULTS = {name: KNOBS[name].write(value) for name, value in KNOBS.defaults.items()}


@pytest.mark.parametrize("query", [DEFAULTS, *({name: text} for name, text in DEFAULTS.items())])
def test_the_address_of_the_default_choices_is_a_link_to_them(query):
    chosen, _ = read(query)
    again, _ = read(write(chosen))
    assert chosen.lesson == again.lesson == ""
    assert made(chosen) == made(again) == [Knobs()]


def test_an_address_that_chooses_nothing_is_the_first_lessons():
    assert read({})[0] == of_recipe("vanishing")


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ({"hidden": "1000000"}, "hidden", 256),
        ({"hidden": "-3"}, "hidden", 1),
        ({"batch": "0"}, "batch", 1),
        ({"clip_norm": "-1"}, "clip_norm", 1e-6),
        ({"clip_norm": "none"}, "clip_norm", None),
        ({"learning_rate": "nan"}, "learning_rate", 0.01),
        ({"learning_rate": "1_0"}, "learning_rate", 0.01),
        ({"cell": "gru (pytorch)"}, "cell", "GRU (PyTorch)"),
        ({"cell": "import os"}, "cell", "LSTM"),
        ({"optimizer": "SGD"}, "optimizer", "sgd"),
        ({"task": "next character", "text": " "}, "text", None),
        ({"task": "world peace", "hidden": "5"}, "task", "marked recall"),
    ],
)
def test_what_is_out_of_range_is_clamped(query, name, value):
    chosen, complaint = read(query)
    assert complaint == ""
    found = getattr(made(chosen)[0], name)
    assert (found.name if name == "cell" else found) == value


@pytest.mark.parametrize(
    "query",
    [
        {"length": "1000", "batch": "4096", "hidden": "256", "layers": "4"},
        {"cell": "RNN (tanh)", "forget_bias": "1"},
        {"clip_norm": "1", "clip_value": "1"},
        {"task": "next character", "direction": "both"},
        {"task": "noisy sine", "b": "direction:both"},
        {"task": "parity", "b": "hidden:7;cell:RNN (tanh);chrono:50"},
    ],
)
def test_what_cannot_be_together_is_said(query):
    chosen, complaint = read(query)
    assert complaint.startswith("The address asks for what cannot be: ")
    check(chosen)


@given(
    st.dictionaries(
        st.sampled_from([*KNOBS, "b", "c", "d", "lesson", "view", "x"]), st.text(max_size=30)
    )
)
def test_no_address_raises(query):
    chosen, _ = read(query)
    check(chosen)
    assert chosen.view in VIEWS.keys


def test_a_turned_knob_leaves_the_recipe_and_the_variants():
    chosen = of_recipe("vanishing").with_knob("hidden", 16)
    assert chosen.lesson == ""
    assert [knobs.hidden for knobs in made(chosen)] == [16, 16, 16]
    only_b = chosen.with_knob("cell", "MGU", "B")
    assert [knobs.cell.name for knobs in made(only_b)] == ["RNN (tanh)", "MGU", "GRU (PyTorch)"]
    fewer = only_b.with_variants(2, ["cell"])
    assert [knobs.cell.name for knobs in made(fewer)] == ["RNN (tanh)", "MGU"]
    assert made(fewer)[1].forget_bias is None


def test_a_named_knob_is_every_variants_own_until_it_is_named_no_more():
    chosen = Chosen({"hidden": 8}, ({"hidden": 4}, {"cell": "MGU"}))
    assert chosen.named == ("cell", "hidden")
    named = chosen.with_variants(4, ["hidden", "layers"])
    assert named.variants == ({"hidden": 4, "layers": 1}, *({"hidden": 8, "layers": 1},) * 2)
    assert named.with_variants(4, ["layers"]).variants == ({"layers": 1},) * 3


@pytest.mark.parametrize(
    ("name", "value", "letter"),
    [("hidden", 32, "A"), ("cell", "LSTM", "B"), ("hidden", 9, "D"), ("layers", 2, "B")],
)
def test_what_a_widget_calls_late_or_for_nothing_changes_nothing(name, value, letter):
    chosen = Chosen({}, ({"cell": "LSTM"}, {"cell": "MGU"}), "a lesson")
    assert chosen.with_knob(name, value, letter) is chosen
    assert chosen.with_variants(3, ["cell"]) is chosen


@pytest.mark.parametrize(
    "text", ["task:adding problem", "seed:7", "length:5", "text:abc", "updates:9", "batch:2"]
)
def test_variants_share_their_task_data_seed_and_number(text):
    chosen, complaint = read({"task": "latch", "b": f"{text};hidden:7"})
    assert complaint == ""
    assert chosen.variants == ({"hidden": 7},)


@pytest.mark.parametrize("name", RECIPES)
def test_the_variants_of_a_lesson_differ_in_what_variants_may(name):
    assert set(of_recipe(name).differing) <= set(VARIANT_KNOBS)


def test_a_lesson_on_another_seed_is_still_that_lesson():
    chosen = of_recipe("vanishing").with_knob("seed", 7)
    assert chosen.lesson == "vanishing"
    assert made(chosen) == made(of_recipe("vanishing", seed=7))
    assert made(read(write(chosen))[0]) == made(chosen)


TEXT = {"task": "next character", "text": "to be or not to be", "length": 17}


@pytest.mark.parametrize(
    ("knob", "value", "length"),
    [("text", "to be or not to bee", 17), ("text", "to be", None), ("task", "latch", None)],
)
def test_a_length_that_no_longer_fits_is_given_up(knob, value, length):
    before = Chosen(TEXT)
    after = before.with_knob(knob, value).fitting(before)
    assert after.base.get("length") == length
    check(after)


def test_a_written_cell_is_read_from_its_address():
    chosen, _ = read({"cell": "h = tanh(W @ x + U @ h_prev + b)"})
    assert chosen.base["cell"] == own(OWN)


@pytest.mark.parametrize("name", RECIPES)
def test_every_lesson_is_within_the_limits(name):
    chosen = of_recipe(name)
    costs.refuse_too_much(made(chosen))
    assert len(chosen.says) == len(chosen.runs) == len(RECIPES[name].variants)
