"""A network → a checkpoint file, .safetensors or .npz, that `checkpoints.load` reads."""

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.interop.our_names import NOTE, noted_stages, refuse_too_large
from rnnviz.interop.pytorch.layout import state_of
from rnnviz.interop.pytorch.projections import own_readout, refuse_unprojected
from rnnviz.interop.refusals import CheckpointError, about_file
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.texts import Sentence, sentence_of


def save(network: Network, path: str | Path) -> None:
    """Write a network's parameters by their full names, and its cells' equations.

    Args:
        path: ending in .safetensors or .npz.

    Raises:
        CheckpointError: another ending, or more than `load` would read.
    """
    path = Path(path)
    try:
        data = packed(network, path.suffix)
    except ValueError as error:
        raise CheckpointError(about_file(path.name, sentence_of(error))) from None
    path.write_bytes(data)


def packed(network: Network, ending: str) -> bytes:
    """What `save` writes to a file whose name ends so: ".safetensors" or ".npz".

    Raises:
        ValueError: another ending, more layers or longer equations than a file may have, or a stage
            that it has no place for.
    """
    note = _note_of(network, [layer.cell for layer in network.layers])
    arrays = {name: np.ascontiguousarray(array) for name, array in network.parameters.items()}
    if ending == ".safetensors":
        return _safetensors(arrays, note)
    if ending == ".npz":
        stream = io.BytesIO()
        named: dict[str, Any] = {**arrays, NOTE: np.frombuffer(note.encode(), np.uint8)}
        np.savez(stream, **named)
        return stream.getvalue()
    raise ValueError(Sentence("a network is saved as .safetensors or .npz"))


def packed_for_torch(network: Network) -> bytes:
    """A .safetensors file with PyTorch's own names where PyTorch has the cell, with ours elsewhere.

    Its recurrent arrays are the state dict of nn.RNN, nn.LSTM or nn.GRU; "readout.weight" and
    "readout.bias" beside them that of nn.Linear. `load` reads it as well.

    Raises:
        ValueError: more layers than a file may have.
    """
    try:
        layers = network.layers_alone()
        name, state = state_of(layers)
    except ValueError:
        return packed(network, ".safetensors")
    if readout := own_readout(network):
        state |= {"readout.weight": readout.W, "readout.bias": readout.b}
    arrays = {name: np.ascontiguousarray(array) for name, array in state.items()}
    return _safetensors(arrays, _note_of(network, [GALLERY[name]] * len(layers)))


def _note_of(network: Network, cells: Sequence[Cell]) -> str:
    texts = [plain(cell) for cell in cells]
    refuse_too_large(len(texts), texts)
    readout = network.readout.kind if network.readout else "linear"
    pooling, skip = noted_stages(network)
    projected = network.layers[0].projected
    if projected:
        refuse_unprojected(network.layers)
    more: dict[str, Any] = {"pooling": pooling} if pooling != "last" else {}
    more |= {"skip": skip} if skip else {}
    more |= {"projected": projected} if projected else {}
    initial = {name: state.tolist() for name, state in network.initial.items()}
    more |= {"initial": initial} if initial else {}
    return json.dumps({"cells": texts, "readout": readout, **more})


def _safetensors(arrays: Mapping[str, Array], note: str) -> bytes:
    from safetensors.numpy import save as safetensors

    written: bytes = safetensors(dict(arrays), {NOTE: note})
    return written
