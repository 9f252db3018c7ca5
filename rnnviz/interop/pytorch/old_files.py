"""Files that PyTorch wrote before 1.6 → named arrays: pickles, one after another, then the numbers.

The pickles are walked as those of newer files are (see `pickled`): nothing is called.
"""

import io
from collections.abc import Mapping
from functools import partial
from typing import BinaryIO

from rnnviz.interop.names import shown
from rnnviz.interop.pytorch import pickled
from rnnviz.interop.pytorch.files import array_of, dtype_of
from rnnviz.interop.pytorch.pickled import DAMAGED, Pickled
from rnnviz.interop.pytorch.state_dicts import state_dicts
from rnnviz.interop.pytorch.values import Entries, Opaque, Storage, Tensor
from rnnviz.interop.stored import Numbers, Opened, StateDict, Stored
from rnnviz.texts import Sentence

MAGIC = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."
"""The pickle of a number that `torch.save` wrote first."""
PROTOCOL = 1001


def holds(opened: Opened) -> bool:
    """Whether it begins so."""
    return opened.head.startswith(MAGIC)


def dictionaries(opened: Opened) -> tuple[tuple[StateDict, ...], str | None]:
    """As `torch_files.dictionaries`.

    Raises:
        ValueError: one sentence about what is wrong with the file.
    """
    file = opened.file
    file.seek(len(MAGIC))
    stream = io.BytesIO(file.read(pickled.LARGEST))
    protocol, system, found, keys = (pickled.read_next(stream) for _ in range(4))
    if protocol.root != PROTOCOL or not isinstance(system.root, Entries):
        raise ValueError(DAMAGED)
    order = "<" if system.root.get("little_endian", True) else ">"
    starts = _starts(file, len(MAGIC) + stream.tell(), found, keys.root, order)

    def read(tensor: Tensor) -> Numbers:
        if tensor.storage.key not in starts:
            raise ValueError(DAMAGED)
        file.seek(starts[tensor.storage.key])
        length = tensor.storage.size * dtype_of(tensor.storage, order).itemsize
        return array_of(file.read(length), tensor, order)

    def stored(tensor: Tensor) -> Stored:
        return Stored(tensor.shape, partial(read, tensor), tensor.storage.key)

    return state_dicts(found, stored), found.passed_over


def _starts(
    file: BinaryIO, begin: int, found: Pickled, keys: object, order: str
) -> Mapping[str, int]:
    """Key → where its numbers begin: each storage has its length in front of them."""
    starts: dict[str, int] = {}
    for key in keys if isinstance(keys, list) else ():
        storage = found.storages.get(key) if isinstance(key, str) else None
        file.seek(begin)
        length = int.from_bytes(file.read(8), "little" if order == "<" else "big")
        if not isinstance(storage, Storage):
            raise ValueError(_not_known(storage))
        if length != storage.size:
            raise ValueError(DAMAGED)
        starts[key] = begin + 8
        begin += 8 + length * dtype_of(storage, order).itemsize
    return starts


def _not_known(storage: Opaque | None) -> Sentence:
    """Of a storage whose numbers have no size that is known, so that none behind it is found."""
    if storage is None:
        return DAMAGED
    return Sentence(
        "it is of PyTorch's old format and holds {type}: save it again with PyTorch 1.6 or later",
        type=shown(storage.name),
    )
