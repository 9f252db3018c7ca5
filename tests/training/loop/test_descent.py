"""Training from weights set by hand: the losses are the engine's, the gradient is that of central
differences, and many short advances are one long one."""

import pickle

import numpy as np
import pytest
import torch

from rnnviz import trace
from rnnviz.cells import named
from rnnviz.challenges import CHALLENGES
from rnnviz.training.loop import descent
from rnnviz.training.loop.descent import RATE, Aim, advanced, begin, loss_of

TRAINED = [key for key, one in CHALLENGES.items() if one.measure == "value"]


def aim_of(key):
    one = CHALLENGES[key]
    return Aim(*one.judged, one.of, named(one.named_cell), one.units), one.network


def missing(aim, network):
    recording = trace(network, aim.x)
    values = recording.prediction if aim.of == "y" else recording[aim.of]
    return np.mean((values[..., 0] - aim.wanted)[aim.counts] ** 2)


@pytest.mark.parametrize("key", TRAINED)
def test_the_loss_is_the_mean_square_of_what_is_missing(key):
    aim, network = aim_of(key)
    assert loss_of(aim, network.parameters) == pytest.approx(missing(aim, network), rel=1e-12)


@pytest.mark.parametrize("key", ["hold", "parity", "reset"])
def test_the_first_update_is_one_step_of_torchs_adam_down_the_central_differences(key):
    aim, network = aim_of(key)
    after, little = advanced(begin(aim, network), 1), 1e-6
    moved, remembered = after.weights, after.optimizer_state["exp_avg"] / 0.1  # of the gradient
    for name, array in network.parameters.items():
        slope = np.empty_like(array)
        for place in np.ndindex(array.shape):
            ends = []
            for by in (little, -little):
                there = array.copy()
                there[place] += by
                ends.append(missing(aim, network.replace({name: there})))
            slope[place] = (ends[0] - ends[1]) / (2 * little)
        own, remembered = np.split(remembered, [array.size])
        np.testing.assert_allclose(own, slope.ravel(), atol=1e-7)
        leaf = torch.tensor(array, requires_grad=True)
        leaf.grad = torch.tensor(slope)
        torch.optim.Adam([leaf], lr=RATE).step()
        clear = (np.abs(slope) > 1e-5) | (slope == 0.0)  # Adam's first step is its sign
        np.testing.assert_allclose(moved[name][clear], leaf.detach().numpy()[clear], atol=1e-5)


def test_an_update_runs_the_network_once_and_a_try_once(monkeypatch):
    runs = []
    counted = lambda *given: runs.append(given) or trace(*given)  # noqa: E731
    monkeypatch.setattr(descent, "trace", counted)
    advanced(begin(*aim_of("hold")), 5)
    assert len(runs) == 1 + 5 + 5


def test_many_short_advances_are_one_long_one():
    aim, network = aim_of("hold")
    whole, parts = advanced(begin(aim, network), 9), begin(aim, network)
    for _ in range(3):
        parts = advanced(parts, 3)
    assert whole.losses == parts.losses
    assert whole.searched == parts.searched
    assert whole.update == parts.update == 9


def test_both_begin_at_the_same_and_say_what_their_networks_miss():
    aim, network = aim_of("latch")
    after = advanced(begin(aim, network), 20)
    assert len(after.losses) == len(after.searched) == 21
    assert after.losses[0] == after.searched[0] == loss_of(aim, network.parameters)
    assert after.losses[-1] == loss_of(aim, after.weights)
    assert after.searched[-1] == loss_of(aim, after.best)
    assert all(np.diff(after.searched) <= 0)


@pytest.mark.parametrize("key", ["hold", "count"])
def test_the_gradient_buys_something(key):
    """Two hundred updates come nearer than two hundred tries."""
    aim, network = aim_of(key)
    after = advanced(begin(aim, network), 200)
    assert after.losses[-1] < after.losses[0]
    assert after.losses[-1] < after.searched[-1]


def test_where_the_gradient_is_not_finite_nothing_moves():
    aim, network = aim_of("count")
    far = network.replace({"layers.0.W": [[1e200]], "layers.0.U": [[1e200]]})
    after = advanced(begin(aim, far), 2)
    assert after.update == 2
    assert after.weights["layers.0.U"] == 1e200


def test_a_worker_can_be_sent_it_and_its_answer():
    aim, network = aim_of("addition")
    after = pickle.loads(pickle.dumps(advanced(begin(aim, network), 1)))  # noqa: S301
    assert after.update == 1
