"""Counts: PyTorch's own, Keras' own where it is installed, rnnviz' own, and the formula itself."""

import pytest
from hypothesis import given, settings

from rnnviz.cells import GALLERY
from rnnviz.network.architecture import Architecture
from rnnviz.shapes.counts import KERAS, KERAS_BEFORE, RNNVIZ, TORCH, count_by, counts, same_sizes
from rnnviz.shapes.parameters import cell_of, parameters
from rnnviz.shapes.setup import Setup
from tests.shapes.setups import module_of, setups


@given(setups())
def test_as_pytorch_counts(setup):
    own = sum(p.numel() for p in module_of(setup).parameters())
    assert count_by(TORCH, setup).total == own
    assert own == sum(one.entries for one in parameters(setup) if one.module == "rnn")


@given(setups(proj_size=0, bias=True))
def test_as_rnnviz_counts(setup):
    own = Architecture(
        inputs=setup.input_size,
        hidden=setup.hidden_size,
        layers=setup.num_layers,
        bidirectional=setup.bidirectional,
    ).count(GALLERY[cell_of(setup)])
    assert count_by(RNNVIZ, setup).total == own


@settings(max_examples=10, deadline=None)
@given(setups(proj_size=0))
def test_as_keras_counts(setup):
    keras = pytest.importorskip("keras")
    for tool in (KERAS, KERAS_BEFORE):
        options = {"use_bias": setup.bias, "return_sequences": True}
        if setup.kind == "GRU":
            options["reset_after"] = tool == KERAS
        kind = {"RNN": keras.layers.SimpleRNN}.get(setup.kind) or getattr(keras.layers, setup.kind)
        layers = [kind(setup.hidden_size, **options) for _ in range(setup.num_layers)]
        if setup.bidirectional:
            layers = [keras.layers.Bidirectional(layer) for layer in layers]
        model = keras.Sequential([keras.Input((None, setup.input_size)), *layers])
        assert count_by(tool, setup).total == model.count_params()


@given(setups())
def test_the_formula_with_its_numbers_is_the_count(setup):
    for one in counts(setup):
        assert eval(one.numbers.replace("·", "*")) == one.total  # noqa: S307
        names = {"H_in": setup.input_size, "H_out": setup.h_out, "H_cell": setup.hidden_size}
        first = eval(one.symbols.replace("·", "*"), names)  # noqa: S307
        if setup.num_layers == 1:
            assert first == one.total


@given(setups(proj_size=0))
def test_a_gru_has_three_quarters_of_an_lstms_and_a_plain_one_a_quarter(setup):
    found = same_sizes(setup)
    assert found["GRU"] * 4 == found["LSTM"] * 3 == found["RNN"] * 12
    assert found[setup.kind] == count_by(TORCH, setup).total


def test_a_tutorials_lstm():
    found = count_by(TORCH, Setup())
    assert found.symbols == "4·H_cell·(H_in + H_out + 2)"
    assert found.numbers == "4·20·(10 + 20 + 2) + 4·20·(20 + 20 + 2)"
    assert found.total == 5920


def test_each_tool_that_has_such_a_layer():
    assert [one.tool for one in counts(Setup("GRU"))] == [TORCH, KERAS, KERAS_BEFORE, RNNVIZ]
    assert [one.tool for one in counts(Setup(proj_size=3))] == [TORCH, RNNVIZ]
    assert [one.total for one in counts(Setup("GRU", num_layers=1))] == [1920, 1920, 1860, 1880]
