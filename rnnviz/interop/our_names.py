"""Arrays by our names ("layers.0.W_i", "readout.W"), and what a file of ours says beside them."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain, zip_longest
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

import numpy as np

from rnnviz.cells import GALLERY, named
from rnnviz.equations import MAX_CHARACTERS, EquationError, parse
from rnnviz.interop.candidates import Candidate
from rnnviz.interop.names import shown
from rnnviz.interop.pytorch.projections import refuse_unprojected
from rnnviz.interop.questions import Answers, NetworkChoice
from rnnviz.interop.refusals import DAMAGED_NOTE, NO_EMBEDDING, refuse_gaps, some, undecided_cells
from rnnviz.interop.stored import StateDict, read
from rnnviz.network.arrays import Array, Params
from rnnviz.network.body import pools
from rnnviz.network.embedding import Embedding
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.pooling import Pooling
from rnnviz.network.readout import Readout, ReadoutKind
from rnnviz.network.stage import Stage
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.texts import Counted, Sentence, sentence_of

OURS = re.compile(r"layers\.(?P<layer>\d{1,3})\.(?P<way>reverse\.)?(?P<name>[WUVbp](_\w+)?)")
BESIDE = ("embedding.W", "attention.W", "attention.b", "attention.v", "readout.W", "readout.b")
"""The other arrays that a network of ours may have."""
POOLINGS: tuple[Pooling, ...] = get_args(Pooling)
NOTE = "rnnviz"
"""The name under which what the arrays do not tell is kept in a file."""
MOST_LAYERS = 32
LONGEST_EQUATIONS = 8_000
"""How many characters the equations of all different cells of a file may have."""


class Note(NamedTuple):
    """What a file of ours says beside its arrays: each layer's equations, the readout's kind; what
    the readout reads, whether layers skip, and how many numbers an h that is projected has.

    initial: full name of a state, "layers.0.h" → its numbers before the first step.
    """

    equations: tuple[str, ...]
    readout: ReadoutKind
    pooling: Pooling = "last"
    skip: bool = False
    projected: int = 0
    initial: Mapping[str, tuple[float, ...]] = MappingProxyType({})

    def begun(self, network: Network) -> Network:
        """The network with the states that it begins at; ValueError where one does not fit."""
        states = {name: np.array(numbers) for name, numbers in self.initial.items()}
        return replace(network, initial=states) if states else network


Directions = tuple[dict[str, Array], dict[str, Array]]
"""A layer's arrays by their names in the cell, forward and reverse."""
UNNOTED = Note((), "linear")
"""What is taken for granted of a file that says nothing."""


def known(note: str | None) -> Note | None:
    """What a file of ours says beside its arrays. Its equations are not read yet."""
    if note is None:
        return None
    try:
        said = json.loads(note)
        cells, readout = tuple(said["cells"]), said["readout"]
        pooling, skip = said.get("pooling", "last"), said.get("skip", False)
        projected = said.get("projected", 0)
        is_known = readout in ("linear", "softmax") and pooling in POOLINGS
        is_known &= isinstance(skip, bool) and type(projected) is int and projected >= 0
        if all(isinstance(text, str) for text in cells) and is_known:
            return Note(cells, readout, pooling, skip, projected, _states(said))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        pass
    raise ValueError(DAMAGED_NOTE)


def _states(said: Mapping[str, Any]) -> dict[str, tuple[float, ...]]:
    """The initial states of a note; ValueError where they are no lists of finite numbers."""
    found = {str(name): tuple(numbers) for name, numbers in said.get("initial", {}).items()}
    for number in chain.from_iterable(found.values()):
        if type(number) not in (int, float) or not math.isfinite(number):
            raise ValueError("no number that a state can be")
    return {name: tuple(map(float, numbers)) for name, numbers in found.items()}


def network_of_ours(saved: StateDict, note: Note | None, most: int) -> Candidate:
    """A network of our names."""
    matches = [match for name in saved.arrays if (match := OURS.fullmatch(name))]
    layers = {int(match["layer"]) for match in matches}
    cells = noted_cells(note, len(layers))

    def build(answers: Answers) -> Network:
        if answers.readout is not None:
            raise ValueError(Sentence("its readout is known: leave readout= out"))
        if answers.embedding is True and "embedding.W" not in saved.arrays:
            raise ValueError(NO_EMBEDDING)
        arrays = read(saved.arrays, most)
        return (note or UNNOTED).begun(network_of(arrays, cells, note or UNNOTED, answers.kind))

    choice = NetworkChoice(
        saved.path or "layers",
        named(cells[0]).title if cells else "",
        len(layers),
        1 + any(match["way"] is not None for match in matches),
        1 if "embedding.W" in saved.arrays else _columns(saved, "layers.0.W"),
        _columns(saved, f"layers.{max(layers)}.U"),
        sum(array.size for array in saved.arrays.values()),
    )
    return Candidate(choice, build)


def _columns(saved: StateDict, beginning: str) -> int:
    """Of the first matrix whose name begins so; 0 if there is none."""
    matrices = (a for n, a in saved.arrays.items() if n.startswith(beginning) and a.is_matrix)
    return next((array.shape[1] for array in matrices), 0)


def noted_stages(network: Network) -> tuple[Pooling, bool]:
    """What its arrays do not tell: what the readout reads, and whether its layers skip.

    Raises:
        ValueError: it has a stage that a file of ours has no place for, or only some layers skip.
    """
    layers, names = network.layers, list(network.stages)
    last: Pooling = "last"
    pooling = next((one for one in POOLINGS if one == network.body[-1].full_name), last)
    known = [f"layers.{k}" for k in range(len(layers))]
    known = ["embedding", *known] if names[0] == "embedding" else known
    known += [pooling] if pooling != "last" else []
    known += ["readout"] if network.readout else []
    odd = next((name for name, one in zip_longest(names, known) if name != one), None)
    if odd is not None:
        raise ValueError(f"there is no place for the stage {odd} in it")
    skip = any(layer.skip for layer in layers)
    if skip and [layer.skip for layer in layers] != [False] + [True] * (len(layers) - 1):
        raise ValueError("there is no place for skip connections of some layers in it")
    return pooling, skip


def noted_cells(note: Note | None, layers: int) -> tuple[Cell, ...] | None:
    refuse_too_large(layers, note.equations if note else ())
    return _cells(note.equations, layers) if note else None


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
    note: Note = UNNOTED,
    kind: str | None = None,
) -> Network:
    """The network that arrays of our names are ("layers.0.W_i", …).

    Args:
        arrays: the names are those of `Network.parameters`.
        cells: of each layer; None takes the only one of the gallery with these parameters.
        note: what a file says of the readout, of what that reads, and of skip connections.
        kind: the gallery's name of the cell in all layers, whatever `cells` says.

    Raises:
        ValueError: what cannot be proven, or does not fit, in one sentence.
    """
    found = _by_layer(arrays)
    body: list[Stage] = [Embedding(arrays["embedding.W"])] if "embedding.W" in arrays else []
    for k, directions in found.items():
        cell = GALLERY[kind] if kind else cells[k] if cells else _proven(directions[0])
        try:
            body.append(_layer(cell, directions, note, skip=note.skip and k > 0))
        except ValueError as error:
            problem = Sentence("layer {layer}: {problem}", layer=k, problem=sentence_of(error))
            raise ValueError(problem) from None
    whole = [name in arrays for name in BESIDE if name.startswith("attention.")]
    if not (all(whole) if note.pooling == "attention" else not any(whole)):
        raise ValueError(
            Sentence("an attention has attention.W, attention.b and attention.v, and a note of it")
        )
    body += pools(note.pooling, body[-1].outputs, arrays)
    return Network(tuple(body), _readout(arrays, note))


def _by_layer(arrays: Mapping[str, Array]) -> dict[int, Directions]:
    """The arrays of each layer, in order; ValueError for a name of another kind, or a gap."""
    found: dict[int, Directions] = {}
    for name, array in arrays.items():
        match = OURS.fullmatch(name)
        if match:
            directions = found.setdefault(int(match["layer"]), ({}, {}))
            directions[bool(match["way"])][match["name"]] = array
        elif name not in BESIDE:
            raise ValueError(
                Sentence(
                    "{name} is no parameter: expected layers.0.…, readout.W, readout.b",
                    name=shown(name),
                )
            )
    refuse_gaps(sorted(found))
    return dict(sorted(found.items()))


def _layer(cell: Cell, directions: Directions, note: Note, *, skip: bool) -> Layer:
    params, reverse = directions
    layer = Layer(cell, params, reverse or None, skip=skip, projected=note.projected)
    if layer.projected:
        refuse_unprojected((layer,))
    return layer


def _readout(arrays: Mapping[str, Array], note: Note) -> Readout | None:
    if ("readout.W" in arrays) != ("readout.b" in arrays):
        raise ValueError(Sentence("it has one of readout.W and readout.b: it takes both"))
    if "readout.W" not in arrays:
        return None
    return Readout(arrays["readout.W"], arrays["readout.b"], note.readout)


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
