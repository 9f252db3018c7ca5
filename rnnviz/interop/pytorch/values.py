"""What a pickle of torch's holds, as plain values: nothing of it has been made yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

FLOAT8: Mapping[str, str] = MappingProxyType(
    {"torch.float8_e4m3fn": "F8_E4M3", "torch.float8_e5m2": "F8_E5M2"}
)
"""torch's name of a type whose storages are bytes → a key of `narrow_floats.NARROW`."""
BYTES = "torch.storage.UntypedStorage"
DTYPES: Mapping[str, str] = MappingProxyType(
    {
        "torch.DoubleStorage": "f8",
        "torch.FloatStorage": "f4",
        "torch.HalfStorage": "f2",
        "torch.BFloat16Storage": "BF16",
        "torch.LongStorage": "i8",
        "torch.IntStorage": "i4",
        "torch.ShortStorage": "i2",
        "torch.CharStorage": "i1",
        "torch.ByteStorage": "u1",
        "torch.BoolStorage": "?",
        BYTES: "u1",
    }
)
"""torch's name of a storage → NumPy's of its numbers, or a key of `narrow_floats.NARROW`; storages
of others are opaque."""


@dataclass(frozen=True)
class Opaque:
    """Something that the file names, and that is not made: a class, a function, or what it gives.

    is_tensor: whether it would be a tensor that is no plain array of numbers.
    """

    name: str
    is_tensor: bool = False


@dataclass(frozen=True)
class Storage:
    """Numbers in a record of the file: the record's name, what they are, and how many."""

    key: str
    dtype: str
    size: int


@dataclass(frozen=True)
class Tensor:
    """A view of a storage; offset and strides count numbers, and are not checked against it yet."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class Entries(dict[str | int, Any]):
    """A dictionary of the file's. tensors: whether a value of it is one."""

    tensors = False


class Row(NamedTuple):
    """A tuple of the file's, and how deep tuples stand in it."""

    items: tuple[Any, ...]
    depth: int = 1
