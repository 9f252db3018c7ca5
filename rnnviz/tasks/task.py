"""What a task is: its sizes, length and baseline, and how it is drawn, judged and solved."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Literal

import numpy as np

from rnnviz.summary import brief, head_and_lines
from rnnviz.tasks.batch import Array, Batch, Generator, Rng
from rnnviz.texts import N_, Sentence

Kind = Literal["classification", "regression"]
LARGEST_BATCH = 4096


@dataclass(frozen=True)
class Length:
    """The range of a task's length knob; `says` is what one more means."""

    shortest: int
    longest: int
    default: int
    says: str = N_("steps of the sequence")


@dataclass(frozen=True)
class Baseline:
    """What an answer without any memory scores at a given length: `says` names that answer."""

    says: str
    loss: Callable[[int], float]
    metric: Callable[[int], float]


@dataclass(frozen=True, eq=False, kw_only=True)
class Task:
    """What is to be learnt. Loss and metric are means over the counted steps of a batch.

    Two tasks are equal if they say and draw the same: of a `partial` its function and what it is
    given count, so that a task is the same after a way through another process. To go there its
    functions must be of a module that can be imported.

    title (the name, where there is none), source, story, findings: texts in English, translated
    where they are shown.
    story: what is asked. findings: what cells make of it; where that can be guessed, a page shows
    it after the guess.
    kind: classification has cross entropy in nats for its loss and the share of right answers for
    its metric; regression has the mean squared error for both.
    solved: the metric's line, at least for classification, at most for regression.
    extra_steps: steps of a sequence beyond its length.
    foretells: whether the answer at each step is what is read at the step after it.
    tokens: how many tokens there are, if what is read at each step is the number of one (its one
        input; the network begins with an `Embedding`); 0 where numbers are read.
    is_held_out_fixed: whether there is one set to be judged on: `draw_held_out` gives so many of
        it, or all there are, the same whatever the generator.
    words: what to call each step of a sequence x (time, inputs), where its numbers do not say it.
    cut: what is learnt from in so many parts, each held out once; None where sequences are drawn.
    """

    name: str
    title: str | Sentence = ""
    source: str | Sentence = ""
    story: str | Sentence = ""
    findings: str | Sentence = ""
    kind: Kind
    loss_at: Literal["last", "every"]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    length: Length
    baseline: Baseline
    solved: float
    draw: Generator
    draw_held_out: Generator | None = None
    extra_steps: int = 0
    foretells: bool = False
    tokens: int = 0
    is_held_out_fixed: bool = False
    words: Callable[[Array], tuple[str, ...]] | None = None
    cut: "Callable[[int], tuple[Task, ...]] | None" = None

    def __getstate__(self) -> dict[str, Any]:
        """What another process is sent: it cuts nothing."""
        return {**vars(self), "cut": None}

    def __post_init__(self) -> None:
        if not self.title:
            object.__setattr__(self, "title", self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Task) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)

    @property
    def _compared(self) -> tuple[Any, ...]:
        """All that tells it from other tasks. Baseline and cut follow from what is drawn."""
        names = (one.name for one in fields(self) if one.name not in ("baseline", "cut"))
        return tuple(_comparable(getattr(self, name)) for name in names)

    def __repr__(self) -> str:
        reads, answers = brief(self.input_names), brief(self.output_names)
        lines = [f"reads {reads}", f"answers {answers}", f"length: {self.length.default}"]
        return head_and_lines(f"Task {self.name!r}, {self.kind}", lines)

    @property
    def inputs(self) -> int:
        """Numbers read at each step."""
        return len(self.input_names)

    @property
    def outputs(self) -> int:
        """Numbers answered at each step: one score per class, or the values."""
        return len(self.output_names)

    def steps(self, length: int) -> int:
        """Time steps of a sequence of this length."""
        return self.checked_length(length) + self.extra_steps

    def batch(self, rng: Rng, length: int, batch: int) -> Batch:
        """Sequences to learn from: the same generator state gives the same batch.

        ValueError with the range where the length or the batch size is out of it.
        """
        return self.draw(rng, self.checked_length(length), checked_batch(batch))

    def held_out(self, rng: Rng, length: int, batch: int) -> Batch:
        """Sequences to be judged on; where there is a fixed training set, others than those."""
        draw = self.draw_held_out or self.draw
        return draw(rng, self.checked_length(length), checked_batch(batch))

    def held_out_parts(self, rng: Rng, length: int, many: int, at_once: int) -> tuple[Batch, ...]:
        """`many` sequences to be judged on, or all there are, in batches of at most `at_once`."""
        if not self.is_held_out_fixed:
            return tuple(self.held_out(rng, length, at_once) for _ in range(many // at_once))
        whole = self.held_out(rng, length, many)
        there = whole.x.shape[1]
        starts = range(0, there, at_once)
        return tuple(whole.items(range(k, min(k + at_once, there))) for k in starts)

    def held_out_count(self, length: int, many: int) -> int:
        """How many sequences those are."""
        if not self.is_held_out_fixed:
            return many
        return int(self.held_out(np.random.default_rng(0), length, many).x.shape[1])

    def metric(self, prediction: Array, batch: Batch) -> float:
        """Accuracy, or mean squared error, of a (time, batch, outputs) prediction, at the steps
        that are scored.

        Class scores may be given before the softmax: it does not change their order.
        """
        if prediction.shape != batch.targets.shape:
            raise ValueError(
                f"the prediction has shape {prediction.shape}, "
                f"the targets have {batch.targets.shape}"
            )
        if self.kind == "classification":
            score = prediction.argmax(axis=-1) == batch.targets.argmax(axis=-1)
        else:
            score = ((prediction - batch.targets) ** 2).mean(axis=-1)
        return float((score * batch.scored).sum() / batch.scored.sum())

    def is_solved(self, metric: float) -> bool:
        """Whether a metric is past the line; NaN never is."""
        return metric >= self.solved if self.kind == "classification" else metric <= self.solved

    def checked_length(self, length: int) -> int:
        """The length as an int, or a ValueError that states the range."""
        bounds = self.length
        return _whole(
            Sentence("the length of {task}", task=self.name),
            length,
            bounds.shortest,
            bounds.longest,
        )


def _comparable(value: Any) -> Any:
    """A value as it can be compared: two partials never are equal, what they are made of is."""
    if not isinstance(value, partial):
        return value
    made_of = (value.func, value.args, tuple(sorted(value.keywords.items())))
    try:
        hash(made_of)
    except TypeError:  # arrays, say: it is equal to itself alone
        return value
    return made_of


def checked_batch(batch: int) -> int:
    """The number of sequences as an int, or a ValueError that states the range."""
    return _whole(Sentence("the batch size"), batch, 1, LARGEST_BATCH)


def _whole(what: Sentence, value: int, low: int, high: int) -> int:
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, np.integer))
        or not low <= value <= high
    ):
        raise ValueError(
            Sentence(
                "{what} must be a whole number from {low} to {high}, not {value}",
                what=what,
                low=low,
                high=f"{high:,}",
                value=repr(value),
            )
        )
    return int(value)
