"""Named arrays of a checkpoint → a network: what their names and shapes prove, and nothing else."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from rnnviz.cells import GALLERY, name_of
from rnnviz.equations import MAX_CHARACTERS, EquationError, parse
from rnnviz.interop.names import shown
from rnnviz.interop.refusals import DAMAGED_NOTE, Undecided, refuse_gaps, some
from rnnviz.interop.torch_layout import GATES
from rnnviz.interop.torch_names import TORCH, network_of_torch
from rnnviz.network.arrays import Array, Params
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.texts import Counted, Sentence, sentence_of

_OURS = re.compile(r"layers\.(?P<layer>\d{1,3})\.(?P<way>reverse\.)?(?P<name>\w+)")
MOST_LAYERS = 32
LONGEST_EQUATIONS = 8_000
"""How many characters the equations of all different cells of a file may have."""


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
    matches = [m for name in arrays for m in (_OURS.fullmatch(name) or TORCH.fullmatch(name),) if m]
    layers = {int(match["layer"] or 0) for match in matches}
    refuse_too_large(len(layers), note.equations if note else ())
    cells = _cells(note.equations, len(layers)) if note else None
    readout = note.readout if note else "linear"
    if any(match.re is _OURS for match in matches):
        return network_of(arrays, cells, readout, kind)
    return network_of_torch(arrays, kind or _torch_kind(cells), readout)


def _torch_kind(cells: tuple[Cell, ...] | None) -> str | None:
    """PyTorch's cell that a note of ours names, where the arrays have PyTorch's names."""
    named = {name_of(cell) for cell in cells or ()}
    return next(iter(named)) if len(named) == 1 and named <= set(GATES) else None


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
    refuse_gaps(sorted(found))
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
            "no cell of the gallery has just the parameters {names}", names=some([*params])
        )
        raise ValueError(problem)
    if len(names) > 1:
        raise Undecided(tuple(names))
    return GALLERY[names[0]]
