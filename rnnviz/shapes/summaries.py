"""What a classifier could read of a sequence, and whether it is the sequence alone and all of it.

A summary of a sequence is the same whether the sequence stands alone or in a batch with padding,
and it comes from where each direction has taken all steps: both are computed, not asserted.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array
from rnnviz.network.lengths import present_steps
from rnnviz.shapes.example import Example, by_name, initial_state
from rnnviz.shapes.facts import at_the_end, last
from rnnviz.shapes.running import run
from rnnviz.shapes.setup import Setup
from rnnviz.texts import _

ROUNDING = 1e-12


class Read(NamedTuple):
    """What there is to summarise: output (time, batch, features) and h_n (rows, batch, units), with
    the steps of each sequence."""

    output: Array
    h_n: Array
    steps: tuple[int, ...]


class Summary(NamedTuple):
    """One number for each unit of a sequence.

    code: how it is written; `own` in it is True at the steps that are no padding. values: (batch,
    units). difference: the largest difference to the summary of each sequence alone, without
    padding. taken: (batch,), how many of its own steps lie behind the direction that has taken
    fewest; all, where every step has a say. is_right: whether a classifier should read it. why: a
    sentence.
    """

    key: str
    code: str
    values: Array
    difference: float
    taken: tuple[int, ...]
    is_right: bool
    why: str


class _Way(NamedTuple):
    """How to summarise. of: given what there is. step: at which time step of a sequence it stands,
    for those that stand at one."""

    key: str
    code: str
    of: Callable[[Read], Array]
    step: Callable[[int], int] | None = None


def summaries(found: Example) -> tuple[Summary, ...]:
    """The ways in which a sequence is summed up, the most common first."""
    setup = found.setup
    together, alone = _read(found, setup.read_steps), _read(found, setup.steps)
    together = together._replace(output=together.output[: setup.output_length])
    return tuple(_judged(setup, way, together, alone) for way in _ways(setup))


def _judged(setup: Setup, way: _Way, together: Read, alone: Read) -> Summary:
    values = way.of(together)
    own = [
        way.of(Read(alone.output[:steps, b : b + 1], alone.h_n[:, b : b + 1], (steps,)))[0]
        for b, steps in enumerate(setup.steps)
    ]
    difference = float(np.abs(values - np.array(own)).max())
    taken = tuple(
        steps if way.step is None else _taken(setup, b, way.step(steps))
        for b, steps in enumerate(setup.steps)
    )
    is_alone, is_whole = difference <= ROUNDING, taken == setup.steps
    why = _("A sequence alone gives the same, and all of its steps have been taken.")
    if not is_alone:
        why = _("Beside longer sequences a shorter one gives something else: its padding counts.")
    elif not is_whole and setup.bidirectional:
        why = _("At that step the backward direction has only begun.")
    elif not is_whole:
        why = _("At that step a shorter sequence is over.")
    return Summary(way.key, way.code, values, difference, taken, is_alone and is_whole, why)


def _taken(setup: Setup, sequence: int, step: int) -> int:
    """How many of a sequence's own steps lie behind the direction that has taken fewest, there."""
    own, read = setup.steps[sequence], setup.read_steps[sequence]
    if step >= read:
        return 0
    forward = min(step + 1, own)
    return min(forward, max(own - step, 0)) if setup.bidirectional else forward


def _read(found: Example, steps: tuple[int, ...]) -> Read:
    """What comes out where each sequence is read for so many steps; zeros beyond them."""
    setup, network = found.setup, found.run.network
    done = found.run
    if steps != done.steps:
        start = {state: initial_state(setup, state) for state in setup.states}
        done = run(network, found.run.x, steps, by_name(network, start))
    h = np.nan_to_num(done.values("h")[-1, ..., : setup.h_out])
    ends = [h[0][np.array(steps) - 1, np.arange(setup.sequences)], *(way[0] for way in h[1:])]
    return Read(np.concatenate(list(h), axis=-1), np.array(ends), setup.steps)


def _ways(setup: Setup) -> Iterator[_Way]:
    time = int(bool(setup.batch_first and setup.batch))
    end = setup.output_length - 1
    yield _Way("last", last(setup).code, lambda read: read.output[-1], lambda _steps: end)
    if setup.bidirectional:
        both = "torch.cat([h_n[-2], h_n[-1]], dim=-1)"
        yield _Way("h_n", both, lambda read: np.concatenate(list(read.h_n), axis=-1))
    else:
        yield _Way("h_n", "h_n[-1]", lambda read: read.h_n[-1])
    yield _Way("mean", f"output.mean({time})", lambda read: read.output.mean(axis=0))
    yield _Way("maximum", f"output.amax({time})", lambda read: read.output.max(axis=0))
    if setup.lengths:
        yield _Way("own end", at_the_end(setup).code, _own_end, lambda steps: steps - 1)
        mean = f"(output * own).sum({time}) / own.sum({time})"
        yield _Way("mean of its own", mean, _own_mean)
        maximum = f"output.masked_fill(~own, -torch.inf).amax({time})"
        yield _Way("maximum of its own", maximum, _own_maximum)


def _own_end(read: Read) -> Array:
    found: Array = read.output[np.array(read.steps) - 1, np.arange(len(read.steps))]
    return found


def _own_mean(read: Read) -> Array:
    total: Array = np.where(_is_own(read), read.output, 0.0).sum(axis=0)
    mean: Array = total / np.array(read.steps)[:, None]
    return mean


def _own_maximum(read: Read) -> Array:
    found: Array = np.where(_is_own(read), read.output, -np.inf).max(axis=0)
    return found


def _is_own(read: Read) -> npt.NDArray[np.bool_]:
    """(time, batch, 1): whether a step is one of the sequence's own, and no padding."""
    return present_steps(np.array(read.steps), len(read.output))[..., None]
