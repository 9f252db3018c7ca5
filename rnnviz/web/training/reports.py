"""What a browser tells of the runs that it trains: checked, and made runs of the server's own.

Whoever holds the connection can send anything: what is no report of these runs raises a ValueError,
KeyError or TypeError, and changes nothing.
"""

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from rnnviz.network.layer_run import WAYS
from rnnviz.summary import NamedValues
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.knobs.knobs import KNOBS, Knobs
from rnnviz.training.runs.runs import Array, Change, Evaluation, Run, Stop
from rnnviz.web.received import count, entries, items, text
from rnnviz.web.training.batches import data_state

REMEMBERED: Mapping[str, tuple[str, ...]] = {
    "sgd": (),
    "momentum": ("momentum_buffer",),
    "rmsprop": ("step", "square_avg"),
    "adam": ("step", "exp_avg", "exp_avg_sq"),
    "adamw": ("step", "exp_avg", "exp_avg_sq"),
}
"""Optimizer → what it remembers, by PyTorch's names."""
OF_RUN = ("loss", "metric", "learning_rate", "grad_norm", "grad_norm_clipped", "clipped")
EXACT = 2**64


class Report(NamedTuple):
    """runs: by their ids, as they now are. kept: by id, a run as it was, to be looked back at."""

    runs: Mapping[str, Run]
    kept: Mapping[str, Run]
    is_playing: bool


def read_report(comparison: Comparison, written: Any) -> Report:
    """What a report says of these runs. One that goes on from another update than the server's run
    stands at is left out: it came twice, or too late."""
    told = entries(written)
    runs: dict[str, Run] = {}
    for each in map(entries, items(told["runs"])):
        one = comparison.member(text(each["letter"]))
        if one.id == each["id"] and one.run.update == count(each["from"]):
            runs[one.id] = _further(one.run, each, most=comparison.planned)
    kept: dict[str, Run] = {}
    if told["back"] is not None:
        back = entries(told["back"])
        one = comparison.member(text(back["letter"]))
        kept[one.id] = _as_it_was(runs.get(one.id, one.run), entries(back["standing"]))
    return Report(runs, kept, told["isPlaying"] is True)


def _further(run: Run, told: Mapping[str, Any], *, most: int) -> Run:
    standing = entries(told["standing"])
    update = count(standing["update"])
    made = update - run.update
    if not 0 <= made <= most - run.update:
        raise ValueError(f"the run is at update {run.update} of {most}, and cannot be at {update}")
    changes = tuple(_change(one) for one in items(told["changes"]))
    later = changes[len(run.changes) :]
    knobs = replace(run.knobs, **{one.knob: one.after for one in later})
    evaluations = tuple(_evaluation(one) for one in items(told["evaluations"]))
    pages = run.pages
    if made:
        history = entries(told["history"])
        columns = _columns(knobs, run.parameters).items()
        page = {name: _rows(history[name], made, width) for name, width in columns}
        page["clipped"] = page["clipped"] > 0
        pages = (*pages, NamedValues(page))
    return replace(
        _standing(run, knobs, standing),
        evaluations=evaluations,
        changes=changes,
        stopped=None if told["stopped"] is None else _stop(entries(told["stopped"])),
        pages=pages,
    )


def _as_it_was(run: Run, standing: Mapping[str, Any]) -> Run:
    """A run without its past, as it was after fewer updates."""
    update = count(standing["update"])
    if update > run.update:
        raise ValueError(f"the run has made {run.update} updates, and not {update} yet")
    changes = tuple(change for change in run.changes if change.update <= update)
    knobs = run.knobs
    for change in reversed(run.changes[len(changes) :]):
        knobs = replace(knobs, **{change.knob: change.before})
    return replace(
        _standing(run, knobs, standing),
        evaluations=tuple(one for one in run.evaluations if one.update <= update),
        changes=changes,
        stopped=run.stopped if update == run.update else None,
        pages=(),
    )


def _standing(run: Run, knobs: Knobs, told: Mapping[str, Any]) -> Run:
    """The run with the weights, and all that goes on changes, of a snapshot."""
    update = count(told["update"])
    size = sum(array.size for array in run.parameters.values())
    values, at = _numbers(told["values"], size), 0
    parameters: dict[str, Array] = {}
    for name, array in run.parameters.items():
        parameters[name] = values[at : at + array.size].reshape(array.shape)
        at += array.size
    given = entries(told["remembered"])
    remembered: dict[str, Any] = {}
    for name in REMEMBERED[knobs.optimizer] if given else ():
        one = _numbers(given[name], 1 if name == "step" else size)
        remembered[name] = np.float32(one[0]).reshape(()) if name == "step" else one
    return replace(
        run,
        knobs=knobs,
        update=update,
        parameters=NamedValues(parameters),
        optimizer_state=NamedValues(remembered),
        generators=NamedValues(
            {
                "data": data_state(knobs, update),
                "dropout": _generator(run.generators["dropout"], entries(told["dropout"])),
            }
        ),
    )


def _columns(knobs: Knobs, parameters: Mapping[str, Array]) -> dict[str, int]:
    """Name in a history → how many numbers each update has."""
    cell, steps = knobs.cell_in_force, knobs.about_task.steps(knobs.length_in_force)
    found = dict.fromkeys((*OF_RUN, "clip_cosine"), 1)
    below = [f"layers.{k}." for k in range(knobs.layers - 1)]
    ways = WAYS if knobs.direction == "both" else WAYS[:1]
    for prefix in (layer + way for layer in ("", *below) for way in ways):
        found |= {f"{prefix}d{state}_norms": steps for state in cell.h_and_states}
        kinds = ("mean", "closed", "open")
        found |= {f"{prefix}gate_{kind}.{gate}": 1 for gate in cell.gates for kind in kinds}
    found |= {f"weight_norm.{name}": 1 for name in parameters}
    return found | ({"auxiliary_loss": 1} if knobs.auxiliary else {})


def _numbers(letters: Any, size: int) -> Array:
    numbers = np.frombuffer(base64.b64decode(text(letters), validate=True), "<f8").copy()
    if numbers.size != size:
        raise ValueError(f"there are {numbers.size} numbers where {size} belong")
    return numbers


def _rows(letters: Any, made: int, width: int) -> Array:
    numbers = _numbers(letters, made * width)
    return numbers if width == 1 else numbers.reshape(made, width)


def _change(told: Any) -> Change:
    one = entries(told)
    knob = KNOBS[text(one["knob"])]
    if not knob.live:
        raise ValueError(f"{one['knob']} cannot be changed while a run is on")
    for value in (one["before"], one["after"]):
        knob.check(value)
    return Change(count(one["update"]), one["knob"], one["before"], one["after"])


def _evaluation(told: Any) -> Evaluation:
    update, loss, metric = items(told)
    return Evaluation(count(update), _real(loss), _real(metric))


def _real(value: Any) -> float:
    """JSON has no NaN and no infinity: it has null for them."""
    return float("nan") if value is None else float(value)


def _stop(told: Mapping[str, Any]) -> Stop:
    step, layer = (None if told[name] is None else count(told[name]) for name in ("step", "layer"))
    loss = float(text(told["loss"]))
    return Stop(count(told["update"]), text(told["quantity"]), step, layer, loss)


def _generator(before: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    state = int(text(told["state"]), 16)
    if not 0 <= state < EXACT * EXACT:
        raise ValueError("the generator stands nowhere")
    return {**before, "state": {**before["state"], "state": state}}
