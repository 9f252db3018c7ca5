"""HDF5 files: arrays and attributes that lie in the file itself, and nothing that it points to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar

import numpy as np
import numpy.typing as npt

from rnnviz.interop.archive import DAMAGED
from rnnviz.interop.extra import library
from rnnviz.interop.names import not_real, shown
from rnnviz.texts import Sentence

SIGNATURE = b"\x89HDF\r\n\x1a\n"
Numbers = npt.NDArray[Any]
Value = TypeVar("Value")


@contextmanager
def opened(file: BinaryIO, most: int) -> Iterator["Group"]:
    """The root of a file.

    Args:
        file: from its first byte.
        most: how many numbers may be read from it.

    Raises:
        ValueError: it is no HDF5 file.
    """
    root = _guarded(lambda: library("h5py").File(file, "r"))
    try:
        yield Group(root, "", [most])
    finally:
        root.close()


class Group:
    """A group of a file. What its names, sizes and links claim is checked before it is believed.

    path: where it stands, "" being the root.
    """

    def __init__(self, group: Any, path: str, left: list[int]) -> None:
        self._group = group
        self._left = left
        self.path = path

    def names(self) -> list[str]:
        """What stands in it, in the file's order."""
        return _guarded(lambda: [str(name) for name in self._group])

    def group(self, path: str) -> "Group | None":
        """A group below it, or None where there is none."""
        found = self._below(path)
        is_group = found is not None and _guarded(lambda: hasattr(found, "keys"))
        return Group(found, f"{self.path}/{path}", self._left) if is_group else None

    def array(self, path: str) -> Numbers | None:
        """An array below it, or None where there is none."""
        found = self._below(path)
        if found is None or not _guarded(lambda: hasattr(found, "dtype")):
            return None
        return _guarded(lambda: self._read(found, f"{self.path}/{path}".lstrip("/")))

    def _read(self, found: Any, name: str) -> Numbers:
        if found.is_virtual or found.external:
            raise ValueError(Sentence("{name} lies in another file", name=shown(name)))
        if found.dtype.kind not in "fiub":
            raise ValueError(not_real(name, found.dtype))
        size = int(found.size or 0)
        if size > self._left[0]:
            raise ValueError(Sentence("{name} holds too many numbers", name=shown(name)))
        self._left[0] -= size
        return np.asarray(found[()])

    def _below(self, path: str) -> Any:
        """Step by step along a path: a link that leads elsewhere is not followed."""

        def walked() -> Any:
            hard_link = library("h5py").HardLink
            at = self._group
            for name in path.split("/"):
                if not hasattr(at, "keys") or name not in at:
                    return None
                if not isinstance(at.get(name, getlink=True), hard_link):
                    raise ValueError(Sentence("{name} is a link", name=shown(path)))
                at = at[name]
            return at

        return _guarded(walked)

    def text(self, name: str) -> str | None:
        """An attribute that is a text, or None."""
        values = self.texts(name)
        return values[0] if values else None

    def texts(self, name: str) -> list[str] | None:
        """An attribute that is a list of texts; Keras parts a long one into name0, name1, …"""
        parts = [self._attribute(name)]
        if parts[0] is None:
            parts = []
            while (part := self._attribute(f"{name}{len(parts)}")) is not None:
                parts.append(part)
        return [text for part in parts for text in part or ()] if parts else None

    def _attribute(self, name: str) -> list[str] | None:
        def read() -> list[str] | None:
            if name not in self._group.attrs:
                return None
            values = np.atleast_1d(np.asarray(self._group.attrs[name], object)).ravel().tolist()
            return [v.decode() if isinstance(v, bytes) else str(v) for v in values]

        return _guarded(read)


def _guarded(read: Callable[[], Value]) -> Value:
    """What the library finds; what it complains of is damage to the file."""
    try:
        return read()
    except (MemoryError, KeyboardInterrupt):
        raise
    except ValueError as error:
        if error.args and isinstance(error.args[0], Sentence):
            raise
        raise ValueError(DAMAGED) from None
    except Exception:  # the library raises what its C code meets, by many names
        raise ValueError(DAMAGED) from None
