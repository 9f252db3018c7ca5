"""Checkpoints that somebody sent are read apart: in a process with limits on memory and time.

Whatever such a file does to the process that reads it, only who sent it notices. A few processes
serve all visitors, one file at a time each; one that crashed or hung is replaced.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, TypeVar

from safetensors.numpy import load

from rnnviz.interop.checkpoints import LARGEST_FILE, LARGEST_NUMBERS
from rnnviz.interop.our_names import Note, network_of
from rnnviz.interop.questions import Question
from rnnviz.interop.reader import INITIAL, MEMORY
from rnnviz.interop.refusals import CheckpointError, about_file
from rnnviz.network.network import Network
from rnnviz.processes.process import Process
from rnnviz.representation import Cell
from rnnviz.texts import Sentence, sentence_of
from rnnviz.texts.sentence import from_json

SECONDS, STARTING = 10.0, 60.0
"""How long reading one file may take, and the start of a process, on a machine that is busy."""
MOST_PROCESSES, MOST_IDLE = 4, 1
KEEPING_MEMORY = {f"MALLOC_{what}_THRESHOLD_": str(2**25) for what in ("MMAP", "TRIM")}
"""Has glibc keep up to 32 MB of what one file took for the next: reading takes half the time."""
Answer = TypeVar("Answer")


class Reader(Process):
    """A `rnnviz.interop.reader`, started."""

    def __init__(self) -> None:
        super().__init__("rnnviz.interop.reader", KEEPING_MEMORY)
        self.start()

    def read(self, asked: Mapping[str, object], data: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Its two answers. TimeoutError if it takes too long, EOFError or OSError if it dies."""
        self._within(STARTING, self.wait_until_ready)

        def exchange() -> tuple[bytes, bytes]:
            self.send(json.dumps(dict(asked)).encode())
            return self.answer(data), self.next()

        return self._within(seconds, exchange)

    def _within(self, seconds: float, talk: Callable[[], Answer]) -> Answer:
        """What comes of talking to it, unless that takes longer: then it is killed."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            return talk()
        except (EOFError, OSError):
            if late.is_set():
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()
            timer.join()


class Readers:
    """Processes that read files, started as they are needed and gone when no session is open.

    sessions: those that are open. idle: the processes that wait for a file.

    Args:
        seconds: how long reading one file may take.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._places = threading.Semaphore(MOST_PROCESSES)
        self._change = threading.Lock()
        self.sessions: set[ReadingSession] = set()
        self.idle: list[Reader] = []

    def session(self) -> "ReadingSession":
        """A visitor's share. A process is started, so that it is ready when a file comes."""
        session = ReadingSession(self)
        with self._change:
            self.sessions.add(session)
            if not self.idle:
                with suppress(OSError):  # there may be room for one when a file comes
                    self.idle.append(Reader())
        return session

    def leave(self, session: "ReadingSession") -> None:
        """Close a session: the process that reads for it is ended; after the last, all are."""
        with self._change:
            self.sessions.discard(session)
            if session.reader:
                session.reader.kill()
            ended, self.idle = ([], self.idle) if self.sessions else (self.idle, [])
        for reader in ended:
            reader.end()

    def read(
        self, session: "ReadingSession", asked: Mapping[str, object], data: bytes
    ) -> tuple[bytes, bytes]:
        """Have a file read. Raises what `Reader.read` does, and RuntimeError where no process can
        be started or the session has been closed."""
        with self._places, self._taken(session) as reader:
            return reader.read(asked, data, self.seconds)

    @contextmanager
    def _taken(self, session: "ReadingSession") -> Iterator[Reader]:
        """A process for a session: kept for the next file only if it lived through this one."""
        with self._change:
            if session not in self.sessions:
                raise RuntimeError(Sentence("its page has been left"))
            session.reader = reader = self._next()
        is_kept = False
        try:
            yield reader
            is_kept = True
        finally:
            with self._change:
                session.reader = None
                is_kept = is_kept and bool(self.sessions) and len(self.idle) < MOST_IDLE
                if is_kept:
                    self.idle.append(reader)
            if not is_kept:
                reader.end()

    def _next(self) -> Reader:
        """One that is idle, unless it was killed in the meantime, or a new one."""
        while self.idle:
            reader = self.idle.pop()
            if reader.is_alive:
                return reader
            reader.end()
        try:
            return Reader()
        except OSError:
            problem = Sentence("no process can be started to read it: try again later")
            raise RuntimeError(problem) from None


class ReadingSession:
    """One visitor's share of the processes.

    reader: the process that is at a file of the visitor's.
    """

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.reader: Reader | None = None

    def load(
        self,
        file: str,
        data: bytes,
        kind: str | None = None,
        *,
        name: str | None = None,
        readout: str | None = None,
        largest: int = LARGEST_FILE,
        most: int = LARGEST_NUMBERS,
    ) -> Network:
        """`checkpoints.load_bytes`, in a process apart.

        Raises:
            CheckpointError: as there, and where reading takes too much time or memory.
        """
        answered = {"kind": kind, "name": name, "readout": readout}
        asked = {"file": file, "largest": largest, "most": most, **answered}
        try:
            answer, parameters = self.readers.read(self, asked, data)
        except RuntimeError as error:
            problem = sentence_of(error)
        except TimeoutError:
            problem = Sentence("reading it took too long, so it was stopped")
        except (EOFError, OSError):
            problem = Sentence(
                "it is damaged in a way that ended its reading, or needs more than {most} MB",
                most=f"{MEMORY / 2**20:.0f}",
            )
        else:
            return _network(json.loads(answer), parameters)
        raise CheckpointError(about_file(file, problem))

    def close(self) -> None:
        """Give the share back, in the middle of a file too."""
        self.readers.leave(self)


def _network(answer: dict[str, Any], parameters: bytes) -> Network:
    """What the process found, as it has written it."""
    if "refused" in answer:
        question = answer["question"] and Question.from_json(answer["question"])
        raise CheckpointError(from_json(answer["refused"]), question)
    cells = tuple(Cell.from_json({"steps": steps}) for steps in answer["cells"])
    arrays = load(parameters)
    states = [name for name in arrays if name.startswith(INITIAL)]
    initial = {name.removeprefix(INITIAL): arrays.pop(name) for name in states}
    note = Note((), answer["readout"], answer["pooling"], answer["skip"])
    network = network_of(arrays, cells, note)
    return replace(network, notes=tuple(map(from_json, answer["notes"])), initial=initial)
