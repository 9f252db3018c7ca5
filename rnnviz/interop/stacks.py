"""The recurrent layers that a file names, and what reads what → networks, by name."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from rnnviz.cells import GALLERY, about_like, name_of, named
from rnnviz.interop.candidates import Candidate
from rnnviz.interop.names import shown
from rnnviz.interop.questions import NONE, Answers, NetworkChoice, ReadoutChoice, Undecided
from rnnviz.interop.refusals import NO_EMBEDDING, embedding_note, some
from rnnviz.network.arrays import Array
from rnnviz.network.embedding import Embedding
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage
from rnnviz.representation import Cell
from rnnviz.texts import Counted, Sentence

Where = Literal["every step", "last step", "end"]
"""Which h something reads: of each step; of the last; or where each direction ends, which for two
directions are two different steps."""


NO_STATES: Mapping[str, Array] = MappingProxyType({})


class Reading(NamedTuple):
    """A linear map that reads a recurrent layer.

    where: which h it reads. without: a function that follows it and is left out, by name.
    """

    name: str
    readout: Readout
    where: Where
    without: str | None = None


class Table(NamedTuple):
    """An embedding of a file, and its name there."""

    name: str
    table: Embedding


class Recurrent(NamedTuple):
    """A recurrent layer of a file.

    below: the name of the recurrent layer whose every h it reads, and nothing else.
    is_reversed: whether its one direction reads the file's sequence from the end.
    initial: "h", "reverse.c", … → (hidden,) before the first step.
    readings: the linear maps that read it. others: what else reads it, by name.
    before: what stands in front of it, by name, if it is the lowest.
    embedding: what it reads, where that is one of `before` and nothing else stands between.
    """

    layer: Layer
    below: str | None = None
    is_reversed: bool = False
    initial: Mapping[str, Array] = NO_STATES
    readings: tuple[Reading, ...] = ()
    others: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    embedding: Table | None = None
    notes: tuple[Sentence, ...] = ()


def candidates(found: Mapping[str, Recurrent]) -> list[Candidate]:
    """Every stack of layers, by the name of the topmost."""
    read = {one.below for one in found.values()}
    return [_candidate(found, top) for top in found if top not in read]


def _candidate(found: Mapping[str, Recurrent], top: str) -> Candidate:
    stack = {name: found[name] for name in [*_down(found, top)][::-1]}
    layers = [one.layer for one in stack.values()]
    choice = NetworkChoice(
        top,
        _called(layers[-1].cell),
        len(layers),
        len(layers[-1].directions),
        layers[0].inputs,
        layers[-1].hidden,
        sum(array.size for layer in layers for array in layer.parameters.values()),
    )
    return Candidate(choice, lambda answers: _network(stack, answers))


def _called(cell: Cell) -> str:
    """The gallery's name, of a cell with other functions too."""
    like = about_like(cell)
    return name_of(cell) or (like.title if like else named(cell).title)


def _network(stack: Mapping[str, Recurrent], answers: Answers) -> Network:
    first = next(iter(stack.values()))
    if answers.embedding is True and first.embedding is None:
        raise ValueError(NO_EMBEDDING)
    embedding = None if answers.embedding is False else first.embedding
    layers = tuple(one.layer for one in stack.values())
    if answers.kind is not None and any(layer.cell != GALLERY[answers.kind] for layer in layers):
        raise ValueError(
            Sentence(
                "its cells are known, and they are not all of the kind {cell}", cell=answers.kind
            )
        )
    _refuse_mixed(stack)
    top = [*stack.values()][-1]
    reading = _named(top, answers.readout) if answers.readout is not None else _only(top)
    notes = [*_notes([*stack.values()], reading, embedding)]
    initial = {
        f"layers.{k}.{name}": array
        for k, one in enumerate(stack.values())
        for name, array in one.initial.items()
    }
    below: tuple[Stage, ...] = (embedding.table,) if embedding else ()
    return Network((*below, *layers), reading.readout if reading else None, tuple(notes), initial)


def _down(found: Mapping[str, Recurrent], top: str) -> Iterator[str]:
    """The layers of a stack from the topmost down."""
    name: str | None = top
    while name is not None:
        yield name
        name = found[name].below


def _refuse_mixed(stack: Mapping[str, Recurrent]) -> None:
    first, *others = stack
    for name in others:
        if stack[name].is_reversed != stack[first].is_reversed:
            raise ValueError(
                Sentence(
                    "{one} and {other} read the sequence from opposite ends: here all layers of a "
                    "network that reads one way read it the same way",
                    one=shown(first),
                    other=shown(name),
                )
            )


def _only(top: Recurrent) -> Reading | None:
    """The linear map that reads h, where nothing else does. Undecided: several do."""
    fits = _fitting(top)
    if len(fits) > 1:
        choices = [ReadoutChoice(one.name, one.readout.W.shape) for one in fits]
        raise Undecided(
            Sentence(
                "{names} read h: say which is to be shown, as in load(path, "
                'readout="{name}") or readout="none"',
                names=some([one.name for one in fits]),
                name=shown(fits[0].name),
            ),
            "readout",
            [*choices, ReadoutChoice(NONE)],
        )
    return fits[0] if fits and not top.others else None


def _named(top: Recurrent, name: str) -> Reading | None:
    found = {one.name: one for one in _fitting(top)}
    if name not in found and name != NONE:
        raise ValueError(
            Sentence(
                "{name} is no linear map that reads h at one step: there are {names}",
                name=shown(name),
                names=some([*found, NONE]),
            )
        )
    return found.get(name)


def _fitting(top: Recurrent) -> list[Reading]:
    """The linear maps that read the h of one step: two directions end at two different ones."""
    is_both_ways = top.layer.reverse is not None
    return [one for one in top.readings if one.where != "end" or not is_both_ways]


def _notes(
    stack: list[Recurrent], reading: Reading | None, embedding: Table | None
) -> Iterator[Sentence]:
    below, top = stack[0], stack[-1]
    for one in stack:
        yield from one.notes
    if below.is_reversed:
        yield Sentence(
            "in its file it reads each sequence from the end: give it the last step as the first"
        )
    before = [name for name in below.before if embedding is None or name != embedding.name]
    if embedding:
        yield embedding_note(embedding.name, embedding.table.tokens)
    if before:
        yield left_in_front(before)
    if reading:
        yield from _notes_on(reading)
    elif top.layer.reverse is not None and any(one.where == "end" for one in top.readings):
        yield Sentence(
            "its readout reads each direction where that ends, which is at two different steps"
        )
    left = [one.name for one in top.readings if one is not reading]
    for one in stack[:-1]:
        left += [*(reading.name for reading in one.readings), *one.others]
    if left or top.others:
        yield left_behind([*left, *top.others])


def _notes_on(reading: Reading) -> Iterator[Sentence]:
    if reading.where != "every step":
        yield Sentence(
            "in its file {name} reads the last step alone: here it is applied at every step",
            name=shown(reading.name),
        )
    if reading.without:
        yield Sentence(
            "the {function} of {name} is left out: the numbers are those before it",
            function=shown(reading.without),
            name=shown(reading.name),
        )


def left_in_front(names: Iterable[str]) -> Sentence:
    names = [*dict.fromkeys(names)]
    return Counted(
        "{names} stands in front of it and is left out: it reads what comes out of there",
        "{names} stand in front of it and are left out: it reads what comes out of there",
        len(names),
        names=some(names),
    )


def left_behind(names: Iterable[str]) -> Sentence:
    names = [*dict.fromkeys(names)]
    return Counted(
        "{names} is left out: only recurrent layers and one linear readout are read",
        "{names} are left out: only recurrent layers and one linear readout are read",
        len(names),
        names=some(names),
    )
