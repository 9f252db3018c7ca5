"""PyTorch's .pt and .pth files → named arrays, without torch: NumPy reads the file's own records.

A tensor is shown only if all of it lies within its record; what a file says of anything else than
(nested) state dicts is passed over (see `pickled`).
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnviz.interop import pickled
from rnnviz.interop.archive import Archive
from rnnviz.interop.names import shown
from rnnviz.interop.pickled import DAMAGED
from rnnviz.interop.values import BFLOAT16, Entries, Opaque, Tensor
from rnnviz.texts import Sentence

Numbers = npt.NDArray[Any]
SAVE_AGAIN = "torch.save(model.state_dict(), path)"
_ORDERS = {b"little": "<", b"big": ">"}


def read(data: bytes, most: int) -> Iterator[tuple[str, Numbers]]:
    """The arrays of a state dict that `torch.save` wrote, one after another, in the file's types.

    A state dict that stands inside another dictionary ("state_dict", "model") is found there.
    bfloat16 is widened to float32.

    Args:
        data: the file.
        most: how many numbers there may be in all.

    Raises:
        ValueError: one sentence about what is wrong with the file.
    """
    if data[:2] == b"\x80\x02":
        raise ValueError(
            Sentence("it is of PyTorch's old format: save it again with PyTorch 1.6 or later")
        )
    archive = Archive(data, most)
    root = _root(archive)
    tensors = _state_dict(pickled.read(_description(archive, root)))
    if sum(math.prod(tensor.shape) for tensor in tensors.values()) > most:
        raise ValueError(Sentence("it holds more than {most} numbers", most=f"{most:,}"))
    order = _byte_order(archive, root)
    for key, names in _by_record(tensors).items():
        record = archive.read(f"{root}/data/{key}")
        for name in names:
            yield name, _array(record, tensors[name], order)


def _root(archive: Archive) -> str:
    """The folder that all of it stands in."""
    roots = [name.removesuffix("/data.pkl") for name in archive.names if name.endswith("/data.pkl")]
    if len(roots) != 1 or "/" in roots[0]:
        raise ValueError(DAMAGED)
    if f"{roots[0]}/constants.pkl" in archive.names:
        raise ValueError(
            Sentence("it is a TorchScript program: save its weights with {code}", code=SAVE_AGAIN)
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


def _state_dict(found: pickled.Pickled) -> dict[str, Tensor]:
    """The one dictionary of tensors in what was saved, at most two dictionaries down."""
    entries = found.root
    for _ in range(3):
        if not isinstance(entries, Entries):
            break
        if entries.tensors:
            return _tensors(entries)
        inner = [each for each in _dictionaries(entries) if _holds_tensors(each)]
        if len(inner) != 1:
            break
        entries = inner[0]
    if found.passed_over:
        raise ValueError(
            Sentence(
                "it holds {name}, which is not safe to open: save it again with {code}",
                name=shown(found.passed_over),
                code=SAVE_AGAIN,
            )
        )
    raise ValueError(Sentence("it holds no state dict: save one with {code}", code=SAVE_AGAIN))


def _tensors(entries: Entries) -> dict[str, Tensor]:
    for name, value in entries.items():
        if isinstance(value, Opaque) and value.is_tensor:
            raise ValueError(
                Sentence(
                    "it holds tensors that are no plain arrays of numbers: {name} is of {type}",
                    name=shown(str(name)),
                    type=shown(value.name),
                )
            )
    return {str(name): value for name, value in entries.items() if isinstance(value, Tensor)}


def _holds_tensors(entries: Entries) -> bool:
    return entries.tensors or any(each.tensors for each in _dictionaries(entries))


def _dictionaries(entries: Entries) -> list[Entries]:
    """Those among the values, each once: a file can name one a thousand times."""
    return [
        *{id(value): value for value in entries.values() if isinstance(value, Entries)}.values()
    ]


def _by_record(tensors: Mapping[str, Tensor]) -> dict[str, list[str]]:
    """Record → the names of its tensors, so that each is unpacked once."""
    found: dict[str, list[str]] = {}
    for name, tensor in tensors.items():
        found.setdefault(tensor.storage.key, []).append(name)
    return found


def _array(record: bytes, tensor: Tensor, order: str) -> Numbers:
    """A view of the record, checked to lie within it."""
    storage = tensor.storage
    halved = storage.dtype == BFLOAT16
    dtype = np.dtype(order + ("u2" if halved else storage.dtype))
    if storage.size * dtype.itemsize != len(record):
        raise ValueError(
            Sentence(
                "its record {name} is cut off, or not of the size it says", name=shown(storage.key)
            )
        )
    if 0 in tensor.shape:
        return _empty(tensor.shape, np.dtype(np.float32) if halved else dtype)
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
    return (numbers.astype("<u4") << 16).view("<f4") if halved else numbers


def _empty(shape: tuple[int, ...], dtype: np.dtype[Any]) -> Numbers:
    try:
        return np.zeros(shape, dtype)
    except ValueError:  # the other sizes are beyond NumPy
        raise ValueError(DAMAGED) from None
