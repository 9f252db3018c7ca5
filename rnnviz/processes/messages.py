"""Messages through a pipe: each a length and so many bytes."""

import struct
from typing import BinaryIO

LENGTH = struct.Struct("<Q")


def send(pipe: BinaryIO, message: bytes) -> None:
    """Write a message, its length before it."""
    pipe.write(LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """The next message; EOFError where there is none, or only a part of it."""
    start = pipe.read(LENGTH.size)
    message = pipe.read(LENGTH.unpack(start)[0]) if len(start) == LENGTH.size else None
    if message is None or len(message) < LENGTH.unpack(start)[0]:
        raise EOFError("the other process is gone")
    return message
