"""Named arrays of a checkpoint → a network: what their names and shapes prove, and nothing else."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from rnnviz.cells import GALLERY, name_of, named
from rnnviz.equations import MAX_CHARACTERS, EquationError, parse
from rnnviz.interop.candidates import Asked, Candidate
from rnnviz.interop.names import shown
from rnnviz.interop.questions import NetworkChoice
from rnnviz.interop.refusals import DAMAGED_NOTE, SAVE_AGAIN, refuse_gaps, some, undecided_cells
from rnnviz.interop.stored import StateDict, read
from rnnviz.interop.torch_layout import GATES
from rnnviz.interop.torch_modules import NAME as TORCH
from rnnviz.interop.torch_names import Said, networks_of_torch
from rnnviz.network.arrays import Array, Params
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.texts import Counted, Sentence, sentence_of

_OURS = re.compile(r"layers\.(?P<layer>\d{1,3})\.(?P<way>reverse\.)?(?P<name>[WUVbp](_\w+)?)")
NOTE = "rnnviz"
"""The name under which what the arrays do not tell is kept in a file."""
NOTHING: Mapping[str, str] = MappingProxyType({})
MOST_ARRAYS = 10_000
MOST_LAYERS = 32
LONGEST_EQUATIONS = 8_000
"""How many characters the equations of all different cells of a file may have."""


class Note(NamedTuple):
    """What a file of ours says beside its arrays: each layer's equations, the readout's kind."""

    equations: tuple[str, ...]
    readout: ReadoutKind


def candidates_in(
    dictionaries: Sequence[StateDict],
    said: Mapping[str, str] = NOTHING,
    *,
    most: int,
    unopened: str | None = None,
) -> list[Candidate]:
    """The networks that a file's arrays are, none of them built yet.

    Args:
        dictionaries: with PyTorch's names ("lstm.weight_ih_l0", …, "fc.weight") or ours
            ("layers.0.W_i", …).
        said: what stands in the file beside its arrays.
        most: how many numbers a network may have.
        unopened: what in the file was not opened, by name.

    Raises:
        ValueError: there is none, or the file is none that anybody honest wrote, in one sentence.
    """
    _refuse_odd_names(dictionaries)
    note = _known(said.get(NOTE))
    of_torch = [each for each in dictionaries if any(map(TORCH.fullmatch, each.arrays))]
    ours = [each for each in dictionaries if any(map(_OURS.fullmatch, each.arrays))]
    elsewhere = {
        each.full(name): array
        for each in dictionaries
        if each not in of_torch and each not in ours
        for name, array in each.arrays.items()
    }
    found = [_of_ours(each, note, most) for each in ours]
    for each in of_torch:
        found += networks_of_torch(each, elsewhere, _said_of_torch(each, note), most)
    if not found:
        raise ValueError(_why_none(unopened))
    return found


def _refuse_odd_names(dictionaries: Sequence[StateDict]) -> None:
    names = [name for each in dictionaries for name in each.arrays]
    if len(names) > MOST_ARRAYS:
        raise ValueError(Sentence("it holds more than {most} arrays", most=f"{MOST_ARRAYS:,}"))
    odd = next((name for name in names if not _is_text(name)), None)
    if odd is not None:
        raise ValueError(Sentence("it has a name that is no text: {name}", name=shown(odd)))


def _is_text(name: str) -> bool:
    """Whether a name can be written down: half of a pair of surrogates cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _known(note: str | None) -> Note | None:
    """What a file of ours says beside its arrays. Its equations are not read yet."""
    if note is None:
        return None
    try:
        said = json.loads(note)
        cells, readout = tuple(said["cells"]), said["readout"]
        if all(isinstance(text, str) for text in cells) and readout in ("linear", "softmax"):
            return Note(cells, readout)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise ValueError(DAMAGED_NOTE)


def _why_none(unopened: str | None) -> Sentence:
    if unopened is not None:
        return Sentence(
            "it holds no recurrent layer but perhaps in {name}, which is not safe to open: save it "
            "again with {code}",
            name=shown(unopened),
            code=SAVE_AGAIN,
        )
    return Sentence(
        "it holds no recurrent layer: none of its arrays is called …weight_ih_l0 or layers.0.…"
    )


def _of_ours(saved: StateDict, note: Note | None, most: int) -> Candidate:
    """A network of our names."""
    matches = [match for name in saved.arrays if (match := _OURS.fullmatch(name))]
    layers = {int(match["layer"]) for match in matches}
    cells = _noted_cells(note, len(layers))

    def build(asked: Asked) -> Network:
        if asked.readout is not None:
            raise ValueError(Sentence("its readout is known: leave readout= out"))
        arrays = read(saved.arrays, most)
        return network_of(arrays, cells, note.readout if note else "linear", asked.kind)

    size = sum(array.size for array in saved.arrays.values())
    kind = named(cells[0]).title if cells else ""
    return Candidate(NetworkChoice(saved.path or "layers", kind, len(layers), 1, 0, 0, size), build)


def _said_of_torch(saved: StateDict, note: Note | None) -> Said:
    matches = [match for name in saved.arrays if (match := TORCH.fullmatch(name))]
    cells = _noted_cells(note, len({int(match["layer"] or 0) for match in matches}))
    return Said(_torch_kind(cells), note.readout if note else "linear")


def _noted_cells(note: Note | None, layers: int) -> tuple[Cell, ...] | None:
    refuse_too_large(layers, note.equations if note else ())
    return _cells(note.equations, layers) if note else None


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
        raise undecided_cells(tuple(names))
    return GALLERY[names[0]]
