"""Files that somebody sent are read apart: in a process with limits on memory and time.

Whatever such a file does to the process that reads it, only who sent it notices. A few processes
serve all visitors, one file at a time each; one that crashed or hung is replaced.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from rnnviz.processes.process import Process
from rnnviz.texts import Sentence

SECONDS, STARTING = 10.0, 60.0
"""How long reading one file may take, and the start of a process, on a machine that is busy."""
MOST_PROCESSES, MOST_IDLE = 4, 1
KEEPING_MEMORY = {f"MALLOC_{what}_THRESHOLD_": str(2**25) for what in ("MMAP", "TRIM")}
"""Has glibc keep up to 32 MB of what one file took for the next: reading takes half the time."""
Answer = TypeVar("Answer")
Session = TypeVar("Session", bound="ReadingSession")


class NotRead(RuntimeError):
    """A file that was not read to its end; a sentence that follows the file's name and a colon."""


class Reader(Process):
    """A module that `reading.serve`s, started."""

    def __init__(self, module: str, environment: Mapping[str, str]) -> None:
        super().__init__(module, {**KEEPING_MEMORY, **environment})
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
        module: what each process runs.
        memory: how many bytes it may have.
        seconds: how long reading one file may take.
        environment: variables it gets besides this process's own.
    """

    def __init__(
        self,
        module: str,
        memory: int,
        *,
        seconds: float = SECONDS,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.memory, self.seconds = memory, seconds
        self._start = partial(Reader, module, environment)
        self._places = threading.Semaphore(MOST_PROCESSES)
        self._change = threading.Lock()
        self.sessions: set[ReadingSession] = set()
        self.idle: list[Reader] = []

    def open(self, session: Session) -> Session:
        """Take in a share. A process is started, so that it is ready when a file comes."""
        with self._change:
            self.sessions.add(session)
            if not self.idle:
                with suppress(OSError):  # there may be room for one when a file comes
                    self.idle.append(self._start())
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
        """Have a file read. Raises what `Reader.read` does, and NotRead where no process can be
        started or the session has been closed."""
        with self._places, self._taken(session) as reader:
            return reader.read(asked, data, self.seconds)

    @contextmanager
    def _taken(self, session: "ReadingSession") -> Iterator[Reader]:
        """A process for a session: kept for the next file only if it lived through this one."""
        with self._change:
            if session not in self.sessions:
                raise NotRead(Sentence("its page has been left"))
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
            return self._start()
        except OSError:
            problem = Sentence("no process can be started to read it: try again later")
            raise NotRead(problem) from None


class ReadingSession:
    """One visitor's share of the processes.

    reader: the process that is at a file of the visitor's.
    """

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.reader: Reader | None = None

    def answers(self, asked: Mapping[str, object], data: bytes) -> tuple[dict[str, Any], bytes]:
        """What a process says of a file, and what it made of it. NotRead where that takes too much
        time or memory, or none could be asked."""
        try:
            answer, made = self.readers.read(self, asked, data)
        except TimeoutError:
            raise NotRead(Sentence("reading it took too long, so it was stopped")) from None
        except (EOFError, OSError):
            most = f"{self.readers.memory / 2**20:.0f}"
            problem = Sentence(
                "it is damaged in a way that ended its reading, or needs more than {most} MB",
                most=most,
            )
            raise NotRead(problem) from None
        return json.loads(answer), made

    def close(self) -> None:
        """Give the share back, in the middle of a file too."""
        self.readers.leave(self)
