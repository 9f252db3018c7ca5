"""Tasks: seeded sequences with what should be answered, and known baselines; toy ones by name."""

from rnnviz.tasks.baselines import constant, guessing
from rnnviz.tasks.batch import Batch, answer_last
from rnnviz.tasks.catalogue import TASKS, find
from rnnviz.tasks.next_character import RHYMES
from rnnviz.tasks.task import Baseline, Length, Task

__all__ = [
    "RHYMES",
    "TASKS",
    "Baseline",
    "Batch",
    "Length",
    "Task",
    "answer_last",
    "constant",
    "find",
    "guessing",
]
