"""Singular values by rotations are LAPACK's, on random matrices and on hostile ones."""

import numpy as np
import pytest

from tests.javascript import run

ALL = """
import { singularValues } from "./maths/singular_values.js";
output(input.map((matrix) => singularValues(matrix, Math.round(Math.sqrt(matrix.length)))));
"""


def random(size, seed, rank=None):
    generator = np.random.default_rng(seed)
    left = generator.standard_normal((size, rank or size))
    return left @ generator.standard_normal((rank or size, size))


MATRICES = [
    *(random(size, seed) for seed, size in enumerate((1, 2, 3, 8, 32, 64))),
    random(9, 7, rank=2),
    np.zeros((4, 4)),
    np.eye(5),
    np.diag([1e200, 1.0, 1e-200]),
    1e-300 * random(4, 8),
    np.array([[1.0, 1.0], [1.0, 1.0 + 1e-12]]),
]


@pytest.mark.parametrize("matrix", MATRICES, ids=lambda m: f"{len(m)} {np.abs(m).max():.1g}")
def test_singular_values_are_lapack_s(matrix):
    (found,) = run(ALL, [matrix])
    expected = np.linalg.svd(matrix, compute_uv=False)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-13 * max(expected[0], 1e-300))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_matrix_that_is_not_finite_has_none(bad):
    (found,) = run(ALL, [np.array([[1.0, bad], [0.0, 1.0]])])
    assert np.isnan(found).all()
