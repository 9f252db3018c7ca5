"""Arrays that a message to another process refers to, instead of having them in it.

They are written when they are first sent: a `.npz` without pickle, in a directory of this process
that goes when it ends (`kept_directory`); the file goes as soon as nobody here refers to the arrays
any more. A process on another machine, which cannot read it, is `given` them beside the message.
"""

import hashlib
import io
import os
import pickle
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Any
from zipfile import BadZipFile

import numpy as np

from rnnviz.data.kept_directory import directory
from rnnviz.texts import Sentence

Array = np.ndarray
READ = 8
"""How many of another process's are kept here once a message is done: the next wants them too."""


class Kept(Mapping[str, Array]):
    """Arrays by name, not to be changed; made by `Kept.of`. The same arrays are one object here,
    and in every process that is sent them.

    Reading one that was sent raises a ValueError where its file is gone.

    digest: of names, types, shapes and numbers.
    """

    def __init__(self, digest: str, arrays: Mapping[str, Array] | None, path: str = "") -> None:
        self.digest = digest
        self._arrays, self._path = arrays, path
        self._lock = threading.Lock()

    @staticmethod
    def of(**arrays: Array) -> "Kept":
        """Keep a copy of these arrays.

        Raises:
            ValueError: an array of Python objects, which no file without pickle can hold.
        """
        copied = {name: np.array(array, order="C") for name, array in arrays.items()}
        for name, array in copied.items():
            if array.dtype.hasobject:
                raise ValueError(f"{name} is an array of Python objects: it cannot be kept")
            array.flags.writeable = False
        digest = _digest_of(copied)
        with _LOCK:
            return _HERE.setdefault(digest, Kept(digest, copied))

    def __getitem__(self, name: str) -> Array:
        return self._named[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Kept {self.digest[:8]}"

    def __reduce__(self) -> tuple[Callable[[str, str], "Kept"], tuple[str, str]]:
        return _sent, (self.path, self.digest)

    @property
    def path(self) -> str:
        """Its file, which is written now if it was not."""
        with self._lock:
            if not self._path:
                named: dict[str, Any] = dict(self._named)
                handle, self._path = mkstemp(".npz", self.digest[:8], directory())
                with os.fdopen(handle, "wb") as file:
                    np.savez(file, **named)
                weakref.finalize(self, Path(self._path).unlink, missing_ok=True)
            return self._path

    @property
    def _named(self) -> Mapping[str, Array]:
        if self._arrays is None:
            self._arrays = _arrays_in(self._path)
        return self._arrays


class _Pickler(pickle.Pickler):
    """Notes what the message refers to."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.kept: dict[str, Kept] = {}

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Kept):
            self.kept[value.digest] = value
        return NotImplemented


def pickled(value: object) -> tuple[bytes, tuple[Kept, ...]]:
    """A message, and what it refers to. Raises what `pickle.dumps` does."""
    file = io.BytesIO()
    pickler = _Pickler(file)
    pickler.dump(value)
    return file.getvalue(), tuple(pickler.kept.values())


def given(path: str, digest: str, arrays: Mapping[str, Array]) -> None:
    """Have what messages will refer to by this path and digest, from a machine whose files cannot
    be read here. The last few are kept."""
    with _LOCK:
        _GIVEN.append(_HERE.setdefault(digest, Kept(digest, arrays, path)))


_HERE: weakref.WeakValueDictionary[str, Kept] = weakref.WeakValueDictionary()
"""Digest → what is kept in this process, as long as anybody refers to it."""
_LOCK = threading.Lock()
_GIVEN: deque[Kept] = deque(maxlen=READ)


def _sent(path: str, digest: str) -> Kept:
    """What a message refers to: what is kept here already, or what another process has written."""
    found = _HERE.get(digest)
    return _read(path, digest) if found is None else found


@lru_cache(maxsize=READ)
def _read(path: str, digest: str) -> Kept:
    return Kept(digest, None, path)


def _arrays_in(path: str) -> Mapping[str, Array]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, BadZipFile, ValueError):
        gone = Sentence("The data that this training reads are no longer there: bring them again")
        raise ValueError(gone) from None


def _digest_of(arrays: Mapping[str, Array]) -> str:
    found = hashlib.sha256()
    for name, array in arrays.items():
        found.update(f"{name} {array.dtype.str} {array.shape} ".encode())
        found.update(array.tobytes())
    return found.hexdigest()
