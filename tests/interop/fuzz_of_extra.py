"""`python -m tests.interop.fuzz_of_extra FOLDER FILES SEED`: damaged ONNX files, read.

FOLDER has the files that are damaged: some in their bytes, some by what their fields say. Prints in
JSON what came of it.
"""

import json
import random
import sys
import time
from pathlib import Path

import onnx

from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.refusals import CheckpointError
from tests.interop.fuzz import bytes_changed

NUMBERS = (0, 1, 2, 3, 4, 12, -1, 255, 2**31, 2**62, -(2**63))
TEXTS = ("", "LSTM", "GRU", "Gather", "Reshape", "reverse", "bidirectional", "Elu", "B", "l", "\n")


def main(folder, files, seed):
    rng = random.Random(int(seed))
    honest = [path.read_bytes() for path in sorted(Path(folder).iterdir())]
    wrong, loaded, slowest = [], 0, 0.0
    for _ in range(int(files)):
        change = rng.choice((bytes_changed, fields_changed, fields_changed))
        data = change(rng.choice(honest), rng)
        begin = time.process_time()
        try:
            loaded += bool(load_bytes("m", data).layers)
        except CheckpointError as error:
            sentence = str(error)
            if "\n" in sentence or len(sentence) > 400 or not sentence.isprintable():
                wrong.append(f"not one sentence: {sentence!r}")
        except Exception as error:
            wrong.append(repr(error))
        slowest = max(slowest, time.process_time() - begin)
    print(json.dumps({"wrong": wrong, "loaded": loaded, "slowest": slowest}))


def fields_changed(data, rng):
    """The same model with a few of its fields saying something else."""
    model = onnx.load_model_from_string(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        change(model.graph, rng)
    return model.SerializeToString()


def change(message, rng):
    """One field somewhere within a message: another value, one more, or one fewer."""
    field, value = rng.choice(message.ListFields() or [(None, None)])
    if field is None:
        return
    is_repeated = hasattr(value, "append") and not isinstance(value, str | bytes)
    if is_repeated and rng.random() < 0.2:
        del value[rng.randrange(len(value))]
        return
    if field.message_type is not None:
        change(rng.choice(value) if is_repeated else value, rng)
        return
    old = rng.choice(value) if is_repeated else value
    new = other(old, rng)
    try:
        if is_repeated:
            value[rng.randrange(len(value))] = new
        else:
            setattr(message, field.name, new)
    except (ValueError, TypeError):  # a number that the field cannot have
        message.ClearField(field.name)


def other(old, rng):
    if isinstance(old, str):
        return rng.choice(TEXTS)
    if isinstance(old, bytes):
        return bytes_changed(old, rng)
    return type(old)(rng.choice(NUMBERS))


if __name__ == "__main__":
    main(*sys.argv[1:])
