"""What was seen as lines of JSON: a heading, then a line for each recorded update, written at once.

What is read comes from anywhere: everything in it is checked, and refused in a sentence.
"""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence
from rnnviz.watching.watched import MOST_ROWS, Gate, Row, Watched

HEADING, VERSION = "rnnviz.watch", 1
LARGEST_FILE, LONGEST_LINE = 32 * 2**20, 2**20
SIZES: Mapping[str, int] = {"inputs": 10**6, "hidden": 10**6, "layers": 64}
"""The largest that each may be."""
LONGEST_TEXT = 300
LARGEST_UPDATE = 2**53
NUMBERS = ("gradient", "stepped", "loss")


class WatchedFileError(ValueError):
    """A file that `watch` did not write; the message is a `Sentence`."""


class Log:
    """A file that grows by a line for each recorded update.

    Raises:
        FileExistsError: it is there already: a run before may be in it.
    """

    def __init__(self, path: str | Path, watched: Watched) -> None:
        self._file = Path(path).open("x", encoding="utf-8")  # noqa: SIM115  until `close`
        sizes = {name: getattr(watched, name) for name in SIZES}
        heading = {HEADING: VERSION, "cell": watched.cell, **sizes}
        both = {"bidirectional": watched.bidirectional}
        self._line(heading | both | {"projected": watched.projected})

    def write(self, row: Row) -> None:
        """A row; where one of its number was written before, it takes its place."""
        self._line(
            {
                "update": row.update,
                "norms": {n: [_written(x) for x in a.tolist()] for n, a in row.norms.items()},
                "outside": {name: _written(sum_) for name, sum_ in row.outside.items()},
                "gates": {name: [_written(x) for x in gate] for name, gate in row.gates.items()},
                **{name: _written(getattr(row, name)) for name in NUMBERS},
                "by_one_factor": row.by_one_factor,
                "optimizer": row.optimizer,
            }
        )

    def note(self, note: Sentence) -> None:
        """What could not be measured."""
        self._line({"note": str(note)})

    def close(self) -> None:
        self._file.close()

    def _line(self, what: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(what, allow_nan=False) + "\n")
        self._file.flush()


def read(path: str | Path) -> Watched:
    """What `watch(…, log=path)` wrote, also while it is being written.

    Of more than a thousand updates every second one is let go, as while watching.

    Raises:
        WatchedFileError: it is something else, damaged, or too large.
        OSError: there is no such file, or it cannot be read.
    """
    path = Path(path)
    with path.open("rb") as file:
        return read_bytes(path.name, file.read(LARGEST_FILE + 1))


def read_bytes(name: str, data: bytes) -> Watched:
    """The same of a file's bytes; `name` is what the sentences call it. WatchedFileError."""
    if len(data) > LARGEST_FILE:
        _refuse(Sentence("{name} is larger than {size} MB", name=name, size=LARGEST_FILE >> 20))
    lines = _lines(name, data)
    number, heading = next(lines, (1, None))
    if not isinstance(heading, dict) or HEADING not in heading:
        _refuse(
            Sentence(
                "{name} was not written by rnnviz.watch(…, log=…): its first line is no heading",
                name=name,
            )
        )
    if heading[HEADING] != VERSION:
        _refuse(Sentence("{name} was written by another version of rnnviz", name=name))
    found = _heading(name, heading)
    for number, line in lines:
        try:
            if isinstance(line, dict) and isinstance(line.get("note"), str):
                found = found.with_note(line["note"][:LONGEST_TEXT])
            else:
                found = found.with_row(_row(found, line))
        except (KeyError, TypeError, ValueError, OverflowError):
            _refuse(_damaged(name, number))
        if len(found.rows) > MOST_ROWS:
            found = found.thinned()
    return found


def _lines(name: str, data: bytes) -> Iterator[tuple[int, Any]]:
    """Number and content of each line. One that was not finished is left out, if it is the last."""
    *whole, _ = data.split(b"\n")
    for number, line in enumerate(whole, 1):
        if len(line) > LONGEST_LINE:
            _refuse(_damaged(name, number))
        try:
            yield number, json.loads(line.decode(), parse_constant=_no_number)
        except (ValueError, RecursionError):
            if number == 1:
                yield number, None
            else:
                _refuse(_damaged(name, number))


def _heading(name: str, heading: Mapping[str, Any]) -> Watched:
    sizes: dict[str, Any] = {size: heading.get(size) for size in SIZES}
    fits = all(type(n) is int and 1 <= n <= SIZES[size] for size, n in sizes.items())
    both, cell = heading.get("bidirectional"), heading.get("cell")
    projected = heading.get("projected", 0)
    fits = fits and type(projected) is int and 0 <= projected < sizes["hidden"]
    if not fits or not isinstance(both, bool) or not isinstance(cell, str) or cell not in GALLERY:
        _refuse(_damaged(name, 1))
    return Watched(cell, **sizes, bidirectional=both, projected=projected)


def _row(of: Watched, line: Any) -> Row:
    """KeyError, TypeError, ValueError: it is no row of such a module."""
    update, optimizer = line["update"], line["optimizer"]
    if type(update) is not int or not 1 <= update <= LARGEST_UPDATE:
        raise ValueError("no number of an update")
    if not isinstance(optimizer, str) or not isinstance(line["by_one_factor"], bool):
        raise TypeError("no row")
    norms = {
        prefix + state: _array(line["norms"][prefix + state])
        for prefix in of.prefixes
        for state in of.of.h_and_states
    }
    if len({len(array) for array in norms.values()}) != 1:
        raise ValueError("as many steps in all layers")
    outside = {prefix: float(_array([line["outside"][prefix]])[0]) for prefix in of.prefixes}
    gates = {
        prefix + gate: Gate(*_array(line["gates"][prefix + gate]).tolist())
        for prefix in of.prefixes
        for gate in of.of.gates
    }
    numbers = {name: _number(line[name]) for name in NUMBERS}
    return Row(
        update,
        norms,
        outside,
        gates,
        **numbers,
        by_one_factor=line["by_one_factor"],
        optimizer=optimizer[:LONGEST_TEXT],
    )


def _array(values: Any) -> Array:
    """(n,), none of them negative."""
    if not isinstance(values, list) or not values:
        raise TypeError("no list")
    array = np.array([_number(value) for value in values])
    if (array < 0).any():
        raise ValueError("a norm or share is not negative")
    return array


def _written(number: float) -> float | str:
    """JSON has no inf and nan: they are written as these words."""
    return number if math.isfinite(number) else str(number)


def _number(value: Any) -> float:
    """The inverse. TypeError for anything else."""
    if type(value) in (int, float) or value in ("nan", "inf", "-inf"):
        return float(value)
    raise TypeError("no number")


def _no_number(word: str) -> None:
    raise ValueError(word)


def _damaged(name: str, number: int) -> Sentence:
    return Sentence("line {number} of {name} is damaged", number=number, name=name)


def _refuse(sentence: Sentence) -> NoReturn:
    raise WatchedFileError(sentence)
