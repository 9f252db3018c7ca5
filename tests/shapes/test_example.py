"""The numbers: as PyTorch computes them from the same weights."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnnviz.shapes.example import computable, example
from rnnviz.shapes.parameters import parameters
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from tests.shapes.setups import module_of, setups


def loaded(found):
    """The module with the example's weights."""
    module = module_of(found.setup)
    rnn = {n.removeprefix("rnn."): torch.tensor(a) for n, a in found.weights.items() if "rnn." in n}
    module.load_state_dict(rnn)
    return module


def in_torch(found):
    """Name → array of what PyTorch gives back for the example's input."""
    setup, arrays = found.setup, {n: torch.tensor(a) for n, a in found.arrays.items()}
    state = [arrays[f"{s}_0"] for s in setup.states]
    x, first = arrays["x"], setup.batch_first
    if setup.is_packed:
        x = pack_padded_sequence(x, setup.steps, batch_first=first, enforce_sorted=False)
    output, after = loaded(found)(x, tuple(state) if len(state) > 1 else state[0])
    if setup.is_packed:
        output, _ = pad_packed_sequence(output, batch_first=first)
    given_back = dict(zip(("h_n", "c_n"), after if len(state) > 1 else (after,), strict=False))
    given_back["output"] = output
    if setup.outputs:
        weight, bias = (torch.tensor(found.weights[f"linear.{n}"]) for n in ("weight", "bias"))
        given_back["y"] = torch.nn.functional.linear(output, weight, bias)
    return {name: tensor.detach().numpy() for name, tensor in given_back.items()}


PROJECTION = pytest.mark.filterwarnings("ignore:LSTM with projections")


@PROJECTION
@given(setups())
def test_what_comes_out_is_what_pytorch_computes(setup):
    found = example(setup)
    for name, array in in_torch(found).items():
        np.testing.assert_allclose(found.arrays[name], array, rtol=0, atol=1e-12, err_msg=name)


@given(setups())
def test_the_arrays_have_the_shapes_that_are_said(setup):
    found = example(setup)
    assert {n: a.shape for n, a in found.arrays.items()} == {
        n: t.shape for n, t in tensors(setup).items()
    }
    named = {f"{p.module}.{p.name}": p.shape for p in parameters(setup)}
    assert {n: a.shape for n, a in found.weights.items()} == named


@given(setups(vocabulary=7))
def test_what_is_read_are_the_embeddings_rows_of_the_tokens(setup):
    found = example(setup)
    table = torch.nn.Embedding.from_pretrained(torch.tensor(found.weights["embedding.weight"]))
    np.testing.assert_array_equal(
        found.arrays["x"], table(torch.tensor(found.arrays["tokens"])).numpy()
    )


@given(setups())
def test_padding_is_zeros_and_what_is_not_read_is_no_number(setup):
    found = example(setup)
    for b, length in enumerate(setup.steps):
        assert not found.run.x[length:, b].any()
    for b, read in enumerate(setup.read_steps):
        assert np.isfinite(found.h[:, :, :read, b]).all()
        assert np.isnan(found.h[:, :, read:, b]).all()


def test_the_same_seed_gives_the_same_numbers_and_another_others():
    one, again, other = (example(Setup(seed=seed)) for seed in (1, 1, 2))
    example.cache_clear()
    np.testing.assert_array_equal(one.arrays["output"], example(Setup(seed=1)).arrays["output"])
    assert again is one
    assert not np.isclose(one.arrays["output"], other.arrays["output"]).any()


@settings(deadline=None)
@given(setups())
def test_a_small_setup_is_computed_as_it_is(setup):
    assert computable(setup) == setup


@pytest.mark.parametrize(
    "large",
    [
        Setup(hidden_size=2048, num_layers=6, bidirectional=True, length=100, batch=64),
        Setup(vocabulary=100_000, input_size=4096, hidden_size=3, proj_size=2),
        Setup(outputs=100_000, hidden_size=2048, proj_size=2047),
    ],
)
def test_a_large_setup_is_computed_with_smaller_sizes_and_all_else_the_same(large):
    small = example(large).setup
    assert sum(p.entries for p in parameters(small)) <= 1_000_000
    for name in ("kind", "num_layers", "bidirectional", "length", "batch", "lengths"):
        assert getattr(small, name) == getattr(large, name)
