"""What is found of a lesson's runs, and the numbers that its sentences quote."""

import math
from collections.abc import Callable, Mapping

import numpy as np

from rnnviz.training.numerals import numeral, percent
from rnnviz.training.recipes.recipe import Finding, Runs
from rnnviz.training.runs.runs import Array, Run

Find = Callable[[Runs], Finding]
Measure = Callable[[Run], str]
Quote = Callable[[Runs], Mapping[str, str]]
REACHES = 1e-3
LEAP = 10.0
TURNED = 1.0
ALIKE = 1.1
LATE = 25


def learners(runs: Runs) -> Finding:
    """Those that solved the task."""
    return frozenset(key for key, run in runs.items() if run.solved_at is not None)


def first_learners(runs: Runs) -> Finding:
    """Those that solved it first: several where they took as many updates, none where none did."""
    solved = {key: run.solved_at for key, run in runs.items() if run.solved_at is not None}
    return frozenset(key for key, at in solved.items() if at == min(solved.values()))


def fate_of(key: str, *, within: float = math.inf) -> Find:
    """What became of one run: "stopped" at a number that was not finite, by that update, or it
    has "learnt", or nothing of both."""

    def find(runs: Runs) -> Finding:
        run = runs[key]
        if run.stopped and run.stopped.update <= within:
            return frozenset({"stopped"})
        return frozenset({"learnt"} if run.solved_at is not None else ())

    return find


def reaching_back(runs: Runs) -> Finding:
    """Those whose gradient at update 1 keeps a thousandth of its length back to the first step."""
    return frozenset(key for key, run in runs.items() if (_back(run)[:1] >= REACHES).any())


def turned(runs: Runs) -> Finding:
    """Those in which clipping changes the direction, by 1° or more at the median clipped update."""
    return frozenset(key for key, run in runs.items() if _angle(run) >= TURNED)


def leaping(runs: Runs) -> Finding:
    """Those whose loss went over 10."""
    return frozenset(key for key, run in runs.items() if _largest_loss(run) > LEAP)


def least_held_out_error(runs: Runs) -> Finding:
    """Those with the smallest loss on held-out sequences, to a tenth of it."""
    losses = {key: run.evaluations[-1].loss for key, run in runs.items()}
    return frozenset(k for k, loss in losses.items() if loss <= ALIKE * min(losses.values()))


def of_each(measure: Measure) -> Quote:
    """The same number of each run: {A}, {B} … are filled with it, as on the charts."""

    def quote(runs: Runs) -> Mapping[str, str]:
        return dict(zip("ABCD", map(measure, runs.values()), strict=False))

    return quote


def at_the_end(runs: Runs) -> Mapping[str, str]:
    """How far back the gradients reach after training: {A} … and {update}; nothing before that."""
    updates = max(run.update for run in runs.values())
    if updates <= 1:
        return {}
    return {**of_each(lambda run: _first(_back(run)[-1:]))(runs), "update": f"{updates:,}"}


def back_at_first(run: Run) -> str:
    """‖dL/dh₁‖ ÷ ‖dL/dh_T‖ at update 1."""
    return _first(_back(run)[:1])


def held_out(run: Run) -> str:
    """What the held-out sequences gave at the last evaluation."""
    return _metric(run, run.evaluations[-1].metric)


def solved_after(run: Run) -> str:
    """The update after which it was solved, or “never”."""
    return "–" if run.solved_at is None else f"{run.solved_at:,}"


def angle(run: Run) -> str:
    """The angle between gradient and clipped gradient at the median clipped update."""
    return f"{_angle(run):.0f}°"


def largest_loss(run: Run) -> str:
    """The largest loss at any update."""
    return numeral(_largest_loss(run))


def best_and_last(key: str) -> Quote:
    """Of one run: {best} on held-out sequences, after {update}, and {last}."""

    def quote(runs: Runs) -> Mapping[str, str]:
        run = runs[key]
        best = max(run.evaluations, key=lambda one: one.metric)
        return {
            "best": _metric(run, best.metric),
            "update": f"{best.update:,}",
            "last": held_out(run),
        }

    return quote


def stop_of(key: str) -> Quote:
    """Of one run: {update} at which a number was not finite; nothing where it did not stop."""

    def quote(runs: Runs) -> Mapping[str, str]:
        stop = runs[key].stopped
        return {"update": f"{stop.update:,}"} if stop else {}

    return quote


def leap_of(key: str) -> Quote:
    """Of one run: its {largest} loss, {update} of it, and {last}, the mean of 25 updates."""

    def quote(runs: Runs) -> Mapping[str, str]:
        losses = _series(runs[key], "loss")
        if not losses.size:
            return {}
        at = int(losses.argmax())
        return {
            "largest": numeral(losses[at]),
            "update": f"{at + 1:,}",
            "last": late_loss(runs[key]),
        }

    return quote


def forget_gate_of(key: str) -> Quote:
    """Of one run: the mean of its forget gate at {first} and {last}."""

    def quote(runs: Runs) -> Mapping[str, str]:
        means = _series(runs[key], "gate_mean.f")
        if not means.size:
            return {}
        return {"first": numeral(means[0]), "last": numeral(means[-1])}

    return quote


def late_loss(run: Run) -> str:
    """The mean loss of the last 25 updates."""
    late = _series(run, "loss")[-LATE:]
    return _first(late.mean(keepdims=True) if late.size else late)


def _metric(run: Run, metric: float) -> str:
    return percent(metric) if run.knobs.about_task.kind == "classification" else numeral(metric)


def _series(run: Run, name: str) -> Array:
    """A history; empty where the run stopped before its first update was made."""
    return run.history.get(name, np.zeros(0))


def _first(numbers: Array) -> str:
    return numeral(numbers[0]) if numbers.size else "–"


def _back(run: Run) -> Array:
    """‖dL/dh₁‖ ÷ ‖dL/dh_T‖ at each update."""
    norms = run.history.get("dh_norms", np.zeros((0, 1)))
    with np.errstate(all="ignore"):
        return np.asarray(norms[:, 0] / norms[:, -1])


def _angle(run: Run) -> float:
    cosines = _series(run, "clip_cosine")[_series(run, "clipped").astype(bool)]
    return math.degrees(math.acos(np.median(cosines))) if cosines.size else 0.0


def _largest_loss(run: Run) -> float:
    return float(_series(run, "loss").max(initial=0.0))
