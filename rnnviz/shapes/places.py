"""Which is which: where an entry of `output`, `h_n` or `c_n` stands in the unrolled network.

Every number counts from 0, as in the code: layers, steps, sequences, units.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from rnnviz.texts import _

OF_PLACES = ("output", "h_n", "c_n")


class Place(NamedTuple):
    """A number in the unrolled network.

    state: "h" or "c". step: the time step of the sequence, in both directions. unit: in its
    direction. reverse: whether that is the one which reads from the end.
    """

    state: str
    layer: int
    step: int
    sequence: int
    unit: int
    reverse: bool = False


class Entry(NamedTuple):
    """An entry of one of PyTorch's tensors: its name, and one number for each axis."""

    tensor: str
    at: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.tensor}[{', '.join(map(str, self.at))}]"


def place_of(setup: Setup, entry: Entry) -> Place | None:
    """Where an entry stands; None where it is padding that `pad_packed_sequence` put there.

    Raises:
        IndexError: the tensor has no such entry; negative numbers count from the end, as in Python.
    """
    index = _index(setup, entry)
    if entry.tensor == "output":
        return _of_output(setup, index)
    row, *sequence, unit = index
    layer, reverse = divmod(row, setup.directions)
    b = sequence[0] if sequence else 0
    step = 0 if reverse else setup.read_steps[b] - 1
    return Place(entry.tensor[0], layer, step, b, unit, bool(reverse))


def entries_at(setup: Setup, place: Place) -> tuple[Entry, ...]:
    """The entries of PyTorch's tensors that are this number; none of most."""
    found = []
    b = (place.sequence,) if setup.batch else ()
    if place.state == "h" and place.layer == setup.num_layers - 1:
        time = (place.step, *b)
        if setup.batch_first and setup.batch:
            time = time[::-1]
        unit = place.unit + place.reverse * setup.h_out
        found.append(Entry("output", (*time, unit)))
    last = 0 if place.reverse else setup.read_steps[place.sequence] - 1
    if place.step == last:
        row = place.layer * setup.directions + place.reverse
        found.append(Entry(f"{place.state}_n", (row, *b, place.unit)))
    return tuple(found)


def steps_seen(setup: Setup, place: Place) -> range:
    """The steps of its sequence that this number depends on, as far as wires tell."""
    read = setup.read_steps[place.sequence]
    if setup.bidirectional and place.layer:
        return range(read)
    return range(place.step, read) if place.reverse else range(place.step + 1)


def in_words(setup: Setup, place: Place | None) -> str:
    """Where it stands, in one line."""
    if place is None:
        return _("padding: zeros put there by pad_packed_sequence")
    values = place._asdict()
    if not setup.bidirectional:
        return _(
            "{state} of layer {layer}, step {step}, sequence {sequence}, unit {unit}", **values
        )
    if place.reverse:
        return _(
            "{state} of layer {layer}, backward, step {step}, sequence {sequence}, unit {unit}",
            **values,
        )
    return _(
        "{state} of layer {layer}, forward, step {step}, sequence {sequence}, unit {unit}", **values
    )


def _index(setup: Setup, entry: Entry) -> tuple[int, ...]:
    """Its numbers counted from 0."""
    found = tensors(setup).get(entry.tensor)
    if entry.tensor not in OF_PLACES or found is None:
        raise IndexError(f"a {setup.kind} gives back no {entry.tensor}")
    shape = found.shape
    if len(entry.at) != len(shape):
        raise IndexError(f"{entry.tensor} has {len(shape)} axes, not {len(entry.at)}")
    for number, size in zip(entry.at, shape, strict=True):
        if not -size <= number < size:
            raise IndexError(f"{entry} is outside of {shape}")
    return tuple(number % size for number, size in zip(entry.at, shape, strict=True))


def _of_output(setup: Setup, index: Sequence[int]) -> Place | None:
    *where, unit = index
    if setup.batch_first and setup.batch:
        where = where[::-1]
    step, sequence = where[0], where[1] if setup.batch else 0
    if step >= setup.read_steps[sequence]:
        return None
    reverse, unit = divmod(unit, setup.h_out)
    return Place("h", setup.num_layers - 1, step, sequence, unit, bool(reverse))
