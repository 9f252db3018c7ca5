"""Runs that the visitor's browser trains (browser/training/here.js): what it is handed of them."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from rnnviz.texts import _
from rnnviz.training.comparison import Comparison
from rnnviz.training.knobs import KNOBS
from rnnviz.training.naming import TERMS
from rnnviz.training.runs import Array, Run
from rnnviz.web.bundle import bundle
from rnnviz.web.payload import pack
from rnnviz.web.training import batches, in_browser


class Beginning(NamedTuple):
    """What a press on a button of the page is about to have the server order: the browser begins
    with it at once. keys: of the buttons. goals, is_stepping: as the comparison's."""

    keys: tuple[str, ...]
    goals: Mapping[str, int]
    is_stepping: bool


def trains_here(comparison: Comparison) -> bool:
    """Whether a browser trains these runs; none does where RNNVIZ_TRAIN=server is set."""
    knobs = [one.run.knobs for one in comparison.members]
    return os.environ.get("RNNVIZ_TRAIN") != "server" and in_browser.fit(knobs)


def here(
    comparison: Comparison,
    known: Mapping[str, int],
    wants: Sequence[int] = (),
    beginning: Beginning | None = None,
) -> tuple[dict[str, Any], dict[str, Array]]:
    """What a message has for a browser that trains these runs: header and arrays.

    known: the runs that it has. wants: updates whose batches it is sent, and those around them.
    """
    members, knobs = comparison.members, comparison.members[0].run.knobs
    header = {
        "order": comparison.order,
        "goals": comparison.goals,
        "beginning": beginning and beginning._asdict(),
        "script": "" if known else script(),
        "terms": {name: _(TERMS[name]) for name, knob in KNOBS.items() if knob.live},
        "runs": {one.letter: _past(one.run) for one in members},
    }
    parts: dict[str, bytes] = {}
    if any(one.id not in known for one in members):
        parts["here.heldOut"] = in_browser.held_out_bytes(knobs)
        parts |= {f"here.{one.letter}": pack(*in_browser.spec_of(one.run)) for one in members}
        wants = wants or [min(one.run.update for one in members)]
    parts |= {f"here.batches.{update}": batches.piece(knobs, update) for update in wants}
    return header, {name: np.frombuffer(one, "<f8") for name, one in parts.items()}


@cache
def script() -> str:
    """The worker's."""
    return f'"use strict";\n{bundle("training/worker.js").code}'


def _past(run: Run) -> dict[str, Any]:
    """What of a run's past its going on needs."""
    clipped = sum(int(page["clipped"].sum()) for page in run.pages)
    return {"clipped": clipped, "changes": [change._asdict() for change in run.changes]}
