"""Toy tasks: seeded sequences with what should be answered, and known baselines."""

from rnnviz.tasks.catalogue import TASKS, find
from rnnviz.tasks.next_character import RHYMES
from rnnviz.tasks.sequences import Batch
from rnnviz.tasks.task import Task

__all__ = ["RHYMES", "TASKS", "Batch", "Task", "find"]
