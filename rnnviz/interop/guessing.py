"""Named arrays of a checkpoint → a network: what their names and shapes prove, and nothing else."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from rnnviz.cells import GALLERY, name_of
from rnnviz.equations import MAX_CHARACTERS, EquationError, parse
from rnnviz.interop.names import shown
from rnnviz.interop.torch_layout import GATES, layers_from
from rnnviz.network.arrays import Array, Params
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell

_TORCH = re.compile(
    r"(?P<prefix>.*?)(?P<what>weight|bias)_(?P<of>ih|hh|hr)(_l(?P<layer>\d{1,3})(?P<way>_reverse)?)?"
)
_OURS = re.compile(r"layers\.(?P<layer>\d{1,3})\.(?P<way>reverse\.)?(?P<name>\w+)")
_KINDS = {1: None, 3: "GRU (PyTorch)", 4: "LSTM"}
_RNNS = ("RNN (tanh)", "RNN (ReLU)")
MOST_LAYERS = 32
LONGEST_EQUATIONS = 8_000
"""How many characters the equations of all different cells of a file may have."""
DAMAGED_NOTE = "its rnnviz entry is damaged: save the network again"


class Note(NamedTuple):
    """What a file of ours says beside its arrays: each layer's equations, the readout's kind."""

    equations: tuple[str, ...]
    readout: ReadoutKind


def network_from(
    arrays: Mapping[str, Array], *, kind: str | None = None, note: Note | None = None
) -> Network:
    """The network that named arrays are.

    Args:
        arrays: PyTorch's names ("lstm.weight_ih_l0", …, "fc.weight") or ours ("layers.0.W_i", …).
        kind: the gallery's name of the cell, where the arrays do not prove it.
        note: what no array tells. Its equations are read only if there are as many as layers.

    Raises:
        ValueError: what cannot be proven, or does not fit, in one sentence.
    """
    if kind is not None and kind not in GALLERY:
        raise ValueError(f"there is no cell {kind!r}: kind is one of {', '.join(GALLERY)}")
    matches = [
        m for name in arrays for m in (_OURS.fullmatch(name) or _TORCH.fullmatch(name),) if m
    ]
    layers = {int(match["layer"] or 0) for match in matches}
    refuse_too_large(len(layers), note.equations if note else ())
    cells = _cells(note.equations, len(layers)) if note else None
    readout = note.readout if note else "linear"
    if any(match.re is _OURS for match in matches):
        return network_of(arrays, cells, readout, kind)
    return _torchs(arrays, kind or _torch_kind(cells), readout)


def _torch_kind(cells: tuple[Cell, ...] | None) -> str | None:
    """PyTorch's cell that a note of ours names, where the arrays have PyTorch's names."""
    named = {name_of(cell) for cell in cells or ()}
    return next(iter(named)) if len(named) == 1 and named <= set(GATES) else None


def refuse_too_large(layers: int, equations: Iterable[str]) -> None:
    """ValueError where there are more layers, or longer cells, than a file may have.

    Reading equations and laying them out takes its time: 4,000 characters half a second.
    """
    if layers > MOST_LAYERS:
        raise ValueError(f"it has {layers} layers: a file has up to {MOST_LAYERS}")
    different = set(equations)
    longest = max(map(len, different), default=0)
    if longest > MAX_CHARACTERS or sum(map(len, different)) > LONGEST_EQUATIONS:
        raise ValueError(
            f"its cells' equations are too long: a file has up to {LONGEST_EQUATIONS:,} characters"
        )


def _cells(equations: tuple[str, ...], layers: int) -> tuple[Cell, ...]:
    """Each layer's cell: texts of the gallery's are known, others are read once."""
    if len(equations) != layers:
        raise ValueError(f"{DAMAGED_NOTE} (cells: {len(equations)}, layers: {layers})")
    try:
        cells = {text: _written().get(text) or parse(text) for text in dict.fromkeys(equations)}
    except EquationError:
        raise ValueError(DAMAGED_NOTE) from None
    return tuple(cells[text] for text in equations)


@cache
def _written() -> Mapping[str, Cell]:
    """The gallery's cells as a file of ours has them."""
    return {plain(cell): cell for cell in GALLERY.values()}


def network_of(
    arrays: Mapping[str, Array],
    cells: tuple[Cell, ...] | None,
    readout: ReadoutKind = "linear",
    kind: str | None = None,
) -> Network:
    """The network that arrays of our names are ("layers.0.W_i", …).

    Args:
        arrays: the names are those of `Network.parameters`.
        cells: of each layer; None takes the only one of the gallery with these parameters.
        readout: what the readout is for.
        kind: the gallery's name of the cell in all layers, whatever `cells` says.

    Raises:
        ValueError: what cannot be proven, or does not fit, in one sentence.
    """
    found: dict[int, tuple[dict[str, Array], dict[str, Array]]] = {}
    for name, array in arrays.items():
        match = _OURS.fullmatch(name)
        if match:
            directions = found.setdefault(int(match["layer"]), ({}, {}))
            directions[bool(match["way"])][match["name"]] = array
        elif name not in ("readout.W", "readout.b"):
            raise ValueError(
                f"{shown(name)} is no parameter: expected layers.0.…, readout.W, readout.b"
            )
    _refuse_gaps(sorted(found))
    layers = []
    for k, (params, reverse) in sorted(found.items()):
        cell = GALLERY[kind] if kind else cells[k] if cells else _proven(params)
        try:
            layers.append(Layer(cell, params, reverse or None))
        except ValueError as error:
            raise ValueError(f"layer {k}: {error}") from None
    if ("readout.W" in arrays) != ("readout.b" in arrays):
        raise ValueError("it has one of readout.W and readout.b: it takes both")
    with_readout = "readout.W" in arrays
    read = Readout(arrays["readout.W"], arrays["readout.b"], readout) if with_readout else None
    return Network(tuple(layers), read)


def _proven(params: Params) -> Cell:
    """The only gallery cell with these parameters."""
    names = [n for n, cell in GALLERY.items() if set(cell.parameters) == set(params)]
    if not names:
        raise ValueError(f"no cell of the gallery has just the parameters {_some([*params])}")
    if len(names) > 1:
        raise ValueError(_ambiguous(tuple(names)))
    return GALLERY[names[0]]


def _ambiguous(names: tuple[str, ...]) -> str:
    return (
        f"the arrays do not tell {' from '.join(names)}: "
        f'pass the one it was trained as, as in load(path, kind="{names[-1]}")'
    )


def _refuse_gaps(layers: list[int]) -> None:
    if layers != list(range(len(layers))):
        missing = next(k for k in range(len(layers)) if k not in layers)
        raise ValueError(f"layer {missing} is missing, though there is a layer {layers[-1]}")


def _torchs(arrays: Mapping[str, Array], kind: str | None, readout: ReadoutKind) -> Network:
    matches = {name: match for name in arrays if (match := _TORCH.fullmatch(name))}
    if not matches:
        raise ValueError(
            "it holds no recurrent layer: none of its arrays is called …weight_ih_l0 or layers.0.…"
        )
    prefixes = dict.fromkeys(match["prefix"] for match in matches.values())
    if len(prefixes) > 1:
        which = _some([prefix.rstrip(".") or "(no prefix)" for prefix in prefixes], " and ")
        raise ValueError(
            f"it holds several recurrent modules, {which}: save the one to look at by itself"
        )
    state: dict[str, Array] = {}
    for name, match in matches.items():
        key = f"{match['what']}_{match['of']}_l{int(match['layer'] or 0)}{match['way'] or ''}"
        if key in state:
            raise ValueError(f"{key} is there twice")
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
            "it is an LSTM with projections (weight_hr_l0), a cell that is not in the gallery: "
            "train it with proj_size=0"
        )
    numbers = {int(name.split("_l")[1].removesuffix("_reverse")) for name in state}
    _refuse_gaps(sorted(numbers))
    ways = ["", "_reverse"] if any(name.endswith("_reverse") for name in state) else [""]
    kinds = ["weight", "bias"] if any(name.startswith("bias") for name in state) else ["weight"]
    for k in sorted(numbers):
        for way in ways:
            for name in (f"{what}_{of}_l{k}{way}" for what in kinds for of in ("ih", "hh")):
                if name not in state:
                    raise ValueError(f"{name} is missing")


def _kind_of(state: Mapping[str, Array], kind: str | None) -> str:
    """The cell, from how many blocks of rows there are."""
    shape = state["weight_hh_l0"].shape
    if len(shape) != 2 or 0 in shape or shape[0] % shape[1]:
        raise ValueError(
            f"weight_hh_l0 has shape {shape}: its rows should be 1, 3 or 4 times its columns"
        )
    blocks = shape[0] // shape[1]
    if blocks not in _KINDS:
        raise ValueError(
            f"weight_hh_l0 has {blocks} blocks of rows: an RNN has 1, a GRU 3 and an LSTM 4"
        )
    if kind is not None and (kind not in GATES or len(GATES[kind]) != blocks):
        raise ValueError(f"it is no {kind}: weight_hh_l0 has {blocks} blocks of rows")
    proven = kind or _KINDS[blocks]
    if proven is None:
        raise ValueError(_ambiguous(_RNNS))
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
                f"{name} has shape {array.shape}, not {wanted} as {gates} gates of {hidden} units"
            )


def _readout(
    rest: Mapping[str, Array], layers: tuple[Layer, ...], kind: ReadoutKind
) -> tuple[Readout | None, tuple[str, ...]]:
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


def _note(left: list[str]) -> str:
    are = "is" if len(left) == 1 else "are"
    return f"{_some(left)} {are} left out: only recurrent layers and one linear readout are read"


def _some(names: list[str], between: str = ", ") -> str:
    """Names of the file's for a sentence: the first four, and how many more there are."""
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return between.join(map(shown, names[:4])) + more
