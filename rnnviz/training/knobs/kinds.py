"""Kinds of values that only a training run has: a task, a cell, and a text to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from rnnviz import tasks
from rnnviz.cells import GALLERY, NamedCell, named, own
from rnnviz.equations import EquationError, parse
from rnnviz.network.given import GivenWeights
from rnnviz.notation.writer import plain
from rnnviz.representation import Cell
from rnnviz.settings.kinds import Choice, Text
from rnnviz.tasks import Task
from rnnviz.texts import N_, Sentence

SHORT_NAMES = {"RNN": "RNN (tanh)", "GRU": "GRU (PyTorch)"}
LONGEST_TEXT = 4000
"""Of a text, or of a cell's equations: the address carries it."""
LONGEST_WEIGHTS = 24_000
"""Of given weights in a link, in letters: about 2,000 drawn numbers, many more typed ones."""


BROUGHT: Mapping[str, str] = MappingProxyType(
    {
        "series": N_(
            "This link trains on a series, which no link carries: bring one on the page "
            "“Your data”, and come back here."
        ),
        "reviews": N_(
            "This link trains on reviews, which no link carries: bring some on the page "
            "“Your data”, and come back here."
        ),
        "text": N_(
            "This link trains on a text, which no link carries: bring one on the page "
            "“Your data”, and come back here."
        ),
    }
)
"""The name of a task that a visitor's data make → what is said where a link asks for it, and the
data are not there."""


@dataclass(frozen=True)
class TaskOrOwn(Choice):
    """A toy task by its name, or a `Task` of one's own, of which a link has the name alone."""

    def label(self, key: Any) -> Any:
        return key.title if isinstance(key, Task) else super().label(key)

    def allows(self, value: object) -> bool:
        return isinstance(value, Task) or super().allows(value)

    def write(self, value: str | Task) -> str:
        return value.name if isinstance(value, Task) else value


@dataclass(frozen=True)
class CellOrEquations(Choice):
    """A cell of the gallery, which a link has by its name, or one's own, by its equations."""

    def allows(self, value: object) -> bool:
        return isinstance(value, NamedCell)

    def read(self, text: str) -> NamedCell | None:
        name: str | None = super().read(SHORT_NAMES.get(text.strip().upper(), text))
        try:
            return own(parse(text[:LONGEST_TEXT])) if name is None else named(name)
        except EquationError:
            return None

    def write(self, value: NamedCell) -> str:
        return plain(value.cell) if value.is_own else value.name


def with_values(knobs: Mapping[str, Any]) -> dict[str, Any]:
    """The same knobs, their cell and task as the values they are, however they were given."""
    given = {"cell": cell_of, "task": task_of}
    return {name: given[name](one) if name in given else one for name, one in knobs.items()}


def cell_of(given: Any) -> Any:
    """The cell of that name, or one's own; what is none stays, to be refused."""
    if isinstance(given, Cell):
        return own(given)
    name = SHORT_NAMES.get(str(given), str(given))
    return named(name) if name in GALLERY else given


def task_of(given: Any) -> Any:
    """What has a `task`, as a series has, as that; a task of the catalogue by its name."""
    task = getattr(given, "task", given)
    if isinstance(task, Task) and tasks.TASKS.get(task.name) == task:
        return task.name
    return task


@dataclass(frozen=True)
class OwnText(Text):
    """A text that a task reads in place of its own; None where it reads its own."""

    longest: int = LONGEST_TEXT

    @property
    def range(self) -> Sentence:
        return Sentence("a text")

    def allows(self, value: object) -> bool:
        return isinstance(value, str | None)

    def read(self, text: str) -> str | None:
        return own_text(text[: self.longest])

    def write(self, value: str | None) -> str:
        return value or ""


def own_text(typed: str) -> str | None:
    """What was typed to be read; None for the rhymes, or for nothing. ValueError if too long."""
    if not typed.strip() or typed.strip() == tasks.RHYMES.strip():
        return None
    if len(typed) > LONGEST_TEXT:
        raise ValueError(
            Sentence(
                "the text has {count} characters, and up to {most} can be taken here",
                count=f"{len(typed):,}",
                most=f"{LONGEST_TEXT:,}",
            )
        )
    return typed


@dataclass(frozen=True)
class Given(Text):
    """Weights that a run begins at. More than a link can have are in none."""

    longest: int = LONGEST_WEIGHTS

    @property
    def range(self) -> Sentence:
        return Sentence("a network, or arrays by their full names")

    def allows(self, value: object) -> bool:
        return isinstance(value, GivenWeights)

    def read(self, text: str) -> Any:
        return GivenWeights.read(text) if len(text) <= self.longest else None

    def write(self, value: Any) -> str:
        return value.text if self.fits_a_link(value) else ""

    def fits_a_link(self, value: GivenWeights) -> bool:
        """Whether who opens a link gets these weights."""
        return len(value.text) <= self.longest
