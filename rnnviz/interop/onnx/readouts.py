"""What a graph of ONNX makes of h by one matrix: MatMul and Add, or Gemm, then a softmax."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnnviz.interop.onnx.attributes import attributes_of
from rnnviz.interop.onnx.constants import Constants
from rnnviz.interop.onnx.values import RULES, Hidden
from rnnviz.interop.stacks import Reading
from rnnviz.interop.stored import finite
from rnnviz.network.arrays import Array
from rnnviz.network.readout import Readout

SOFTMAX = ("Softmax", "LogSoftmax")
FUNCTIONS = ("Sigmoid", "Tanh", "Relu", "LeakyRelu", "Elu", "Softplus", "HardSigmoid")


@dataclass(frozen=True)
class Scores:
    """A matrix applied to h, and what has come after it so far.

    of: the recurrent node's name. is_done: whether a function has been applied.
    """

    of: str
    reading: Reading
    has_bias: bool
    is_done: bool = False


def scores_of(node: Any, name: str, hidden: Hidden, constants: Constants) -> Scores | None:
    """What a node makes of h, if that is a product with a constant matrix."""
    if node.op_type not in ("MatMul", "Gemm") or len(node.input) < 2 or not hidden.is_whole:
        return None
    weight = constants.of(node.input[1])
    if weight is None or weight.ndim != 2 or 0 in weight.shape or weight.dtype.kind != "f":
        return None
    weight = finite(node.input[1], weight)
    attributes = attributes_of(node) if node.op_type == "Gemm" else {}
    columns = weight.T if not attributes.get("transB") else weight
    if columns.shape[1] != hidden.features or attributes.get("transA"):
        return None
    bias: Array = np.zeros(len(columns), columns.dtype)
    has_bias = len(node.input) > 2 and bool(node.input[2])
    if has_bias:
        given = _bias(node.input[2], len(columns), constants)
        if given is None:
            return None
        bias = attributes.get("beta", 1.0) * given
    readout = Readout(attributes.get("alpha", 1.0) * columns, bias)
    return Scores(hidden.of, Reading(name, readout, hidden.where), has_bias)


def followed(node: Any, scores: Scores, value: str, constants: Constants) -> Scores | None:
    """The scores after another node: a bias, a function; None where they are more than that.

    value: which of its inputs they are.
    """
    if scores.is_done:
        return scores if node.op_type in RULES else None
    if node.op_type == "Add" and not scores.has_bias:
        (other,) = [name for name in node.input if name != value] or [""]
        bias = _bias(other, scores.reading.readout.outputs, constants)
        if bias is None:
            return None
        readout = replace(scores.reading.readout, b=bias)
        return replace(scores, reading=scores.reading._replace(readout=readout), has_bias=True)
    if node.op_type in SOFTMAX:
        readout = replace(scores.reading.readout, kind="softmax")
        return replace(scores, reading=scores.reading._replace(readout=readout), is_done=True)
    if node.op_type in FUNCTIONS:
        reading = scores.reading._replace(without=node.op_type)
        return replace(scores, reading=reading, is_done=True)
    return scores if node.op_type in RULES else None


def _bias(name: str, outputs: int, constants: Constants) -> Array | None:
    found = constants.of(name) if name else None
    if found is None or found.dtype.kind != "f" or found.size not in (1, outputs):
        return None
    return np.broadcast_to(finite(name, found).ravel(), (outputs,)).copy()
