"""What the By hand page begins with can be computed with, whatever is chosen."""

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.cells import MENU, OWN
from rnnviz.scenes.by_hand import BEGINNINGS, ByHandSettings, by_hand_scene, start_of


@pytest.mark.parametrize("begin", BEGINNINGS)
@pytest.mark.parametrize("cell", MENU)
def test_whatever_it_begins_with_its_numbers_are_finite_and_round(cell, begin):
    settings = ByHandSettings(cell=cell, begin=begin, units=3, inputs=2, outputs=2)
    scene = by_hand_scene(settings)
    for array in scene.network.parameters.values():
        np.testing.assert_allclose(array, array.round(1), atol=1e-12)
    recording = trace(scene.network, scene.reading.x[:, 0])
    assert np.isfinite(recording["h"]).all()


def test_the_recurrent_weight_1_of_a_tanh_unit_is_where_its_rest_at_zero_gives_way():
    """Its slope there is the weight itself: 1 (Strogatz, Nonlinear Dynamics and Chaos, 3.4)."""
    settings = ByHandSettings(cell="RNN (tanh)", begin="edge")
    scene = by_hand_scene(settings)
    (start,) = start_of(scene.network, settings).values()
    recording = trace(scene.network, scene.reading.x[:, 0])
    assert start.tolist() == [[0.5]]
    assert recording.jacobians()[:, 0, 0].tolist() == [1.0] * settings.length


def test_ones_own_cell_is_read():
    own = ByHandSettings(cell=OWN, equations="h = tanh(W @ x + U @ h_prev)", units=2)
    assert by_hand_scene(own).network.layers[0].cell.names == ("h",)
