"""`python -m tests.interop.fuzz FOLDER FILES PICKLES SEED`: damaged files and random pickles, read.

FOLDER has the files that are damaged; they are read as they are, too. Prints in JSON what came of
it. A process of its own, so that its memory can be told from what the tests need.
"""

import io
import json
import random
import sys
import time
import warnings
import zipfile
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.narrow_floats import NARROW
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.interop.saving import packed
from rnnviz.network.network import Network
from tests.interop import crafted_files as crafted
from tests.interop.checkpoint_files import stored_in

OF_EIGHT_BITS = {
    number.tobytes() for number in NARROW["F8_E4M3"].widened(np.arange(256, dtype=np.uint8))
}
KINDS = ("RNN (tanh)", None)
RUBBISH = (
    b"",
    b"\x00",
    b"\xff",
    b"\x80",
    b"(",
    b"}",
    b"\x7f" * 8,
    b"\xff" * 8,
    b"PK\x01\x02",
    b"[" * 99,
)
GLOBALS = (
    ("collections", "OrderedDict"),
    ("torch._utils", "_rebuild_tensor_v2"),
    ("torch._utils", "_rebuild_parameter"),
    ("torch._utils", "_rebuild_sparse_tensor"),
    ("torch", "Size"),
    ("torch", "FloatStorage"),
    ("torch", "BFloat16Storage"),
    ("torch", "ByteTensor"),
    ("torch", "Tensor"),
    ("torch.nn.modules.rnn", "LSTM"),
    ("builtins", "bytearray"),
    ("builtins", "eval"),
    ("os", "system"),
    ("_codecs", "encode"),
    ("numpy", "zeros"),
)
NUMBERS = (0, 1, 2, 3, 4, 6, 16, -1, 255, 2**31 - 1, 2**31, 2**63, 10**30)
NAMES = (
    "weight_ih_l0",
    "weight_hh_l0",
    "bias_ih_l0",
    "a.weight_ih_l1",
    "storage",
    "0",
    "cpu",
    "\ud800",
    "\n",
)


@dataclass
class Report:
    """What reading came to.

    megabytes: at most in use while a file was read, above the base. wrong: one line for each file
    that was not treated as it should be.
    """

    read: int = 0
    loaded: int = 0
    slowest: float = 0.0
    base: float = 0.0
    megabytes: float = 0.0
    wrong: list[str] = field(default_factory=list)


def main(folder, files, pickles, seed):
    rng = random.Random(seed)
    honest = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    small = Network.fresh(GALLERY["LSTM"], inputs=1, hidden=1)
    for ending in (".safetensors", ".npz"):  # what is imported late counts as base
        read(f"small{ending}", packed(small, ending), Report())
    report = Report(base=memory("VmRSS"))
    for name, data in honest.items():
        read(name, data, report)
    for _ in range(int(files)):
        name = rng.choice([*honest])
        read(name, rng.choice(DAMAGES)(honest[name], rng), report)
    for _ in range(int(pickles)):
        read("random.pt", random_pickle(rng), report)
    print(json.dumps(asdict(report)))


def memory(which):
    """Megabytes of this process: VmRSS now, VmHWM at most since `forget_peak`.

    What `getrusage` tells counts the memory of the process that started this one.
    """
    return int(Path("/proc/self/status").read_text().split(f"{which}:")[1].split()[0]) / 2**10


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5")


def read(name, data, report):
    """One sentence, or a network whose numbers all stand in the file; either way soon."""
    report.read += 1
    forget_peak()
    begin = time.process_time()
    try:
        load_bytes(name, data, Answers(kind=KINDS[report.read % 2]))
        loaded = True
    except CheckpointError as error:
        loaded, sentence = False, str(error)
        if "\n" in sentence or len(sentence) > 400 or not sentence.isprintable():
            report.wrong.append(f"{name}: not one sentence: {sentence!r}")
    except Exception as error:
        loaded = False
        report.wrong.append(f"{name}: {error!r}")
    report.slowest = max(report.slowest, time.process_time() - begin)
    report.megabytes = max(report.megabytes, memory("VmHWM") - report.base)
    if loaded:
        report.loaded += 1
        unpacked = contents(data)
        for called, array in stored_in(data):
            with suppress(ValueError):  # one that is none of the network's may be damaged
                if not stands_in(array.read(), unpacked):
                    report.wrong.append(f"{name}: {called} has numbers that are not in the file")


def contents(data):
    """All that a file holds, unpacked, but for what is damaged: that is nowhere."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for member in file.infolist():
            with suppress(
                zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError
            ):
                found.append(file.read(member))
    return b"\x00".join(found)


def stands_in(array, unpacked):
    if array.tobytes() in unpacked or array.tobytes("F") in unpacked:
        return True
    one_by_one = {number.tobytes() for number in np.unique(array)}
    if array.dtype == np.float32 and one_by_one <= OF_EIGHT_BITS:
        return True
    widened = {number[2:] for number in one_by_one if not any(number[:2])}
    return all(number in unpacked for number in one_by_one) or (
        array.dtype == np.float32
        and len(widened) == len(one_by_one)
        and all(number in unpacked for number in widened)
    )


def bytes_changed(data, rng):
    """A few bytes overwritten, put in, left out or repeated; or the end cut off."""
    content = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5))):
        place, length = rng.randrange(len(content) + 1), rng.choice((0, 1, 1, 4, 30))
        what = rng.choice(
            (bytes([rng.randrange(256)]), rng.choice(RUBBISH), bytes(content[place : place + 20]))
        )
        content[place : place + length] = what
    return bytes(content[: rng.randrange(len(content) + 1)] if rng.random() < 0.05 else content)


def member_changed(data, rng):
    """The same inside a member of a zip file, or the header of .safetensors: all sums are right."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        size = int.from_bytes(data[:8], "little")
        header = bytes_changed(data[8 : 8 + size], rng)
        return len(header).to_bytes(8, "little") + header + data[8 + size :]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = [(member.filename, file.read(member)) for member in file.infolist()]
    large = [k for k, (name, _) in enumerate(members) if name.endswith((".pkl", ".npy"))]
    chosen = rng.choice(large if large and rng.random() < 0.7 else range(len(members)))
    name, content = members[chosen]
    if rng.random() < 0.1:
        name = rng.choice(
            (bytes_changed(name.encode(), rng).decode("latin-1"), *[n for n, _ in members])
        )
    members[chosen] = (name or "x", bytes_changed(content, rng))
    if rng.random() < 0.05:
        del members[rng.randrange(len(members))]
    with warnings.catch_warnings(action="ignore"):  # of names that are there twice
        return crafted.zipped(
            members, compression=rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
        )


DAMAGES = (bytes_changed, member_changed)


def random_pickle(rng):
    """Opcodes, and what is often named in files of torch, in any order."""
    code = b"".join(rng.choice(PARTS)(rng) for _ in range(rng.randrange(2, 120)))
    if rng.random() < 0.5:
        code = crafted.dictionary(weight_ih_l0=code)
    return crafted.torch_file(code, {"0": bytes(range(96)) * 2, "1": b""})


def some_tensor(rng):
    shape = [rng.choice(NUMBERS[:9]) for _ in range(rng.randrange(4))]
    strides = [rng.choice(NUMBERS) for _ in shape]
    size = rng.choice((48, 48, 48, *NUMBERS))
    return crafted.tensor(
        size, rng.choice(NUMBERS), shape, strides, key=rng.choice(("0", "0", "1", "9"))
    )


PARTS = (
    lambda rng: bytes([rng.randrange(256)]),
    lambda rng: rng.choice(b"().}]NQR\x81bsuaet0\x85\x86\x87\x88\x90\x91\x93\x94").to_bytes(),
    lambda rng: crafted.number(rng.choice(NUMBERS)),
    lambda rng: crafted.text(rng.choice(NAMES)),
    lambda rng: crafted.named(*rng.choice(GLOBALS)),
    lambda rng: crafted.call(
        *rng.choice(GLOBALS), *(rng.choice(PARTS[2:4])(rng) for _ in range(2))
    ),
    lambda rng: rng.choice((b"q", b"h")) + bytes([rng.randrange(4)]),
    lambda rng: crafted.text(rng.choice(NAMES)) + some_tensor(rng) + crafted.SET_ITEM,
    some_tensor,
)

if __name__ == "__main__":
    main(*sys.argv[1:])
