"""A network is a value: named arrays that fit each other, replaced and drawn, never changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import GALLERY, MENU
from rnnviz.engine.checks import Hold
from rnnviz.equations import parse
from rnnviz.network.architecture import Architecture
from rnnviz.network.initial import Initial
from rnnviz.network.network import Layer, Network, Readout
from rnnviz.network.propagation import Direction, propagate
from tests.strategies import cells

PLAIN = GALLERY["RNN (tanh)"]


def fresh(cell=PLAIN, **options):
    return Network.fresh(cell, **{"inputs": 3, "hidden": 4, **options})


def arrays(inputs=3, hidden=4, dtype=float):
    shapes = {"W": (hidden, inputs), "U": (hidden, hidden), "b": (hidden,)}
    return {name: np.zeros(shape, dtype) for name, shape in shapes.items()}


@given(
    st.one_of(st.sampled_from(MENU).map(GALLERY.get), cells()),
    st.integers(1, 3),
    st.booleans(),
    st.integers(0, 3),
)
def test_every_parameter_has_one_full_name_and_can_be_replaced_by_it(cell, layers, both, outputs):
    network = fresh(cell, layers=layers, bidirectional=both, outputs=outputs)
    ways = ["", "reverse."] if both else [""]
    names = [f"layers.{k}.{w}{n}" for k in range(layers) for w in ways for n in cell.parameters]
    assert list(network.parameters) == names + ["readout.W", "readout.b"] * (outputs > 0)
    moved = {name: array + k for k, (name, array) in enumerate(network.parameters.items())}
    again = network.replace(moved)
    for name, array in again.parameters.items():
        np.testing.assert_array_equal(array, moved[name])
    assert (again.inputs, again.hidden, again.outputs) == (3, 4, outputs)
    assert again.features == 4 * (1 + both)
    count = Architecture(3, 4, outputs, layers, both).count(cell)
    assert count == sum(array.size for array in network.parameters.values())


def test_replacing_some_parameters_leaves_the_rest_and_the_original():
    network = fresh(layers=2, bidirectional=True, outputs=2)
    new = network.replace({"layers.1.reverse.b": np.full(4, 9.0)})
    changed = {
        name
        for name, array in new.parameters.items()
        if not np.array_equal(array, network.parameters[name])
    }
    assert changed == {"layers.1.reverse.b"}
    assert (new.layers[1].reverse["b"] == 9.0).all()
    assert not (network.layers[1].reverse["b"] == 9.0).any()


def test_arrays_are_taken_as_they_are():
    """A training loop writes into the very arrays that the network computes with."""
    given_arrays = arrays()
    layer = Layer(PLAIN, given_arrays)
    given_arrays["b"][:] = 5.0
    assert (layer.params["b"] == 5.0).all()


def test_the_same_seed_is_the_same_network_and_no_two_parts_are_alike():
    options = {"layers": 2, "bidirectional": True, "outputs": 4, "inputs": 8}
    network, again, other = (fresh(seed=s, **options) for s in (1, 1, 2))
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, again.parameters[name])
        assert not np.array_equal(array, other.parameters[name])
    recurrent = [a for name, a in network.parameters.items() if name.endswith("U")]
    assert len({a.tobytes() for a in recurrent}) == 4


def test_another_layer_direction_or_readout_leaves_the_numbers_of_the_rest():
    few = fresh(layers=2).parameters
    more = fresh(layers=3, bidirectional=True, outputs=2).parameters
    for name in ("layers.0.W", "layers.0.U", "layers.0.b", "layers.1.U", "layers.1.b"):
        np.testing.assert_array_equal(more[name], few[name])


def test_the_initial_scheme_is_that_of_every_layer_and_direction():
    network = fresh(GALLERY["LSTM"], layers=2, bidirectional=True, initial=Initial(forget_bias=2.0))
    biases = [a for name, a in network.parameters.items() if name.endswith("b_f")]
    assert len(biases) == 4
    assert all((b == 2.0).all() for b in biases)


def test_the_readout_begins_as_pytorchs_linear():
    network = fresh(hidden=50, bidirectional=True, outputs=40)
    for name in ("readout.W", "readout.b"):
        largest = np.abs(network.parameters[name]).max()
        assert 0.08 < largest <= 0.1


@pytest.mark.parametrize(
    ("of_layer", "of_readout", "dtype"),
    [
        (np.float32, np.float32, np.float32),
        (np.float32, np.float64, np.float64),
        (np.int64, np.float32, np.float64),
    ],
)
def test_single_precision_only_where_all_is(of_layer, of_readout, dtype):
    readout = Readout(np.zeros((1, 4), of_readout), np.zeros(1, of_readout))
    assert Network((Layer(PLAIN, arrays(dtype=of_layer)),), readout).dtype == dtype


def test_sizes_that_the_parameters_do_not_tell_are_given():
    layer = Layer(parse("h = tanh(U @ h_prev + b)"), {"U": np.eye(4), "b": np.ones(4)}, inputs=7)
    assert (layer.inputs, layer.hidden) == (7, 4)


def layer_of(**changed):
    return Layer(PLAIN, {**arrays(), **changed})


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: layer_of(V=np.zeros((4, 4))), "there is no parameter 'V'; there are W, U, b"),
        (lambda: layer_of(U=np.zeros((4, 3))), r"U has shape \(4, 3\), not \(4, 4\)"),
        (lambda: layer_of(b=np.zeros((4, 1))), r"b has shape \(4, 1\), not \(4,\)"),
        (lambda: layer_of(W=np.zeros(4)), r"W has shape \(4,\), not \(\?, \?\)"),
        (lambda: layer_of(W=np.zeros((4, 0))), "at least 1 input and 1 unit"),
        (lambda: layer_of(b=["a"] * 4), "b holds <U1, not real numbers"),
        (lambda: Layer(PLAIN, {"W": np.zeros((4, 3))}), "the parameter 'U' is missing"),
        (lambda: Layer(PLAIN, arrays(), arrays(inputs=2)), r"W has shape \(4, 2\), not \(4, 3\)"),
        (
            lambda: Layer(parse("h = tanh(U @ h_prev)"), {"U": np.eye(4)}),
            "the parameters do not tell the size 'inputs': give Layer",
        ),
        (lambda: Network(()), "at least one layer"),
        (
            lambda: Network((layer_of(), layer_of())),
            "layer 1 reads 3 numbers, but layer 0 hands up 4",
        ),
        (
            lambda: Network((layer_of(),), Readout(np.zeros((2, 8)), np.zeros(2))),
            r"readout.W has shape \(2, 8\), not \(2, 4\)",
        ),
        (lambda: Readout(np.zeros((2, 4)), np.zeros(3)), r"readout.b has shape \(3,\), not \(2,\)"),
        (lambda: Readout(np.zeros(4), np.zeros(1)), r"shape \(4,\), not \(outputs, features\)"),
        (
            lambda: Readout(np.ones((1, 1)), np.ones(1), "sigmoid"),
            "linear or softmax, not 'sigmoid'",
        ),
        (lambda: fresh(layers=0), "at least one layer, not 0"),
        (lambda: fresh(hidden=0), "at least 1 input and 1 unit"),
        (
            lambda: fresh().replace({"layer.0.W": 1.0}),
            "no parameter 'layer.0.W'; did you mean 'layers.0.W'",
        ),
        (
            lambda: fresh().replace({"layers.0.b": np.ones(3)}),
            r"layers.0.b has shape \(3,\), not \(4,\)",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(make, says):
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize("length", [1, 2, 5, 7, 50])
def test_truncation_changes_no_value_whatever_is_held(length):
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, layers=2, bidirectional=True)
    x = np.random.default_rng(0).normal(size=(7, 2, 2))
    holds = [
        Hold("f", 0.25, steps=[1, 5], unit=1, layer=0, reverse=True),
        Hold("c", -1.0, steps=range(2, 7), layer=1),
        Hold("o", 0.5, layer=1, reverse=True),
    ]
    initial = {"layers.0.h": np.ones((2, 3)), "layers.1.reverse.c": np.full((2, 3), -2.0)}
    whole = propagate(network, x, holds=holds, initial=initial)
    pieces = propagate(network, x, holds=holds, initial=initial, truncate=length)
    for direction, run in whole.directions.items():
        for name in run.cell.names:
            np.testing.assert_array_equal(pieces.directions[direction].value(name), run.value(name))
    assert (whole.directions[Direction(0, reverse=True)].value("f")[[1, 5], :, 1] == 0.25).all()


def test_a_truncated_run_has_no_single_record_of_a_cell():
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3)
    run = propagate(network, np.zeros((4, 1, 2)), truncate=2)
    with pytest.raises(ValueError, match="a record for each of its pieces"):
        run.runs  # noqa: B018
