"""Norms of gradients are right from 1e-300 to 1e300, and in float32 where squares are zero."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.engine.cell_run import forward
from rnnviz.gradients import norms
from tests.oracle import sample


@pytest.mark.parametrize(
    ("values", "norm"),
    [
        ([3.0, 4.0], 5.0),
        ([0.0, 0.0], 0.0),
        ([1e-200, 1e-200], math.sqrt(2) * 1e-200),
        ([3e-308, 4e-308], 5e-308),
        ([3e200, -4e200], 5e200),
        ([1e-200, 1.0], 1.0),
        ([math.inf, 1.0], math.inf),
        ([-math.inf, math.inf], math.inf),
        ([math.nan, 1.0], math.nan),
        ([math.nan, 0.0], math.nan),
        ([math.nan, math.inf], math.nan),
    ],
)
def test_the_norm_of_one_time_step(values, norm):
    found = norms(np.array([values, [1.0, 0.0]]))
    np.testing.assert_allclose(found, [norm, 1.0], rtol=1e-14)
    np.testing.assert_allclose(norms(np.array([values])[..., None]), [norm], rtol=1e-14)


@given(st.integers(0, 99), st.integers(-250, 250))
def test_a_norm_scales(seed, exponent):
    values = np.random.default_rng(seed).normal(size=(4, 2, 3))
    expected = np.linalg.norm(values.reshape(4, -1), axis=1)
    np.testing.assert_allclose(norms(values), expected, rtol=1e-13)
    np.testing.assert_allclose(
        norms(values * 10.0**exponent), expected * 10.0**exponent, rtol=1e-13
    )


def test_norms_of_float32_do_not_underflow():
    """Squares below 1e-45 are 0 in float32; the norm is not."""
    values = np.full((2, 1, 100), 1e-30, np.float32)
    assert not (values**2).any()
    found = norms(values)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, 1e-29, rtol=1e-6)


def test_a_plain_network_vanishes_in_float32_where_it_does_not_in_float64():
    """T = 200: gradients under 1e-45 are 0 in float32; float64 still tells them apart."""
    of = sample(GALLERY["RNN (tanh)"], time=200, batch=1, hidden=8, scale=0.2)
    of.dh[:-1] = 0.0
    found = {}
    for dtype in (np.float32, np.float64):
        params = {n: a.astype(dtype) for n, a in of.params.items()}
        pulled = forward(of.cell, params, of.x.astype(dtype)).backward(of.dh)
        found[dtype] = norms(pulled.value("h"))
    assert found[np.float32][0] == 0.0
    assert 0.0 < found[np.float64][0] < 1e-45
    reached = found[np.float32] > 1e-35
    np.testing.assert_allclose(found[np.float32][reached], found[np.float64][reached], rtol=1e-3)
