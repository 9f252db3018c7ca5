"""The formats that can be read, told by what is in a file; its name decides nothing."""

import re
from collections.abc import Callable, Sequence
from typing import BinaryIO, NamedTuple

from rnnviz.interop import npz_files, safetensors_files
from rnnviz.interop.archive import Archive
from rnnviz.interop.candidates import Candidate
from rnnviz.interop.guessing import candidates_in
from rnnviz.interop.keras import files as keras_files
from rnnviz.interop.onnx import files as onnx_files
from rnnviz.interop.pytorch import files as torch_files
from rnnviz.interop.pytorch import old_files as torch_old_files
from rnnviz.interop.stored import Opened
from rnnviz.interop.strangers import what_it_is
from rnnviz.texts import Sentence

HEAD = 4096
_ZIP = b"PK"
_SHARD = re.compile(r".*-(?P<part>\d{5})-of-(?P<parts>\d{5})\b.*")


class Format(NamedTuple):
    """One way of keeping networks in a file.

    holds: whether a file is of it, by its first bytes or the names in its archive.
    networks: those in the file, at most so many numbers each. Raises ValueError, one sentence.
    may_hang: whether a damaged one can hold up for ever what reads it.
    """

    holds: Callable[[Opened], bool]
    networks: Callable[[Opened, int], Sequence[Candidate]]
    may_hang: bool = False


def _torch(opened: Opened, most: int) -> Sequence[Candidate]:
    dictionaries, unopened = torch_files.dictionaries(opened)
    return candidates_in(dictionaries, most=most, unopened=unopened)


def _old_torch(opened: Opened, most: int) -> Sequence[Candidate]:
    dictionaries, unopened = torch_old_files.dictionaries(opened)
    return candidates_in(dictionaries, most=most, unopened=unopened)


def _safetensors(opened: Opened, most: int) -> Sequence[Candidate]:
    return candidates_in(*safetensors_files.dictionaries(opened), most=most)


def _npz(opened: Opened, most: int) -> Sequence[Candidate]:
    return candidates_in(*npz_files.dictionaries(opened), most=most)


FORMATS: tuple[Format, ...] = (
    Format(torch_files.holds, _torch),
    Format(torch_old_files.holds, _old_torch),
    Format(npz_files.holds, _npz),
    Format(safetensors_files.holds, _safetensors),
    Format(keras_files.holds, keras_files.candidates_in, may_hang=True),
    Format(onnx_files.holds, onnx_files.candidates_in),
)
"""Asked in this order; a format of another module is one more entry."""


def candidates_of(name: str, file: BinaryIO, largest: int, most: int) -> Sequence[Candidate]:
    """The networks in a file.

    Args:
        name: what it is called.
        largest: how many bytes it may have.
        most: how many numbers each network.

    Raises:
        ValueError: what is wrong with the file, in one sentence.
    """
    opened = opened_file(name, file, largest, most)
    _refuse_shard(name)
    found = _format(opened)
    if found is None:
        raise ValueError(what_it_is(opened))
    return found.networks(opened, most)


def may_hang(name: str, file: BinaryIO, largest: int, most: int) -> bool:
    """Whether a damaged file of this format can hold up for ever what reads it; arguments as
    above. Of a file that will be refused it is not said."""
    try:
        found = _format(opened_file(name, file, largest, most))
    except ValueError:
        return False
    return found is not None and found.may_hang


def _format(opened: Opened) -> Format | None:
    return next((format for format in FORMATS if format.holds(opened)), None)


def opened_file(name: str, file: BinaryIO, largest: int, most: int) -> Opened:
    """A file's beginning, and its directory if it is a zip file. Raises ValueError, as above."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD)
    if size > largest:
        raise ValueError(Sentence("it is larger than {size} MB", size=f"{largest / 2**20:.0f}"))
    if not head:
        raise ValueError(Sentence("it is empty"))
    return Opened(name, file, head, Archive(file, most) if head.startswith(_ZIP) else None)


def _refuse_shard(name: str) -> None:
    """A model that is kept in several files: no single one tells what it leaves out."""
    shard = _SHARD.fullmatch(name)
    if shard and int(shard["parts"]) > 1:
        raise ValueError(
            Sentence(
                "it is part {part} of {parts} of a model: save the state dict as one file",
                part=int(shard["part"]),
                parts=int(shard["parts"]),
            )
        )
