"""What a network reads on a page: sequences with their words, from a task or from the visitor."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.tasks.sequences import Batch
from rnnviz.tasks.task import Task

MOST_STEPS = 500
MOST_COLUMNS = 16
MOST_CHARACTERS = 64
LARGEST_NUMBER = 1e6
NOTHING = "–"
SHOWN_SPACES = {" ": "␣", "\n": "⏎", "\t": "⇥"}


@dataclass(frozen=True, eq=False)
class Reading:
    """Sequences of one length, and how they are called.

    x: (time, batch, inputs). labels: for each sequence of the batch, one word per step.
    one_hot: each step is one of the `input_names`. task: None for a visitor's own sequence; else
    `targets` (time, batch, outputs) says what is asked, at every step: before the step of an answer
    that is asked once, the same answer. asked: the steps at which the task asks, from 0.
    """

    title: str
    story: str
    x: Array
    labels: tuple[tuple[str, ...], ...]
    input_names: tuple[str, ...]
    one_hot: bool = False
    task: Task | None = None
    targets: Array | None = None
    asked: tuple[int, ...] = ()

    @property
    def steps(self) -> int:
        return len(self.x)

    @property
    def inputs(self) -> int:
        return int(self.x.shape[-1])

    @property
    def batch(self) -> int:
        return int(self.x.shape[1])

    def first(self, steps: int) -> "Reading":
        """Its first steps alone; what is asked after them is asked no more."""
        targets = None if self.targets is None else self.targets[:steps]
        return Reading(
            self.title,
            self.story,
            self.x[:steps],
            tuple(words[:steps] for words in self.labels),
            self.input_names,
            self.one_hot,
            self.task,
            targets,
            tuple(step for step in self.asked if step < steps) or (steps - 1,),
        )


def chosen(batch: Batch, items: Sequence[int]) -> Batch:
    """These sequences of a batch alone."""
    return Batch(*(getattr(batch, field.name)[:, list(items)] for field in fields(Batch)))


def of_one_length(batch: Batch, many: int) -> Batch:
    """`many` sequences of one length, the greatest that so many have, without what fills them up.

    A task may draw shorter and longer strings: the shorter end in steps that count nowhere.
    """
    lengths = len(batch.mask) - batch.mask[::-1].argmax(axis=0)
    counts = np.bincount(lengths)
    length = int(np.flatnonzero(counts >= min(many, counts.max()))[-1])
    alike = chosen(batch, np.flatnonzero(lengths == length)[:many].tolist())
    return Batch(*(getattr(alike, field.name)[:length] for field in fields(Batch)))


def of_task(task: Task, title: str, story: str, batch: Batch) -> Reading:
    """A task's sequences, with the words its inputs suggest.

    ValueError where one is asked at other steps than another: L is of the same steps for all.
    """
    steps, items = batch.mask.shape
    if (batch.mask != batch.mask[:, :1]).any():
        raise ValueError(f"{task.name}: these sequences are asked at different steps")
    asked = tuple(int(step) for step in np.flatnonzero(batch.mask.any(axis=1)))
    targets = batch.targets
    if task.loss_at == "last":
        targets = np.repeat(targets[-1:], steps, axis=0)
    symbols = set(np.unique(batch.x)) <= {0.0, 1.0} and bool((batch.x.sum(axis=-1) == 1.0).all())
    names = tuple(shown(name) for name in task.input_names)
    labels = tuple(_words(task, names, batch.x[:, item]) for item in range(items))
    return Reading(title, story, batch.x, labels, names, symbols, task, targets, asked)


def some_numbers(count: int) -> str:
    """How many numbers, in words."""
    return "1 number" if count == 1 else f"{count} numbers"


def own_numbers(text: str) -> Reading:
    """Typed or pasted numbers: one row per step if there are several columns, else one per step.

    ValueError in one sentence about what is no number, not even, or too much.
    """
    rows = [re.split(r"[,;\s]+", line.strip(",; \t\r")) for line in text.strip().splitlines()]
    rows = [row for row in rows if row != [""]]
    if not rows:
        raise ValueError("There is no number yet: type some, as in 0.5, 1, -0.3")
    if len(rows) == 1 or all(len(row) == 1 for row in rows):
        rows = [[cell] for row in rows for cell in row]
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise ValueError(
                f"Row {number} has {some_numbers(len(row))} and row 1 has {width}: "
                "give every step the same inputs"
            )
    if width > MOST_COLUMNS:
        raise ValueError(f"These are {width} inputs a step: from 1 to {MOST_COLUMNS} can be read")
    _refuse_too_long(len(rows), "numbers" if width == 1 else "rows")
    x = np.array([[_number(cell, row) for cell in cells] for row, cells in enumerate(rows, 1)])
    names = ("input",) if width == 1 else tuple(f"input {k + 1}" for k in range(width))
    labels = tuple(short(row[0]) if width == 1 else short(float(row.sum())) for row in x)
    if width > 1:
        labels = tuple(str(step + 1) for step in range(len(x)))
    story = f"{len(x)} steps of {some_numbers(width)}, as you gave them."
    return Reading("Your numbers", story, x[:, None], (labels,), names)


def own_text(text: str, alphabet: Sequence[str] | None = None) -> Reading:
    """A typed text, each character one-hot; `alphabet` is its own unless given (and holds all).

    ValueError in one sentence where it is empty, too long or has too many different characters.
    """
    text = text.replace("\r\n", "\n")
    if not text:
        raise ValueError("There is no character yet: type some")
    _refuse_too_long(len(text), "characters")
    letters = tuple(sorted(set(text))) if alphabet is None else tuple(alphabet)
    if len(letters) > MOST_CHARACTERS:
        raise ValueError(
            f"These are {len(letters)} different characters: up to {MOST_CHARACTERS} can be read"
        )
    codes = [letters.index(character) for character in text]
    x = np.eye(len(letters))[codes]
    labels = tuple(shown(character) for character in text)
    story = f"{len(text)} characters, {len(set(text))} different ones, as you typed them."
    names = tuple(shown(letter) for letter in letters)
    return Reading("Your text", story, x[:, None], (labels,), names, one_hot=True)


def noise(inputs: int, steps: int = 20) -> Reading:
    """A seeded random sequence, for a network that reads what no sequence at hand has."""
    x = np.random.default_rng(inputs).standard_normal((steps, 1, inputs)).round(2)
    names = tuple(f"input {k + 1}" for k in range(inputs))
    labels = tuple(short(row[0]) if inputs == 1 else str(t + 1) for t, row in enumerate(x[:, 0]))
    story = f"{steps} steps of {inputs} random numbers: what it was trained to read, no file tells."
    return Reading("Random numbers", story, x, (labels,), names)


def short(number: float) -> str:
    """A number with two decimals at most, or two digits below 0.1; no more zeros than it needs."""
    if 0 < abs(number) < 0.1:
        return f"{number:.2g}".replace("-", "−")
    text = f"{number:.2f}".rstrip("0").rstrip(".").replace("-", "−")
    return "0" if text in ("−0", "") else text


def shown(character: str) -> str:
    """A character as it can be seen."""
    return SHOWN_SPACES.get(character, character)


def _words(task: Task, names: tuple[str, ...], x: Array) -> tuple[str, ...]:
    """One word per step: the symbol or number read, with a dot where it is marked."""
    marked = task.input_names[-1] == "marker"
    values = x[:, :-1] if marked else x
    numbers = values.shape[1] == 1
    words = (short(row[0]) if numbers else _symbol(row, names) for row in values)
    marks = x[:, -1] if marked else np.zeros(len(x))
    return tuple(f"•{word}" if mark else word for word, mark in zip(words, marks, strict=True))


def _symbol(row: Array, names: tuple[str, ...]) -> str:
    return names[int(row.argmax())] if row.any() else NOTHING


def _number(text: str, row: int) -> float:
    try:
        number = float(text.replace("−", "-")) if "_" not in text else math.nan
    except ValueError:
        shown_text = text if len(text) <= 20 else f"{text[:19]}…"
        raise ValueError(f"“{shown_text}” in row {row} is no number: use 0.5, 1, -0.3") from None
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise ValueError(
            f"“{text[:20]}” in row {row} cannot be read: "
            f"numbers go from −{LARGEST_NUMBER:,.0f} to {LARGEST_NUMBER:,.0f}"
        )
    return number


def _refuse_too_long(steps: int, what: str) -> None:
    if steps > MOST_STEPS:
        raise ValueError(f"These are {steps:,} {what}: from 1 to {MOST_STEPS} can be read")
