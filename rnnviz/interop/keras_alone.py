"""Weights without a model, as Keras' `save_weights` writes them: each recurrent layer by itself.

What such a file does not hold (functions, what reads what) is not guessed: the cell is asked, and
layers are not stacked.
"""

from collections.abc import Mapping

from rnnviz.interop.hdf5 import Group
from rnnviz.interop.keras_layers import GATES, Arrays, layer_of
from rnnviz.interop.keras_weights import of_listed, of_recurrent
from rnnviz.interop.refusals import Undecided
from rnnviz.network.network import Network
from rnnviz.texts import Sentence

CELLS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "RNN (tanh)": ("SimpleRNN", {"activation": "tanh"}),
    "RNN (ReLU)": ("SimpleRNN", {"activation": "relu"}),
    "LSTM": ("LSTM", {"activation": "tanh", "recurrent_activation": "sigmoid"}),
    "GRU (PyTorch)": (
        "GRU",
        {"activation": "tanh", "recurrent_activation": "sigmoid", "reset_after": True},
    ),
    "GRU (Cho)": (
        "GRU",
        {"activation": "tanh", "recurrent_activation": "sigmoid", "reset_after": False},
    ),
}
"""Gallery's name → Keras' class, and what Keras would say of a layer of it."""
ALONE = Sentence(
    "its file has weights alone, and not how its layers are connected: each stands by itself here, "
    "and no readout is taken; save the whole model as .keras for that"
)


def networks_alone(root: Group, kind: str | None) -> dict[str, Network]:
    """Every recurrent layer that may be of this kind, a network of its own.

    Raises:
        ValueError: there is none, or none of that kind.
        Undecided: `kind` is None.
    """
    found = _found(root)
    if not found:
        raise ValueError(Sentence("it holds no weights of an LSTM, GRU or SimpleRNN of Keras"))
    fitting = {name: _cells(arrays[0]) for name, arrays in found.items()}
    possible = tuple(cell for cell in CELLS if any(cell in cells for cells in fitting.values()))
    if kind is None and possible:
        raise Undecided(possible)
    if kind not in possible:
        raise ValueError(
            Sentence(
                "its weights are not of the cell {cell}: by their shapes they may be of {names}",
                cell=str(kind),
                names=", ".join(possible) or "–",
            )
        )
    keras, config = CELLS[kind]
    layers = {
        name: layer_of(name, keras, config, found[name], 3)[0]
        for name, cells in fitting.items()
        if kind in cells
    }
    return {name: Network((layer,), notes=(ALONE,)) for name, layer in layers.items()}


def _found(root: Group) -> dict[str, tuple[Arrays, ...]]:
    """Layer → its arrays, of each direction."""
    layers = root.group("layers")
    if layers is not None:
        arrays = {name: of_recurrent(root, f"layers/{name}") for name in layers.names()}
    else:
        groups = {name: root.group(name) for name in root.texts("layer_names") or ()}
        arrays = {name: of_listed(group) for name, group in groups.items() if group}
    return {
        name: ways
        for name, ways in arrays.items()
        if ways and all(_are_recurrent(one) for one in ways)
    }


def _are_recurrent(arrays: Arrays) -> bool:
    recurrent = arrays.get("recurrent_kernel")
    return "kernel" in arrays and recurrent is not None and recurrent.ndim == 2


def _cells(arrays: Arrays) -> tuple[str, ...]:
    """The cells that may have arrays of these shapes."""
    rows, columns = arrays["recurrent_kernel"].shape
    gates = columns / max(rows, 1)
    fits = [name for name, (keras, _) in CELLS.items() if len(GATES[keras]) == gates]
    bias = arrays.get("bias")
    if gates == 3 and bias is not None:
        return ("GRU (PyTorch)",) if bias.ndim == 2 else ("GRU (Cho)",)
    return tuple(fits)
