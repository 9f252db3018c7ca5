"""Layers of a Keras model, and which reads which → its recurrent networks."""

from collections.abc import Iterator
from functools import partial

from rnnviz.interop.candidates import Candidate
from rnnviz.interop.keras.cudnn import rearranged
from rnnviz.interop.keras.layers import layer_of
from rnnviz.interop.keras.node import DAMAGED_CONFIG, MODELS, SAME_AFTER_TRAINING, Node
from rnnviz.interop.keras.weights import Find
from rnnviz.interop.names import shown
from rnnviz.interop.refusals import some
from rnnviz.interop.stacks import Reading, Recurrent, Table, Where, candidates
from rnnviz.network.embedding import Embedding
from rnnviz.network.layers import Layer
from rnnviz.network.readout import Readout
from rnnviz.texts import Sentence


def candidates_of(nodes: list[Node], version: int, find: Find) -> list[Candidate]:
    """The networks of a model, by the name of the topmost layer.

    Args:
        nodes: its layers.
        version: Keras' major one.
        find: a layer's arrays.

    Raises:
        ValueError: it has no recurrent layer, or one that is not known here.
    """
    if not any(node.is_recurrent for node in nodes):
        raise ValueError(_none_found(nodes))
    model = _Model(nodes, version, find)
    found: dict[str, Recurrent] = {}
    try:
        for node in nodes:
            if node.is_recurrent:
                found[node.name] = model.recurrent(node, found)
        # Last, so that no layer lacks for what a large table takes of the numbers to be read.
        found = {name: model.with_table(model.nodes[name], one) for name, one in found.items()}
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise ValueError(DAMAGED_CONFIG) from None
    return candidates(found)


def _none_found(nodes: list[Node]) -> Sentence:
    inner = next((node.name for node in nodes if node.kind in MODELS), None)
    if inner is not None:
        return Sentence(
            "it holds no recurrent layer but perhaps in {name}, a model with several inputs or "
            "outputs, or called several times: save that one alone",
            name=shown(inner),
        )
    return Sentence(
        "it holds no LSTM, GRU or SimpleRNN layer: its layers are {names}",
        names=some([*dict.fromkeys(node.kind for node in nodes)]),
    )


class _Model:
    """The layers by name, and the way from one to the next."""

    def __init__(self, nodes: list[Node], version: int, find: Find) -> None:
        self.nodes = {node.name: node for node in nodes}
        self.version, self.find = version, find

    def recurrent(self, node: Node, found: dict[str, Recurrent]) -> Recurrent:
        layer, notes = self.layer(node)
        source = self.source(node)
        is_stacked = source is not None and source.name in found and _hands_up_all(source)
        below = source.name if source and is_stacked else None
        is_turned = bool(node.config.get("go_backwards")) and not node.wrapper
        is_reversed = is_turned != (below is not None and found[below].is_reversed)
        readings, others = self.above(node, layer)
        before = () if below else tuple(self.before(node))
        notes += tuple(self.left_out(node, below))
        return Recurrent(
            layer,
            below,
            is_reversed,
            readings=tuple(readings),
            others=tuple(others),
            before=before,
            notes=notes,
        )

    def with_table(self, node: Node, found: Recurrent) -> Recurrent:
        """With the embedding that it reads, if it reads one that is not too large."""
        source = self.source(node)
        return found._replace(embedding=self.table(source, found.layer) if source else None)

    def table(self, source: Node, layer: Layer) -> Table | None:
        if source.kind != "Embedding" or source.wrapper:
            return None
        try:
            arrays = self.find(source)
        except ValueError:
            return None
        found = arrays[0].get("embeddings") if arrays else None
        if found is None or found.ndim != 2 or found.shape[1] != layer.inputs or not len(found):
            return None
        return Table(source.name, Embedding(found))

    def layer(self, node: Node) -> tuple[Layer, tuple[Sentence, ...]]:
        """ValueError where it is missing, or its two directions are not two of a kind."""
        arrays = self.find(node)
        if node.is_of_cudnn:
            arrays = tuple(rearranged(node.kind, one) for one in arrays)
        if len(arrays) != (2 if node.wrapper else 1) or "recurrent_kernel" not in arrays[0]:
            raise ValueError(
                Sentence("the weights of the layer {name} are missing", name=shown(node.name))
            )
        build = partial(layer_of, node.name, arrays=arrays, version=self.version)
        layer, notes = build(node.kind, node.config)
        if node.wrapper:
            _check_both_ways(node, layer, node.backward and build(*node.backward)[0])
        return layer, notes

    def source(self, node: Node) -> Node | None:
        """The layer whose output it reads, past those that only hand it on."""
        for _ in self.nodes:
            if not node.reads or node.is_shared:
                return None
            name, output = node.reads[0]
            node = self.nodes[name]
            if output != 0:
                return None
            if node.kind not in SAME_AFTER_TRAINING:
                return node
        raise ValueError(DAMAGED_CONFIG)

    def readers(self, node: Node) -> Iterator[Node]:
        """The layers that read its first output, past those that only hand it on."""
        handing_on, seen = [node.name], {node.name}
        while handing_on:
            name = handing_on.pop(0)
            for other in self.nodes.values():
                if (name, 0) not in other.reads or other.name in seen:
                    continue
                seen.add(other.name)
                if other.kind in SAME_AFTER_TRAINING:
                    handing_on.append(other.name)
                else:
                    yield other

    def above(self, node: Node, layer: Layer) -> tuple[list[Reading], list[str]]:
        """The linear maps that read it, and what else does."""
        readings: list[Reading] = []
        others: list[str] = []
        for reader in self.readers(node):
            if reader.is_recurrent and self.source(reader) is node and _hands_up_all(node):
                continue
            reading = self.reading(node, reader) if reader.is_dense else None
            if reading and reading.readout.inputs == layer.outputs:
                readings.append(reading)
            else:
                others.append(reader.name)
        return readings, others

    def reading(self, node: Node, dense: Node) -> Reading | None:
        """A Dense as a readout; None where something follows that is more than its activation."""
        activation = dense.config["activation"]
        for after in self.readers(dense):
            follows = {"Softmax": "softmax"}.get(after.kind, after.config.get("activation"))
            if after.kind not in ("Softmax", "Activation") or activation != "linear":
                return None
            activation = follows
        arrays = self.find(dense)
        if not arrays or arrays[0]["kernel"].ndim != 2:
            return None
        kernel = arrays[0]["kernel"]
        bias = arrays[0].get("bias", 0 * kernel[0])
        if bias.shape != kernel.shape[1:]:
            return None
        readout = Readout(kernel.T.copy(), bias, "softmax" if activation == "softmax" else "linear")
        where: Where = "every step" if _hands_up_all(node) else "end"
        without = None if activation in ("linear", "softmax") else str(activation)
        return Reading(dense.name, readout, where, without)

    def before(self, node: Node) -> Iterator[str]:
        """What stands in front of it: all that its input comes through."""
        seen, open_ends = {node.name}, [name for name, _ in node.reads[:1]]
        while open_ends:
            name = open_ends.pop(0)
            if name in seen:
                continue
            seen.add(name)
            one = self.nodes[name]
            open_ends += [read for read, _ in one.reads]
            if one.kind not in (*SAME_AFTER_TRAINING, "InputLayer"):
                yield name

    def left_out(self, node: Node, below: str | None) -> Iterator[Sentence]:
        """What its weights do not tell: states that come from elsewhere, steps that are masked."""
        if len(node.reads) > 1:
            yield Sentence(
                "in its file the initial states of {name} come from {names}: here they are zero",
                name=shown(node.name),
                names=some([*dict.fromkeys(name for name, _ in node.reads[1:])]),
            )
        if below is None and (masking := self.masking(node)):
            yield Sentence(
                "in its file {name} leaves out steps of padding: here every step is read",
                name=shown(masking),
            )

    def masking(self, node: Node) -> str | None:
        """The name of what marks steps as padding in front of it, if anything does."""
        for _ in self.nodes:
            if not node.reads:
                return None
            node = self.nodes[node.reads[0][0]]
            if node.kind == "Masking" or node.config.get("mask_zero"):
                return node.name
        return None


def _hands_up_all(node: Node) -> bool:
    """Whether it gives its h of every step."""
    return bool(node.config.get("return_sequences"))


def _check_both_ways(node: Node, layer: Layer, backward: Layer | None) -> None:
    """ValueError where the directions are not a layer of ours: of one cell, side by side."""
    if node.merge_mode != "concat":
        raise ValueError(
            Sentence(
                'the layer {name} puts its two directions together by merge_mode="{mode}": '
                "only concat is known here",
                name=shown(node.name),
                mode=shown(str(node.merge_mode)),
            )
        )
    turned = bool(node.config.get("go_backwards"))
    if turned or (backward is not None and backward.cell != layer.cell):
        raise ValueError(
            Sentence(
                "the two directions of {name} are not of the same kind, reading from the two ends",
                name=shown(node.name),
            )
        )
