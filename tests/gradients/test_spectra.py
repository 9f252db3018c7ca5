"""Singular values of Jacobians and of their products, far beyond what a float can hold."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.gradients import log10_spectra, products, singular_values


def test_singular_values_are_torch_s_and_nan_where_a_matrix_is_not_finite():
    matrices = np.random.default_rng(0).normal(size=(3, 2, 4, 4))
    matrices[1, 0, 2, 2] = np.nan
    matrices[2, 1, 0, 0] = np.inf
    found = singular_values(matrices)
    good = np.isfinite(matrices).all((-1, -2))
    expected = torch.linalg.svdvals(torch.tensor(matrices[good])).numpy()
    np.testing.assert_allclose(found[good], expected, rtol=1e-12)
    assert np.isnan(found[~good]).all()
    assert (~good).sum() == 2


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_spectra_neither_under_nor_overflow(factor):
    """5,000 times a rotation by `factor`: far beyond what float64 can hold."""
    turn = np.array([[0.6, -0.8], [0.8, 0.6]]) * factor
    found = log10_spectra(products(np.broadcast_to(turn, (5000, 2, 2))))
    expected = math.log10(factor) * np.arange(4999, -1, -1)
    np.testing.assert_allclose(found, np.stack([expected] * 2, axis=1), rtol=1e-9, atol=1e-9)


def test_spectra_of_zero_and_of_what_is_not_finite():
    matrices = np.stack([np.eye(2)] * 4)
    matrices[2] = 0.0
    assert (log10_spectra(products(matrices))[:2] == -np.inf).all()
    matrices[2, 0, 0] = np.nan
    found = log10_spectra(products(matrices))
    assert np.isnan(found[:2]).all()
    np.testing.assert_array_equal(found[2:], np.zeros((2, 2)))


@given(st.integers(0, 99), st.integers(1, 6))
def test_spectra_of_short_products_are_those_of_the_plain_product(seed, time):
    matrices = np.random.default_rng(seed).normal(size=(time, 3, 3))
    found = products(matrices)
    plain = np.eye(3)
    for k in reversed(range(time)):
        np.testing.assert_allclose(
            found.matrices[k] * 10.0 ** found.exponents[k], plain, rtol=1e-9, atol=1e-12
        )
        np.testing.assert_allclose(
            log10_spectra(found)[k], np.log10(np.linalg.svd(plain, compute_uv=False)), atol=1e-6
        )
        plain = plain @ matrices[k]
