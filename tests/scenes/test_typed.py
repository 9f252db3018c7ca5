"""Typed weights: a network of zeros that what is typed takes the place of."""

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.network.given import GivenWeights
from rnnviz.scenes.scene import scene, with_weights
from rnnviz.scenes.settings import StepSettings

TYPED = StepSettings(weights="typed", cell="LSTM", hidden=3)


def test_typed_weights_begin_with_zeros_in_the_shape_of_fresh_ones():
    typed, fresh = scene(TYPED), scene(StepSettings(weights="fresh", cell="LSTM", hidden=3))
    shapes = {name: array.shape for name, array in fresh.network.parameters.items()}
    assert {n: a.shape for n, a in typed.network.parameters.items()} == shapes
    assert not any(array.any() for array in typed.network.parameters.values())
    assert typed.is_typed
    assert not fresh.is_typed


@pytest.mark.parametrize("outputs", [0, 1, 3])
@pytest.mark.parametrize("weights", ["typed", "fresh"])
def test_ones_own_numbers_are_answered_by_as_many_outputs_as_are_chosen(outputs, weights):
    chosen = StepSettings(
        sequence="numbers", weights=weights, cell="LSTM", hidden=2, outputs=outputs
    )
    assert scene(chosen).network.outputs == outputs


def test_what_is_typed_takes_the_place_of_what_was_there():
    shown = scene(TYPED)
    matrix, bias = np.arange(9.0).reshape(3, 3), np.array([0.5, -1, 2])
    given = GivenWeights.of({"layers.0.U_f": matrix, "layers.0.b_i": bias})
    network = with_weights(shown, given).network
    assert np.array_equal(network.parameters["layers.0.U_f"], matrix)
    assert np.array_equal(network.parameters["layers.0.b_i"], bias)
    assert not network.parameters["layers.0.U_i"].any()
    recording = trace(network, shown.reading.x)
    assert recording["i"].shape[-1] == 3


def test_states_at_first_are_no_weights_of_the_network():
    shown = scene(TYPED)
    given = GivenWeights.of({"layers.0.initial.c": np.ones(3)})
    assert with_weights(shown, given).network.parameters.keys() == shown.network.parameters.keys()


@pytest.mark.parametrize(
    "arrays",
    [{"layers.0.U_q": np.ones((3, 3))}, {"layers.0.U_f": np.ones((2, 2))},
     {"layers.0.initial.c": np.ones(2)}, {"layers.1.U_f": np.ones((3, 3))}],
)  # fmt: skip
def test_weights_of_another_network_are_refused(arrays):
    with pytest.raises(ValueError, match="layers"):
        with_weights(scene(TYPED), GivenWeights.of(arrays))
