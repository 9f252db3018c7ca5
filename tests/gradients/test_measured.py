"""The gradient of a state is what its own step gives it and what comes back through time."""

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.gradients.bound import bound
from rnnviz.gradients.credit import credit
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.spectra import jacobians
from rnnviz.gradients.truncation import all_cuts, truncate
from rnnviz.gradients.waterfall import chain, waterfall
from rnnviz.network.initial import Initial
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from tests.gradients.examples import MADE_OF_H, NAMES, STEPS, Torch, close, example


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_the_total_is_autograds_and_the_local_part_what_is_left_when_every_step_is_cut(name, steps):
    measured = example(name, steps=steps, readout=True)
    whole, cut = Torch(measured), Torch(measured, cuts=range(7))
    for state, parts in measured.parts.items():
        close(parts.total, whole.gradient(state))
        close(parts.local, cut.gradient(state))
        close(parts.through, whole.gradient(state) - cut.gradient(state))


def test_nothing_comes_through_time_to_the_last_step():
    for parts in example("LSTM", steps=None).parts.values():
        assert not parts.through[-1].any()


def test_below_another_layer_what_comes_from_above_is_local():
    measured = example("GRU (Cho)", "LSTM", steps=[4], readout=True)
    lower = measure(measured.network, measured.x, measured.loss, layer=0)
    whole = Torch(measured)
    close(lower.parts["h"].total, whole.gradient("h", layer=0))
    parts = lower.parts["h"]
    close(parts.local + parts.through, parts.total)
    assert parts.local[2].any()


def test_a_reverse_direction_is_read_in_its_own_order():
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, bidirectional=True)
    x = np.random.default_rng(0).normal(size=(5, 1, 2))
    measured = measure(network, x, Loss("sum", [1]), reverse=True)
    flipped = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3)
    alone = flipped.replace({f"layers.0.{n}": a for n, a in network.layers[0].reverse.items()})
    expected = measure(alone, x[::-1], Loss("sum", [3]))
    assert measured.start == expected.start == 3
    close(measured.parts["c"].total, expected.parts["c"].total)
    close(measured.parts["c"].local, expected.parts["c"].local)


@pytest.mark.parametrize("name", MADE_OF_H)
def test_products_of_jacobians_equal_backpropagation_through_time(name):
    measured = example(name, steps=[-1], batch=1, time=6)
    steps, states = jacobians(measured.run)[:, 0], list(measured.parts)
    # A state's own adjoint at the last step: L is the sum of h alone.
    adjoint = np.concatenate([np.full(3, float(s == "h")) for s in states])
    for jacobian in steps[::-1]:
        adjoint = adjoint @ jacobian
    before = [measured.parts[s].before[0] for s in states]
    close(np.concatenate(before), adjoint)


def test_an_unknown_layer_is_refused():
    one = example("LSTM")
    with pytest.raises(ValueError, match="no layer 3"):
        measure(one.network, one.x, one.loss, layer=3)


def test_float32_networks_are_measured_in_float64():
    network = Network.fresh(
        GALLERY["RNN (tanh)"],
        inputs=1,
        hidden=4,
        initial=Initial("scaled", spectral_radius=0.2),
    )
    single = network.replace({n: a.astype(np.float32) for n, a in network.parameters.items()})
    total = measure(single, np.ones((120, 1, 1)), Loss("sum", [-1])).parts["h"].total
    assert total.dtype == np.float64
    assert 0 < np.abs(total[0]).max() < 1e-45


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scale", [0.0, 1e80])
def test_zero_and_overflow_raise_nothing(name, scale):
    measured = example(name, steps=None, readout=True, scale=scale, hidden=1, time=4)
    for curve in curves(measured).values():
        assert curve.condition in ("measured", "overflow", "nothing arrives")
    for state in measured.parts:
        found = waterfall(measured, state)
        assert set(found.norms()) == {"direct", "rest", "total"}
        assert set(found.killers()) == {"direct", "total"}
    assert bound(measured) is None or bound(measured).theory.shape == (4,)
    assert chain(measured).log10_products.shape[0] == 5
    assert credit(measured).shares.shape[0] == 4
    assert len(truncate(measured, 2).parameters()) == len(measured.network.parameters)
    assert all_cuts(measured).lost.shape == (4,)
