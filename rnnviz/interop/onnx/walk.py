"""An ONNX graph from its first node to its last: its recurrent layers, and what reads which."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rnnviz.interop.names import shown
from rnnviz.interop.onnx.attributes import attributes_of
from rnnviz.interop.onnx.constants import Constants
from rnnviz.interop.onnx.layers import GATES, Node, layer_of, notes_on
from rnnviz.interop.onnx.readouts import Scores, followed, scores_of
from rnnviz.interop.onnx.states import initial_states
from rnnviz.interop.onnx.tables import table_of
from rnnviz.interop.onnx.values import RULES, Hidden, of_node, rearranged
from rnnviz.interop.refusals import QUANTISED
from rnnviz.interop.stacks import Reading, Recurrent
from rnnviz.interop.stored import finite
from rnnviz.network.arrays import Array
from rnnviz.texts import Sentence

ARRAYS = {"W": 1, "R": 2, "B": 3, "P": 7}
LENGTHS = 4
"""Where a recurrent node's inputs stand."""
ARRANGING = {*RULES, "Constant", "Shape", "Concat", "Expand", "ConstantOfShape"} - {"Gather"}


def is_recurrent(node: Any) -> bool:
    """Whether a node is one of ONNX's three recurrent operators."""
    return node.op_type in GATES and node.domain in ("", "ai.onnx")


def read_within(node: Any) -> Iterator[str]:
    """What the graphs within a node read, as those of an If and a Loop do."""
    for attribute in node.attribute:
        if attribute.HasField("g"):
            for inner in attribute.g.node:
                yield from inner.input
                yield from read_within(inner)


class Walk:
    """The nodes one after another, with what is known of each value that is made of an h."""

    def __init__(self, graph: Any, most: int, opset: int) -> None:
        self.graph = graph
        self.constants = Constants(graph, most, opset)
        self.hidden: dict[str, Hidden] = {}
        self.scores: dict[str, str] = {}
        """Value → the readout whose scores it is."""
        self.readouts: dict[str, Scores | None] = {}
        """Node → its scores; None where something else is made of them."""
        self.layers: dict[str, Recurrent] = {}
        self.reads: dict[str, str] = {}
        """Layer → the value that it reads."""
        self.others: defaultdict[str, list[str]] = defaultdict(list)

    def found(self) -> dict[str, Recurrent]:
        """The recurrent nodes by name.

        Raises:
            ValueError: one that is not known here, or is damaged.
        """
        for number, node in enumerate(self.graph.node):
            name = node.name or f"{node.op_type}_{number}"
            if is_recurrent(node):
                self.recurrent(node, name)
            elif node.op_type != "Shape":
                for value in dict.fromkeys([*node.input, *read_within(node)]):
                    self.follow(node, name, value)
        return {name: self.read(name, one) for name, one in self.layers.items()}

    def read(self, name: str, one: Recurrent) -> Recurrent:
        """A layer with what reads it."""
        readings: list[Reading] = []
        others = [*self.others[name]]
        for readout, scores in self.readouts.items():
            if scores is None or scores.of != name:
                continue
            # Of a layer that reads from the end, the last step is the first it reads.
            is_odd = one.is_reversed and scores.reading.where == "last step"
            if is_odd:
                others.append(readout)
            else:
                readings.append(scores.reading)
        value, inputs = self.reads[name], one.layer.inputs
        table = None if one.below else table_of(value, inputs, self.constants)
        return one._replace(readings=tuple(readings), others=tuple(others), embedding=table)

    def follow(self, node: Any, name: str, value: str) -> None:
        """What a node makes of one of its inputs."""
        if value in self.hidden and node.output:
            hidden = self.hidden[value]
            is_first = [*node.input[:1]] == [value]
            found = rearranged(node, hidden, self.constants) if is_first else None
            scores = scores_of(node, name, hidden, self.constants) if is_first else None
            if found:
                self.hidden[node.output[0]] = found
            elif scores:
                self.readouts[name] = scores
                self.scores[node.output[0]] = name
            else:
                self.others[hidden.of].append(name)
        elif value in self.scores and node.output:
            readout = self.scores[value]
            before = self.readouts[readout]
            after = before and followed(node, before, value, self.constants)
            if before and not after:
                self.others[before.of].append(readout)
            self.readouts[readout] = after
            self.scores[node.output[0]] = readout

    def recurrent(self, node: Any, name: str) -> None:
        described = self.described(node, name)
        layer = layer_of(described)
        layout = int(described.attributes.get("layout", 0))
        every, end = of_node(
            name, directions=described.directions, units=layer.hidden, layout=layout
        )
        for output, value in zip(node.output, (every, end), strict=False):
            if output:
                self.hidden[output] = value
        self.reads[name] = node.input[0]
        read = self.hidden.get(node.input[0])
        axes = ("batch", "time", "features") if layout else ("time", "batch", "features")
        is_stacked = read is not None and read.where == "every step" and read.axes == axes
        below = read.of if read and is_stacked else None
        if read and not below:
            self.others[read.of].append(name)
        initial, notes = initial_states(node, name, layer, layout, self.constants)
        self.layers[name] = Recurrent(
            layer,
            below,
            described.direction == "reverse",
            initial,
            before=() if below else tuple(self.before(node.input[0])),
            notes=(*notes_on(described), *self.lengths(node, name), *notes),
        )

    def described(self, node: Any, name: str) -> Node:
        """A node with its arrays. ValueError where they are not in the file."""
        arrays: dict[str, Array] = {}
        for array, place in ARRAYS.items():
            value = node.input[place] if len(node.input) > place else ""
            found = self.constants.of(value) if value else None
            if found is not None:
                arrays[array] = finite(value, found)
            elif value or array in ("W", "R"):
                raise ValueError(self.missing(name, array, value))
        return Node(name, node.op_type, attributes_of(node), arrays)

    def missing(self, name: str, array: str, value: str) -> Sentence:
        producer = self.constants.producer(value)
        if producer is not None and "quantize" in producer.op_type.lower():
            return QUANTISED
        return Sentence(
            "the {array} of {name} is not in the file: it is an input of it, or computed in it",
            array=array,
            name=shown(name),
        )

    def lengths(self, node: Any, name: str) -> Iterator[Sentence]:
        if len(node.input) > LENGTHS and node.input[LENGTHS]:
            yield Sentence(
                "in its file {name} is given how long each sequence is: here every step is read",
                name=shown(name),
            )

    def before(self, value: str) -> Iterator[str]:
        """The operators that a layer's input comes through, but for what only arranges it."""
        seen, open_ends, named = set[str](), [value], set[str]()
        while open_ends:
            value = open_ends.pop()
            node = self.constants.producer(value)
            if value in seen or node is None:
                continue
            seen.add(value)
            open_ends += [one for one in node.input if one]
            if node.op_type not in ARRANGING and node.op_type not in named:
                named.add(node.op_type)
                yield node.op_type
