"""What PyTorch says to a mistake: its own words, to the letter, or nothing where it is silent."""

import warnings

import pytest
import torch
from hypothesis import given, settings
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from rnnviz.shapes import refusals
from rnnviz.shapes.mistakes import mistakes
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from tests.shapes.setups import module_of, setups
from tests.shapes.test_example import PROJECTION


def said_to(setup, code):
    """The name and the words of what PyTorch raises, or warns of; nothing where it runs."""
    names = {"torch": torch, "nn": nn, "pack_padded_sequence": pack_padded_sequence}
    names |= {"rnn": module_of(setup).float(), "x": torch.zeros(tensors(setup)["x"].shape)}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(code, names)  # noqa: S102
        except Exception as error:
            return type(error).__name__, str(error)
    heard = [one for one in caught if "projections" not in str(one.message)]
    return (heard[0].category.__name__, str(heard[0].message)) if heard else ("", "")


@PROJECTION
@settings(deadline=None)
@given(setups())
def test_pytorch_says_just_this(setup):
    for one in mistakes(setup):
        assert said_to(setup, one.code) == (one.error, one.words), one
        assert one.advice


@pytest.mark.parametrize(
    ("setup", "keys"),
    [
        (
            Setup(),
            "input size,axes,turned,one step,state turned,state rows,pair,unpacking,last batch,"
            "sequential,lengths,double,projection,dropout",
        ),
        (
            Setup("GRU", num_layers=1, bidirectional=True, batch_first=True, vocabulary=9),
            "input size,axes,turned,one step,state turned,state rows,pair,unpacking,last batch,"
            "linear,sequential,lengths,tokens,double,projection,dropout",
        ),
        (
            Setup("RNN", num_layers=1, batch=0, length=1),
            "input size,pair,sequential,double,projection,dropout",
        ),
    ],
)
def test_the_mistakes_that_a_setup_invites(setup, keys):
    assert [one.key for one in mistakes(setup)] == keys.split(",")


@pytest.mark.parametrize(
    "options",
    [
        {"hidden_size": 0},
        {"input_size": -1},
        {"num_layers": 0},
        {"dropout": 1.5},
        {"dropout": -0.1},
        {"proj_size": 20},
        {"proj_size": -1},
        {},
    ],
)
@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_what_is_not_built(kind, options):
    every = {"input_size": 10, "hidden_size": 20, "num_layers": 2, "dropout": 0.0, "proj_size": 0}
    found = refusals.to_build(kind, every | options)
    given_options = every | options
    if not options.get("proj_size"):
        given_options = {n: v for n, v in given_options.items() if n != "proj_size"}
    if found is None:
        getattr(nn, kind)(**given_options)
        return
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        getattr(nn, kind)(**given_options)
    assert found == ("ValueError", str(caught.value))


def test_dropout_with_one_layer_is_warned_of():
    setup = Setup(num_layers=1, dropout=0.25)
    with pytest.warns(UserWarning, match="dropout option") as caught:
        nn.LSTM(10, 20, dropout=0.25)
    assert refusals.warning(setup) == str(caught[0].message)
    assert refusals.warning(Setup(dropout=0.25)) == refusals.warning(Setup()) == ""
