"""`python -m rnnviz.interop.local_reader`: `reader`, for files of this machine.

It gets no file but what `load_file` takes, the path among it, and answers as `reader` does.
"""

from pathlib import Path
from typing import Any

from rnnviz.interop.checkpoints import load_file
from rnnviz.interop.questions import Answers
from rnnviz.interop.reader import answer_of
from rnnviz.processes.reading import serve

MEMORY = 2**33
"""Bytes of address space: enough for the largest network that is read."""


def main() -> None:
    """Serve until the input ends."""
    serve(_answer, memory=MEMORY, warm_up=lambda: None)


def _answer(asked: dict[str, Any], _data: bytes) -> tuple[dict[str, Any], bytes]:
    path, answers = Path(asked["path"]), Answers(**asked["answers"])
    return answer_of(path.name, lambda: load_file(path, answers), MEMORY)


if __name__ == "__main__":
    main()
