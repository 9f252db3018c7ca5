"""PyTorch's .pt and .pth files → named arrays, without torch: NumPy reads the file's own records.

A tensor is shown only if all of it lies within its record; what a file says of anything else than
state dicts is passed over (see `pickled`).
"""

from functools import lru_cache
from typing import Any, cast

import numpy as np

from rnnviz.interop.archive import Archive
from rnnviz.interop.names import shown
from rnnviz.interop.narrow_floats import NARROW
from rnnviz.interop.pytorch import pickled
from rnnviz.interop.pytorch.pickled import DAMAGED
from rnnviz.interop.pytorch.state_dicts import state_dicts
from rnnviz.interop.pytorch.values import Storage, Tensor
from rnnviz.interop.stored import Numbers, Opened, StateDict, Stored
from rnnviz.texts import Sentence

OF_A_PROGRAM = "torch.save(torch.jit.load(path).state_dict(), new_path)"
_ORDERS = {b"little": "<", b"big": ">"}


def holds(opened: Opened) -> bool:
    """Whether `torch.save` wrote it, or seems to have."""
    names = opened.archive.names if opened.archive else ()
    return any(name.endswith("/data.pkl") for name in names)


def dictionaries(opened: Opened) -> tuple[tuple[StateDict, ...], str | None]:
    """The state dicts in what `torch.save` wrote, wherever they stand in it; and the first of what
    was passed over, by name.

    Raises:
        ValueError: one sentence about what is wrong with the file.
    """
    archive = cast("Archive", opened.archive)
    root = _root(archive)
    found = pickled.read(_description(archive, root))
    order = _byte_order(archive, root)
    record = lru_cache(maxsize=1)(lambda key: archive.read(f"{root}/data/{key}"))

    def stored(tensor: Tensor) -> Stored:
        key = tensor.storage.key
        return Stored(tensor.shape, lambda: array_of(record(key), tensor, order), key)

    return state_dicts(found, stored), found.passed_over


def _root(archive: Archive) -> str:
    """The folder that all of it stands in."""
    roots = [name.removesuffix("/data.pkl") for name in archive.names if name.endswith("/data.pkl")]
    if len(roots) != 1 or "/" in roots[0]:
        raise ValueError(DAMAGED)
    if f"{roots[0]}/constants.pkl" in archive.names:
        raise ValueError(
            Sentence("it is a TorchScript program: save its weights with {code}", code=OF_A_PROGRAM)
        )
    return roots[0]


def _description(archive: Archive, root: str) -> bytes:
    name = f"{root}/data.pkl"
    if archive.size(name) > pickled.LARGEST:
        size = f"{pickled.LARGEST / 2**20:.0f}"
        raise ValueError(Sentence("{name} is larger than {size} MB", name=shown(name), size=size))
    return archive.read(name)


def _byte_order(archive: Archive, root: str) -> str:
    name = f"{root}/byteorder"
    order = _ORDERS.get(archive.read(name) if name in archive.names else b"little")
    if order is None:
        raise ValueError(DAMAGED)
    return order


def dtype_of(storage: Storage, order: str) -> np.dtype[Any]:
    """What NumPy reads a storage's bytes as; floats that it has no type for as their bits."""
    narrow = NARROW.get(storage.dtype)
    return np.dtype(order + (narrow.bits if narrow else storage.dtype))


def array_of(record: bytes, tensor: Tensor, order: str) -> Numbers:
    """A view of the record, checked to lie within it."""
    storage, dtype = tensor.storage, dtype_of(tensor.storage, order)
    narrow = NARROW.get(storage.dtype)
    if storage.size * dtype.itemsize != len(record):
        raise ValueError(
            Sentence(
                "its record {name} is cut off, or not of the size it says", name=shown(storage.key)
            )
        )
    if 0 in tensor.shape:
        return _empty(tensor.shape, np.dtype(np.float32) if narrow else dtype)
    # A dimension of one number is never stepped along, so its stride may be anything.
    strides = [s if n > 1 else 0 for n, s in zip(tensor.shape, tensor.strides, strict=True)]
    last = tensor.offset + sum((n - 1) * s for n, s in zip(tensor.shape, strides, strict=True))
    if last >= storage.size:
        raise ValueError(
            Sentence(
                "a tensor reaches beyond the end of its record {name}", name=shown(storage.key)
            )
        )
    numbers: Numbers = np.ndarray(
        tensor.shape,
        dtype,
        record,
        tensor.offset * dtype.itemsize,
        [s * dtype.itemsize for s in strides],
    )
    return narrow.widened(numbers) if narrow else numbers


def _empty(shape: tuple[int, ...], dtype: np.dtype[Any]) -> Numbers:
    try:
        return np.zeros(shape, dtype)
    except ValueError:  # the other sizes are beyond NumPy
        raise ValueError(DAMAGED) from None
