"""A comparison → the bytes its charts get: each run's last updates, or all that are missing."""

from collections.abc import Sequence
from typing import Any

from rnnviz.tasks.task import Task
from rnnviz.texts import _, language
from rnnviz.texts.catalogues import for_browser
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.comparison.costs import spoken
from rnnviz.training.knobs.knobs import HELD_OUT
from rnnviz.training.runs.runs import Array
from rnnviz.web.payload import pack
from rnnviz.web.training import batches
from rnnviz.web.training.here import Beginning, here
from rnnviz.web.training.poll import Poll
from rnnviz.web.training.run_payload import about, new_arrays

MOST_POINTS = 4000
MOST_ROWS = 500


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
        "answers": [poll.asker, poll.number],
        "guess": guess,
        **_standing(comparison),
        "strides": strides,
        "task": _task(first.about_task, first.length_in_force),
        "runs": [about(one, known.get(one.id, 0)) for one in comparison.members],
        "here": None,
        "where": where or _("on the server"),
    }
    if not known:
        header["texts"] = for_browser(language())
    arrays: dict[str, Array] = {}
    for one in comparison.members:
        arrays |= new_arrays(one, known.get(one.id, 0), strides)
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


def _standing(comparison: Comparison) -> dict[str, Any]:
    """How far all are, what is going on and what is looked at."""
    return {
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
        "busy": comparison.is_busy,
        "ended": all(one.run.stopped or one.live.error for one in comparison.members),
        "room": comparison.has_room,
    }


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
