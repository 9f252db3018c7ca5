"""Tables that somebody sent are read apart, as `rnnviz.processes.readers` has it."""

from typing import Any

from rnnviz.data.reading.reader import MEMORY, table_in
from rnnviz.data.table import Table
from rnnviz.processes import readers
from rnnviz.processes.readers import SECONDS

LITTLE_RESERVED = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Otherwise what pandas imports reserves a gigabyte of addresses, which are counted."""


class Readers(readers.Readers):
    """Processes that read tables.

    Args:
        seconds: how long reading one may take.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        super().__init__(
            "rnnviz.data.reading.reader", MEMORY, seconds=seconds, environment=LITTLE_RESERVED
        )

    def session(self) -> "ReadingSession":
        """A visitor's share."""
        return self.open(ReadingSession(self))


class ReadingSession(readers.ReadingSession):
    """One visitor's share of the processes."""

    def read(self, data: bytes, **known: Any) -> tuple[Table, str]:
        """`data.read_bytes` in a process apart, and all that the file says, "" if it is no text.

        Raises:
            ValueError: as there.
            NotRead: reading takes too much time or memory.
        """
        return table_in(*self.answers(known, data))
