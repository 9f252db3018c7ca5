"""One run of a comparison → what the header of its charts says of it, and the arrays they draw."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

import numpy as np

from rnnviz.network.layer_run import REVERSE
from rnnviz.representation import Cell
from rnnviz.texts import _
from rnnviz.training.comparison.comparison import Member
from rnnviz.training.comparison.live import first_knobs, rows
from rnnviz.training.knobs.clipping import clipping_of
from rnnviz.training.knobs.knobs import KNOBS, Knobs
from rnnviz.training.knobs.naming import TERMS
from rnnviz.training.runs.runs import Array, Change, Run
from rnnviz.web.parts import parts

MOST_COLUMNS = 120
SERIES = ("loss", "grad_norm", "grad_norm_clipped", "clip_cosine", "learning_rate")
SHARE, BACK = "clipped_share", "first_over_last"
"""Computed for the charts: of all updates so far; of the gradient's lengths over time."""


def about(member: Member, known: int) -> dict[str, Any]:
    """What a header says of a run; known: how many of its updates the charts have."""
    run = member.run
    knobs, cell = run.knobs, run.knobs.cell_in_force
    stop = run.stopped
    return {
        "letter": member.letter,
        "says": _(member.says),
        "id": member.id,
        "update": run.update,
        "from": min(known, run.update),
        "series": [*_series(knobs), SHARE, *(way + BACK for way in _ways(knobs))],
        "states": list(cell.h_and_states),
        "ways": [{"prefix": prefix, "title": title} for prefix, title in _ways(knobs).items()],
        "columns": _columns(knobs.about_task.steps(knobs.length_in_force)),
        "gates": _gates(cell),
        "changes": [_change(change) for change in run.changes],
        "stopped": {"update": stop.update, "text": str(stop)} if stop else None,
        "solvedAt": run.solved_at,
        "clips": _clips(run),
        "live": {name: getattr(knobs, name) for name, knob in KNOBS.items() if knob.live},
        "layers": knobs.layers,
        "parameters": knobs.parameters,
        "schedule": knobs.schedule,
    }


def new_arrays(member: Member, known: int, strides: Mapping[str, int]) -> dict[str, Array]:
    """Name → what the charts do not have yet of a run; strides: each how many-th update is shown,
    of lines ("series") and of maps ("rows")."""
    run, letter = member.run, f"{member.letter}."
    cell, knobs = run.knobs.cell_in_force, run.knobs
    found: dict[str, Array] = {
        f"{letter}evaluations": np.array([tuple(one) for one in run.evaluations], float).reshape(-1)
    }
    first = min(known, run.update)
    part = rows(run, first)
    if not part:
        return found
    updates = np.arange(first + 1, run.update + 1)
    kept = (updates - 1) % strides["series"] == 0
    found[f"{letter}updates"] = updates[kept].astype(float)
    for name in _series(knobs):
        found[letter + name] = part[name][kept].astype(float)
    clipped = sum(int(page["clipped"].sum()) for page in run.pages) - int(part["clipped"].sum())
    found[letter + SHARE] = ((clipped + np.cumsum(part["clipped"])) / updates)[kept]
    shown = (updates - 1) % strides["rows"] == 0
    found[f"{letter}rows"] = updates[shown].astype(float)
    columns = np.array(_columns(knobs.about_task.steps(knobs.length_in_force))) - 1
    for way in _ways(knobs):
        found[f"{letter}{way}{BACK}"] = _first_over_last(part[f"{way}dh_norms"][kept])
        for state in cell.h_and_states:
            found[f"{letter}map.{way}{state}"] = part[f"{way}d{state}_norms"][shown][:, columns]
    return found


def _clips(run: Run) -> list[dict[str, Any]]:
    """How gradients were clipped, and after which update on: at first, and since each change."""
    knobs = first_knobs(run)
    found = [{"after": 0, **clipping_of(knobs)._asdict()}]
    for change in run.changes:
        knobs[change.knob] = change.after
        now = {"after": change.update, **clipping_of(knobs)._asdict()}
        found = [one for one in found if one["after"] < change.update] + [now]
    return found


def _gates(cell: Cell) -> list[dict[str, str]]:
    known = parts(cell)
    return [
        {"name": gate, **{what: known[gate][what] for what in ("title", "role", "term", "purpose")}}
        for gate in cell.gates
    ]


def _ways(knobs: Knobs) -> dict[str, str]:
    """Each layer and direction, the last first: how its names begin in a history → its title."""
    found = {"": _("last layer")}
    below = [(k, f"layers.{k}.") for k in reversed(range(knobs.layers - 1))]
    found |= {prefix: _("layer {layer}", layer=k + 1) for k, prefix in below}
    if knobs.direction == "forward":
        return found
    back = {REVERSE: _("last layer, backward")}
    back |= {prefix + REVERSE: _("layer {layer}, backward", layer=k + 1) for k, prefix in below}
    return dict(chain(*zip(found.items(), back.items(), strict=True)))


def _series(knobs: Knobs) -> list[str]:
    gates, kinds = knobs.cell_in_force.gates, ("mean", "open", "closed")
    second = ["auxiliary_loss"] if knobs.auxiliary else []
    of_gates = [f"{w}gate_{kind}.{gate}" for w in _ways(knobs) for gate in gates for kind in kinds]
    return [*SERIES, *second, *of_gates]


def _columns(steps: int) -> list[int]:
    """The time steps a map shows, from 1: first and last always."""
    return [int(t) for t in np.unique(np.linspace(1, steps, min(steps, MOST_COLUMNS)).round())]


def _first_over_last(lengths: Array) -> Array:
    """(updates, time) → (updates,); last is the last step that a gradient comes to: no padding."""
    last = lengths.shape[1] - 1 - np.argmax(lengths[:, ::-1] > 0, axis=1)
    ends = np.take_along_axis(lengths, last[:, None], axis=1)[:, 0]
    nowhere = np.full(len(ends), np.nan)
    with np.errstate(invalid="ignore"):  # ∞ / ∞ is no number: a gradient that overflowed
        ratio: Array = np.divide(lengths[:, 0], ends, out=nowhere, where=ends > 0)
    return ratio


def _change(change: Change) -> dict[str, Any]:
    before, after = (_("none") if v is None else f"{v:g}" for v in (change.before, change.after))
    title = _(TERMS[change.knob])
    text = _(
        "{what} {before} → {after} at {update}",
        what=title,
        before=before,
        after=after,
        update=f"{change.update:,}",
    )
    return {"update": change.update, "knob": change.knob, "text": text}
