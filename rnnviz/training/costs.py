"""What a run would cost, told before it starts: seconds and memory, and where the limits are."""

from collections.abc import Sequence

from rnnviz.training.knobs import Knobs

LONGEST = 1800.0
LARGEST_HISTORY = 64 * 2**20


def seconds(knobs: Knobs) -> float:
    """About how long a run takes on one core, within a factor of about three.

    Each step of each time step costs a call and its arithmetic; figures from this engine.
    """
    steps = knobs.about_task.steps(knobs.length_in_force)
    ways = knobs.layers * (1 if knobs.direction == "forward" else 2)
    matrices = sum(len(shape) == 2 for shape in knobs.cell_in_force.parameters.values())
    calls = 2.5e-6 * len(knobs.cell_in_force.steps)
    products = 3 * matrices * knobs.hidden**2 * knobs.batch * 2
    values = 8 * len(knobs.cell_in_force.steps) * knobs.hidden * knobs.batch
    each = calls + products / 6e10 + values / 1.2e10
    return knobs.updates * (steps * ways * each + 4e-4)


def history_bytes(knobs: Knobs) -> int:
    """What the record of all updates takes."""
    steps = knobs.about_task.steps(knobs.length_in_force)
    cell = knobs.cell_in_force
    ways = knobs.layers * (1 if knobs.direction == "forward" else 2)
    each = ways * (steps * len(cell.states) + 3 * len(cell.gates) + len(cell.parameters)) + 10
    return 8 * each * knobs.updates


def refuse_too_much(runs: Sequence[Knobs]) -> None:
    """Raise a ValueError with the figure where runs would take too long, or too much memory."""
    time = sum(seconds(one) for one in runs)
    if time > LONGEST:
        raise ValueError(
            f"this would take about {spoken(time)} on one core, more than {spoken(LONGEST)}: "
            "fewer updates, shorter sequences, a smaller batch or fewer units make it shorter"
        )
    memory = sum(history_bytes(one) for one in runs)
    if memory > LARGEST_HISTORY:
        raise ValueError(
            f"the record of all updates would take {memory / 2**20:,.0f} MB, more than "
            f"{LARGEST_HISTORY / 2**20:,.0f} MB: fewer updates or shorter sequences make it smaller"
        )


def spoken(time: float) -> str:
    """Seconds in words, rounded as a guess should be."""
    if time < 90:
        return f"{max(1, round(time))} s"
    if time < 5400:
        return f"{round(time / 60)} min"
    return f"{time / 3600:.1f} h"
