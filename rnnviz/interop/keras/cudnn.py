"""Weights of Keras 2's CuDNNLSTM and CuDNNGRU → as its LSTM and GRU have them.

NVIDIA's library reads the numbers of each gate's block row by row as a matrix (units, inputs), and
adds two biases. Keras 2 arranges them anew itself where a CuDNN layer's file is read into a plain
layer (`_convert_rnn_weights` of `keras/engine/saving.py`).
"""

import numpy as np

from rnnviz.interop.keras.layers import GATES, Arrays
from rnnviz.network.arrays import Array


def rearranged(kind: str, arrays: Arrays) -> Arrays:
    """One direction's arrays; as they are where their shapes do not fit, which is then refused.

    kind: the plain layer's class. Its GRU has two rows of biases, its LSTM one.
    """
    kernel, recurrent, bias = (arrays.get(n) for n in ("kernel", "recurrent_kernel", "bias"))
    if kernel is None or recurrent is None or bias is None:
        return arrays
    gates = len(GATES[kind])
    units = recurrent.shape[0]
    columns = gates * units
    shapes = kernel.shape[1:], recurrent.shape, bias.shape
    if kernel.ndim != 2 or shapes != ((columns,), (units, columns), (2 * columns,)):
        return arrays
    both: Array = bias.reshape(2, columns)
    return {
        "kernel": _by_columns(kernel, gates),
        "recurrent_kernel": _by_columns(recurrent, gates),
        "bias": both if kind == "GRU" else both.sum(axis=0),
    }


def _by_columns(matrix: Array, gates: int) -> Array:
    blocks = np.hsplit(matrix, gates)
    return np.hstack([block.reshape(block.shape[::-1]).T for block in blocks])
