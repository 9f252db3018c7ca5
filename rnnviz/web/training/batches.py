"""Batches as the browser reads them (maths/training/batches.js), in few bytes: a column of two
values, as those of a one-hot code are, is sent as bits; one that a generator gave, as where that
stood; of one that is zero at most steps, the others."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from rnnviz.network.lengths import present_steps
from rnnviz.tasks.batch import Array, Batch
from rnnviz.tasks.task import Task
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.runs.drawn import Drawn, State, batches, data_generator
from rnnviz.web.payload import pack


class Packed(NamedTuple):
    """header: JSON, see `BatchesHeader`. arrays: by the names that stand in it."""

    header: dict[str, Any]
    arrays: dict[str, Array]


def packed(
    given: Sequence[Batch],
    *,
    first: int = 0,
    name: str = "batches",
    states: Sequence[State] = (),
) -> Packed:
    """Batches of one shape, one after the other.

    Args:
        first: the update that the first of them is for, from 0.
        name: how the names of the arrays begin.
        states: where the generator stood before each, if that is known.

    Raises:
        ValueError: a step counts in part: the browser knows masks of zeros and ones.
    """
    steps, size, _ = given[0].x.shape
    fields = {
        "x": np.stack([batch.x for batch in given]),
        "targets": np.stack([batch.targets for batch in given]),
        "mask": np.stack([batch.mask for batch in given])[..., None],
        "scored": np.stack([batch.scored for batch in given])[..., None],
        "present": np.stack([_present(batch) for batch in given])[..., None],
    }
    for field in ("mask", "scored"):
        if not np.isin(fields[field], (0.0, 1.0)).all():
            raise ValueError("a step of these batches counts in part")
    if fields["present"].all():
        fields["present"] = fields["present"][..., :0]
    arrays: dict[str, Array] = {}
    header: dict[str, Any] = {"first": first, "count": len(given), "steps": steps, "size": size}
    header["fields"] = {
        field: [
            _column(whole[..., k].astype(float), f"{name}.{field}.{k}", arrays, states)
            for k in range(whole.shape[-1])
        ]
        for field, whole in fields.items()
    }
    return Packed(header, arrays)


def _present(batch: Batch) -> Array:
    steps, size, _ = batch.x.shape
    return np.ones((steps, size)) if batch.lengths is None else present_steps(batch.lengths, steps)


def _column(
    numbers: Array, name: str, arrays: dict[str, Array], states: Sequence[State]
) -> dict[str, Any]:
    """Add a column's array; bits go eight bytes at a time, as a number whose value says nothing."""
    low, high = float(numbers.min()), float(numbers.max())
    if not ((numbers == low) | (numbers == high)).all():
        if states and all(map(_is_drawn, numbers, states)):
            return {"drawn": [standing(state) for state in states]}
        steps = np.flatnonzero(numbers.any(axis=(0, 2)))
        arrays[name] = numbers[:, steps].ravel()
        return {"array": name, "steps": steps.tolist()}
    bits = np.packbits(numbers.ravel() == high)
    arrays[name] = np.pad(bits, (0, -len(bits) % 8)).view("<f8")
    return {"array": name, "values": [low, high]}


def _is_drawn(numbers: Array, state: State) -> bool:
    """Whether these are the first that a generator gives from there."""
    rng = np.random.default_rng()
    rng.bit_generator.state = dict(state)
    return np.array_equal(rng.random(numbers.shape), numbers)


def standing(state: State) -> dict[str, str]:
    """Where a generator of NumPy's stands, each number of 128 bits in hexadecimal digits."""
    inner = state["state"]
    return {"state": f"{inner['state']:032x}", "increment": f"{inner['inc']:032x}"}


class _Stream(NamedTuple):
    """Whose batches: runs that agree in these are given the same."""

    task: Task
    length: int
    batch: int
    seed: int


MOST_IN_A_PIECE, PIECE_BYTES = 200, 400_000
"""A piece is drawn and sent at once: it should be soon there, and last for a second or two."""


def piece(knobs: Knobs, update: int) -> bytes:
    """As the browser is sent them, the batches of a run around an update (from 0)."""
    stream = _stream(knobs)
    return _packed_piece(stream, update // _count(stream))


def data_state(knobs: Knobs, update: int) -> State:
    """Where the generator of data stands after so many updates of a run."""
    stream = _stream(knobs)
    index, more = divmod(update, _count(stream))
    return _draw(stream, _state_before(stream, index), more).state


def count_in_a_piece(knobs: Knobs) -> int:
    """How many batches are sent at once."""
    return _count(_stream(knobs))


def bytes_of_a_batch(knobs: Knobs) -> int:
    """What the browser is sent for one update."""
    return _bytes_of_a_batch(_stream(knobs))


def _stream(knobs: Knobs) -> _Stream:
    return _Stream(knobs.about_task, knobs.length_in_force, knobs.batch, knobs.seed)


def _draw(stream: _Stream, state: State, count: int) -> Drawn:
    return batches(stream.task, stream.length, stream.batch, state, count)


@lru_cache(maxsize=64)
def _bytes_of_a_batch(stream: _Stream) -> int:
    before = _state_before(stream, 0)
    made = packed(_draw(stream, before, 1).batches, states=[before])
    return sum(array.nbytes for array in made.arrays.values())


def _count(stream: _Stream) -> int:
    """How many batches a piece of these has."""
    return max(1, min(MOST_IN_A_PIECE, PIECE_BYTES // _bytes_of_a_batch(stream)))


@lru_cache(maxsize=64)
def _packed_piece(stream: _Stream, index: int) -> bytes:
    count = _count(stream)
    states, drawn = [_state_before(stream, index)], list[Batch]()
    for _ in range(count):
        (one,), after = _draw(stream, states[-1], 1)
        drawn.append(one)
        states.append(after)
    return pack(*packed(drawn, first=index * count, states=states[:-1]))


def _state_before(stream: _Stream, index: int) -> State:
    """Where the generator stands before a piece; each is known of the one before."""
    for before in range(index):
        _state_after(stream, before)
    return _state_after(stream, index - 1) if index else data_generator(stream.seed)


@lru_cache(maxsize=4096)
def _state_after(stream: _Stream, index: int) -> State:
    before = _state_after(stream, index - 1) if index else data_generator(stream.seed)
    return _draw(stream, before, _count(stream)).state
