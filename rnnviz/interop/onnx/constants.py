"""What in an ONNX graph is constant: initializers, Constant nodes, and what rearranges them."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnviz.interop.archive import DAMAGED
from rnnviz.interop.extra import library
from rnnviz.interop.names import not_real
from rnnviz.interop.onnx.attributes import attributes_of
from rnnviz.interop.onnx.folding import FOLDED, answers, size_of_answer
from rnnviz.texts import Sentence

Numbers = npt.NDArray[Any]
REARRANGING = ("Identity", "Cast", "Unsqueeze", "Squeeze", "Transpose", "Slice", "Reshape", "Tile")
_CONSTANTS = ("value_float", "value_floats", "value_int", "value_ints")


class Constants:
    """The constant values of a graph by name, each worked out when it is asked for.

    Args:
        graph: ONNX's.
        most: how many numbers may be read.
        opset: the version of its operators.
    """

    def __init__(self, graph: Any, most: int, opset: int) -> None:
        self._opset = opset
        self._tensors = {one.name: one for one in graph.initializer}
        self._producers = {name: node for node in graph.node for name in node.output if name}
        self._known: dict[str, Numbers | None] = {}
        self._left = most

    def producer(self, name: str) -> Any:
        """The node that gives a value, or None."""
        return self._producers.get(name)

    def of(self, name: str) -> Numbers | None:
        """Its array, or None where it is not constant.

        Raises:
            ValueError: it lies in another file, is damaged, or there are too many numbers.
        """
        if name not in self._known:
            self._known[name] = None  # what reads itself is no constant
            self._known[name] = self._found(name)
        return self._known[name]

    def is_zero(self, name: str) -> bool:
        """Whether all of it is zero, whatever its shape."""
        for _ in range(len(self._producers) + 1):
            found = self.of(name)
            if found is not None:
                return not found.any()
            node = self._producers.get(name)
            if node is None:
                return False
            if node.op_type == "ConstantOfShape":
                value = attributes_of(node).get("value")
                return value is None or not self._array(name, value).any()
            if node.op_type not in (*REARRANGING, "Expand") or not node.input:
                return False
            name = node.input[0]
        return False

    def _found(self, name: str) -> Numbers | None:
        if name in self._tensors:
            return self._array(name, self._tensors[name])
        node = self._producers.get(name)
        if node is None:
            return None
        if node.op_type == "Constant":
            return self._constant(name, attributes_of(node))
        if node.op_type == "Concat":
            return self._concatenated(node)
        return self._rearranged(node) if node.op_type in RULES else self._folded(name, node)

    def _constant(self, name: str, attributes: Mapping[str, Any]) -> Numbers | None:
        if "value" in attributes:
            return self._array(name, attributes["value"])
        values = (attributes[one] for one in _CONSTANTS if one in attributes)
        found = next(values, None)
        return None if found is None else np.asarray(found)

    def _array(self, name: str, tensor: Any) -> Numbers:
        """A tensor's numbers, which must lie in the file."""
        onnx = library("onnx")
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            raise ValueError(
                Sentence(
                    "its weights lie in another file beside it: save them in one, "
                    "as onnx.save(onnx.load(path), path) does"
                )
            )
        self._count(math.prod(tensor.dims))
        try:
            found: Numbers = onnx.numpy_helper.to_array(tensor)
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception:  # it takes the tensor's word for its type, its shape and its bytes
            raise ValueError(DAMAGED) from None
        if found.dtype.kind in "fiub":
            return found
        if tensor.data_type != onnx.TensorProto.BFLOAT16:
            raise ValueError(not_real(name, found.dtype))
        return found.astype(np.float32)

    def _concatenated(self, node: Any) -> Numbers | None:
        parts = [self.of(name) for name in node.input]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or not parts:
            return None
        self._count(sum(part.size for part in known))
        try:
            return np.concatenate(known, int(attributes_of(node)["axis"]))
        except (ValueError, KeyError, TypeError):
            return None

    def _folded(self, name: str, node: Any) -> Numbers | None:
        """What a node makes of constants, where that is small for certain."""
        if node.op_type not in FOLDED:
            return None
        inputs = [self.of(one) for one in node.input if one]
        known = [one for one in inputs if one is not None]
        if len(known) < len(node.input):
            return None
        try:
            size = size_of_answer(node, known)
        except (ValueError, IndexError, TypeError, ZeroDivisionError):
            return None
        if size is None:
            return None
        self._count(size)
        try:
            self._known |= answers(node, known, self._opset)
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception:  # of whatever kind the evaluator meets
            return None
        return self._known[name]

    def _rearranged(self, node: Any) -> Numbers | None:
        inputs = [self.of(name) if name else None for name in node.input]
        if not inputs or inputs[0] is None:
            return None
        if any(value is None for name, value in zip(node.input, inputs, strict=True) if name):
            return None
        try:
            return RULES[node.op_type](attributes_of(node), *inputs)
        except (ValueError, KeyError, TypeError, IndexError, OverflowError):
            return None

    def _count(self, size: int) -> None:
        self._left -= size
        if size < 0 or self._left < 0:
            raise ValueError(Sentence("it holds too many numbers to be read"))


def _axes(attributes: Mapping[str, Any], given: Numbers | None) -> tuple[int, ...]:
    """Where a node's axes stand: an input since opset 13, an attribute before."""
    axes = attributes.get("axes") if given is None else given.ravel().tolist()
    return tuple(int(axis) for axis in axes or ())


def _unsqueezed(
    attributes: Mapping[str, Any], array: Numbers, axes: Numbers | None = None
) -> Numbers:
    return np.expand_dims(array, _axes(attributes, axes))


def _squeezed(
    attributes: Mapping[str, Any], array: Numbers, axes: Numbers | None = None
) -> Numbers:
    found = _axes(attributes, axes)
    return np.squeeze(array, found or None)


def _transposed(attributes: Mapping[str, Any], array: Numbers) -> Numbers:
    return np.transpose(array, attributes.get("perm"))


def _reshaped(attributes: Mapping[str, Any], array: Numbers, shape: Numbers) -> Numbers:
    sizes = [int(n) or array.shape[k] for k, n in enumerate(shape.ravel())]
    return array.reshape(sizes)


def _sliced(
    attributes: Mapping[str, Any],
    array: Numbers,
    starts: Numbers | None = None,
    ends: Numbers | None = None,
    axes: Numbers | None = None,
    steps: Numbers | None = None,
) -> Numbers:
    begin = attributes["starts"] if starts is None else starts.ravel().tolist()
    end = attributes["ends"] if ends is None else ends.ravel().tolist()
    along = _axes(attributes, axes) or range(len(begin))
    pace = [1] * len(begin) if steps is None else steps.ravel().tolist()
    where = [slice(None)] * array.ndim
    for axis, first, last, step in zip(along, begin, end, pace, strict=True):
        where[axis] = slice(int(first), int(last), int(step))
    return array[tuple(where)]


def _same(attributes: Mapping[str, Any], array: Numbers) -> Numbers:
    return array


RULES: Mapping[str, Callable[..., Numbers]] = {
    "Identity": _same,
    "Cast": _same,
    "Unsqueeze": _unsqueezed,
    "Squeeze": _squeezed,
    "Transpose": _transposed,
    "Reshape": _reshaped,
    "Slice": _sliced,
}
"""Operator → its value of a constant; none has more numbers than what it is made of."""
