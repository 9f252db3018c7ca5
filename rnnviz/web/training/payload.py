"""A comparison → the bytes its charts get: each run's last updates, or all that are missing."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from rnnviz.network.layer_run import REVERSE
from rnnviz.representation import Cell
from rnnviz.tasks.task import Task
from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.training.clipping import clipping_of
from rnnviz.training.comparison import Comparison, Member
from rnnviz.training.costs import spoken
from rnnviz.training.knobs import HELD_OUT, KNOBS, Knobs
from rnnviz.training.live import first_knobs, rows
from rnnviz.training.naming import TERMS
from rnnviz.training.runs import Array, Change, Run
from rnnviz.web.parts import parts
from rnnviz.web.payload import pack
from rnnviz.web.training import batches
from rnnviz.web.training.here import Beginning, here
from rnnviz.web.training.poll import Poll

MOST_POINTS = 4000
MOST_ROWS = 500
MOST_COLUMNS = 120
SERIES = ("loss", "grad_norm", "grad_norm_clipped", "clip_cosine", "learning_rate")
SHARE, BACK = "clipped_share", "first_over_last"
"""Computed for the charts: of all updates so far; of the gradient's lengths over time."""


def training_payload(
    comparison: Comparison,
    poll: Poll,
    guess: int | None = None,
    wants: Sequence[int] = (),
    *,
    where: str = "",
    beginning: Beginning | None = None,
) -> bytes:
    """The answer to a poll: header and arrays (read by training/records.js).

    guess: the place of the answer that was guessed, for the link. wants: updates whose batches a
    browser that trains these runs has not. where: they train, unless the browser does it; "": in
    this process. beginning: what that browser does before the server says so.
    """
    known = poll.known
    strides = {
        "series": _stride(comparison.planned, MOST_POINTS),
        "rows": _stride(comparison.planned, MOST_ROWS),
    }
    first = comparison.members[0].run.knobs
    header = {
        "kind": "runs",
        "id": comparison.id,
        "serial": comparison.serial,
        "at": comparison.at,
        "zoom": comparison.zoom,
        "unseen": comparison.unseen,
        "planned": comparison.planned,
        "status": _status(comparison),
        "lookBack": _look_back(comparison),
        "error": str(comparison.error or ""),
        "refusal": comparison.refusal,
        "playing": comparison.is_playing,
        "stepping": comparison.is_stepping,
        "slow": comparison.is_slow,
        "guess": guess,
        "busy": comparison.is_busy,
        "ended": all(one.run.stopped or one.live.error for one in comparison.members),
        "room": comparison.has_room,
        "answers": [poll.asker, poll.number],
        "strides": strides,
        "task": _task(first.about_task, first.length_in_force),
        "runs": [_about(one, known.get(one.id, 0)) for one in comparison.members],
    }
    if not known:
        header["texts"] = for_browser(language())
    arrays: dict[str, Array] = {}
    for one in comparison.members:
        arrays |= _arrays(one, known.get(one.id, 0), strides)
    header |= {"here": None, "where": where or _("on the server")}
    if comparison.is_elsewhere:
        header["where"] = _("in this browser")
        header["here"], more = here(comparison, known, wants, beginning)
        arrays |= more
    return pack(header, arrays)


def standalone_payload(comparison: Comparison) -> bytes:
    """The same for a page without a server, which a browser that trains these runs goes on from by
    itself, to their planned end (`one_file(…, component="training")`).

    ValueError where no browser trains such runs (see `in_browser.fit`).
    """
    knobs = comparison.members[0].run.knobs
    if not comparison.is_elsewhere:
        raise ValueError("these runs are for the server to train")
    starts = range(0, comparison.planned, batches.count_in_a_piece(knobs))
    return training_payload(comparison, Poll(), wants=starts)


def _stride(planned: int, most: int) -> int:
    """Each how many-th update is shown: a power of two, so that a larger one's are among them."""
    return 1 << (-(-planned // most) - 1).bit_length()


def _status(comparison: Comparison) -> str:
    """What is going on, and how long it will take."""
    if not comparison.is_playing:
        return ""
    left = comparison.seconds_left
    if left is None or comparison.update == 0:
        return _("the worker processes are starting …")
    return _("running, about {time} left", time=spoken(left))


def _look_back(comparison: Comparison) -> str:
    """The look back that is being computed, and how long it will take; nothing if there is none."""
    look_back = comparison.look_back
    if look_back is None or not comparison.is_looking_back:
        return ""
    left = look_back.way.seconds_left
    run, update = look_back.letter, f"{look_back.way.update:,}"
    if left is None:
        return _("computing {run} at update {update} again", run=run, update=update)
    return _(
        "computing {run} at update {update} again, about {time} left",
        run=run,
        update=update,
        time=spoken(left),
    )


def _task(task: Task, length: int) -> dict[str, Any]:
    baseline = task.baseline
    return {
        "kind": task.kind,
        "solved": task.solved,
        "heldOut": task.held_out_count(length, HELD_OUT),
        "baseline": {
            "says": _(baseline.says),
            "loss": baseline.loss(length),
            "metric": baseline.metric(length),
        },
    }


def _about(member: Member, known: int) -> dict[str, Any]:
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


def _arrays(member: Member, known: int, strides: Mapping[str, int]) -> dict[str, Array]:
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
