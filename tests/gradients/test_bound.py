"""The bound of Pascanu, Mikolov & Bengio holds, and is offered to plain cells only."""

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from rnnviz.gradients.bound import Plain, bound, plain, why_none
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import Setup
from rnnviz.network.initial import Initial
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from tests.gradients.examples import STEPS, example


@pytest.mark.parametrize("name", ["RNN (tanh)", "RNN (ReLU)"])
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("seed", range(5))
def test_no_gradient_exceeds_it(name, steps, seed):
    measured = example(name, steps=steps, readout=True, seed=seed)
    found, curve = bound(measured), curves(measured)["h"].total
    room = 1 + 1e-12
    assert (curve <= found.measured * room).all()
    assert (found.measured <= found.theory * room).all()


def test_it_is_a_power_of_the_factor():
    found = bound(example("RNN (tanh)", steps=[-1], scale=0.3))
    matrix = example("RNN (tanh)", steps=[-1], scale=0.3).run.params["U"]
    assert found.largest_singular == pytest.approx(np.linalg.svd(matrix)[1][0])
    np.testing.assert_allclose(found.theory[:-1] / found.theory[1:], found.factor)
    assert found.factor == found.largest_singular


def test_an_orthogonal_linear_network_meets_it():
    initial = Initial("orthogonal", spectral_radius=0.7)
    cell = parse("h = W @ x + U @ h_prev + b")
    network = Network.fresh(cell, inputs=1, hidden=5, initial=initial)
    measured = measure(network, np.ones((9, 1, 1)), Loss("sum", [-1]))
    np.testing.assert_allclose(bound(measured).theory, curves(measured)["h"].total, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("h = tanh(W @ x + U @ h_prev + b)", Plain("tanh", "U")),
        ("h = sigmoid(b - U_h @ h_prev)", Plain("sigmoid", "U_h")),
        ("a = W @ x + U @ h_prev\nh = relu(a + b)", Plain("relu", "U")),
        ("h = W @ x - U @ h_prev", Plain("identity", "U")),
        ("h = U @ h_prev", Plain("identity", "U")),
        ("h = tanh(W @ x + U @ h_prev) + h_prev", None),
        ("h = tanh(W @ x + U @ tanh(h_prev))", None),
        ("h = tanh(U @ h_prev + U @ h_prev)", None),
        ("h = tanh(U @ h_prev) * 2", None),
        ("c = c_prev + W @ x\nh = tanh(U @ h_prev)", None),
    ],
)
def test_plain_cells_are_recognised(text, found):
    assert plain(parse(text)) == found


@pytest.mark.parametrize("name", GALLERY)
def test_where_there_is_none_there_is_a_sentence(name):
    measured = example(name)
    assert (bound(measured) is None) == (why_none(measured.run.cell) is not None)
    assert (bound(measured) is None) == (not name.startswith("RNN"))


def test_exp_has_no_steepest_slope():
    assert "no largest value" in why_none(parse("h = exp(U @ h_prev)"))


def test_it_overflows_without_a_word():
    wild = Setup(cells=("RNN (linear)",), length=200, scale=3.0, hidden=64)
    found = bound(measure(wild.network("RNN (linear)"), wild.x, wild.judge))
    assert found.theory[0] > 1e100
