"""A pickle as `torch.save` writes it → plain values. Nothing that it names is looked up or called.

`torch.load(weights_only=True)` is no sandbox: a few bytes crash it, hold it for minutes, or have it
give memory that is not the file's. So the opcodes are walked one by one, with a rule for each that
a state dict needs; whatever else a file wants made becomes an `Opaque` mark, and is passed over.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rnnviz.interop.pytorch.opcodes import BY_CODE, Machine, Rule
from rnnviz.interop.pytorch.values import Opaque, Storage
from rnnviz.texts import Sentence

LARGEST, MOST_OPCODES = 2**22, 200_000
DAMAGED = Sentence("it is damaged, or no file that torch.save wrote")


class Pickled(NamedTuple):
    """What a pickle holds.

    passed_over: the first of what it wanted made that was passed over, by name.
    storages: what it names of the numbers that are kept apart from it, by key.
    """

    root: Any
    passed_over: str | None
    storages: Mapping[str, Storage | Opaque]


def read(data: bytes) -> Pickled:
    """Walk a pickle, of protocol 2 to 5.

    Raises:
        ValueError: it is damaged or too large, or has an opcode that `torch.save` does not write.
    """
    if len(data) > LARGEST:
        size = f"{LARGEST / 2**20:.0f}"
        raise ValueError(Sentence("the list of what it holds is larger than {size} MB", size=size))
    return read_next(io.BytesIO(data))


def read_next(stream: io.BytesIO) -> Pickled:
    """Walk the pickle that begins here, of several; what follows it is left in the stream.

    Raises:
        ValueError: as `read`.
    """
    machine = Machine()
    try:
        for rule, argument in _opcodes(stream):
            rule(machine, argument)
        return Pickled(machine.pop(), machine.passed_over, machine.storages)
    except (IndexError, KeyError, TypeError, AttributeError):
        raise ValueError(DAMAGED) from None


def _opcodes(stream: io.BytesIO) -> Iterator[tuple[Rule, Any]]:
    """Up to STOP: each opcode's rule, and the argument that stands in the file."""
    for _ in range(MOST_OPCODES):
        code = stream.read(1)
        if code == b".":
            return
        rule, reader = BY_CODE[code]
        try:
            argument = reader(stream)
        except ValueError:  # in pickletools' words
            raise ValueError(DAMAGED) from None
        yield rule, argument
    raise ValueError(
        Sentence("the list of what it holds has more than {most} parts", most=f"{MOST_OPCODES:,}")
    )
