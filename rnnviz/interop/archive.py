"""Zip files, as .pt and .npz are: the directory is checked before anything is unpacked."""

import stat
import zipfile
import zlib
from collections import Counter
from typing import BinaryIO

from rnnviz.interop.names import shown
from rnnviz.texts import Sentence

MOST_MEMBERS = 20_000
DAMAGED = Sentence("it is damaged or cut off")
_ENTRY = b"PK\x01\x02"
"""How each entry of a directory begins: where it stands less often, there are fewer entries."""
_CHUNK = 2**24
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    OverflowError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


class Archive:
    """What a zip file holds, by its own account: a few bytes can claim to unpack to terabytes.

    names: of its members, in order.

    Args:
        file: the zip file, from its first byte.
        most: how many numbers of eight bytes there may be in its packed members, unpacked; others
            are no larger than the file.

    Raises:
        ValueError: it is damaged, too large, or has members that are no plain files: one sentence.
    """

    def __init__(self, file: BinaryIO, most: int) -> None:
        if _entries(file) > MOST_MEMBERS:
            raise ValueError(
                Sentence("it holds more than {most} records", most=f"{MOST_MEMBERS:,}")
            )
        try:
            self._file = zipfile.ZipFile(file)
        except _FAULTS:
            raise ValueError(DAMAGED) from None
        members = self._file.infolist()
        packed = [each for each in members if each.compress_type != zipfile.ZIP_STORED]
        if sum(member.file_size for member in packed) > 8 * most:
            raise ValueError(Sentence("it unpacks to more than {most} numbers", most=f"{most:,}"))
        self._members = {member.filename: member for member in members}
        self.names = tuple(self._members)
        if len(self._members) < len(members):
            (twice, _), *_ = Counter(member.filename for member in members).most_common(1)
            raise ValueError(Sentence("{name} is there twice", name=shown(twice)))
        for member in members:
            _check(member)

    def size(self, name: str) -> int:
        """How many bytes a member has, unpacked. Raises ValueError where there is no such one."""
        return self._member(name).file_size

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises ValueError where it is not there, or not as it should be."""
        member = self._member(name)
        try:
            return self._file.read(member)
        except _FAULTS:
            raise ValueError(DAMAGED) from None

    def head(self, name: str, length: int) -> bytes:
        """The first bytes of a member. Raises ValueError as `read` does."""
        member = self._member(name)
        try:
            with self._file.open(member) as content:
                return content.read(length)
        except _FAULTS:
            raise ValueError(DAMAGED) from None

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = self._members.get(name)
        if member is None:
            raise ValueError(Sentence("its record {name} is missing", name=shown(name)))
        return member


def _entries(file: BinaryIO) -> int:
    """How many entries its directory has at most, counted before it is read."""
    file.seek(0)
    found, end = 0, b""
    while chunk := file.read(_CHUNK):
        found += (end + chunk).count(_ENTRY)
        end = chunk[-len(_ENTRY) + 1 :]
    return found


def _check(member: zipfile.ZipInfo) -> None:
    packed = member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if packed or member.flag_bits & 1:
        raise ValueError(
            Sentence("it is packed in an unusual way: save it again with numpy or torch")
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ValueError(Sentence("{name} is a link to another file", name=shown(member.filename)))
