"""Checkpoint files → a network. Nothing is unpickled, and nothing is executed.

A file is trusted with nothing: sizes are checked before anything is unpacked, what its names and
shapes do not prove is asked or refused, and every refusal is one sentence about that file.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rnnviz.cells import GALLERY
from rnnviz.interop.candidates import chosen
from rnnviz.interop.formats import candidates_of
from rnnviz.interop.names import shown
from rnnviz.interop.questions import UNANSWERED, Answers, Undecided
from rnnviz.interop.refusals import CheckpointError, about_file, bounded
from rnnviz.network.network import Network
from rnnviz.texts import Sentence

LARGEST_FILE = 64 * 2**20
LARGEST_NUMBERS = 16 * 2**20
"""What a file that was sent may have: bytes, and numbers in the network that is read."""
LARGEST_LOCAL_FILE = 4 * 2**30
LARGEST_LOCAL_NUMBERS = 2**28
"""The same for a file on this machine, of which only the network's arrays are read."""


def load_file(path: Path, answers: Answers = UNANSWERED) -> Network:
    """`loading.load`, in this process whatever the file is."""
    with opened(path) as file:
        return _load(path.name, file, answers, LARGEST_LOCAL_FILE, LARGEST_LOCAL_NUMBERS)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file of this machine. CheckpointError where it cannot be opened or read."""
    try:
        with path.open("rb") as file:
            yield file
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
    answers: Answers = UNANSWERED,
    *,
    largest: int = LARGEST_FILE,
    most: int = LARGEST_NUMBERS,
) -> Network:
    """`loading.load` for a file that was sent: what it is called, and what is in it.

    Args:
        largest: how many bytes it may have.
        most: how many numbers the network may have.
    """
    return _load(file, io.BytesIO(data), answers, largest, most)


def _load(called: str, file: BinaryIO, answers: Answers, largest: int, most: int) -> Network:
    try:
        _refuse_unknown(answers.kind)
        found = candidates_of(called, file, largest, most)
        return chosen(found, answers.name).build(answers)
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
