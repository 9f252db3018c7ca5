"""Shares of the time steps add up to the gradient; a cut loses what torch's detach loses."""

import numpy as np
import pytest
import torch

from rnnviz.cells import GALLERY
from rnnviz.gradients.credit import credit, gates_of
from rnnviz.gradients.measured import measure
from rnnviz.gradients.truncation import all_cuts, angle, shares, truncate
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from tests import oracle
from tests.gradients.examples import NAMES, STEPS, Torch, close, example


@pytest.mark.parametrize("name", NAMES)
def test_shares_add_up_to_the_parameter_gradient(name):
    measured = example(name, steps=None, readout=True)
    expected = Torch(measured).parameters
    for parameter, share in shares(measured, range(7)).items():
        close(share.sum(0), expected[parameter])


@pytest.mark.parametrize("name", NAMES)
def test_a_share_is_the_gradient_of_the_parameters_copy_at_that_step(name):
    measured = example(name, steps=[-1], batch=1)
    found, gradients = credit(measured), Torch(measured)
    rows = gradients.rows[0]
    for column, (_, parameters) in enumerate(found.gates.items()):
        for t in range(7):
            square = sum(np.square(share_at(measured, rows, n, t)).sum() for n in parameters)
            assert found.shares[t, column] == pytest.approx(np.sqrt(square), rel=1e-10)


def share_at(measured, rows, parameter, t):
    """dL/d(parameter as used at step t), from autograd's gradients of the values around it."""
    cell, total = measured.run.cell, 0.0
    for step in cell.steps:
        if parameter in step.args:
            above = rows[t][step.name].grad.numpy()
            if step.op == "matmul":
                total = total + above.T @ rows[t][step.args[1]].detach().numpy()
            elif len(step.args) == 1:
                alone = torch.tensor(measured.run.params[parameter], requires_grad=True)
                oracle.OPERATIONS[step.op](alone).sum().backward()
                total = total + (above * alone.grad.numpy()).sum(0)
            else:
                other = next(a for a in step.args if a != parameter)
                factor = rows[t][other].detach().numpy() if step.op == "mul" else 1.0
                total = total + (above * factor).sum(0)
    return total


def test_the_gates_of_an_lstm_hold_three_parameters_each():
    assert gates_of(GALLERY["LSTM"]) == {g: (f"W_{g}", f"U_{g}", f"b_{g}") for g in "ifgo"}
    assert gates_of(GALLERY["GRU (PyTorch)"])["n"] == ("W_n", "b_n", "U_n", "b_hn")
    assert gates_of(GALLERY["RNN (tanh)"]) == {"h": ("W", "U", "b")}


@pytest.mark.parametrize("name", ["RNN (tanh)", "LSTM", "GRU (PyTorch)", "Peephole LSTM"])
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("cut", [0, 1, 3, 4, 6])
def test_a_cut_gives_what_torch_gives_with_detach(name, steps, cut):
    measured = example(name, steps=steps, readout=True)
    whole, expected = Torch(measured).parameters, Torch(measured, cuts=[cut]).parameters
    found = truncate(measured, cut)
    for parameter in whole:
        largest = np.abs(whole[parameter]).max()
        np.testing.assert_allclose(
            found.truncated[parameter], expected[parameter], rtol=0, atol=1e-12 * largest
        )
        close(found.full[parameter], whole[parameter])
        lost = whole[parameter] - expected[parameter]
        np.testing.assert_allclose(found.lost[parameter], lost, rtol=0, atol=1e-12 * largest)


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_with_two_layers_all_states_are_cut(steps):
    measured = example("LSTM", "GRU (Cho)", steps=steps, readout=True)
    expected = Torch(measured, cuts=[3]).parameters
    for parameter, array in truncate(measured, 3).truncated.items():
        close(array, expected[parameter])


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_all_cuts_are_the_single_ones(steps):
    measured = example("LSTM", steps=steps)
    found = all_cuts(measured)
    for cut in range(7):
        total = truncate(measured, cut).total
        assert found.lost[cut] == pytest.approx(total.lost, rel=1e-10, abs=1e-12)
        assert found.angle[cut] == pytest.approx(total.angle, rel=1e-8, abs=1e-7)
    assert (found.lost[0], found.angle[0]) == (0, 0)


def test_lost_and_angle_are_those_of_the_vectors():
    measured = example("LSTM", steps=[-1])
    whole, cut = Torch(measured).parameters, Torch(measured, cuts=[5]).parameters
    one, other = (np.concatenate([a.ravel() for a in p.values()]) for p in (whole, cut))
    total = truncate(measured, 5).total
    cosine = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    assert total.angle == pytest.approx(np.degrees(np.arccos(cosine)))
    assert total.lost == pytest.approx(np.linalg.norm(one - other))
    assert total.full == pytest.approx(np.linalg.norm(one))


@pytest.mark.parametrize(
    ("one", "other", "degrees"),
    [
        ([1, 0], [0, 3], 90),
        ([1, 0], [-2, 0], 180),
        ([1, 1e-9], [1, 0], np.degrees(1e-9)),
        ([1e300, 0], [1e300, 1e300], 45),
        ([0, 0], [1, 0], np.nan),
        ([np.inf, 0], [1, 0], np.nan),
    ],
)
def test_angles(one, other, degrees):
    found = angle(np.array(one, float), np.array(other, float))
    np.testing.assert_allclose(found, degrees, rtol=1e-12)


@pytest.mark.parametrize("cut", [-1, 7])
def test_a_cut_is_at_a_step(cut):
    with pytest.raises(ValueError, match="one of the steps 0 to 6"):
        truncate(example("LSTM"), cut)


def test_two_directions_are_refused():
    network = Network.fresh(GALLERY["LSTM"], inputs=1, hidden=2, bidirectional=True)
    with pytest.raises(ValueError, match="one direction only"):
        truncate(measure(network, np.ones((3, 1, 1)), Loss("sum")), 1)


def test_one_step_loses_nothing():
    measured = example("RNN (tanh)", time=1, hidden=1)
    assert all_cuts(measured).lost.tolist() == [0.0]
    assert truncate(measured, 0).total.angle == 0.0
