"""True here? Every equality is asked of PyTorch's own tensors, in the words that are shown."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given

from rnnviz.shapes.example import example
from rnnviz.shapes.facts import facts
from rnnviz.shapes.setup import Setup
from tests.shapes.setups import setups
from tests.shapes.test_example import PROJECTION, in_torch


def in_pytorch(found, code):
    """The two sides of an equality, evaluated on what torch gives back."""
    names = {name: torch.tensor(array) for name, array in in_torch(found).items()}
    names |= {"torch": torch, "lengths": torch.tensor(found.setup.steps)}
    return [eval(side, names) for side in code.split(" == ")]  # noqa: S307


@PROJECTION
@given(setups(nonlinearity="tanh"))
def test_what_is_said_to_be_true_is_true_in_pytorch_and_what_is_not_is_not(setup):
    found = example(setup)
    for fact in facts(found):
        left, right = in_pytorch(found, fact.code)
        if fact.key == "batch_first":
            assert (tuple(left) == right) == fact.holds
            continue
        equal = left.shape == right.shape and torch.allclose(left, right, rtol=0, atol=1e-12)
        assert equal == fact.holds, fact
        if left.shape == right.shape:
            assert fact.difference == pytest.approx(float((left - right).abs().max()), abs=1e-12)


def said(setup):
    return {fact.code: (fact.holds, fact.why) for fact in facts(example(setup))}


def test_the_facts_of_a_tutorials_lstm():
    assert said(Setup()) == {
        "output[-1] == h_n[-1]": (True, "Both are the last layer at the last step."),
        "output[-1] == c_n[-1]": (False, "output holds h only; c leaves through c_n alone."),
        "output[-1] == h_n[0]": (False, "h_n[0] is of layer 0; output shows layer 1 only."),
        "output[0] == h_n[0]": (
            False,
            "output counts steps and h_n counts layers: [0] is not the same in both.",
        ),
        "h_n.shape == (3, 2, 20)": (
            False,
            "batch_first turns the input and the output; h_n keeps (layers, batch, units).",
        ),
    }


@PROJECTION
@given(setups(nonlinearity="tanh", hidden_size=4))
def test_of_a_network_too_large_to_compute_its_own_code_is_said(setup):
    """The numbers are those of a smaller one, and every statement comes out as it does there."""
    small = replace(setup, input_size=1, hidden_size=2, proj_size=min(setup.proj_size, 1))
    of_large, of_small = facts(example(small), setup), facts(example(small))
    assert [fact.code for fact in of_large] == [fact.code for fact in facts(example(setup))]
    assert [fact.holds for fact in of_large[:-1]] == [fact.holds for fact in of_small[:-1]]


@pytest.mark.parametrize(
    ("setup", "code", "holds", "why"),
    [
        (
            Setup(bidirectional=True),
            "output[-1, :, 20:] == h_n[-1]",
            False,
            "there it has taken one. h_n is taken where it has taken all, at step 0.",
        ),
        (Setup(bidirectional=True), "output[0, :, 20:] == h_n[-1]", True, "ends where the"),
        (Setup(bidirectional=True), "output[-1, :, :20] == h_n[-2]", True, "layer, forward, at"),
        (
            Setup(bidirectional=True, length=1),
            "output[-1, :, 20:] == h_n[-1]",
            True,
            "There is one step",
        ),
        (
            Setup(bidirectional=True, lengths=(5, 3, 2), batch_first=True),
            "output[:, -1, 20:] == h_n[-1]",
            False,
            "it has taken at most one",
        ),
        (
            Setup(batch_first=True, lengths=(2, 5, 3)),
            "output[:, -1] == h_n[-1]",
            False,
            "For a shorter sequence the last column of output is padding",
        ),
        (
            Setup(batch_first=True, lengths=(2, 5, 3)),
            "output[torch.arange(3), lengths - 1] == h_n[-1]",
            True,
            "all of itself and no padding",
        ),
        (
            Setup(lengths=(2, 5, 3), packed=False),
            "output[lengths - 1, torch.arange(3)] == h_n[-1]",
            False,
            "h_n is taken after the padding was read",
        ),
        (
            Setup(lengths=(2, 5, 3), packed=False),
            "output[-1] == h_n[-1]",
            True,
            "after the padding was read as well",
        ),
        (Setup(proj_size=7), "output[-1] == c_n[-1]", False, "The projection brings h down"),
        (Setup(batch=2), "h_n.shape == (2, 2, 20)", True, "the first still counts layers"),
        (Setup(batch=0), "output[-1] == h_n[-1]", True, "the last layer at the last step"),
        (
            Setup(length=1, num_layers=1, kind="GRU"),
            "output[0] == h_n[0]",
            True,
            "There is one layer and one step.",
        ),
    ],
)
def test_why_it_is_so(setup, code, holds, why):
    found = said(setup)[code]
    assert found[0] is holds
    assert why in found[1]


def test_numbers_that_agree_by_chance_are_said_to():
    """A ReLU that gives nothing but zeros."""
    setup = Setup("RNN", "relu", hidden_size=1, num_layers=2, batch=1, length=2)
    dead = next(
        one
        for one in (Setup(**{**vars(setup), "seed": seed}) for seed in range(200))
        if not np.any(example(one).arrays["output"]) and not np.any(example(one).arrays["h_n"])
    )
    assert said(dead)["output[-1] == h_n[0]"] == (
        True,
        "Only by chance: they are other numbers of the network that happen to agree.",
    )
