"""Checkpoints that are read apart, as `rnnviz.processes.readers` has it: those that somebody sent,
and files of this machine."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from safetensors.numpy import load

from rnnviz.interop.checkpoints import LARGEST_FILE, LARGEST_NUMBERS
from rnnviz.interop.local_reader import MEMORY as LOCAL_MEMORY
from rnnviz.interop.our_names import Note, network_of
from rnnviz.interop.questions import UNANSWERED, Answers, Question
from rnnviz.interop.reader import INITIAL, MEMORY
from rnnviz.interop.refusals import CheckpointError, about_file
from rnnviz.network.network import Network
from rnnviz.processes import readers
from rnnviz.processes.readers import SECONDS, NotRead
from rnnviz.representation import Cell
from rnnviz.texts import sentence_of
from rnnviz.texts.sentence import from_json

LOCAL_SECONDS = 120.0
"""How long reading a file of this machine may take: it may be large, and its disk slow."""


class Readers(readers.Readers):
    """Processes that read checkpoints.

    Args:
        seconds: how long reading one file may take.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        super().__init__("rnnviz.interop.reader", MEMORY, seconds=seconds)

    def session(self) -> "ReadingSession":
        """A visitor's share."""
        return self.open(ReadingSession(self))


class ReadingSession(readers.ReadingSession):
    """One visitor's share of the processes."""

    def load(
        self,
        file: str,
        data: bytes,
        answers: Answers = UNANSWERED,
        *,
        largest: int = LARGEST_FILE,
        most: int = LARGEST_NUMBERS,
    ) -> Network:
        """`checkpoints.load_bytes`, in a process apart.

        Raises:
            CheckpointError: as there, and where reading takes too much time or memory.
        """
        said = answers._asdict()
        asked = {"file": file, "answers": said, "largest": largest, "most": most}
        return _read(self, file, asked, data)


class LocalReaders(readers.Readers):
    """Processes that read checkpoints of this machine.

    Args:
        seconds: how long reading one file may take.
    """

    def __init__(self, *, seconds: float = LOCAL_SECONDS) -> None:
        super().__init__("rnnviz.interop.local_reader", LOCAL_MEMORY, seconds=seconds)

    def session(self) -> "LocalReadingSession":
        """What one caller has of them."""
        return self.open(LocalReadingSession(self))


class LocalReadingSession(readers.ReadingSession):
    """One caller's share of the processes."""

    def load_file(self, path: Path, answers: Answers = UNANSWERED) -> Network:
        """`checkpoints.load_file`, in a process apart.

        Raises:
            CheckpointError: as there, and where reading takes too much time or memory.
        """
        return _read(self, path.name, {"path": str(path), "answers": answers._asdict()})


def _read(
    session: readers.ReadingSession, file: str, asked: dict[str, Any], data: bytes = b""
) -> Network:
    try:
        return _network(*session.answers(asked, data))
    except NotRead as error:
        raise CheckpointError(about_file(file, sentence_of(error))) from None


def _network(answer: dict[str, Any], parameters: bytes) -> Network:
    """What the process found, as it has written it."""
    if "refused" in answer:
        question = answer["question"] and Question.from_json(answer["question"])
        raise CheckpointError(from_json(answer["refused"]), question)
    cells = tuple(Cell.from_json({"steps": steps}) for steps in answer["cells"])
    arrays = load(parameters)
    states = [name for name in arrays if name.startswith(INITIAL)]
    initial = {name.removeprefix(INITIAL): arrays.pop(name) for name in states}
    note = Note((), answer["readout"], answer["pooling"], answer["skip"], answer["projected"])
    network = network_of(arrays, cells, note)
    return replace(network, notes=tuple(map(from_json, answer["notes"])), initial=initial)
