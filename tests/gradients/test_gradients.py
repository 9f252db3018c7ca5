"""Jacobians, their products and direct paths equal torch autograd, and backpropagation."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnviz import operations
from rnnviz.cells import GALLERY
from rnnviz.engine.cell_run import Hold, forward
from rnnviz.equations import parse
from rnnviz.gradients import (
    direct_factors,
    jacobians,
    log10_spectra,
    norms,
    products,
)
from rnnviz.gradients.single import single_steps, within_steps
from tests.oracle import OPERATIONS, sample, step
from tests.strategies import cells


def torch_jacobian(of, run, time, item):
    """d state_t / d state_{t−1} of one item, by autograd over one step of the oracle."""
    cell, hidden = of.cell, of.dh.shape[-1]
    params = {name: torch.tensor(array) for name, array in of.params.items()}
    before = np.concatenate([run.value(f"{s}_prev")[time, item] for s in cell.states])

    def one_step(stacked):
        states = dict(zip(cell.states, stacked.reshape(-1, 1, hidden), strict=True))
        x = torch.tensor(of.x[time, item : item + 1])
        row = step(cell, params, x, states, of.holds, time)
        return torch.cat([row[state][0] for state in cell.states])

    return torch.autograd.functional.jacobian(one_step, torch.tensor(before)).numpy()


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("name", GALLERY)
def test_jacobians_are_torch_autograd_of_one_step(name, held):
    cell = GALLERY[name]
    of = sample(cell, holds=[Hold(n, 0.3, [1, 2], unit=1) for n in cell.names[:1] * held])
    run = forward(cell, **of.given)
    found = jacobians(run)
    for time, item in np.ndindex(5, 2):
        expected = torch_jacobian(of, run, time, item)
        np.testing.assert_allclose(found[time, item], expected, rtol=1e-10, atol=1e-12)


@settings(max_examples=30)
@given(cells(), st.integers(0, 99))
def test_jacobians_of_random_cells(cell, seed):
    assume(cell.parameters)
    of = sample(cell, time=2, batch=1, seed=seed, scale=0.3)
    run = forward(cell, **of.given)
    found = jacobians(run)
    assume(np.isfinite(found).all() and np.abs(found).max() < 1e3)
    for time in range(2):
        expected = torch_jacobian(of, run, time, 0)
        np.testing.assert_allclose(found[time, 0], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", [n for n in GALLERY if "h" in GALLERY[n].states])
def test_products_of_jacobians_are_backpropagation(name):
    """What reaches a state through the step after it, in one product from the last step."""
    of = sample(GALLERY[name], time=12, scale=0.8)
    of.dh[:-1] = 0.0
    run = forward(of.cell, **of.given)
    pulled, found, states = run.backward(of.dh), products(jacobians(run)), of.cell.states
    last = np.concatenate([of.dh[-1] * (state == "h") for state in states], axis=-1)
    for time in range(11):
        reached = np.concatenate([pulled.value(f"{s}_prev")[time + 1] for s in states], axis=-1)
        scale = 10.0 ** found.exponents[time][:, None]
        by_product = np.einsum("bs,bst->bt", last, found.matrices[time]) * scale
        atol = 1e-10 * np.abs(reached).max()
        np.testing.assert_allclose(by_product, reached, rtol=1e-10, atol=atol)
    assert (found.matrices[-1] == np.eye(last.shape[1])).all()


def test_the_total_derivative_by_c_counts_the_way_through_h():
    """dL/dc_t = what c carries over + dL/dh_t · o · (1 − tanh² c)."""
    of = sample(GALLERY["LSTM"])
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)
    carried = np.zeros_like(of.dh)
    carried[:-1] = pulled.value("c_prev")[1:]
    through_h = pulled.value("h") * run.value("o") * (1 - np.tanh(run.value("c")) ** 2)
    np.testing.assert_allclose(pulled.value("c"), carried + through_h, rtol=1e-12)
    np.testing.assert_allclose(
        pulled.value("h")[:-1], of.dh[:-1] + pulled.value("h_prev")[1:], rtol=1e-12
    )


DIRECT_PATHS = [
    ("LSTM", "c", lambda value: value("f")),
    ("CIFG", "c", lambda value: value("f")),
    ("Peephole LSTM", "c", lambda value: value("f")),
    ("LSTM", "h", lambda value: 0.0),
    ("GRU (PyTorch)", "h", lambda value: value("z")),
    ("GRU (Cho)", "h", lambda value: value("z")),
    ("GRU (PyTorch), z takes the new", "h", lambda value: 1 - value("z")),
    ("GRU (Cho), z takes the new", "h", lambda value: 1 - value("z")),
    ("MGU", "h", lambda value: 1 - value("f")),
    ("RNN (tanh)", "h", lambda value: 0.0),
    ("RNN (ReLU)", "h", lambda value: 0.0),
]


@pytest.mark.parametrize(("name", "state", "factor"), DIRECT_PATHS)
def test_the_direct_path_of_a_gallery_cell_is_its_gate(name, state, factor):
    run = forward(GALLERY[name], **sample(GALLERY[name]).given)
    found = direct_factors(run, state)
    np.testing.assert_array_equal(found, np.broadcast_to(factor(run.value), found.shape))


@settings(max_examples=50)
@given(cells(), st.booleans(), st.integers(0, 99))
def test_direct_factors_are_what_autograd_finds_with_the_rest_cut(cell, held, seed):
    """Autograd through one step in which whatever is not direct passes no gradient."""
    assume(cell.parameters)
    holds = [Hold(n, 0.3, [0], unit=1) for n in cell.names[-1:] * held]
    of = sample(cell, time=2, batch=1, seed=seed, holds=holds)
    run = forward(cell, **of.given)
    params = {name: torch.tensor(array) for name, array in of.params.items()}
    with pytest.MonkeyPatch.context() as patch:
        for op, rule in OPERATIONS.items():
            if not operations.OPERATIONS[op].is_direct:
                patch.setitem(OPERATIONS, op, lambda *a, rule=rule: rule(*a).detach())
        for time in range(2):
            before = {
                s: torch.tensor(run.value(f"{s}_prev")[time], requires_grad=True)
                for s in cell.states
            }
            row = step(cell, params, torch.tensor(of.x[time]), before, holds, time)
            for state in cell.states:
                expected = cut_gradient(row[state], before[state])
                assume(np.isfinite(expected).all() and np.abs(expected).max() < 1e6)
                found = direct_factors(run, state)[time]
                np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-10)


def cut_gradient(after, before):
    if not after.requires_grad:
        return np.zeros(before.shape)
    found = torch.autograd.grad(after.sum(), before, retain_graph=True, allow_unused=True)[0]
    return np.zeros(before.shape) if found is None else found.numpy()


def test_nothing_of_what_is_held_comes_from_the_step_before():
    cell = GALLERY["LSTM"]
    run = forward(cell, **sample(cell, holds=[Hold("c", 0.5, steps=[2], unit=1)]).given)
    expected = run.value("f").copy()
    expected[2, :, 1] = 0.0
    np.testing.assert_array_equal(direct_factors(run, "c"), expected)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_run_of_numbers_that_are_none_is_measured_without_a_warning(bad):
    of = sample(GALLERY["Peephole LSTM"])
    of.params["b_g"][0] = bad
    of.initial["c"][0, 1] = bad
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)
    assert np.isnan(norms(pulled.value("c"))).any()
    found = jacobians(run)
    assert not np.isfinite(found).all()
    log10_spectra(products(found[:, 0]))
    both = sample(parse("c = c_prev\nh = c * h_prev - c * h_prev + U @ c"))
    both.initial["c"][0, 1] = bad
    assert np.isnan(direct_factors(forward(both.cell, **both.given), "h")[:, 0, 1]).all()


@pytest.mark.parametrize("name", GALLERY)
def test_a_run_taken_apart_is_the_same_run_with_nothing_carried_over(name):
    of = sample(GALLERY[name], holds=[Hold("h", 0.3, [2], unit=1)])
    run = forward(of.cell, **of.given)
    apart = single_steps(run)
    for value in of.cell.names:
        expected = run.value(value).reshape(1, 10, -1)
        np.testing.assert_allclose(apart.value(value), expected, rtol=1e-12, atol=1e-14)
    reached = within_steps(run, {"h": of.dh}, of.cell.names)
    last = forward(of.cell, **of.given).backward(of.dh * (np.arange(5) == 4)[:, None, None])
    for value in of.cell.names:
        np.testing.assert_allclose(reached[value][4], last.value(value)[4], rtol=1e-12, atol=1e-14)
