"""Checkpoint files → a network. Nothing is unpickled, and nothing is executed.

A file is trusted with nothing: sizes are checked before anything is unpacked, what its names and
shapes do not prove is asked or refused, and every refusal is one sentence about that file.
"""

import io
from pathlib import Path
from typing import BinaryIO

from rnnviz.cells import GALLERY
from rnnviz.interop.candidates import Asked, chosen
from rnnviz.interop.formats import candidates_of
from rnnviz.interop.names import shown
from rnnviz.interop.questions import Undecided
from rnnviz.interop.refusals import CheckpointError, about_file, bounded
from rnnviz.network.network import Network
from rnnviz.texts import Sentence

LARGEST_FILE = 64 * 2**20
LARGEST_NUMBERS = 16 * 2**20
"""What a file that was sent may have: bytes, and numbers in the network that is read."""
LARGEST_LOCAL_FILE = 4 * 2**30
LARGEST_LOCAL_NUMBERS = 2**28
"""The same for a file on this machine, of which only the network's arrays are read."""


def load(
    path: str | Path,
    kind: str | None = None,
    *,
    name: str | None = None,
    readout: str | None = None,
) -> Network:
    """Read a network from a file, whatever its name ends in.

    Its arrays are those of a state dict of PyTorch's ("lstm.weight_ih_l0", with or without a
    prefix, wherever in the file it stands) or ours ("layers.0.W_i"). A readout is applied where a
    single matrix can follow, as linear where the file does not say that it is a softmax's. What is
    left out or was taken for a reason, `Network.notes` say. Or it is a model of Keras' or ONNX's,
    read by its own description: those need the packages of `rnnviz[files]`.

    Args:
        path: what torch.save wrote (nothing in it is unpickled), .safetensors, .npz, .keras, .h5
            or .onnx; up to 4 GB, and 268 million numbers in the network.
        kind: the gallery's name of the cell, where arrays cannot prove it: a tanh RNN's and a ReLU
            RNN's look the same, and Keras' weights alone do not tell their functions.
        name: which network, where there are several: "encoder.lstm".
        readout: the matrix that reads h, by its name ("fc.weight" or "fc"), or "none".

    Raises:
        CheckpointError: no such file, a damaged one, NaN or infinity in it, or what its names and
            shapes do not prove: what can be answered by an argument is in its `question`.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            asked = Asked(kind, readout)
            return _load(path.name, file, name, asked, LARGEST_LOCAL_FILE, LARGEST_LOCAL_NUMBERS)
    except OSError as error:
        problem = Sentence("{path} cannot be read: {reason}", path=path, reason=error.strerror)
        raise CheckpointError(problem) from None
    except CheckpointError:
        raise
    except ValueError:
        problem = Sentence("{name} is no name that a file can have", name=shown(str(path)))
        raise CheckpointError(problem) from None


def load_bytes(
    file: str,
    data: bytes,
    kind: str | None = None,
    *,
    name: str | None = None,
    readout: str | None = None,
    largest: int = LARGEST_FILE,
    most: int = LARGEST_NUMBERS,
) -> Network:
    """`load` for a file that was sent: what it is called, and what is in it.

    Args:
        largest: how many bytes it may have.
        most: how many numbers the network may have.
    """
    return _load(file, io.BytesIO(data), name, Asked(kind, readout), largest, most)


def _load(
    called: str, file: BinaryIO, name: str | None, asked: Asked, largest: int, most: int
) -> Network:
    try:
        _refuse_unknown(asked.kind)
        return chosen(candidates_of(called, file, largest, most), name).build(asked)
    except ValueError as error:
        question = error.question if isinstance(error, Undecided) else None
        raise CheckpointError(about_file(called, bounded(error)), question) from None


def _refuse_unknown(kind: str | None) -> None:
    if kind is not None and kind not in GALLERY:
        raise ValueError(
            Sentence(
                "there is no cell {name}: kind is one of {names}",
                name=repr(kind),
                names=", ".join(GALLERY),
            )
        )
