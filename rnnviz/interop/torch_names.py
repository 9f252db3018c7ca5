"""Arrays by PyTorch's names ("lstm.weight_ih_l0", "fc.weight") → the network that they are."""

import re
from collections.abc import Mapping

from rnnviz.interop.refusals import Undecided, joined, refuse_gaps, some
from rnnviz.interop.torch_layout import GATES, layers_from
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.texts import Counted, Sentence

TORCH = re.compile(
    r"(?P<prefix>.*?)(?P<what>weight|bias)_(?P<of>ih|hh|hr)(_l(?P<layer>\d{1,3})(?P<way>_reverse)?)?"
)
_KINDS = {1: None, 3: "GRU (PyTorch)", 4: "LSTM"}
_RNNS = ("RNN (tanh)", "RNN (ReLU)")


def network_of_torch(
    arrays: Mapping[str, Array], kind: str | None, readout: ReadoutKind
) -> Network:
    matches = {name: match for name in arrays if (match := TORCH.fullmatch(name))}
    if not matches:
        raise ValueError(
            Sentence(
                "it holds no recurrent layer: "
                "none of its arrays is called …weight_ih_l0 or layers.0.…"
            )
        )
    prefixes = dict.fromkeys(match["prefix"] for match in matches.values())
    if len(prefixes) > 1:
        raise ValueError(
            Sentence(
                "it holds several recurrent modules, {names}: save the one to look at by itself",
                names=joined([prefix.rstrip(".") or "''" for prefix in prefixes]),
            )
        )
    state: dict[str, Array] = {}
    for name, match in matches.items():
        key = f"{match['what']}_{match['of']}_l{int(match['layer'] or 0)}{match['way'] or ''}"
        if key in state:
            raise ValueError(Sentence("{name} is there twice", name=key))
        state[key] = arrays[name]
    _check_names(state)
    name = _kind_of(state, kind)
    _check_shapes(state, len(GATES[name]))
    layers = layers_from(name, state)
    rest = {name: array for name, array in arrays.items() if name not in matches}
    found, notes = _readout(rest, layers, readout)
    return Network(layers, found, notes)


def _check_names(state: Mapping[str, Array]) -> None:
    """Every layer complete: both weights in each direction, both biases everywhere or nowhere."""
    if any(name.startswith("weight_hr") for name in state):
        raise ValueError(
            Sentence(
                "it is an LSTM with projections (weight_hr_l0), a cell that is not in the gallery: "
                "train it with proj_size=0"
            )
        )
    numbers = {int(name.split("_l")[1].removesuffix("_reverse")) for name in state}
    refuse_gaps(sorted(numbers))
    ways = ["", "_reverse"] if any(name.endswith("_reverse") for name in state) else [""]
    kinds = ["weight", "bias"] if any(name.startswith("bias") for name in state) else ["weight"]
    for k in sorted(numbers):
        for way in ways:
            for name in (f"{what}_{of}_l{k}{way}" for what in kinds for of in ("ih", "hh")):
                if name not in state:
                    raise ValueError(Sentence("{name} is missing", name=name))


def _kind_of(state: Mapping[str, Array], kind: str | None) -> str:
    """The cell, from how many blocks of rows there are."""
    shape = state["weight_hh_l0"].shape
    if len(shape) != 2 or 0 in shape or shape[0] % shape[1]:
        raise ValueError(
            Sentence(
                "weight_hh_l0 has shape {shape}: its rows should be 1, 3 or 4 times its columns",
                shape=str(shape),
            )
        )
    blocks = shape[0] // shape[1]
    if blocks not in _KINDS:
        raise ValueError(
            Counted(
                "weight_hh_l0 has {count} block of rows: an RNN has 1, a GRU 3 and an LSTM 4",
                "weight_hh_l0 has {count} blocks of rows: an RNN has 1, a GRU 3 and an LSTM 4",
                blocks,
            )
        )
    if kind is not None and (kind not in GATES or len(GATES[kind]) != blocks):
        raise ValueError(
            Counted(
                "it is no {cell}: weight_hh_l0 has {count} block of rows",
                "it is no {cell}: weight_hh_l0 has {count} blocks of rows",
                blocks,
                cell=kind,
            )
        )
    proven = kind or _KINDS[blocks]
    if proven is None:
        raise Undecided(_RNNS)
    return proven


def _check_shapes(state: Mapping[str, Array], gates: int) -> None:
    rows, hidden = state["weight_hh_l0"].shape
    both = 2 if "weight_hh_l0_reverse" in state else 1
    first = state["weight_ih_l0"].shape
    for name, array in state.items():
        columns = hidden
        if "weight_ih" in name:
            columns = first[-1] if "_l0" in name and len(first) == 2 else hidden * both
        wanted = (rows,) if name.startswith("bias") else (rows, columns)
        if array.shape != wanted:
            raise ValueError(
                Sentence(
                    "{name} has shape {shape}, not {wanted} as {gates} gates of {hidden} units",
                    name=name,
                    shape=str(array.shape),
                    wanted=str(wanted),
                    gates=gates,
                    hidden=hidden,
                )
            )


def _readout(
    rest: Mapping[str, Array], layers: tuple[Layer, ...], kind: ReadoutKind
) -> tuple[Readout | None, tuple[Sentence, ...]]:
    """The one linear map among what is left that can read the last layer, and a note on the rest.

    A second matrix that could be applied after or before it makes it unproven: then it is left out.
    """
    features = layers[-1].outputs
    matrices = {n: a for n, a in rest.items() if n.endswith("weight") and a.ndim == 2}
    embeddings = {
        n
        for n, a in matrices.items()
        if f"{n.removesuffix('weight')}bias" not in rest and a.shape[1] == layers[0].inputs
    }
    linear = [n for n in matrices if n not in embeddings] or list(matrices)
    used: set[str] = set()
    found = None
    if len(linear) == 1 and matrices[linear[0]].shape[1] == features:
        weight, bias = linear[0], f"{linear[0].removesuffix('weight')}bias"
        used = {weight, bias}
        default = 0 * matrices[weight][:, 0]
        found = Readout(matrices[weight], rest.get(bias, default), kind)
    left = [name for name in rest if name not in used]
    return found, (_note(left),) if left else ()


def _note(left: list[str]) -> Sentence:
    return Counted(
        "{names} is left out: only recurrent layers and one linear readout are read",
        "{names} are left out: only recurrent layers and one linear readout are read",
        len(left),
        names=some(left),
    )
