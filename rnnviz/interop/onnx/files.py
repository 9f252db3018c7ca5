"""ONNX files → the recurrent networks in them. The graph is read as data; no node of it is run."""

from collections.abc import Iterator, Sequence
from typing import Any

from rnnviz.interop.archive import DAMAGED
from rnnviz.interop.candidates import Candidate
from rnnviz.interop.extra import library
from rnnviz.interop.onnx.walk import Walk, is_recurrent
from rnnviz.interop.refusals import QUANTISED, some
from rnnviz.interop.stacks import candidates
from rnnviz.interop.stored import Opened
from rnnviz.texts import Sentence

MOST_RECURRENT = 256


def holds(opened: Opened) -> bool:
    """Whether it begins as a model does: its field 1, a small number, then another field."""
    head = opened.head
    return len(head) > 2 and head[0] == 0x08 and 0 < head[1] < 0x40 and head[2] % 8 in (0, 2)


def candidates_in(opened: Opened, most: int) -> Sequence[Candidate]:
    """The recurrent networks of a file, by the name of the topmost node.

    Args:
        opened: the file.
        most: how many numbers may be read from it.

    Raises:
        ValueError: what is wrong with it, or not known, in one sentence.
    """
    opened.file.seek(0)
    onnx = library("onnx")
    try:
        model = onnx.load_model_from_string(opened.file.read())
        graph = model.graph
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception:  # protobuf's own errors, of whichever of its implementations is installed
        raise ValueError(DAMAGED) from None
    if not all(isinstance(text, str) for text in _texts(graph)):
        raise ValueError(DAMAGED)
    nodes = [node for node in graph.node if is_recurrent(node)]
    if not nodes:
        raise ValueError(_none_found(graph))
    if len(nodes) > MOST_RECURRENT:
        raise ValueError(
            Sentence("it has more than {most} recurrent nodes", most=str(MOST_RECURRENT))
        )
    try:
        return candidates(Walk(graph, most, _opset(model)).found())
    except ValueError as error:
        raise ValueError(
            error.args[0] if isinstance(error.args[0], Sentence) else DAMAGED
        ) from None
    except (AttributeError, TypeError, LookupError, ArithmeticError, RecursionError):
        raise ValueError(DAMAGED) from None  # an attribute of another type than its operator has


def _opset(model: Any) -> int:
    """The version of ONNX's own operators."""
    return max((one.version for one in model.opset_import if not one.domain), default=1)


def _none_found(graph: Any) -> Sentence:
    operators = [*dict.fromkeys(node.op_type for node in graph.node)]
    if any(name in operators for name in ("DynamicQuantizeLSTM", "QLinearLSTM")):
        return QUANTISED
    if any(is_recurrent(node) for inner in _inner(graph) for node in inner.node):
        return Sentence(
            "its recurrent nodes stand within nodes that choose or repeat (If, Loop, Scan), whose "
            "turns depend on numbers that are not in the file: export the module by itself, as in "
            "torch.onnx.export(model.lstm, x, path)"
        )
    return Sentence(
        "it holds no LSTM, GRU or RNN node: its nodes are {names}", names=some(operators) or "–"
    )


def _texts(graph: Any) -> Iterator[object]:
    """All its names; protobuf gives bytes where they are no text."""
    yield from (tensor.name for tensor in graph.initializer)
    for node in graph.node:
        yield from (node.op_type, node.name, node.domain, *node.input, *node.output)
        yield from (attribute.name for attribute in node.attribute)


def _inner(graph: Any) -> Iterator[Any]:
    """The graphs within its nodes."""
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield attribute.g
                yield from _inner(attribute.g)
