"""ONNX files → the recurrent networks in them. The graph is read as data; no node of it is run."""

from collections.abc import Iterator
from typing import Any

from rnnviz.interop.archive import DAMAGED
from rnnviz.interop.hdf5 import library
from rnnviz.interop.onnx_walk import Walk, is_recurrent
from rnnviz.interop.refusals import QUANTISED, some
from rnnviz.interop.stacks import networks
from rnnviz.network.network import Network
from rnnviz.texts import Sentence

MOST_RECURRENT = 256


def is_onnx(head: bytes) -> bool:
    """Whether a file begins as a model does: its field 1, a small number, then another field."""
    return len(head) > 2 and head[0] == 0x08 and 0 < head[1] < 0x40 and head[2] % 8 in (0, 2)


def networks_in(data: bytes, most: int) -> dict[str, Network]:
    """The recurrent networks of a file, by the name of the topmost node.

    Args:
        data: the file.
        most: how many numbers may be read from it.

    Raises:
        ValueError: what is wrong with it, or not known, in one sentence.
    """
    onnx = library("onnx")
    try:
        graph = onnx.load_model_from_string(data).graph
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception:  # protobuf's own errors, of whichever of its implementations is installed
        raise ValueError(DAMAGED) from None
    nodes = [node for node in graph.node if is_recurrent(node)]
    if not nodes:
        raise ValueError(_none_found(graph))
    if len(nodes) > MOST_RECURRENT:
        raise ValueError(
            Sentence("it has more than {most} recurrent nodes", most=str(MOST_RECURRENT))
        )
    try:
        return networks(Walk(graph, most).found())
    except RecursionError:
        raise ValueError(DAMAGED) from None


def _none_found(graph: Any) -> Sentence:
    operators = [*dict.fromkeys(node.op_type for node in graph.node)]
    if any(name in operators for name in ("DynamicQuantizeLSTM", "QLinearLSTM")):
        return QUANTISED
    if any(is_recurrent(node) for inner in _inner(graph) for node in inner.node):
        return Sentence(
            "its recurrent nodes stand within nodes that choose or repeat (If, Loop, Scan), "
            "which are not followed"
        )
    return Sentence(
        "it holds no LSTM, GRU or RNN node: its nodes are {names}", names=some(operators) or "–"
    )


def _inner(graph: Any) -> Iterator[Any]:
    """The graphs within its nodes."""
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield attribute.g
                yield from _inner(attribute.g)
