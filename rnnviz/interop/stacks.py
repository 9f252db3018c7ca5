"""The recurrent layers that a file names, and what reads what → networks, by name."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from rnnviz.interop.names import shown
from rnnviz.interop.refusals import some
from rnnviz.network.arrays import Array
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout
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


class Recurrent(NamedTuple):
    """A recurrent layer of a file.

    below: the name of the recurrent layer whose every h it reads, and nothing else.
    is_reversed: whether its one direction reads the file's sequence from the end.
    initial: "h", "reverse.c", … → (hidden,) or (batch, hidden) before the first step.
    readings: the linear maps that read it. others: what else reads it, by name.
    before: what stands in front of it, by name, if it is the lowest.
    """

    layer: Layer
    below: str | None = None
    is_reversed: bool = False
    initial: Mapping[str, Array] = NO_STATES
    readings: tuple[Reading, ...] = ()
    others: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    notes: tuple[Sentence, ...] = ()


def networks(found: Mapping[str, Recurrent]) -> dict[str, Network]:
    """Every stack of layers, by the name of the topmost.

    Raises:
        ValueError: a stack that is no network of ours, in one sentence.
    """
    read = {one.below for one in found.values()}
    return {top: _network(found, top) for top in found if top not in read}


def _network(found: Mapping[str, Recurrent], top: str) -> Network:
    names = [*_down(found, top)][::-1]
    stack = [found[name] for name in names]
    _refuse_mixed(names, stack)
    reading = _only(stack[-1])
    notes = [*_notes(stack, reading)]
    return Network(
        tuple(one.layer for one in stack), reading.readout if reading else None, tuple(notes)
    )


def _down(found: Mapping[str, Recurrent], top: str) -> Iterator[str]:
    """The layers of a stack from the topmost down."""
    name: str | None = top
    while name is not None:
        yield name
        name = found[name].below


def _refuse_mixed(names: list[str], stack: list[Recurrent]) -> None:
    for name, one in zip(names, stack, strict=True):
        if one.is_reversed != stack[0].is_reversed:
            raise ValueError(
                Sentence(
                    "{one} and {other} read the sequence from opposite ends: here all layers of a "
                    "network that reads one way read it the same way",
                    one=shown(names[0]),
                    other=shown(name),
                )
            )


def _only(one: Recurrent) -> Reading | None:
    """The readout, where one linear map and nothing else reads this layer at one and one step."""
    if len(one.readings) != 1 or one.others:
        return None
    (reading,) = one.readings
    is_one_step = reading.where != "end" or one.layer.reverse is None
    return reading if is_one_step else None


def _notes(stack: list[Recurrent], reading: Reading | None) -> Iterator[Sentence]:
    below, top = stack[0], stack[-1]
    for one in stack:
        yield from one.notes
    if below.is_reversed:
        yield Sentence(
            "in its file it reads each sequence from the end: give it the last step as the first"
        )
    if below.before:
        yield left_in_front(below.before)
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
