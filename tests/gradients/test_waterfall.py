"""The waterfall: the direct path is a product of factors, the rest is everything else."""

import numpy as np
import pytest

from rnnviz.gradients.measured import measure
from rnnviz.gradients.spectra import jacobians, log10_spectra, products
from rnnviz.gradients.waterfall import chain, killer, waterfall
from tests.gradients.examples import NAMES, close, example

FACTORS = {
    "LSTM": ("c", lambda run: run.value("f")),
    "CIFG": ("c", lambda run: run.value("f")),
    "Peephole LSTM": ("c", lambda run: run.value("f")),
    "GRU (PyTorch)": ("h", lambda run: run.value("z")),
    "GRU (Cho), z takes the new": ("h", lambda run: 1 - run.value("z")),
    "MGU": ("h", lambda run: 1 - run.value("f")),
    "RNN (tanh)": ("h", lambda run: 0 * run.value("h")),
}


@pytest.mark.parametrize("name", FACTORS)
def test_the_direct_path_is_the_product_of_the_gates(name):
    measured = example(name, steps=[-1])
    found, (state, gate) = waterfall(measured), FACTORS[name]
    assert found.state == state
    factors = gate(measured.run)
    np.testing.assert_allclose(found.factors, factors, atol=1e-15)
    last = measured.parts[state].total[-1]
    for t in range(8):
        np.testing.assert_allclose(found.direct[t], factors[t:].prod(0) * last, atol=1e-13)
    assert found.has_direct_path == bool(factors.any())


@pytest.mark.parametrize("name", NAMES)
def test_direct_and_rest_are_the_total(name):
    measured = example(name, steps=None, readout=True)
    for state, parts in measured.parts.items():
        found = waterfall(measured, state)
        close(found.direct + found.rest, np.concatenate([parts.before[None], parts.total]))
        close(found.direct[-1], parts.total[-1])


def test_without_matrices_everything_is_direct():
    measured = example("LSTM", steps=[-1])
    matrices = {n: 0 * a for n, a in measured.network.parameters.items() if ".U_" in n}
    found = waterfall(measure(measured.network.replace(matrices), measured.x, measured.loss))
    close(found.direct, found.total)
    assert found.direct[0].any()


@pytest.mark.parametrize(
    ("norms", "step", "factor"),
    [
        ([0.1, 0.2, 1.0, 2.0], 1, 0.2),
        ([0.0, 0.0, 1.0, 2.0], 1, 0.0),
        ([4.0, 2.0, 1.0], 1, 2.0),
        ([1.0, np.inf, 2.0, 4.0], 2, 0.5),
    ],
)
def test_the_killer_takes_the_largest_share(norms, step, factor):
    assert killer(np.array(norms)) == (step, factor)


def test_where_nothing_lives_nothing_is_killed():
    assert killer(np.zeros(4)) is None
    assert killer(np.full(4, np.nan)) is None


def test_each_unit_has_a_killer_of_its_own():
    measured = example("LSTM", steps=[-1])
    f = measured.run.value("f")
    for item, units in enumerate(waterfall(measured).unit_killers()):
        for unit, step in enumerate(units):
            assert f[step, item, unit] == f[:, item, unit].min()


def test_the_jacobian_of_a_plain_cell_is_its_slopes_times_its_matrix():
    measured = example("RNN (tanh)", steps=[-1], batch=2)
    found = chain(measured, item=1)
    h, matrix = measured.run.value("h")[:, 1], measured.run.params["U"]
    close(found.matrices, (1 - h**2)[:, :, None] * matrix)


@pytest.mark.parametrize("name", ["RNN (tanh)", "LSTM", "GRU (Cho)"])
def test_spectra_are_those_of_the_products_multiplied_out(name):
    found = chain(example(name, batch=1, time=5))
    product = np.eye(found.matrices.shape[-1])
    for t in range(5, -1, -1):
        expected = np.linalg.svd(product)[1]
        close(10 ** found.log10_products[t], expected)
        product = product @ found.matrices[t - 1]
    close(found.singular[2], np.linalg.svd(found.matrices[2])[1])


def test_an_unknown_state_is_named():
    with pytest.raises(ValueError, match="`c` is no state of this cell; it has h"):
        waterfall(example("MGU"), "c")


def test_products_of_a_batch_are_those_of_its_items():
    steps = jacobians(example("LSTM", batch=3).run)
    batched = products(steps)
    for item in range(3):
        alone = products(steps[:, item])
        np.testing.assert_allclose(batched.matrices[:, item], alone.matrices, rtol=1e-12)
        np.testing.assert_allclose(batched.exponents[:, item], alone.exponents, rtol=1e-12)
        close(log10_spectra(batched)[:, item], log10_spectra(alone))


def test_products_go_on_where_float64_ends():
    shrinking = products(np.tile(np.eye(2) * 1e-5, (200, 1, 1)))
    assert log10_spectra(shrinking)[0] == pytest.approx([-995, -995])
    assert np.isneginf(log10_spectra(products(np.zeros((3, 2, 2))))[0]).all()
