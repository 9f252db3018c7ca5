"""What a network reads on a page: sequences with their words, from a task or from the visitor."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.tasks.sequences import Batch
from rnnviz.tasks.task import Task
from rnnviz.texts import N_, _, ngettext

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
    def symbols(self) -> tuple[str, ...]:
        """The inputs, first of all there are, of which one is 1 at each step; none for numbers."""
        if self.one_hot:
            return self.input_names
        marked = self.task is not None and self.task.input_names[-1] == "marker"
        letters = self.x[..., :-1]
        is_letter = np.isin(letters, (0, 1)).all() and (letters.sum(axis=-1) == 1).all()
        return self.input_names[:-1] if marked and is_letter else ()

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


def notable(words: Sequence[str]) -> list[int]:
    """The steps of a sequence that matter for what is asked: those marked, or an X or Y."""
    return [t for t, word in enumerate(words) if word[:1] == "•" or word in ("X", "Y")]


def of_one_length(batch: Batch, many: int) -> Batch:
    """`many` sequences of one length, the greatest that so many have, without what fills them up.

    A task may draw shorter and longer strings: the shorter end in steps that count nowhere.
    """
    lengths = batch.lengths
    if lengths is None:
        lengths = len(batch.mask) - batch.mask[::-1].argmax(axis=0)
    counts = np.bincount(lengths)
    length = int(np.flatnonzero(counts >= min(many, counts.max()))[-1])
    alike = batch.items(np.flatnonzero(lengths == length)[:many].tolist())
    return alike.steps(slice(length))


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
    return ngettext("{count} number", "{count} numbers", count)


def own_numbers(text: str) -> Reading:
    """Typed or pasted numbers: one row per step if there are several columns, else one per step.

    ValueError in one sentence about what is no number, not even, or too much.
    """
    rows = [re.split(r"[,;\s]+", line.strip(",; \t\r")) for line in text.strip().splitlines()]
    rows = [row for row in rows if row != [""]]
    if not rows:
        raise ValueError(_("There is no number yet: type some, as in 0.5, 1, -0.3"))
    if len(rows) == 1 or all(len(row) == 1 for row in rows):
        rows = [[cell] for row in rows for cell in row]
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise ValueError(
                _(
                    "Row {row} has {numbers} and row 1 has {width}: give every step the same "
                    "inputs",
                    row=number,
                    numbers=some_numbers(len(row)),
                    width=width,
                )
            )
    if width > MOST_COLUMNS:
        raise ValueError(
            _(
                "These are {width} inputs a step: from 1 to {most} can be read",
                width=width,
                most=MOST_COLUMNS,
            )
        )
    _refuse_too_long(len(rows), N_("These are {count} steps: from 1 to {most} can be read"))
    x = np.array([[_number(cell, row) for cell in cells] for row, cells in enumerate(rows, 1)])
    story = ngettext(
        "As you gave them, {count} number at each step.",
        "As you gave them, {count} numbers at each step.",
        width,
    )
    return Reading(_("Your numbers"), story, x[:, None], (words_of(x),), input_names(width))


def own_text(text: str, alphabet: Sequence[str] | None = None) -> Reading:
    """A typed text, each character one-hot; `alphabet` is its own unless given (and holds all).

    ValueError in one sentence where it is empty, too long or has too many different characters.
    """
    text = text.replace("\r\n", "\n")
    if not text:
        raise ValueError(_("There is no character yet: type some"))
    _refuse_too_long(len(text), N_("These are {count} characters: from 1 to {most} can be read"))
    letters = tuple(sorted(set(text))) if alphabet is None else tuple(alphabet)
    if len(letters) > MOST_CHARACTERS:
        raise ValueError(
            _(
                "These are {count} different characters: up to {most} can be read",
                count=len(letters),
                most=MOST_CHARACTERS,
            )
        )
    codes = [letters.index(character) for character in text]
    x = np.eye(len(letters))[codes]
    labels = tuple(shown(character) for character in text)
    story = _("As you typed it, one character at each step.")
    names = tuple(shown(letter) for letter in letters)
    return Reading(_("Your text"), story, x[:, None], (labels,), names, one_hot=True)


def noise(inputs: int, steps: int = 20) -> Reading:
    """A seeded random sequence, for a network that reads what no sequence at hand has."""
    x = np.random.default_rng(inputs).standard_normal((steps, 1, inputs)).round(2)
    story = ngettext(
        "{count} random number at each step: what it was trained to read, no file says.",
        "{count} random numbers at each step: what it was trained to read, no file says.",
        inputs,
    )
    return Reading(_("Random numbers"), story, x, (words_of(x[:, 0]),), input_names(inputs))


def words_of(x: Array) -> tuple[str, ...]:
    """One word for each step of a (time, inputs) sequence: its number; none where it has several,
    for which no word stands."""
    return tuple(short(row[0]) if len(row) == 1 else "" for row in x)


def input_names(inputs: int) -> tuple[str, ...]:
    """What the inputs are called where nobody has named them."""
    if inputs == 1:
        return (_("input"),)
    return tuple(_("input {number}", number=k + 1) for k in range(inputs))


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
        raise ValueError(
            _("“{text}” in row {row} is not a number: use 0.5, 1, -0.3", text=shown_text, row=row)
        ) from None
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        raise ValueError(
            _(
                "“{text}” in row {row} cannot be read: numbers go from −{most} to {most}",
                text=text[:20],
                row=row,
                most=f"{LARGEST_NUMBER:,.0f}",
            )
        )
    return number


def _refuse_too_long(steps: int, message: str) -> None:
    if steps > MOST_STEPS:
        raise ValueError(_(message, count=f"{steps:,}", most=MOST_STEPS))
