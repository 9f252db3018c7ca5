"""A run as a table: what happened at every update, and what the held-out sequences gave."""

from typing import Any

from rnnviz.texts import _
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.runs.runs import Run
from rnnviz.writing import csv_of as table_in_csv


def csv_of(run: Run) -> str:
    """A line for each update, and line 0 before any: one column per quantity, and per time step.

    Blank where there is nothing: the held-out sequences are read every 25 updates and after the
    last, with the line past which the metric counts as solved; "turned" says which knobs were,
    after that update.
    """
    columns: dict[str, list[Any]] = {"update": list(range(run.update + 1))}
    for name, values in run.history.items():
        if values.ndim == 1:
            columns[name] = ["", *values.tolist()]
        else:
            columns |= {
                f"{name}[{t + 1}]": ["", *values[:, t].tolist()] for t in range(values.shape[1])
            }
    columns |= _evaluated(run) | {"turned": _turned(run)}
    return table_in_csv([columns, *zip(*columns.values(), strict=True)])


def about(run: Run, says: str) -> str:
    """What a file says of the run it is of: its task, how it was trained, how large it is."""
    knobs, chosen = run.knobs, ("optimizer", "learning_rate", "clip_norm", "clip_value")
    task = _(
        "{task} (length {length}): {run}",
        task=_(knobs.about_task.title),
        length=knobs.length_in_force,
        run=says,
    )
    lines = [task, _("Updates: {count}", count=f"{run.update:,}")]
    for name in (*chosen, "batch", "precision", "seed"):
        value = getattr(knobs, name)
        if value is not None:
            shown = f"{value:,.6g}" if isinstance(value, float) else value
            lines.append(f"{_(KNOBS[name].label)}: {shown}")
    if knobs.weights:
        lines.append(_("It began at {count} given weights.", count=f"{knobs.weights.count:,}"))
    for change in run.changes:
        label = _(KNOBS[change.knob].label)
        lines.append(f"{label}, {change.update:,}: {change.before} → {change.after}")
    return "\n".join([*lines, _("Parameters: {count}", count=f"{knobs.parameters:,}")])


def _evaluated(run: Run) -> dict[str, list[Any]]:
    """What the held-out sequences gave, at the updates after which they were read."""
    line = run.knobs.about_task.solved
    at = {one.update: (one.loss, one.metric, line) for one in run.evaluations}
    rows = [at.get(update, ("", "", "")) for update in range(run.update + 1)]
    names = ("held_out_loss", "held_out_metric", "solved_line")
    return {name: [row[k] for row in rows] for k, name in enumerate(names)}


def _turned(run: Run) -> list[str]:
    """The knobs turned after each update."""
    found = [""] * (run.update + 1)
    for change in run.changes:
        told = f"{change.knob} from {change.before} to {change.after}"
        found[change.update] += f"; {told}" if found[change.update] else told
    return found
