"""What a run would cost, told before it starts: seconds and memory, and where the limits are."""

import math
from collections.abc import Sequence

from rnnviz.texts import Sentence
from rnnviz.training.comparison.live import COPIES, most_kept
from rnnviz.training.knobs.knobs import EVALUATED_AT_ONCE, EVALUATED_EVERY, HELD_OUT, Knobs

LONGEST = 1800.0
LARGEST_HISTORY = 64 * 2**20
LARGEST_PAST = 256 * 2**20
SHORTER = Sentence("fewer updates, shorter sequences, a smaller batch or fewer units")
"""What makes a run shorter."""


def seconds(knobs: Knobs) -> float:
    """About how long a run takes on one core: within a factor of two in 138 settings measured."""
    about, batch = knobs.about_task, knobs.batch
    numbers = batch * about.steps(knobs.length_in_force) * (about.inputs + about.outputs)
    update = _there_and_back(knobs, batch) + 5e-9 * numbers + 2.2e-8 * knobs.parameters + 7e-4
    evaluation = HELD_OUT / EVALUATED_AT_ONCE * _there_and_back(knobs, EVALUATED_AT_ONCE) / 3
    return knobs.updates * update + (-(-knobs.updates // EVALUATED_EVERY) + 1) * evaluation


def _there_and_back(knobs: Knobs, batch: int) -> float:
    """Seconds of a way forward and backward: each time step of each cell costs its calls, its
    arithmetic and its matrices; each stretch between truncations and each answer some more."""
    operations, hidden = len(knobs.cell_in_force.steps), knobs.hidden
    steps = knobs.about_task.steps(knobs.length_in_force)
    stretches = math.ceil(steps / min(knobs.truncate or steps, steps))
    answers = batch * (steps if knobs.about_task.loss_at == "every" else 1)
    shapes = knobs.cell_in_force.parameters.values()
    weights = hidden**2 * sum(len(shape) == 2 for shape in shapes)
    width = knobs.number_bytes / 8
    arithmetic = 3.7e-9 * operations * hidden * batch + (6e-11 * batch + 7e-11) * weights
    each_step = 9.4e-7 * operations + width * arithmetic
    each_stretch = 3e-4 * knobs.ways + 5.7e-9 * width * knobs.parameters
    return steps * knobs.ways * each_step + stretches * each_stretch + 5e-7 * answers


def history_bytes(knobs: Knobs) -> int:
    """What the record of all updates takes."""
    steps = knobs.about_task.steps(knobs.length_in_force)
    cell = knobs.cell_in_force
    states, gates, parameters = len(cell.h_and_states), len(cell.gates), len(cell.parameters)
    each = knobs.ways * (steps * states + 3 * gates + parameters) + 10
    return 8 * each * knobs.updates


def past_bytes(knobs: Knobs) -> int:
    """What the snapshots take that are kept to go back to."""
    parameters = knobs.number_bytes * knobs.parameters
    return most_kept(parameters) * COPIES * parameters


def refuse_too_long(
    time: float,
    shorter: Sentence | None = None,
) -> None:
    """Raise a ValueError with the figure where so many seconds are too many; `shorter` helps."""
    if time > LONGEST:
        raise ValueError(
            Sentence(
                "this would take about {time} on one core, more than {most}: {shorter} make it "
                "shorter",
                time=spoken(time),
                most=spoken(LONGEST),
                shorter=shorter or SHORTER,
            )
        )


def refuse_too_much(runs: Sequence[Knobs]) -> None:
    """Raise a ValueError with the figure where runs would take too long, or too much memory."""
    refuse_too_long(sum(seconds(one) for one in runs))
    memory = sum(history_bytes(one) for one in runs)
    if memory > LARGEST_HISTORY:
        raise ValueError(
            Sentence(
                "the record of all updates would take {size} MB, more than {most} MB: fewer "
                "updates or shorter sequences make it smaller",
                size=f"{memory / 2**20:,.0f}",
                most=f"{LARGEST_HISTORY / 2**20:,.0f}",
            )
        )
    memory = sum(past_bytes(one) for one in runs)
    if memory > LARGEST_PAST:
        raise ValueError(
            Sentence(
                "the weights kept to go back to would take {size} MB, more than {most} MB: fewer "
                "units, layers or runs make it smaller",
                size=f"{memory / 2**20:,.0f}",
                most=f"{LARGEST_PAST / 2**20:,.0f}",
            )
        )


def spoken(time: float) -> str:
    """Seconds in words, rounded as a guess should be."""
    if time < 90:
        return f"{max(1, round(time))} s"
    if time < 5400:
        return f"{round(time / 60)} min"
    return f"{time / 3600:.1f} h"
