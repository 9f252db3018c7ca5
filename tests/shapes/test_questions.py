"""Questions: asked of any setup, and the outcome is what PyTorch does."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.shapes.parameters import count
from rnnviz.shapes.questions import QUESTIONS, asked_about, module_line, question
from rnnviz.shapes.setup import SETTINGS, Setup
from rnnviz.shapes.tensors import tensors
from tests.settings.pages import chosen
from tests.shapes.setups import module_of, setups
from tests.shapes.test_example import PROJECTION


@given(setups(), st.sampled_from(sorted(QUESTIONS)))
def test_every_question_can_be_asked_of_every_setup(setup, key):
    asked = question(key, setup)
    assert asked.answers
    assert set(asked.answers) <= set(range(len(asked.options)))
    assert len(set(asked.options)) == len(asked.options)
    assert module_line(asked_about(key, setup)) in asked.text


@given(chosen(SETTINGS), st.sampled_from(sorted(QUESTIONS)))
def test_a_question_can_be_asked_whatever_a_link_says(values, key):
    small = {"length": min(values["length"], 9), "batch": min(values["batch"], 5)}
    assert question(key, Setup.nearest(**{**values, **small, "hidden_size": 9})).answers


@pytest.mark.parametrize(
    ("key", "setup", "answer", "outcome"),
    [
        ("output and h_n", Setup(), "those of the last layer only", "2 rows, one for each layer"),
        ("output and h_n", Setup(num_layers=1), "all of them", "1 of them can be found"),
        ("output and h_n", Setup(bidirectional=True), "those of the last layer only", "and 2 of"),
        ("backward half", Setup(), "one", "differ by up to 0."),
        ("backward half", Setup(length=1), "one", "`output[-1, :, 20:]` is `h_n[-1]`"),
        (
            "batch_first",
            Setup(),
            "(2, 3, 20)",
            "Expected hidden[0] size (2, 3, 20), got [3, 2, 20]",
        ),
        ("batch_first", Setup("GRU"), "(2, 3, 20)", "Expected hidden size (2, 3, 20), got [3, 2"),
        ("units", Setup(), "it stays", "5,920 with 5 steps and 5,920 with 10"),
        ("reset", Setup(), "with zeros", "differs by up to 0."),
        ("gradient", Setup(), "yes", "until it is detached"),
        ("padding", Setup(), "zeros", "|number| there is 0.00, and"),
        (
            "padding",
            Setup(lengths=(5, 2, 4), packed=False),
            "h after the padding was read as well",
            "at the sequence's own last step, 1,",
        ),
    ],
)
def test_what_comes_out(key, setup, answer, outcome):
    asked = question(key, setup)
    assert asked.options[asked.answers[0]] == answer
    assert outcome in asked.outcome


def test_of_one_step_one_and_all_are_both_right():
    assert question("backward half", Setup(length=1)).answers == (0, 1)
    assert question("backward half", Setup(length=2)).answers == (0,)


@PROJECTION
@given(setups(batch_first=True))
def test_the_shapes_that_are_right_are_those_that_pytorch_takes(setup):
    setup = asked_about("batch_first", setup)
    asked, sizes, module = question("batch_first", setup), tensors(setup), module_of(setup)
    x = torch.zeros(sizes["x"].shape, dtype=torch.float64)
    for k, option in enumerate(asked.options):
        h = torch.zeros([int(n) for n in option[1:-1].split(",")], dtype=torch.float64)
        if setup.kind == "LSTM":
            h = (h, torch.zeros(sizes["c_0"].shape, dtype=torch.float64))
        if k in asked.answers:
            module(x, h)
            continue
        with pytest.raises(RuntimeError):
            module(x, h)


@given(setups())
def test_units_are_not_steps(setup):
    """The module's own parameters, which know no sequence."""
    asked = question("units", setup)
    assert asked.options[asked.answers[0]] == "it stays"
    assert f"{count(setup):,} with {setup.length} steps" in asked.outcome
