"""The NumPy rules that NumPy does not have by itself: values, slopes, products of a matrix.

Arrays are feature-major: (…, size, batch). Each rule takes an optional last argument `out`, as
NumPy's own functions do, so that a run writes into arrays that were made once. That of a function
may be one of its operands.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]
Rule = Callable[..., Array]


ONES: Mapping[np.dtype[Any], Array] = MappingProxyType(
    {np.dtype(one): np.ones((), one) for one in (np.float32, np.float64)}
)
"""A number in the arrays' own type: NumPy converts none, which takes as long as a sum."""


def sigmoid(a: Array, out: Array | None = None) -> Array:
    one = ONES[a.dtype]
    out = np.negative(a, out)
    np.exp(out, out)
    np.add(out, one, out)
    return np.divide(one, out, out)


def relu(a: Array, out: Array | None = None) -> Array:
    return np.maximum(a, 0.0, out=out)


def softplus(a: Array, out: Array | None = None) -> Array:
    return np.logaddexp(a, 0.0, out)


def hard_sigmoid(a: Array, out: Array | None = None) -> Array:
    """clip(a / 6 + 1/2, 0, 1), as `torch.nn.functional.hardsigmoid`."""
    out = np.multiply(a, 1 / 6, out)
    np.add(out, 0.5, out)
    return np.clip(out, 0.0, 1.0, out)


def hard_sigmoid_02(a: Array, out: Array | None = None) -> Array:
    """clip(a / 5 + 1/2, 0, 1), as older Keras."""
    out = np.multiply(a, 0.2, out)
    np.add(out, 0.5, out)
    return np.clip(out, 0.0, 1.0, out)


def hard_tanh(a: Array, out: Array | None = None) -> Array:
    return np.clip(a, -1.0, 1.0, out)


def softsign(a: Array, out: Array | None = None) -> Array:
    scale = np.abs(a)
    np.add(scale, 1.0, scale)
    return np.divide(a, scale, out)


def larger(a: Array, b: Array, out: Array | None = None) -> Array:
    return np.maximum(a, b, out=out)


def smaller(a: Array, b: Array, out: Array | None = None) -> Array:
    return np.minimum(a, b, out=out)


def slope_of_sigmoid(y: Array, out: Array | None = None) -> Array:
    out = np.subtract(1.0, y, out)
    return np.multiply(out, y, out)


def slope_of_tanh(y: Array, out: Array | None = None) -> Array:
    out = np.multiply(y, y, out)
    return np.subtract(1.0, out, out)


def slope_of_relu(y: Array, out: Array | None = None) -> Array:
    return np.heaviside(y, 0.0, out)


def slope_of_softplus(y: Array, out: Array | None = None) -> Array:
    out = np.negative(y, out)
    np.expm1(out, out)
    return np.negative(out, out)


def slope_of_hard_sigmoid(y: Array, out: Array | None = None) -> Array:
    return np.multiply((y > 0.0) & (y < 1.0), np.asarray(1 / 6, y.dtype), out)


def slope_of_hard_sigmoid_02(a: Array, out: Array | None = None) -> Array:
    """Of the operand: a value next to 2.5 is rounded to 1."""
    return np.multiply(np.abs(a) < 2.5, np.asarray(0.2, a.dtype), out)


def slope_of_hard_tanh(y: Array, out: Array | None = None) -> Array:
    return np.multiply(np.abs(y) < 1.0, np.asarray(1.0, y.dtype), out)


def slope_of_softsign(y: Array, out: Array | None = None) -> Array:
    out = np.abs(y, out)
    np.subtract(1.0, out, out)
    return np.multiply(out, out, out)


def slope_of_cos(a: Array, out: Array | None = None) -> Array:
    out = np.sin(a, out)
    return np.negative(out, out)


def slope_of_sqrt(y: Array, out: Array | None = None) -> Array:
    return np.divide(0.5, y, out)


def slope_of_divisor(y: Array, b: Array, out: Array | None = None) -> Array:
    out = np.divide(y, b, out)
    return np.negative(out, out)


def share_of_larger(a: Array, b: Array, out: Array | None = None) -> Array:
    """1 where `a` is the larger, 0 where `b` is, and a half where they are alike."""
    return np.heaviside(np.subtract(a, b), 0.5, out)


def outer_product(gradient: Array, vector: Array, out: Array | None = None) -> Array:
    """The gradient of a matrix, summed over the batch."""
    return np.matmul(gradient, vector.swapaxes(-1, -2), out)


def transposed_product(matrix: Array, gradient: Array, out: Array | None = None) -> Array:
    return np.matmul(matrix.swapaxes(-1, -2), gradient, out)
