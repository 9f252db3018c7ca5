"""What a network reads on a page: sequences with their words, from a task or from the visitor."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.tasks.batch import Batch
from rnnviz.tasks.task import Task
from rnnviz.texts import Sentence, _, ngettext

MOST_STEPS = 10_000
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

    title: str | Sentence
    story: str | Sentence
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


def of_task(task: Task, title: str | Sentence, story: str | Sentence, batch: Batch) -> Reading:
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
    symbols = not task.tokens and _are_symbols(batch.x)
    names = tuple(shown(name) for name in task.input_names)
    labels = tuple(_words(task, names, batch.x[:, item]) for item in range(items))
    return Reading(title, story, batch.x, labels, names, symbols, task, targets, asked)


def _are_symbols(x: Array) -> bool:
    """Whether one of the inputs is 1 at each step, and all others are 0."""
    return set(np.unique(x)) <= {0.0, 1.0} and bool((x.sum(axis=-1) == 1.0).all())


def some_numbers(count: int) -> str:
    """How many numbers, in words."""
    return ngettext("{count} number", "{count} numbers", count)


def noise(inputs: int, steps: int = 20) -> Reading:
    """A seeded random sequence, for who wants no other."""
    x = np.random.default_rng(inputs).standard_normal((steps, 1, inputs)).round(2)
    story = ngettext(
        "{count} random number at each step.", "{count} random numbers at each step.", inputs
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
    """One word per step: the task's own, or the symbol or number read, with a dot where it is
    marked."""
    if task.words:
        return task.words(x)
    marked = task.input_names[-1] == "marker"
    values = x[:, :-1] if marked else x
    numbers = values.shape[1] == 1
    words = (short(row[0]) if numbers else _symbol(row, names) for row in values)
    marks = x[:, -1] if marked else np.zeros(len(x))
    return tuple(f"•{word}" if mark else word for word, mark in zip(words, marks, strict=True))


def _symbol(row: Array, names: tuple[str, ...]) -> str:
    """The symbol that a row stands for; none for one of numbers."""
    if not row.any():
        return NOTHING
    return names[int(row.argmax())] if _are_symbols(row) else ""


def refuse_too_long(steps: int, message: str) -> None:
    """ValueError with a sentence marked by `N_`, which has {count} and {most} in it."""
    if steps > MOST_STEPS:
        raise ValueError(_(message, count=f"{steps:,}", most=f"{MOST_STEPS:,}"))
