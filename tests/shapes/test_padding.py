"""Packed or read with its padding: as PyTorch computes both, and its gradients."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from torch.nn.utils.rnn import pack_padded_sequence

from rnnviz.notation import number
from rnnviz.shapes.example import example
from rnnviz.shapes.padding import compare, in_words
from rnnviz.shapes.setup import Setup
from tests.shapes.setups import setups
from tests.shapes.test_example import PROJECTION, loaded


def in_pytorch(setup):
    """‖dL/dx‖ (time, batch) and h_n (rows, batch, units)."""
    found, first = example(setup), setup.batch_first
    x = torch.tensor(found.arrays["x"], requires_grad=True)
    start = [torch.tensor(found.arrays[f"{s}_0"]) for s in setup.states]
    read = x
    if setup.is_packed:
        read = pack_padded_sequence(x, setup.steps, batch_first=first, enforce_sorted=False)
    _, after = loaded(found)(read, tuple(start) if len(start) > 1 else start[0])
    h_n = after[0] if len(start) > 1 else after
    h_n.sum().backward()
    gradient = x.grad.swapaxes(0, 1) if first else x.grad
    return gradient.norm(dim=-1).numpy(), h_n.detach().numpy()


@PROJECTION
@given(setups())
def test_gradients_and_states_are_pytorchs(setup):
    assume(setup.lengths)
    found = compare(setup)
    states = []
    for way in (found.packed, found.padded):
        gradient, h_n = in_pytorch(replace(setup, packed=way.packed))
        np.testing.assert_allclose(way.gradient, gradient, rtol=0, atol=1e-11)
        states.append(h_n)
    expected = np.abs(states[0] - states[1]).max(axis=(0, 2))
    np.testing.assert_allclose(found.h_n, expected, rtol=0, atol=1e-12)


@given(setups(nonlinearity="tanh", bias=True, length=5, batch=3, lengths=(5, 2, 3)))
def test_packing_keeps_the_padding_out(setup):
    found = compare(setup)
    assert found.packed.at_padding == found.packed.output == 0.0
    assert found.padded.at_padding > 0
    assert found.padded.output > 0
    assert found.h_n[0] == pytest.approx(0, abs=1e-12)
    assert (found.h_n[1:] > 0).all()
    assert (found.output > 1e-12) == setup.bidirectional
    assert (found.packed.steps, found.padded.steps) == (10, 15)


def test_what_it_changes_in_words():
    setup = Setup(lengths=(5, 2, 3))
    assert in_words(compare(setup), setup) == (
        "h_n of the sequences 1, 2 differs: without packing it is taken after the padding.",
        "The output at steps that are no padding is the same.",
        "The gradient at padded steps is 0 when packed; else it is up to "
        f"{number(compare(setup).padded.at_padding)}, and the padding takes part in learning.",
        "Packed, 10 steps are computed in each layer and direction in place of 15.",
    )
    both = replace(setup, bidirectional=True)
    assert "reads the padding first" in in_words(compare(both), both)[1]
    whole = replace(setup, lengths=(5, 5, 5))
    assert "packing changes nothing" in in_words(compare(whole), whole)[0]


def test_padding_that_moves_nothing_is_said_to_move_nothing():
    """Zeros, read from a state of zeros without a bias."""
    still = Setup("RNN", bias=False, num_layers=1, bidirectional=True, lengths=(5, 2, 3))
    assert (
        in_words(compare(still), still)[1] == "The output at steps that are no padding is the same."
    )


def test_without_lengths_there_is_nothing_to_compare():
    with pytest.raises(ValueError, match="no padding"):
        compare(Setup())
