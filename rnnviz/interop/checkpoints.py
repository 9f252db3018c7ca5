"""Checkpoint files: .pt and .pth, .safetensors, .npz → a network, and back. Nothing is executed.

A file is trusted with nothing: sizes are checked before anything is unpacked, what its names and
shapes do not prove is refused, and every refusal is one sentence about that file.
"""

import io
import json
import math
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnviz.equations import parse
from rnnviz.interop.guessing import network_from
from rnnviz.network.layers import Array
from rnnviz.network.network import Network
from rnnviz.notation.writer import plain

LARGEST_FILE = 64 * 2**20
LARGEST_NUMBERS = 16 * 2**20
LARGEST_DEPTH = 1000
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
NOTE = "rnnviz"
"""The name under which what the arrays do not tell is kept in a file."""


class CheckpointError(ValueError):
    """A file that is no network we can prove. The message names the file and says what to do."""


def load(path: str | Path, kind: str | None = None) -> Network:
    """Read a network from a file.

    A state dict of PyTorch (names like "lstm.weight_ih_l0", with or without a prefix, and one
    linear readout like "fc.weight") or of ours ("layers.0.W_i"). The readout is taken as linear
    where the file does not say that it is a softmax's. What is left out, `Network.notes` say.

    Args:
        path: .pt or .pth (read with weights_only=True), .safetensors, or .npz.
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
        raise CheckpointError(f"{path} cannot be read: {error.strerror}") from None
    return load_bytes(path.name, data, kind)


def load_bytes(
    name: str, data: bytes, kind: str | None = None, *, largest: int = LARGEST_FILE
) -> Network:
    """`load` for a file that was sent: its name (for its ending) and what is in it.

    Args:
        largest: how many bytes it may have.
    """
    shown = name if len(name) <= 60 else f"{name[:57]}…"
    try:
        if len(data) > largest:
            raise ValueError(f"it is larger than {largest / 2**20:.0f} MB")
        read = _READERS.get(Path(name).suffix.lower())
        if read is None:
            raise ValueError(f"a checkpoint's name ends in {', '.join(_READERS)}")
        if not data:
            raise ValueError("it is empty")
        arrays, note = read(data)
        return network_from(_checked(arrays), kind=kind, **_known(note))
    except ValueError as error:
        raise CheckpointError(f"{shown}: {error}") from None


def save(network: Network, path: str | Path) -> None:
    """Write a network's parameters by their full names, and its cells' equations.

    Args:
        path: ending in .safetensors or .npz.

    Raises:
        CheckpointError: another ending.
    """
    path = Path(path)
    note = json.dumps(
        {
            "cells": [plain(layer.cell) for layer in network.layers],
            "readout": network.readout.kind if network.readout else "linear",
        }
    )
    arrays = {name: np.ascontiguousarray(array) for name, array in network.parameters.items()}
    if path.suffix == ".safetensors":
        from safetensors.numpy import save as safetensors

        path.write_bytes(safetensors(arrays, {NOTE: note}))
    elif path.suffix == ".npz":
        stream = io.BytesIO()
        named: dict[str, Any] = {**arrays, NOTE: np.frombuffer(note.encode(), np.uint8)}
        np.savez(stream, **named)
        path.write_bytes(stream.getvalue())
    else:
        raise CheckpointError(f"{path.name}: a network is saved as .safetensors or .npz")


def _checked(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Copies as float32 or float64, all numbers finite; at most so many."""
    if sum(array.size for array in arrays.values()) > LARGEST_NUMBERS:
        raise ValueError(f"it holds more than {LARGEST_NUMBERS:,} numbers")
    checked: dict[str, Array] = {}
    for name, array in arrays.items():
        if array.dtype.kind not in "fiub":
            raise ValueError(f"{_short(name)} holds {array.dtype}, not real numbers")
        single = array.dtype.kind == "f" and array.dtype.itemsize <= 4
        with np.errstate(all="ignore"):
            numbers: Array = np.array(array, np.float32 if single else np.float64, order="C")
        if not np.isfinite(numbers).all():
            bad = "NaN" if np.isnan(numbers).any() else "infinity"
            raise ValueError(f"{_short(name)} has {bad} in it: take a checkpoint from before that")
        checked[name] = numbers
    return checked


def _known(note: str | None) -> dict[str, Any]:
    """What a file of ours says beside its arrays; the equations are read as any text is."""
    if note is None:
        return {}
    try:
        said = json.loads(note)
        cells = tuple(parse(text) for text in said["cells"][:LARGEST_DEPTH])
        return {"cells": cells, "readout": said["readout"]}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError(f"its {NOTE} entry is damaged: save the network again") from None


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:57]}…"


def _read_torch(data: bytes) -> tuple[Mapping[str, Array], None]:
    from rnnviz.interop.modules import read_pickle

    if data[:2] == b"\x80\x02":
        raise ValueError("it is of PyTorch's old format: save it again with PyTorch 1.6 or later")
    _members(data)
    return read_pickle(data, LARGEST_NUMBERS), None


def _read_safetensors(data: bytes) -> tuple[Mapping[str, Array], str | None]:
    from safetensors import SafetensorError
    from safetensors.numpy import load as safetensors

    try:
        arrays = safetensors(data)
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    except KeyError as error:
        raise ValueError(f"it holds numbers of type {error}: save them as float32") from None
    except (SafetensorError, ValueError, TypeError, RecursionError):
        raise ValueError("it is damaged, or no .safetensors file") from None
    return arrays, header.get("__metadata__", {}).get(NOTE)


def _read_npz(data: bytes) -> tuple[Mapping[str, Array], str | None]:
    arrays = {}
    for member, content in _unpacked(data):
        if not member.endswith(".npy"):
            raise ValueError(f"it holds {_short(member)}, which is no array")
        arrays[member.removesuffix(".npy")] = _read_npy(_short(member), content)
    note = arrays.pop(NOTE, None)
    if note is None:
        return arrays, None
    if note.dtype != np.uint8:
        raise ValueError(f"its {NOTE} entry is damaged: save the network again")
    return arrays, note.tobytes().decode(errors="replace")


def _members(data: bytes) -> list[zipfile.ZipInfo]:
    """What a zip file holds, by its own account: a few bytes can claim to unpack to terabytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = file.infolist()
    except _ZIP_FAULTS:
        raise ValueError("it is damaged or cut off") from None
    if sum(member.file_size for member in members) > 8 * LARGEST_NUMBERS:
        raise ValueError(f"it unpacks to more than {LARGEST_NUMBERS:,} numbers")
    if any(m.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for m in members):
        raise ValueError("it is packed in an unusual way: save it again with numpy or torch")
    return members


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    members = _members(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for member in members:
                yield member.filename, file.read(member)
    except _ZIP_FAULTS:
        raise ValueError("it is damaged or cut off") from None


def _read_npy(name: str, content: bytes) -> Array:
    """One array, its header believed only where it says as many bytes as there are."""
    stream = io.BytesIO(content)
    try:
        with warnings.catch_warnings(action="ignore"):
            version = np.lib.format.read_magic(stream)
            read = {(1, 0): np.lib.format.read_array_header_1_0}.get(
                version, np.lib.format.read_array_header_2_0
            )
            shape, by_columns, dtype = read(stream)
    except Exception:  # NumPy parses the header as Python's text, so it raises what parsers raise
        raise ValueError(f"{name} is damaged") from None
    if dtype.hasobject or dtype.kind not in "fiub":
        raise ValueError(f"{name} holds {_short(str(dtype))}, not real numbers")
    rest = content[stream.tell() :]
    if not rest:
        raise ValueError(f"{name} is empty")
    if any(size < 0 for size in shape) or math.prod(shape) * dtype.itemsize != len(rest):
        raise ValueError(f"{name} is cut off, or not of the size it says")
    return np.frombuffer(rest, dtype).reshape(shape, order="F" if by_columns else "C")


_READERS: Mapping[str, Callable[[bytes], tuple[Mapping[str, Any], str | None]]] = MappingProxyType(
    {
        ".pt": _read_torch,
        ".pth": _read_torch,
        ".safetensors": _read_safetensors,
        ".npz": _read_npz,
    }
)
