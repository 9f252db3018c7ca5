"""Checkpoint files: .pt and .pth, .safetensors, .npz → a network. Nothing is executed.

A file is trusted with nothing: sizes are checked before anything is unpacked, what its names and
shapes do not prove is refused, and every refusal is one sentence about that file.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnviz.interop import npz_files, torch_files
from rnnviz.interop.guessing import Note, network_from
from rnnviz.interop.names import not_real, shown
from rnnviz.interop.refusals import (
    DAMAGED_NOTE,
    CheckpointError,
    Undecided,
    about_file,
    bounded,
)
from rnnviz.interop.saving import NOTE
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.texts import Sentence

LARGEST_FILE = 64 * 2**20
LARGEST_NUMBERS = 16 * 2**20
MOST_ARRAYS = 10_000

Named = Iterable[tuple[str, Any]]
"""A file's arrays, one after another, so that no more of it than one is unpacked at a time."""


def load(path: str | Path, kind: str | None = None) -> Network:
    """Read a network from a file.

    A state dict of PyTorch (names like "lstm.weight_ih_l0", with or without a prefix, and one
    linear readout like "fc.weight") or of ours ("layers.0.W_i"). The readout is taken as linear
    where the file does not say that it is a softmax's. What is left out, `Network.notes` say.

    Args:
        path: .pt or .pth (nothing in it is unpickled), .safetensors, or .npz.
        kind: the gallery's name of the cell, needed where arrays cannot prove it: a tanh RNN's and
            a ReLU RNN's look the same.

    Raises:
        CheckpointError: no such file, a damaged one, NaN or infinity in it, or what its names and
            shapes do not prove.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        problem = Sentence("{path} cannot be read: {reason}", path=path, reason=error.strerror)
        raise CheckpointError(problem) from None
    except ValueError:
        problem = Sentence("{name} is no name that a file can have", name=shown(str(path)))
        raise CheckpointError(problem) from None
    return load_bytes(path.name, data, kind)


def load_bytes(
    name: str,
    data: bytes,
    kind: str | None = None,
    *,
    largest: int = LARGEST_FILE,
    most: int = LARGEST_NUMBERS,
) -> Network:
    """`load` for a file that was sent: its name (for its ending) and what is in it.

    Args:
        largest: how many bytes it may have.
        most: how many numbers.
    """
    try:
        if len(data) > largest:
            size = f"{largest / 2**20:.0f}"
            raise ValueError(Sentence("it is larger than {size} MB", size=size))
        arrays, note = arrays_in(name, data, most)
        return network_from(_checked(arrays, most), kind=kind, note=_known(note))
    except ValueError as error:
        undecided = error.names if isinstance(error, Undecided) else ()
        raise CheckpointError(about_file(name, bounded(error)), undecided) from None


def arrays_in(name: str, data: bytes, most: int = LARGEST_NUMBERS) -> tuple[Named, str | None]:
    """A file's arrays as they stand in it, and the note if it is one of ours.

    Args:
        name: for its ending.
        data: the file.
        most: how many numbers it may unpack to; of .safetensors, which is not packed, any number.

    Raises:
        ValueError: what is wrong with the file; about an array, when its turn comes.
    """
    read = _READERS.get(Path(name).suffix.lower())
    if read is None:
        endings = ", ".join(_READERS)
        raise ValueError(Sentence("a checkpoint's name ends in {endings}", endings=endings))
    if not data:
        raise ValueError(Sentence("it is empty"))
    return read(data, most)


def _checked(named: Named, most: int) -> dict[str, Array]:
    """Copies as float32 or float64, all numbers finite; at most so many, by names that are text."""
    checked: dict[str, Array] = {}
    left = most
    for name, array in named:
        left -= array.size
        if left < 0:
            raise ValueError(Sentence("it holds more than {most} numbers", most=f"{most:,}"))
        if len(checked) == MOST_ARRAYS:
            raise ValueError(Sentence("it holds more than {most} arrays", most=f"{MOST_ARRAYS:,}"))
        if not _is_text(name):
            raise ValueError(Sentence("it has a name that is no text: {name}", name=shown(name)))
        checked[name] = _finite(name, array)
    return checked


def _is_text(name: str) -> bool:
    """Whether a name can be written down: half of a pair of surrogates cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _finite(name: str, array: Array) -> Array:
    if array.dtype.kind not in "fiub":
        raise ValueError(not_real(name, array.dtype))
    single = array.dtype.kind == "f" and array.dtype.itemsize <= 4
    with np.errstate(all="ignore"):
        numbers: Array = np.array(array, np.float32 if single else np.float64, order="C")
    if not np.isfinite(numbers).all():
        raise ValueError(_not_finite(shown(name), has_nan=bool(np.isnan(numbers).any())))
    return numbers


def _not_finite(name: str, *, has_nan: bool) -> Sentence:
    if has_nan:
        return Sentence("{name} has NaN in it: take a checkpoint from before that", name=name)
    return Sentence("{name} has infinity in it: take a checkpoint from before that", name=name)


def _known(note: str | None) -> Note | None:
    """What a file of ours says beside its arrays. Its equations are not read yet."""
    if note is None:
        return None
    try:
        said = json.loads(note)
        cells, readout = tuple(said["cells"]), said["readout"]
        if all(isinstance(text, str) for text in cells) and readout in ("linear", "softmax"):
            return Note(cells, readout)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise ValueError(DAMAGED_NOTE)


def _read_torch(data: bytes, most: int) -> tuple[Named, None]:
    return torch_files.read(data, most), None


def _read_safetensors(data: bytes, _most: int) -> tuple[Named, str | None]:
    from safetensors import SafetensorError
    from safetensors.numpy import load as safetensors

    try:
        arrays = safetensors(data)
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    except KeyError as error:
        problem = Sentence("it holds numbers of type {type}: save them as float32", type=str(error))
        raise ValueError(problem) from None
    except (SafetensorError, ValueError, TypeError, RecursionError):
        raise ValueError(Sentence("it is damaged, or no .safetensors file")) from None
    return arrays.items(), (header.get("__metadata__") or {}).get(NOTE)


def _read_npz(data: bytes, most: int) -> tuple[Named, str | None]:
    arrays, note = npz_files.read(data, most, NOTE)
    if note is None:
        return arrays, None
    if note.dtype != np.uint8:
        raise ValueError(DAMAGED_NOTE)
    return arrays, note.tobytes().decode(errors="replace")


_READERS: Mapping[str, Callable[[bytes, int], tuple[Named, str | None]]] = MappingProxyType(
    {
        ".pt": _read_torch,
        ".pth": _read_torch,
        ".safetensors": _read_safetensors,
        ".npz": _read_npz,
    }
)
