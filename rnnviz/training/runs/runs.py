"""A training run as a value: what it chose, how far it is, and all that happened on the way.

No torch here: a page holds, draws and copies runs without loading it. `training` takes them on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, overload

import numpy as np

from rnnviz.network.network import Network
from rnnviz.network.readout import ReadoutKind
from rnnviz.summary import NamedValues, head_and_lines
from rnnviz.training.knobs.knobs import KNOBS, Knobs
from rnnviz.training.runs.drawn import data_generator
from rnnviz.writing import written

Array = np.ndarray
Page = NamedValues[Array]
"""Name → what happened at some updates in a row: the first axis counts the updates."""


class Evaluation(NamedTuple):
    """Loss and metric on the held-out sequences, after `update` updates: 256, or all there are.
    There is one every 25 updates, and one after the last that is planned."""

    update: int
    loss: float
    metric: float


class Change(NamedTuple):
    """A knob turned while the run was on: in force from the update after `update`."""

    update: int
    knob: str
    before: Any
    after: Any


class Stop(NamedTuple):
    """Why a run went no further: the first number that was not finite, in order of computation.

    update: the update that could not be made, from 1. quantity: a name as in the equations, a
    parameter's full name or "the loss". step and layer: where, from 0; None where it has none.
    loss: the loss of that update.
    """

    update: int
    quantity: str
    step: int | None
    layer: int | None
    loss: float

    def __str__(self) -> str:
        where = "" if self.step is None else f" at time step {self.step + 1}"
        which = "" if self.layer is None else f" of layer {self.layer + 1}"
        return f"stopped at update {self.update}: {self.quantity}{which}{where} is not finite"


@dataclass(frozen=True, eq=False)
class Run:
    """A run after `update` updates. Nothing in it changes: going on gives another Run.

    parameters: the network's arrays by full name, and "auxiliary.W", "auxiliary.b" if there is that
    head. optimizer_state: what the optimizer remembers. generators: where the random numbers stand.
    """

    knobs: Knobs
    update: int
    parameters: NamedValues[Array]
    optimizer_state: NamedValues[Any]
    generators: NamedValues[Any]
    evaluations: tuple[Evaluation, ...] = ()
    changes: tuple[Change, ...] = ()
    stopped: Stop | None = None
    pages: tuple[Page, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        knobs = self.knobs
        lines = [
            f"{knobs.cell.title}, {knobs.hidden} units",
            f"{knobs.about_task.name}, length {knobs.length_in_force}",
        ]
        if self.pages:
            now = {name: float(self.history[name][-1]) for name in ("loss", "metric", "grad_norm")}
            lines.append(", ".join(f"{name} {value:.4g}" for name, value in now.items()))
        lines += [f"solved after {self.solved_at} updates"] if self.solved_at is not None else []
        lines += [str(self.stopped)] if self.stopped else []
        return head_and_lines(f"Run after {self.update} of {knobs.updates} updates", lines)

    def _repr_html_(self) -> str:
        """What a notebook shows: its curves so far."""
        from rnnviz.web.notebook.runs import run_html

        return run_html(self)

    @overload
    def to_csv(self, path: None = None) -> str: ...
    @overload
    def to_csv(self, path: str | Path) -> None: ...
    def to_csv(self, path: str | Path | None = None) -> str | None:
        """What happened at every update as a table (see `exports.csv_of`). Where a path is given it
        is written there and not returned."""
        from rnnviz.training.runs.exports import csv_of

        return written(csv_of(self), path)

    @cached_property
    def history(self) -> NamedValues[Array]:
        """Name → its value at every update: the first axis is as long as the updates made.

        "loss", "metric" (of the batch learnt from), "learning_rate", "grad_norm" (of all
        parameters), "grad_norm_clipped", "clipped" (whether it was), "clip_cosine" (between the
        gradient and the clipped one; NaN where one of them is 0), "dh_norms" and "dc_norms"
        ((updates, time): the length of the total derivative by the state, over all units and
        sequences; of what truncation leaves of it), "gate_mean.f",
        "gate_closed.f" and "gate_open.f" (mean of a gate, and the shares under 0.1 and over 0.9, of
        the steps that sequences have), "weight_norm.…" (of every parameter, before the update),
        "auxiliary_loss". These are of the last layer; those of the layers below begin with
        "layers.0.".
        """
        names = self.pages[0] if self.pages else ()
        return NamedValues({n: np.concatenate([p[n] for p in self.pages]) for n in names})

    @property
    def network(self) -> Network:
        """The network as it is now, its arrays copied."""
        return assembled(self.knobs, {n: a.copy() for n, a in self.parameters.items()})

    @property
    def solved_at(self) -> int | None:
        """The first of two evaluations in a row past the task's line: updates made, or None."""
        solved = self.knobs.about_task.is_solved
        for one, next_one in pairwise(self.evaluations):
            if solved(one.metric) and solved(next_one.metric):
                return one.update
        return None

    @property
    def clipped_share(self) -> float:
        """The share of updates so far whose gradient was clipped."""
        clipped = self.history.get("clipped")
        return 0.0 if clipped is None or not clipped.size else float(clipped.mean())

    def without_past(self) -> "Run":
        """This run with no pages of history: all that is needed to go on."""
        return replace(self, pages=())

    def joined(self, later: "Run") -> "Run":
        """`later`, which went on from this run without its past, with that past again."""
        return replace(later, pages=self.pages + later.pages)


def start(**knobs: Any) -> Run:
    """A run that has made no update yet: its weights are drawn, its generators stand at the start.

    knobs: see `knobs.KNOBS`, each with a default. Runs of one seed read the same sequences, and
    begin at the same weights if their networks have the same shape. `task` is the name of a toy
    task, a `tasks.Task` of your own, or what has one, as a `data.Series` has. `weights` gives some
    or all of the network's (a `Network`, or arrays by their full names): with another seed the run
    begins at the same, and reads other sequences. Among them "layers.0.initial.h" is where every
    sequence begins, which is not learnt; zeros where it is not given.

    ValueError for an unknown knob, or a value out of its range.
    """
    refuse_unknown_knobs(knobs)
    chosen = Knobs(**knobs)
    parameters = dict(_drawn(chosen))
    if chosen.auxiliary:
        parameters |= _second_head(chosen, parameters["readout.W"].shape[1])
    narrow = {n: a.astype(chosen.precision, copy=False) for n, a in parameters.items()}
    dropout = np.random.default_rng([chosen.seed, 3]).bit_generator.state
    generators = {"data": data_generator(chosen.seed), "dropout": dropout}
    return Run(chosen, 0, NamedValues(narrow), NamedValues({}), NamedValues(generators))


def refuse_unknown_knobs(names: Iterable[str]) -> None:
    """Raise a ValueError, with the nearest there is, where one of the names is no knob's."""
    for name in names:
        if name not in KNOBS:
            near = get_close_matches(name, KNOBS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(KNOBS)}"
            raise ValueError(f"there is no knob {name!r}: {hint}")


def assembled(knobs: Knobs, parameters: Mapping[str, Array]) -> Network:
    """The network of these choices, with these arrays among the parameters of a run."""
    kind: ReadoutKind = "softmax" if knobs.about_task.kind == "classification" else "linear"
    network = Network.assembled(knobs.cell_in_force, parameters, knobs.architecture, kind)
    return replace(network, initial=knobs.begins)


def _drawn(knobs: Knobs) -> Mapping[str, Array]:
    """The network's parameters at the start: those given, the others drawn. Initial values go by
    the cell as it is written: they are drawn before functions are put in."""
    given = knobs.weights.arrays if knobs.weights else {}
    fresh = Network.fresh(
        knobs.cell.cell, **vars(knobs.architecture), seed=knobs.seed, initial=knobs.initial
    )
    weights = {name: array for name, array in given.items() if name not in knobs.state_shapes}
    return fresh.replace(weights).parameters


def _second_head(knobs: Knobs, features: int) -> dict[str, Array]:
    """torch.nn.Linear's initial values, from the state to the input."""
    rng, bound = np.random.default_rng([knobs.seed, 4]), features**-0.5
    inputs = knobs.about_task.inputs
    return {
        "auxiliary.W": rng.uniform(-bound, bound, (inputs, features)),
        "auxiliary.b": rng.uniform(-bound, bound, inputs),
    }


def change(run: Run, **knobs: Any) -> Run:
    """The run with live knobs turned; the turn is noted in `changes`.

    ValueError for a knob that cannot be turned while a run is on, or a value out of its range.
    """
    for name in knobs:
        if name not in KNOBS or not KNOBS[name].live:
            live = ", ".join(n for n, knob in KNOBS.items() if knob.live)
            raise ValueError(f"{name} cannot be changed while a run is on: only {live} can")
    turned = tuple(
        Change(run.update, name, getattr(run.knobs, name), after)
        for name, after in knobs.items()
        if getattr(run.knobs, name) != after
    )
    return replace(run, knobs=replace(run.knobs, **knobs), changes=run.changes + turned)
