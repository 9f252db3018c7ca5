"""Data whose folds are tasks to be trained on."""

from collections.abc import Sequence
from typing import Protocol

from rnnviz.tasks.task import Task


class Folded(Protocol):
    """Data that can be cut, and trained on."""

    @property
    def task(self) -> Task: ...

    def folds(self, many: int) -> "Sequence[Folded]": ...


def tasks_of_folds(data: Folded, many: int) -> tuple[Task, ...]:
    """The tasks of so many folds."""
    return tuple(fold.task for fold in data.folds(many))
