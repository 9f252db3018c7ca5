"""The curve: norms, where the signal has fallen, and what is said when there is nothing to draw."""

import numpy as np
import pytest

from rnnviz.equations import parse
from rnnviz.gradients.curve import FLOAT32_ZERO, curves, first_below
from rnnviz.gradients.measured import measure
from rnnviz.network.layers import Layer
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from tests.gradients.examples import STEPS, Torch, close, example

LINEAR = parse("h = W @ x + U @ h_prev + b")


def powers(recurrent, time=12, steps=(-1,)):
    """The curve of h = x + recurrent · h_prev, whose gradient is a power of `recurrent`."""
    params = {"W": np.ones((1, 1)), "U": np.full((1, 1), recurrent), "b": np.zeros(1)}
    network = Network((Layer(LINEAR, params),))
    return curves(measure(network, np.ones((time, 1, 1)), Loss("sum", steps)))["h"]


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_norms_are_those_of_autograds_vectors(steps):
    measured = example("LSTM", steps=steps, readout=True)
    whole, cut = Torch(measured), Torch(measured, cuts=range(7))
    for state, curve in curves(measured).items():
        total, local = whole.gradient(state), cut.gradient(state)
        close(curve.total, np.linalg.norm(total.reshape(7, -1), axis=1))
        close(curve.local, np.linalg.norm(local.reshape(7, -1), axis=1))
        close(curve.through, np.linalg.norm((total - local).reshape(7, -1), axis=1))


def test_a_linear_unit_falls_by_its_own_factor_at_each_step():
    curve = powers(0.1)
    close(curve.total, 0.1 ** np.arange(11.0, -1, -1))
    assert curve.before == pytest.approx(0.1**12)
    assert curve.log10_ratio == pytest.approx(-11)
    assert (curve.start, curve.condition) == (11, "measured")


def test_drops_are_the_first_steps_going_left():
    assert powers(0.09).drops == (8, 5, 2)
    assert powers(0.09, time=6).drops == (2, None, None)
    assert powers(1.5).drops == (None, None, None)


def test_a_loss_in_the_middle_is_where_the_reading_begins():
    curve = powers(0.09, steps=[6])
    assert curve.start == 6
    assert curve.drops == (3, 0, None)
    assert not curve.total[7:].any()


def test_first_below_reads_from_right_to_left():
    assert first_below(np.array([1.0, 0.1, 5.0, 0.2, 9.0]), 0.2, 4) == 3
    assert first_below(np.array([np.nan, 1.0]), 0.2, 1) is None


def test_float32_would_hold_zero():
    curve = powers(1e-10)
    as_float32 = curve.total.astype(np.float32)
    assert curve.float32_zero == max(np.flatnonzero(as_float32 == 0))
    assert float(np.float32(1.4e-45)) == FLOAT32_ZERO


@pytest.mark.parametrize(
    ("recurrent", "time", "condition", "ratio"),
    [
        (0.5, 1, "one step", 0.0),
        (0.0, 5, "measured", -np.inf),
        (1e100, 5, "overflow", np.inf),
    ],
)
def test_degenerate_runs_have_a_word(recurrent, time, condition, ratio):
    curve = powers(recurrent, time)
    assert (curve.condition, curve.log10_ratio) == (condition, ratio)


def test_zero_weights_everywhere_give_zero_or_the_loss_alone():
    params = {"W": np.zeros((1, 1)), "U": np.zeros((1, 1)), "b": np.zeros(1)}
    relu = Network((Layer(parse("h = relu(W @ x + U @ h_prev + b)"), params),))
    curve = curves(measure(relu, np.ones((4, 1, 1)), Loss("sum", [-1])))["h"]
    assert curve.total.tolist() == [0, 0, 0, 1]
    quiet = Loss("squared error", [-1], np.zeros((4, 1, 1)))
    assert curves(measure(relu, np.ones((4, 1, 1)), quiet))["h"].condition == "nothing arrives"
