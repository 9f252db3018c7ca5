"""A sequence through both directions: each is a forward layer of its own, reading its own way."""

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.checks import Hold
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate

TIME, HIDDEN = 7, 3
X = np.random.default_rng(0).normal(size=(TIME, 2, 2))


def both(name):
    return Network.fresh(GALLERY[name], inputs=2, hidden=HIDDEN, bidirectional=True, seed=1)


def alone(network):
    """The reverse direction's parameters in a network that reads forward."""
    (layer,) = network.layers
    return Network((Layer(layer.cell, layer.reverse),))


@pytest.mark.parametrize("steps", [None, 2, -1, [0], [0, 3, 4], range(4, 6), [-7, -2]])
@pytest.mark.parametrize("value", ["h", "named"])
def test_a_hold_of_the_reverse_direction_stands_at_the_steps_of_the_sequence(value, steps):
    network = both("LSTM")
    name = {"h": "h", "named": "f"}[value]
    chosen = np.zeros(TIME, np.bool_)
    chosen[slice(None) if steps is None else np.array(steps)] = True
    held = propagate(network, X, holds=[Hold(name, 0.25, steps=steps, layer=0, reverse=True)])
    mirrored = Hold(name, 0.25, steps=np.flatnonzero(chosen[::-1]).tolist())
    expected = propagate(alone(network), X[::-1], holds=[mirrored]).output[::-1]
    np.testing.assert_array_equal(held.output[..., HIDDEN:], expected)
    np.testing.assert_array_equal(
        held.output[..., :HIDDEN], propagate(network, X).output[..., :HIDDEN]
    )
    assert ((held.output[..., HIDDEN:] == 0.25).all((1, 2)) == (chosen & (name == "h"))).all()


@pytest.mark.parametrize("name", ["LSTM", "GRU (Cho)"])
def test_the_way_back_of_the_reverse_direction_is_that_of_the_sequence_turned_round(name):
    network = both(name)
    given = np.random.default_rng(1).normal(size=(TIME, 2, 2 * HIDDEN))
    given[..., :HIDDEN] = 0.0
    found = propagate(network, X).backward(given)
    expected = propagate(alone(network), X[::-1]).backward(given[::-1, :, HIDDEN:])
    np.testing.assert_allclose(found.x, expected.x[::-1], rtol=1e-14)
    for parameter in network.layers[0].cell.parameters:
        np.testing.assert_allclose(
            found.parameters[f"layers.0.reverse.{parameter}"],
            expected.parameters[f"layers.0.{parameter}"],
            rtol=1e-14,
        )
