"""Questions: asked of any setup, and the outcome is what PyTorch does."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.shapes.example import example
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
        ("output and h_n", Setup(), "those of the last layer only", "has 2 rows, one for each"),
        ("output and h_n", Setup(num_layers=1), "all of them", "has 1 row, one for each"),
        ("output and h_n", Setup(bidirectional=True), "those of the last layer only", "and 2 of"),
        ("backward half", Setup(), "one", "differ by up to 0."),
        ("backward half", Setup(length=1), "one", "differ by up to 0."),
        (
            "batch_first",
            Setup(),
            "(2, 3, 20)",
            "Expected hidden[0] size (2, 3, 20), got [3, 2, 20]",
        ),
        ("batch_first", Setup("GRU"), "(2, 3, 20)", "Expected hidden size (2, 3, 20), got [3, 2"),
        ("units", Setup(), "it stays", "5,920 at a length of 5 and 5,920 at 10"),
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


def test_a_setup_of_one_step_is_asked_about_several():
    asked = question("backward half", Setup(length=1))
    assert asked.options == ("one", "all 5")
    assert asked.answers == (0,)


@given(setups(), st.integers(1, 100), st.integers(1, 100))
def test_no_other_answer_to_units_is_true_by_chance(setup, length, hidden):
    """Were hidden_size already what it "becomes", the parameters would stay only with it."""
    setup = Setup.nearest(**{**vars(setup), "length": length, "hidden_size": hidden})
    third = question("units", setup).options[2]
    assert not third.endswith(f" {hidden}")
    assert 1 <= int(third.split()[-1]) <= 100


@given(setups(batch=3, lengths=(3, 1, 2), length=3))
def test_every_answer_to_padding_that_is_true_of_the_numbers_is_right(setup):
    found, alone = example(setup), example(replace(setup, packed=True))
    end = np.nan_to_num(found.h[-1, 0, -1, 1])
    own = alone.h[-1, 0, 0, 1]
    said = question("padding", setup)
    assert (0 in said.answers) == np.array_equal(end, own)
    assert (1 in said.answers) == (not np.nan_to_num(found.h[-1, :, -1, 1]).any())
    assert (2 in said.answers) or setup.packed


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
    assert f"{count(setup):,} at a length of {setup.length} and" in asked.outcome
