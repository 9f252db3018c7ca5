"""`python -m rnnviz.interop.reader`: a process that reads one checkpoint after another.

For each it gets a message in JSON (what `load_bytes` takes) and one with the file. It answers with
one in JSON ("refused", a sentence, and "question", what could be answered; or "cells", steps,
"readout" and "notes", sentences) and one with the parameters as a .safetensors file. Sentences are
in nobody's language yet (`texts.sentence`).
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
from safetensors.numpy import save

from rnnviz.cells import GALLERY
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.extra import PACKAGES, library
from rnnviz.interop.our_names import noted_stages
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError, about_file
from rnnviz.interop.saving import packed
from rnnviz.network.network import Network
from rnnviz.processes.reading import serve
from rnnviz.texts import Sentence, sentence_of
from rnnviz.texts.sentence import to_json

MEMORY = 2**29
"""How many bytes of address space it may have, where the system counts them (not on Windows)."""
INITIAL = "initial."
"""Before the name of an initial state, among the parameters."""


def main() -> None:
    """Serve until the input ends."""
    serve(_answer, memory=MEMORY, warm_up=_warm_up)


def answer_of(file: str, load: Callable[[], Network], memory: int) -> tuple[dict[str, Any], bytes]:
    """What comes of reading a file of this name with so much memory, ready to be sent."""
    try:
        network = load()
        states = {f"{INITIAL}{name}": array for name, array in network.initial.items()}
        arrays = {**network.parameters, **states}
        return _described(network), save({n: np.ascontiguousarray(a) for n, a in arrays.items()})
    except CheckpointError as refusal:
        said = to_json(sentence_of(refusal))
        question = refusal.question and refusal.question.to_json()
        return {"refused": said, "question": question}, b""
    except MemoryError:
        most = f"{memory / 2**20:,.0f}"
        problem = Sentence("reading it takes more than the {most} MB there are for it", most=most)
        said = to_json(about_file(file, problem))
        return {"refused": said, "question": None}, b""


def _warm_up() -> None:
    """Import what is imported only when a file is read."""
    small = Network.fresh(GALLERY["LSTM"], inputs=1, hidden=1)
    for ending in (".safetensors", ".npz"):
        load_bytes(f"warm-up{ending}", packed(small, ending))
    for name in PACKAGES:
        with suppress(ValueError):  # a file that needs it is told how to install it
            library(name)


def _described(network: Network) -> dict[str, Any]:
    """What its parameters do not tell."""
    pooling, skip = noted_stages(network)
    return {
        "pooling": pooling,
        "skip": skip,
        "projected": network.layers[0].projected,
        "cells": [layer.cell.to_json()["steps"] for layer in network.layers],
        "readout": network.readout.kind if network.readout else "linear",
        "notes": [*map(to_json, network.notes)],
    }


def _answer(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    answers = Answers(**asked.pop("answers"))
    return answer_of(asked["file"], lambda: load_bytes(data=data, answers=answers, **asked), MEMORY)


if __name__ == "__main__":
    main()
