"""The cliff is computed: its numbers are those of the scalar recurrence, and what clipping buys."""

import math

import numpy as np
import pytest
import torch

from rnnviz.equations import parse
from rnnviz.training import cliff


def by_hand(weight, bias):
    """The same loss with nothing but math."""
    h = 0.5
    for _ in range(50):
        h = weight / (1 + math.exp(-h)) + bias
    return (1 / (1 + math.exp(-h)) - 0.7) ** 2


POINTS = [(3.0, -4.5), (5.0, -2.0), (5.0, -2.612), (6.5, -3.2), (8.0, -1.0)]


@pytest.mark.parametrize(("weight", "bias"), POINTS)
def test_loss_and_gradient_are_those_of_the_recurrence(weight, bias):
    loss, by_weight, by_bias = cliff.loss_and_gradient([weight], [bias])
    assert loss[0] == pytest.approx(by_hand(weight, bias), rel=1e-9)
    w, b = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (weight, bias))
    h = torch.tensor(0.5, dtype=torch.float64)
    for _ in range(50):
        h = w * torch.sigmoid(h) + b
    ((torch.sigmoid(h) - 0.7) ** 2).backward()
    assert [by_weight[0], by_bias[0]] == pytest.approx([w.grad.item(), b.grad.item()], rel=1e-9)


def test_along_one_weight_the_wall_stands_where_it_was_found():
    biases = np.linspace(-2.7, -2.5, 2001)
    loss, _, by_bias = cliff.loss_and_gradient(np.full(2001, 5.0), biases)
    steepest = np.abs(by_bias).argmax()
    assert biases[steepest] == pytest.approx(-2.612, abs=2e-3)
    assert abs(by_bias[steepest]) > 300
    assert loss[steepest - 40] > 0.3
    assert loss[steepest + 40] < 0.02


def test_the_surface_holds_what_each_point_gives():
    ground = cliff.surface(100)
    assert ground.loss[7, 11] == pytest.approx(by_hand(ground.weights[11], ground.biases[7]))
    assert ground.slope.max() > 100 * np.median(ground.slope)


def test_a_walk_steps_down_the_clipped_gradient():
    (walk,) = cliff.walks([(5.2, -3.0)], learning_rate=0.3, clip_norm=0.05, steps=40)
    steps = np.linalg.norm(np.diff(walk.points, axis=0), axis=1)
    expected = 0.3 * np.minimum(walk.norm[:-1], 0.05)
    assert steps == pytest.approx(expected, rel=1e-4)


def test_clipping_keeps_on_the_ground_what_is_thrown_away_without():
    start = [(5.5, -3.5)]
    (thrown,) = cliff.walks(start, learning_rate=0.2)
    (kept,) = cliff.walks(start, learning_rate=0.2, clip_norm=0.5)
    assert thrown.longest_step > 10
    assert not thrown.solved
    assert kept.longest_step <= 0.1 + 1e-9
    assert kept.solved


@pytest.mark.parametrize(
    ("clip", "solved", "outside"),
    [({}, 0.36, 0.25), ({"clip_norm": 0.5}, 0.60, 0.0), ({"clip_value": 0.5}, 0.39, 0.0)],
)
def test_the_shares_of_the_shown_ground_are_what_the_page_says(clip, solved, outside):
    starts = [
        (w, b) for w in np.linspace(*cliff.WEIGHTS, 40) for b in np.linspace(*cliff.BIASES, 40)
    ]
    found = cliff.walks(starts, learning_rate=0.2, **clip)
    ends = np.array([walk.points[-1] for walk in found])
    inside = [
        (low <= at) & (at <= high)
        for at, (low, high) in zip(ends.T, (cliff.WEIGHTS, cliff.BIASES), strict=True)
    ]
    assert np.mean([walk.solved for walk in found]) == pytest.approx(solved, abs=0.01)
    assert 1 - np.mean(np.logical_and(*inside)) == pytest.approx(outside, abs=0.01)


def test_the_wall_is_thousands_of_times_as_steep_as_the_ground():
    slope = cliff.surface().slope
    assert slope.max() > 2000 * np.median(slope)


@pytest.mark.parametrize("kind", ["clip_norm", "clip_value"])
def test_walks_with_limits_of_their_own_are_those_that_each_makes_alone(kind):
    start = (5.5, -3.5)
    both = cliff.walks([start] * 2, learning_rate=0.2, steps=80, **{kind: [np.inf, 0.05]})
    alone = [
        *cliff.walks([start], learning_rate=0.2, steps=80),
        *cliff.walks([start], learning_rate=0.2, steps=80, **{kind: 0.05}),
    ]
    assert not np.allclose(both[0].points, both[1].points)
    for one, other in zip(both, alone, strict=True):
        np.testing.assert_allclose(one.points, other.points, rtol=1e-12)


def test_another_cell_s_loss_and_gradient_are_those_of_its_recurrence():
    ground = cliff.ground_of(parse("c = tanh(V @ h_prev + W @ x + p)\nh = 0.5 * c + 0.5 * h_prev"))
    loss, by_weight, by_bias = cliff.loss_and_gradient([4.0], [-1.5], ground=ground)
    v, p = (torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in (4.0, -1.5))
    h = torch.tensor(0.5, dtype=torch.float64)
    for _ in range(50):
        h = 0.5 * torch.tanh(v * h + p) + 0.5 * h
    expected = (torch.sigmoid(h) - 0.7) ** 2
    expected.backward()
    assert loss[0] == pytest.approx(expected.item(), rel=1e-12)
    assert [by_weight[0], by_bias[0]] == pytest.approx([v.grad.item(), p.grad.item()], rel=1e-9)


@pytest.mark.parametrize("wrong", [{"steps": 0}, {"clip_norm": 0.0}, {"clip_value": [1.0, -1.0]}])
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"must be more than 0|from 1 to 1000"):
        cliff.walks([(5, -2)], learning_rate=0.1, **wrong)
