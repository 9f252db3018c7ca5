"""The gradient check: all three agree where the engine is right, and differ where it is not."""

from dataclasses import replace

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.schedule import schedule
from rnnviz.gradients import check as check_module
from rnnviz.gradients.check import Checked, Entry, check, check_entries, chosen, relative_error
from rnnviz.interop.modules import autograd
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.operations import OPERATIONS, Slope
from tests.gradients.examples import NAMES, STEPS, Torch, close, example


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_agrees_with_both(name):
    rows = check(example(name, steps=[-1, 2], readout=True).checked, count=5)
    assert len(rows) == 5
    for row in rows:
        assert row.from_autograd < 1e-10
        assert row.from_difference < 1e-6
        assert abs(row.engine - row.difference) < 1e3 * row.resolution + 1e-8 * abs(row.engine)


@pytest.mark.parametrize("still", range(1, len(check_module.STEPS)))
def test_the_distance_is_taken_at_which_the_difference_moves_least(monkeypatch, still):
    measured, entry = example("LSTM"), Entry("layers.0.U_f", (1, 2))
    assert abs(measured.network.parameters[entry.name][entry.at]) < 1
    differences = 2.0 + 0.1 * np.arange(len(check_module.STEPS))
    differences[still:] -= 0.09
    slope = dict(zip(check_module.STEPS, differences, strict=True))
    monkeypatch.setattr(check_module, "_loss", lambda measured, entry, d: slope[abs(d)] * d)
    difference, distance, _ = check_module.central_difference(measured.checked, entry)
    assert difference == pytest.approx(differences[still], rel=1e-12)
    assert distance == check_module.STEPS[still]


def test_a_wrong_gradient_is_seen(monkeypatch):
    measured = example("LSTM")
    right = check_entries(measured.checked, [Entry("layers.0.U_f", (1, 2))])[0]
    wrong_slope = Slope(lambda y, out=None: np.subtract(1.0, y, out), ("result",))
    monkeypatch.setitem(OPERATIONS, "tanh", replace(OPERATIONS["tanh"], gradients=(wrong_slope,)))
    schedule.cache_clear()
    wrong = check_entries(example("LSTM").checked, [Entry("layers.0.U_f", (1, 2))])[0]
    schedule.cache_clear()
    assert right.from_autograd < 1e-10 < 1e-3 < wrong.from_autograd
    assert wrong.from_difference > 1e-3
    assert (wrong.difference, wrong.autograd) == (right.difference, right.autograd)


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_autograds_second_opinion_is_torchs(steps):
    measured = example("LSTM", "RNN (ReLU)", steps=steps, readout=True)
    found = autograd.gradients(measured.network, measured.x, measured.loss)
    for name, expected in Torch(measured).parameters.items():
        close(found[name], expected)


def test_two_directions_and_cross_entropy_are_read_too():
    network = Network.fresh(
        GALLERY["GRU (PyTorch)"],
        inputs=2,
        hidden=3,
        outputs=2,
        layers=2,
        bidirectional=True,
        kind="softmax",
    )
    rng = np.random.default_rng(1)
    targets = np.eye(2)[rng.integers(2, size=(4, 1))]
    of = Checked(network, rng.normal(size=(4, 1, 2)), Loss("cross entropy", None, targets))
    for row in check(of, count=len(network.parameters)):
        assert row.from_autograd < 1e-10
        assert row.from_difference < 1e-6


def test_numbers_are_spread_over_the_parameters():
    network = example("LSTM").network
    entries = chosen(network, 12, 0)
    assert {e.name for e in entries} == set(network.parameters)
    assert entries == chosen(network, 12, 0) != chosen(network, 12, 1)
    assert len(chosen(network, 30, 0)) == 30


@pytest.mark.parametrize(
    ("one", "other", "error"),
    [(1.0, 1.0, 0.0), (0.0, 0.0, 0.0), (0.0, 1e-9, 1.0), (1.0, -1.0, 2.0), (2.0, 1.0, 0.5)],
)
def test_relative_errors(one, other, error):
    assert relative_error(one, other) == error


def test_an_overflowing_network_gives_a_row_all_the_same():
    measured = example("RNN (ReLU)", scale=1e60)
    row = check_entries(measured.checked, [Entry("layers.0.U", (0, 0))])[0]
    assert not np.isfinite(row.engine) or not np.isfinite(row.from_difference)


def test_a_parameter_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"no parameter 'U_f'"):
        check_entries(example("LSTM").checked, [Entry("U_f", (0, 0))])
