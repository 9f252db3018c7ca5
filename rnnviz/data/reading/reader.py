"""`python -m rnnviz.data.reading.reader`: a process that reads one table after another.

For each it gets what `read_bytes` takes besides the file (see `processes.reading`). It answers with
"refused", a sentence in nobody's language yet, or with "guess", "columns" (name and kind), "texts"
(those of the columns that are) and "text" (all that the file says); and with the bytes of the
numbers and dates, column after column.
"""

import codecs
import io
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from rnnviz.data.reading.columns import texts
from rnnviz.data.reading.decoding import ENCODINGS, decoded
from rnnviz.data.reading.files import is_of_text, read_bytes
from rnnviz.data.table import Guess, Missing, Table
from rnnviz.network.arrays import Array
from rnnviz.processes.reading import serve
from rnnviz.texts import Sentence, sentence_of
from rnnviz.texts.sentence import from_json, to_json

MEMORY = 2**30
"""How many bytes of address space it may have, where the system counts them (not on Windows)."""
TYPES = {"f": "<f8", "M": "<M8[s]"}


def main() -> None:
    """Serve until the input ends."""
    serve(answer, memory=MEMORY, warm_up=_warm_up)


def answer(asked: Mapping[str, Any], data: bytes) -> tuple[Mapping[str, Any], bytes]:
    """What a file holds, ready to be sent."""
    try:
        return _packed(read_bytes(data, **asked), data)
    except ValueError as refusal:
        return {"refused": to_json(sentence_of(refusal))}, b""
    except MemoryError:
        most = f"{MEMORY / 2**20:,.0f}"
        problem = Sentence("Reading it takes more than the {most} MB there are for it", most=most)
        return {"refused": to_json(problem)}, b""


def table_in(answer: Mapping[str, Any], numbers: bytes) -> tuple[Table, str]:
    """The table that `answer` packed, and all that the file says, "" if it is no text.

    Raises:
        ValueError: the sentence that refused it.
    """
    if "refused" in answer:
        raise ValueError(from_json(answer["refused"]))
    columns: dict[str, Array] = {}
    begin, rows = 0, answer["rows"]
    for name, kind in answer["columns"]:
        if kind in TYPES:
            columns[name] = np.frombuffer(numbers, TYPES[kind], rows, begin)
            begin += columns[name].nbytes
        else:
            columns[name] = texts(answer["texts"][name])
    said = answer["guess"]
    doubt = said["doubt"] and from_json(said["doubt"])
    missing = tuple(Missing(*one) for one in said["missing"])
    words = {name: Missing(*one) for name, one in said["words"].items()}
    known = {"doubt": doubt, "missing": missing, "empty": tuple(said["empty"]), "words": words}
    guess = Guess(**{**said, **known})
    return Table(columns, guess), answer["text"]


def _packed(table: Table, data: bytes) -> tuple[Mapping[str, Any], bytes]:
    kinds = [(name, column.dtype.kind) for name, column in table.columns.items()]
    numbers = (table.columns[n].astype(TYPES[kind]).tobytes() for n, kind in kinds if kind in TYPES)
    guess = asdict(replace(table.guess, doubt=None))
    doubt = table.guess.doubt and to_json(table.guess.doubt)
    said = {
        "rows": len(table),
        "columns": kinds,
        "texts": {name: table.columns[name].tolist() for name in table.texts},
        "guess": {**guess, "doubt": doubt},
        "text": decoded(data, table.guess.encoding)[0] if is_of_text(data) else "",
    }
    return said, b"".join(numbers)


def _warm_up() -> None:
    """Import what is imported only when a file is read."""
    read_bytes(b"2024-01-31,1.5\n2024-02-01,1.7")
    for name in ENCODINGS:
        codecs.lookup(name)
    with suppress(ImportError):  # a file that needs it is told how to install it
        import openpyxl

        file = io.BytesIO()
        openpyxl.Workbook().save(file)
        with suppress(ValueError):  # there is nothing in it
            read_bytes(file.getvalue())


if __name__ == "__main__":
    main()
