"""Training on the recording engine: `start` a run, `advance` it. What learned is what is shown.

Optimizers, losses and clipping are PyTorch's own, on tensors that share memory with the engine's
arrays; the recurrent part runs on the engine, forward and backward.
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from rnnviz.engine.threads import blas
from rnnviz.summary import NamedValues
from rnnviz.training.knobs.knobs import EVALUATED_EVERY, Knobs
from rnnviz.training.loop import measures
from rnnviz.training.loop.flat import Array, Flat
from rnnviz.training.loop.head import Head
from rnnviz.training.loop.optimizers import OPTIMIZERS
from rnnviz.training.loop.stack import Stack
from rnnviz.training.runs.drawn import held_out
from rnnviz.training.runs.runs import Change, Evaluation, Run, Stop, assembled, change, start

__all__ = ["Change", "Evaluation", "Knobs", "Run", "Stop", "advance", "change", "start"]

JUDGED: Mapping[str, str] = {"loss": "the loss", "auxiliary_loss": "the second head's loss"}
"""What must be finite before anything flows back → how it is called where it is not."""

SCHEDULES: Mapping[str, Callable[[float], float]] = {
    "constant": lambda done: 1.0,
    "linear": lambda done: 1.0 - done,
    "cosine": lambda done: (1.0 + math.cos(math.pi * done)) / 2.0,
    "step": lambda done: 0.1 ** int(3 * done),
}
"""Name → the factor on the learning rate when this share (0 to 1) of the updates is done."""


def advance(run: Run, updates: int) -> Run:
    """The run `updates` updates further, or up to where a number was not finite.

    Many short advances give the same digits as one long one.
    """
    if updates < 0:
        raise ValueError(f"a run goes forward: give 0 updates or more, not {updates}")
    with _one_thread(), np.errstate(all="ignore"):
        trainer = _Trainer(run)
        for _ in range(updates):
            if not trainer.update():
                break
    return trainer.run()


def paced(run: Run, most: int, fewest: int, seconds: float) -> tuple[float, ...]:
    """Processor seconds that each of some updates takes, from the second on (the first lays out
    arrays): so many at most, fewer where they have taken so long together; nothing where the run
    stops at once."""
    with _one_thread(), np.errstate(all="ignore"):
        trainer, taken = _Trainer(run), list[float]()
        goes_on = trainer.update()
        while goes_on and len(taken) < most and (len(taken) < fewest or sum(taken) < seconds):
            begin = time.thread_time()
            goes_on = trainer.update()
            taken.append(time.thread_time() - begin)
    return tuple(taken if goes_on else taken[:-1])


@contextmanager
def _one_thread() -> Iterator[None]:
    """More would change the order of sums, and so digits; at these sizes they also cost time."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with blas().limit(limits=1):
            yield
    finally:
        torch.set_num_threads(before)


class _Trainer:
    """A run being taken further: its arrays, in place."""

    def __init__(self, run: Run) -> None:
        self.start, self.knobs, self.task = run, run.knobs, run.knobs.about_task
        self.done, self.stopped = run.update, run.stopped
        self.evaluations = list(run.evaluations)
        self.rows: list[dict[str, Any]] = []
        self.generators = {name: _generator(state) for name, state in run.generators.items()}
        self.flat = Flat(run.parameters, run.knobs.precision)
        self.stack = Stack(
            assembled(run.knobs, self.flat.named),
            self.flat,
            truncate=run.knobs.truncate,
            dropout=run.knobs.dropout,
            recurrent_dropout=run.knobs.recurrent_dropout,
        )
        self.head = Head(self.flat, run.knobs)
        self.theta = torch.from_numpy(self.flat.values)
        self.gradient = self.theta.grad = torch.from_numpy(self.flat.gradients)
        self.optimizer = OPTIMIZERS[run.knobs.optimizer]
        self.remembered = {n: _remembered(a) for n, a in run.optimizer_state.items()}
        if not self.evaluations:
            self.evaluate()

    def run(self) -> Run:
        """The run as it is now, sharing nothing with this trainer."""
        names = self.rows[0] if self.rows else ()
        page = NamedValues({name: np.array([row[name] for row in self.rows]) for name in names})
        remembered = {name: value.numpy().copy() for name, value in self.remembered.items()}
        stand = {name: rng.bit_generator.state for name, rng in self.generators.items()}
        return Run(
            self.knobs,
            self.done,
            NamedValues(self.flat.copies()),
            NamedValues(remembered),
            NamedValues(stand),
            tuple(self.evaluations),
            self.start.changes,
            self.stopped,
            (*self.start.pages, page) if page else self.start.pages,
        )

    def update(self) -> bool:
        """Make one update; False if a number was not finite, or the run had stopped before."""
        if self.stopped:
            return False
        knobs = self.knobs
        batch = self.task.batch(self.generators["data"], knobs.length_in_force, knobs.batch)
        run, factors = self.stack.learn(batch.x, self.generators["dropout"], batch.lengths)
        self.flat.gradients[...] = 0.0
        row, doutput = self.head.judged(run.output, batch)
        for name, quantity in JUDGED.items():
            if not math.isfinite(row.get(name, 0.0)):
                return self._stop(row["loss"], quantity, measures.first_bad_value(run))
        gradients = self.stack.backward(run, doutput, factors)
        if not np.isfinite(self.flat.gradients).all():
            where = measures.first_bad_gradient(gradients)
            return self._stop(row["loss"], "a parameter's gradient", where)
        row |= measures.measured(gradients, self.flat)
        self.rows.append(row | self._step())
        self.done += 1
        if self.done % EVALUATED_EVERY == 0 or self.done == knobs.updates:
            self.evaluate()
        return True

    def _step(self) -> dict[str, Any]:
        """Clip, let the optimizer step, and say what both did."""
        knobs = self.knobs
        share = min(self.done / knobs.updates, 1.0)
        rate = knobs.learning_rate * SCHEDULES[knobs.schedule](share)
        before = self.flat.gradients.astype(float)
        if knobs.clip_norm is not None:
            torch.nn.utils.clip_grad_norm_([self.theta], knobs.clip_norm)
        if knobs.clip_value is not None:
            torch.nn.utils.clip_grad_value_([self.theta], knobs.clip_value)
        self.optimizer(self.theta, self.gradient, self.remembered, rate, knobs)
        after = self.flat.gradients.astype(float, copy=False)
        norm, clipped = float(np.linalg.norm(before)), float(np.linalg.norm(after))
        both = norm * clipped
        return {
            "learning_rate": rate,
            "grad_norm": norm,
            "grad_norm_clipped": clipped,
            "clipped": self._was_clipped(before, norm),
            "clip_cosine": min(float(before @ after) / both, 1.0) if both else math.nan,
        }

    def _was_clipped(self, before: Array, norm: float) -> bool:
        knobs = self.knobs
        if knobs.clip_norm is not None:
            return norm > knobs.clip_norm
        return knobs.clip_value is not None and bool(np.abs(before).max() > knobs.clip_value)

    def _stop(self, loss: float, otherwise: str, where: tuple[str, int, int] | None) -> bool:
        bad_weight = next((n for n, a in self.flat.named.items() if not np.isfinite(a).all()), None)
        quantity, step, layer = (bad_weight, None, None) if bad_weight else (otherwise, None, None)
        if where and not bad_weight:
            quantity, step, layer = where
        self.stopped = Stop(self.done + 1, str(quantity), step, layer, loss)
        return False

    def evaluate(self) -> None:
        """Loss and metric on the held-out sequences, nothing dropped."""
        knobs = self.knobs
        parts = held_out(self.task, knobs.length_in_force, knobs.seed)
        scores = [
            self.head.scored(self.stack.answer(part.x, part.lengths).output, part) for part in parts
        ]
        weights = [(part.mask.sum(), part.scored.sum()) for part in parts]
        loss, metric = (
            float(np.average([s[k] for s in scores], weights=[w[k] for w in weights]))
            for k in (0, 1)
        )
        self.evaluations.append(Evaluation(self.done, loss, metric))


def _generator(state: Mapping[str, Any]) -> np.random.Generator:
    generator = np.random.default_rng()
    generator.bit_generator.state = state
    return generator


def _remembered(array: Array) -> torch.Tensor:
    return torch.from_numpy(np.array(array))
