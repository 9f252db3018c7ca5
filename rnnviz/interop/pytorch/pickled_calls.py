"""The functions that a pickle of `torch.save` names to make its values, and what they make here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from rnnviz.interop.pytorch.values import FLOAT8, Entries, Opaque, Row, Storage, Tensor

MOST_DIMENSIONS = 16
TENSORS = ("torch._utils._rebuild_", "torch._tensor._rebuild_", "torch.ScriptObject")
"""How the names of what makes tensors begin, those we do not read among them."""


def counts(*numbers: Any) -> bool:
    """Whether these are numbers that count something."""
    return all(type(number) is int and number >= 0 for number in numbers)


def _rebuild_tensor(
    storage: Storage | Opaque, offset: int, shape: Row, strides: Row, *_hooks: Any
) -> Tensor | Opaque:
    if isinstance(storage, Opaque):
        return Opaque(storage.name, is_tensor=True)
    sizes, steps = shape.items, strides.items
    fits = len(sizes) == len(steps) <= MOST_DIMENSIONS
    if not isinstance(storage, Storage) or not fits or not counts(offset, *sizes, *steps):
        raise TypeError
    return Tensor(storage, offset, sizes, steps)


def _rebuild_of_bytes(
    storage: Storage | Opaque,
    offset: int,
    shape: Row,
    strides: Row,
    _grad: object,
    _hooks: object,
    dtype: Opaque,
    *_: object,
) -> Tensor | Opaque:
    """A tensor of a type that has no storage of its own; of them floats of eight bits are read."""
    if isinstance(storage, Opaque) or dtype.name not in FLOAT8:
        return Opaque(dtype.name, is_tensor=True)
    return _rebuild_tensor(replace(storage, dtype=FLOAT8[dtype.name]), offset, shape, strides)


def _rebuild_parameter(data: Tensor | Opaque, *_: Any) -> Tensor | Opaque:
    if not isinstance(data, Tensor | Opaque):
        raise TypeError
    return data


def _ordered_dict(*pairs: Any) -> Entries:
    if pairs:  # they are written after it, never in the call
        raise TypeError
    return Entries()


def _size(row: Row) -> Row:
    return row


OF_A_TYPE = "torch._tensor._rebuild_from_type_v2"
"""What makes a tensor that has attributes, by another call; those are passed over."""
CALLS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "collections.OrderedDict": _ordered_dict,
        "torch.Size": _size,
        "torch._utils._rebuild_tensor": _rebuild_tensor,
        "torch._utils._rebuild_tensor_v2": _rebuild_tensor,
        "torch._utils._rebuild_tensor_v3": _rebuild_of_bytes,
        "torch._utils._rebuild_parameter": _rebuild_parameter,
        "torch._utils._rebuild_parameter_with_state": _rebuild_parameter,
    }
)
