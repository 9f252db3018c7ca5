"""`python -m tests.interop.fuzz_apart FOLDER FILES SEED`: damaged files, read as for a page.

FOLDER has the files that are damaged. Each goes to the process that reads what visitors send: a
table where it ends in .xlsx, else a network. Prints in JSON what came of it.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rnnviz.data.reading.readers import Readers as TableReaders
from rnnviz.interop.readers import Readers
from rnnviz.processes.readers import NotRead
from tests.interop.fuzz import bytes_changed, member_changed
from tests.processes import resident


def main(folder, files, seed):
    rng = random.Random(int(seed))
    honest = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    networks, tables = Readers().session(), TableReaders().session()
    report = {"wrong": [], "read": 0, "slowest": 0.0, "megabytes": 0.0}
    try:
        for _ in range(int(files)):
            name = rng.choice([*honest])
            data = rng.choice(DAMAGES)(honest[name], rng)
            if name.endswith(".xlsx"):
                look(name, tables, partial(tables.read, data), report)
            else:
                look(name, networks, partial(networks.load, name, data), report)
    finally:
        networks.close()
        tables.close()
    print(json.dumps(report))


def look(name: str, session, read: Callable[[], object], report) -> None:
    """A sentence of ours, or something that was read; in time, and in bounded memory."""
    begin = time.monotonic()
    try:
        read()
        report["read"] += 1
    except (ValueError, NotRead) as refusal:
        if "codec" in str(refusal):
            report["wrong"].append(f"{name}: in a library's words: {refusal}")
        if "\n" in str(refusal) or not str(refusal).isprintable():
            report["wrong"].append(f"{name}: not one sentence: {str(refusal)!r}")
    except Exception as error:
        report["wrong"].append(f"{name}: {error!r}")
    report["slowest"] = max(report["slowest"], time.monotonic() - begin)
    for reader in session.readers.idle:
        report["megabytes"] = max(report["megabytes"], resident(reader.number))


def member_of_hdf5_changed(data, rng):
    """Of a zip file the member that is no text, packed anew: Keras' weights."""
    return member_changed(data, rng) if data.startswith(b"PK") else bytes_changed(data, rng)


DAMAGES = (bytes_changed, member_of_hdf5_changed)

if __name__ == "__main__":
    main(*sys.argv[1:])
