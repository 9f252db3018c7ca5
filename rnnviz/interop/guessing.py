"""Named arrays of a checkpoint → a network: what their names and shapes prove, and nothing else."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from rnnviz.cells import GALLERY
from rnnviz.equations import MAX_CHARACTERS, EquationError, parse
from rnnviz.interop.names import shown
from rnnviz.interop.torch_layout import GATES, layers_from
from rnnviz.network.arrays import Array, Params
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.texts import Counted, Sentence, sentence_of

_TORCH = re.compile(
    r"(?P<prefix>.*?)(?P<what>weight|bias)_(?P<of>ih|hh|hr)(_l(?P<layer>\d{1,3})(?P<way>_reverse)?)?"
)
_OURS = re.compile(r"layers\.(?P<layer>\d{1,3})\.(?P<way>reverse\.)?(?P<name>\w+)")
_KINDS = {1: None, 3: "GRU (PyTorch)", 4: "LSTM"}
_RNNS = ("RNN (tanh)", "RNN (ReLU)")
MOST_LAYERS = 32
LONGEST_EQUATIONS = 8_000
"""How many characters the equations of all different cells of a file may have."""
DAMAGED_NOTE = Sentence("its rnnviz entry is damaged: save the network again")


class Undecided(ValueError):
    """Arrays that two or more cells of the gallery may have: `names` are theirs."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            Sentence(
                "the arrays do not tell {first} from {others}: "
                'pass the one it was trained as, as in load(path, kind="{last}")',
                first=names[0],
                others=", ".join(names[1:]),
                last=names[-1],
            )
        )
        self.names = names


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
        raise ValueError(
            Sentence(
                "there is no cell {name}: kind is one of {names}",
                name=repr(kind),
                names=", ".join(GALLERY),
            )
        )
    matches = [
        m for name in arrays for m in (_OURS.fullmatch(name) or _TORCH.fullmatch(name),) if m
    ]
    layers = {int(match["layer"] or 0) for match in matches}
    refuse_too_large(len(layers), note.equations if note else ())
    cells = _cells(note.equations, len(layers)) if note else None
    readout = note.readout if note else "linear"
    if any(match.re is _OURS for match in matches):
        return network_of(arrays, cells, readout, kind)
    return _torchs(arrays, kind, readout)


def refuse_too_large(layers: int, equations: Iterable[str]) -> None:
    """ValueError where there are more layers, or longer cells, than a file may have.

    Reading equations and laying them out takes its time: 4,000 characters half a second.
    """
    if layers > MOST_LAYERS:
        raise ValueError(
            Counted(
                "it has {count} layer: a file has up to {most}",
                "it has {count} layers: a file has up to {most}",
                layers,
                most=MOST_LAYERS,
            )
        )
    different = set(equations)
    longest = max(map(len, different), default=0)
    if longest > MAX_CHARACTERS or sum(map(len, different)) > LONGEST_EQUATIONS:
        raise ValueError(
            Sentence(
                "its cells' equations are too long: a file has up to {most} characters",
                most=f"{LONGEST_EQUATIONS:,}",
            )
        )


def _cells(equations: tuple[str, ...], layers: int) -> tuple[Cell, ...]:
    """Each layer's cell: texts of the gallery's are known, others are read once."""
    if len(equations) != layers:
        raise ValueError(
            Sentence(
                "its rnnviz entry is damaged: save the network again "
                "(cells: {cells}, layers: {layers})",
                cells=len(equations),
                layers=layers,
            )
        )
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
                Sentence(
                    "{name} is no parameter: expected layers.0.…, readout.W, readout.b",
                    name=shown(name),
                )
            )
    _refuse_gaps(sorted(found))
    layers = []
    for k, (params, reverse) in sorted(found.items()):
        cell = GALLERY[kind] if kind else cells[k] if cells else _proven(params)
        try:
            layers.append(Layer(cell, params, reverse or None))
        except ValueError as error:
            problem = Sentence("layer {layer}: {problem}", layer=k, problem=sentence_of(error))
            raise ValueError(problem) from None
    if ("readout.W" in arrays) != ("readout.b" in arrays):
        raise ValueError(Sentence("it has one of readout.W and readout.b: it takes both"))
    with_readout = "readout.W" in arrays
    read = Readout(arrays["readout.W"], arrays["readout.b"], readout) if with_readout else None
    return Network(tuple(layers), read)


def _proven(params: Params) -> Cell:
    """The only gallery cell with these parameters."""
    names = [n for n, cell in GALLERY.items() if set(cell.parameters) == set(params)]
    if not names:
        problem = Sentence(
            "no cell of the gallery has just the parameters {names}", names=_some([*params])
        )
        raise ValueError(problem)
    if len(names) > 1:
        raise Undecided(tuple(names))
    return GALLERY[names[0]]


def _refuse_gaps(layers: list[int]) -> None:
    if layers != list(range(len(layers))):
        raise ValueError(
            Sentence(
                "layer {missing} is missing, though there is a layer {last}",
                missing=next(k for k in range(len(layers)) if k not in layers),
                last=layers[-1],
            )
        )


def _torchs(arrays: Mapping[str, Array], kind: str | None, readout: ReadoutKind) -> Network:
    matches = {name: match for name in arrays if (match := _TORCH.fullmatch(name))}
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
                names=_joined([prefix.rstrip(".") or "''" for prefix in prefixes]),
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
    _refuse_gaps(sorted(numbers))
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
        names=_some(left),
    )


def _joined(names: list[str]) -> Sentence | str:
    """Several names of the file's for a sentence."""
    if len(names) == 2:
        return Sentence("{one} and {other}", one=shown(names[0]), other=shown(names[1]))
    return _some(names)


def _some(names: list[str]) -> Sentence | str:
    """Names of the file's for a sentence: the first four, and how many more there are."""
    first = ", ".join(map(shown, names[:4]))
    if len(names) <= 4:
        return first
    more = len(names) - 4
    return Counted("{names} and {count} more", "{names} and {count} more", more, names=first)
