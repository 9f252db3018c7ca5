"""What an ONNX node makes of constants, by the reference evaluator of the `onnx` package.

Only operators whose answer is known beforehand to be small: how many numbers it has follows from
what goes in. Nothing that runs a graph of its own, draws numbers or reads a file.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnviz.interop.extra import library
from rnnviz.interop.onnx.attributes import attributes_of

Numbers = npt.NDArray[Any]

ELEMENTWISE = frozenset({"Add", "Sub", "Mul", "Div", "Neg", "Sqrt", "Reciprocal", "Abs", "Max"})
SAME_SIZE = frozenset({"Split", "Flatten"})
FOLDED = ELEMENTWISE | SAME_SIZE | {"Gather"}


def size_of_answer(node: Any, inputs: Sequence[Numbers]) -> int | None:
    """How many numbers a node gives in all; None where it is not one that is evaluated here.

    Raises:
        ValueError, IndexError: what goes in does not fit.
    """
    if node.domain not in ("", "ai.onnx") or not inputs:
        return None
    if node.op_type in ELEMENTWISE:
        return math.prod(np.broadcast_shapes(*(one.shape for one in inputs)))
    if node.op_type in SAME_SIZE:
        return inputs[0].size
    if node.op_type == "Gather" and len(inputs) == 2:
        data, index = inputs
        axis = int(attributes_of(node).get("axis", 0))
        rows: int = data.shape[axis]
        return index.size * (data.size // rows)
    return None


def answers(node: Any, inputs: Sequence[Numbers], opset: int) -> Mapping[str, Numbers]:
    """Output → what it is.

    Raises:
        Exception: of whatever kind the evaluator meets in a node that is wrong.
    """
    reference = library("onnx").reference.ReferenceEvaluator(node, opsets={"": opset})
    with np.errstate(all="ignore"):
        found = reference.run(None, dict(zip(node.input, inputs, strict=True)))
    return dict(zip(node.output, map(np.asarray, found), strict=True))
