"""What a run would cost, told before it starts: seconds and memory, and where the limits are."""

import math
from collections.abc import Sequence

from rnnviz.training.knobs import EVALUATED_AT_ONCE, EVALUATED_EVERY, HELD_OUT, Knobs
from rnnviz.training.live import FEWEST_KEPT, KEPT_BYTES

LONGEST = 1800.0
LARGEST_HISTORY = 64 * 2**20
LARGEST_PAST = 256 * 2**20
COPIES = 4
"""Of the parameters in a snapshot: themselves, what Adam remembers of each, and some room."""


def seconds(knobs: Knobs) -> float:
    """About how long a run takes on one core: within a factor of two in 118 settings measured."""
    read = knobs.about_task.inputs + knobs.about_task.outputs
    drawn = 6.5e-9 * read * knobs.batch * knobs.about_task.steps(knobs.length_in_force)
    update = _there_and_back(knobs, knobs.batch) + drawn + 2e-8 * knobs.parameters + 7e-4
    evaluation = HELD_OUT / EVALUATED_AT_ONCE * _there_and_back(knobs, EVALUATED_AT_ONCE) / 3
    return knobs.updates * update + (knobs.updates // EVALUATED_EVERY + 1) * evaluation


def _there_and_back(knobs: Knobs, batch: int) -> float:
    """Seconds of a way forward and backward: each time step of each cell costs its calls, its
    arithmetic and its matrices, each stretch between truncations some more."""
    cell, hidden = knobs.cell_in_force, knobs.hidden
    steps = knobs.about_task.steps(knobs.length_in_force)
    stretches = math.ceil(steps / min(knobs.truncate or steps, steps))
    matrices = sum(len(shape) == 2 for shape in cell.parameters.values()) * hidden**2
    width = knobs.number_bytes / 8
    numbers = width * (
        4.2e-9 * len(cell.steps) * hidden * batch + matrices * (4.8e-11 * batch + 1.7e-10)
    )
    each_step = 8.8e-7 * len(cell.steps) + numbers
    return (
        knobs.ways * (steps * each_step + stretches * 3e-4)
        + stretches * width * 5.5e-9 * knobs.parameters
    )


def history_bytes(knobs: Knobs) -> int:
    """What the record of all updates takes."""
    steps = knobs.about_task.steps(knobs.length_in_force)
    cell = knobs.cell_in_force
    states, gates, parameters = len(cell.states), len(cell.gates), len(cell.parameters)
    each = knobs.ways * (steps * states + 3 * gates + parameters) + 10
    return 8 * each * knobs.updates


def past_bytes(knobs: Knobs) -> int:
    """What the snapshots take that are kept to go back to."""
    each = COPIES * knobs.number_bytes * knobs.parameters
    return max(FEWEST_KEPT, KEPT_BYTES // each) * each


def refuse_too_long(
    time: float,
    shorter: str = "fewer updates, shorter sequences, a smaller batch or fewer units",
) -> None:
    """Raise a ValueError with the figure where so many seconds are too many; `shorter` helps."""
    if time > LONGEST:
        raise ValueError(
            f"this would take about {spoken(time)} on one core, more than {spoken(LONGEST)}: "
            f"{shorter} make it shorter"
        )


def refuse_too_much(runs: Sequence[Knobs]) -> None:
    """Raise a ValueError with the figure where runs would take too long, or too much memory."""
    refuse_too_long(sum(seconds(one) for one in runs))
    memory = sum(history_bytes(one) for one in runs)
    if memory > LARGEST_HISTORY:
        raise ValueError(
            f"the record of all updates would take {memory / 2**20:,.0f} MB, more than "
            f"{LARGEST_HISTORY / 2**20:,.0f} MB: fewer updates or shorter sequences make it smaller"
        )
    memory = sum(past_bytes(one) for one in runs)
    if memory > LARGEST_PAST:
        raise ValueError(
            f"the weights kept to go back to would take {memory / 2**20:,.0f} MB, more than "
            f"{LARGEST_PAST / 2**20:,.0f} MB: fewer units, layers or runs make it smaller"
        )


def spoken(time: float) -> str:
    """Seconds in words, rounded as a guess should be."""
    if time < 90:
        return f"{max(1, round(time))} s"
    if time < 5400:
        return f"{round(time / 60)} min"
    return f"{time / 3600:.1f} h"
