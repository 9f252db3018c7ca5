"""Weights without a model, as Keras' `save_weights` writes them: each recurrent layer by itself.

What such a file does not hold (functions, what reads what) is not guessed: the cell is asked, and
layers are not stacked.
"""

from collections.abc import Mapping

from rnnviz.interop.candidates import Candidate
from rnnviz.interop.keras.hdf5 import Group
from rnnviz.interop.keras.layers import GATES, Arrays, layer_of
from rnnviz.interop.keras.weights import of_listed, of_recurrent
from rnnviz.interop.questions import NONE, Answers, CellChoice, NetworkChoice, Undecided
from rnnviz.interop.refusals import NO_EMBEDDING
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


def candidates_alone(root: Group) -> list[Candidate]:
    """Every recurrent layer, a network of its own. ValueError where there is none."""
    found = _found(root)
    if not found:
        raise ValueError(Sentence("it holds no weights of an LSTM, GRU or SimpleRNN of Keras"))
    return [_candidate(name, arrays) for name, arrays in found.items()]


def _candidate(name: str, arrays: tuple[Arrays, ...]) -> Candidate:
    cells = _cells(arrays[0])
    kernel, recurrent = arrays[0]["kernel"], arrays[0]["recurrent_kernel"]
    size = sum(array.size for one in arrays for array in one.values())
    called = cells[0].partition(" (")[0] if len(cells) > 1 else "".join(cells)
    choice = NetworkChoice(name, called, 1, len(arrays), kernel.shape[0], recurrent.shape[0], size)

    def build(answers: Answers) -> Network:
        if answers.readout not in (None, NONE):
            raise ValueError(ALONE)
        if answers.embedding is True:
            raise ValueError(NO_EMBEDDING)
        if answers.kind is None and cells:
            raise _which(cells)
        if answers.kind not in cells:
            raise ValueError(
                Sentence(
                    "its weights are not of the cell {cell}: their shapes may be of {names}",
                    cell=str(answers.kind),
                    names=", ".join(cells) or "–",
                )
            )
        keras, config = CELLS[answers.kind]
        return Network((layer_of(name, keras, config, arrays, 3)[0],), notes=(ALONE,))

    return Candidate(choice, build)


def _which(cells: tuple[str, ...]) -> Undecided:
    return Undecided(
        Sentence(
            "it holds weights without the functions of its cell: save the whole model as .keras, "
            "or, if they are the usual ones of {names}, say so, as in load(path, "
            'kind="{last}")',
            names=", ".join(cells),
            last=cells[-1],
        ),
        "kind",
        [CellChoice(name) for name in cells],
    )


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
