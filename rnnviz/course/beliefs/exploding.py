"""Beliefs about gradients that explode, and about clipping. Most are measured by training."""

from dataclasses import replace
from typing import Any

import numpy as np

from rnnviz.course.beliefs.belief import Belief, Measured, power, times, whole
from rnnviz.course.beliefs.reaching_back import reaches_back
from rnnviz.gradients.setup import Setup
from rnnviz.notation import number
from rnnviz.texts import N_
from rnnviz.training.recipes import RECIPES
from rnnviz.training.runs.runs import Run, start

EXPLODING_LSTM = Setup(cells=("LSTM",), length=100, hidden=64, scale=3.0, forget_bias=3.0)
FEW = 25
ENOUGH = 40


def clipping_only_shortens(seed: int) -> Measured:
    """Small gradients under clipping by norm: their norm after it, and how far back they reach."""
    run = _further(_begun("exploding", "norm-1-radius-0.5", seed), FEW)
    before, after = run.history["grad_norm"], run.history["grad_norm_clipped"]
    reach = run.history["dh_norms"][:, 0] / run.history["dh_norms"][:, -1]
    figures = {"norm": float(np.median(before)), "reach": float(np.median(reach))}
    return Measured(bool((after <= before).all()) and figures["reach"] < 1e-6, figures)


def clipping_comes_before(seed: int) -> Measured:
    """The first update with and without clipping: the norm that is told, and the step made."""
    steps, told = {}, 0.0
    for name, variant in (("clipped", "norm-1"), ("free", "unclipped")):
        begun = _begun("one step", variant, seed)
        run = _further(begun, 1)
        moved = [run.parameters[n] - a for n, a in begun.parameters.items()]
        way = np.linalg.norm([float(np.linalg.norm(each)) for each in moved])
        steps[name] = float(way) / run.knobs.learning_rate
        told = float(run.history["grad_norm"][0])
    is_before = bool(np.isclose(told, steps["free"], rtol=1e-3))
    is_one = bool(np.isclose(steps["clipped"], 1.0, rtol=1e-3))
    return Measured(is_before and is_one and told > 1.0, {"told": told, **steps})


def lstm_explodes(seed: int) -> Measured:
    """By how much an LSTM with large recurrent matrices multiplies the gradient."""
    factor = reaches_back(replace(EXPLODING_LSTM, seed=seed))
    return Measured(factor > 10.0, {"factor": factor})


def nan_without_going_back(seed: int) -> Measured:
    """Whether a run ends in NaN with its gradient cut at every time step."""
    run = _further(_begun("to infinity", "unclipped", seed, truncate=1), ENOUGH)
    figures = {"update": float(run.stopped.update)} if run.stopped else {}
    return Measured(run.stopped is not None, figures)


def _begun(lesson: str, variant: str, seed: int, **knobs: Any) -> Run:
    """A run of a lesson before its first update."""
    recipe = RECIPES[lesson]
    place = [one.key for one in recipe.variants].index(variant)
    return start(**recipe.runs(seed)[place], **knobs)


def _further(run: Run, updates: int) -> Run:
    """So many updates on. Loads torch."""
    from rnnviz.training.loop.loop import advance

    return advance(run, updates)


BELIEFS = (
    Belief(
        number=7,
        key="clipping only shortens",
        sentence=N_(
            "Clipping cures vanishing gradients: what is below the threshold is raised to it."
        ),
        source=N_("a page on gradient clipping at programmerteach.com; readers object below it"),
        kindly=N_(
            "Clipping is often named as the cure for both. It bounds what is too long, and that "
            "is all."
        ),
        truth=N_(
            "Clipping never made a gradient longer. From a recurrent matrix of radius 0.5 its norm "
            "was {norm} before and after, and {reach} of it reached the first of 30 steps."
        ),
        measure=clipping_only_shortens,
        spelled={"norm": number, "reach": power},
        trains=True,
    ),
    Belief(
        number=8,
        key="clipping comes before",
        sentence=N_(
            "clip_grad_norm_ returns the clipped norm, and may stand after optimizer.step()."
        ),
        source=N_("a page on gradient clipping at theneuralbase.com"),
        kindly=N_(
            "The name says what it does, not what it returns; and after step() no error tells "
            "that it is too late."
        ),
        truth=N_(
            "It returns the norm before: {told}, where the clipped gradient was {clipped} long. "
            "After step() it comes too late: SGD has gone {free} learning rates, not {clipped}."
        ),
        measure=clipping_comes_before,
        spelled={"told": times, "clipped": times, "free": times},
        trains=True,
    ),
    Belief(
        number=11,
        key="LSTM explodes",
        sentence=N_("This greatly fixes the gradient vanishing/exploding problem …"),
        source=N_("CS231n, notes on RNNs"),
        kindly=N_(
            "No matrix stands in the way along c. But the gates read h, and there one does; the "
            "notes end by saying that there is no guarantee."
        ),
        truth=N_(
            "Through its gates an LSTM has a recurrence of its own. With recurrent matrices of "
            "radius 3 the gradient grew {factor} times over 100 steps (the median of {seeds} "
            "seeds; more than tenfold on {held})."
        ),
        measure=lstm_explodes,
        spelled={"factor": times},
    ),
    Belief(
        number=21,
        key="NaN",
        sentence=N_("Exploding gradient often leads to getting gradients that are NaNs."),
        source=N_("CS231n, notes on RNNs; the same is the answer of a well-known quiz"),
        kindly=N_(
            "It can be so, with a state that has no bound. With tanh one had better look at the "
            "readout first."
        ),
        truth=N_(
            "With the gradient cut at every time step it went to NaN as well, on {held} of "
            "{seeds} seeds, after {update} updates: the learning rate was too large for the "
            "readout."
        ),
        measure=nan_without_going_back,
        spelled={"update": whole},
        share=12,
        trains=True,
    ),
)
