"""What can be chosen about a comparison of cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rnnviz.cells import OWN, NamedCell, named, own
from rnnviz.equations import parse
from rnnviz.scenes.settings import CELLS
from rnnviz.settings.equations import equations
from rnnviz.settings.kinds import Several, Whole, choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.tasks import Task
from rnnviz.texts import N_, Sentence
from rnnviz.training.comparison.choices import Chosen, task_of
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.training.comparison.costs import refuse_too_long
from rnnviz.training.tradeoffs import Study, contenders

SKIPS = {"without": (False,), "with": (True,), "both": (False, True)}
LENGTHS = (5, 10, 20, 30, 50, 100)


@dataclass(frozen=True)
class CompareSettings:
    """What is compared, on how many seeds, and which other lengths are asked."""

    cells: tuple[str, ...] = setting(
        ("RNN (tanh)", "LSTM", "GRU (PyTorch)"), Several(CELLS), N_("Cells")
    )
    equations: str = equations()
    layers: tuple[int, ...] = setting(
        (1,), Several(choice(1, 2, 3, 4)), N_("Layers"), N_("Each cell in each of these numbers.")
    )
    skip: str = setting(
        "without",
        choice({"without": N_("without"), "with": N_("with"), "both": N_("both")}),
        N_("Skip connections between layers"),
    )
    seeds: int = setting(
        5,
        Whole(1, 10),
        N_("Seeds"),
        N_("With fewer than three nothing can be told apart."),
    )
    lengths: tuple[int, ...] = setting(
        (10, 30),
        Several(choice(*LENGTHS)),
        N_("Other lengths"),
        N_("Sequences of these lengths are learnt as well, by new runs, the shortest first."),
    )

    @property
    def entered(self) -> list[NamedCell]:
        """The cells chosen. EquationError where one's own is none."""
        return [own(parse(self.equations)) if name == OWN else named(name) for name in self.cells]

    def study(self, base: Mapping[str, Any]) -> Study:
        """With the knobs of `base`. ValueError in words where it cannot be, or takes too long."""
        if not (self.cells and self.layers):
            raise ValueError(Sentence("choose at least one cell and one number of layers"))
        found = contenders(base, self.entered, self.layers, SKIPS[self.skip])
        lengths = [one for one in self.lengths if can_be_asked(found[0].knobs.about_task, one)]
        made = Study(found, self.seeds, lengths, seed=base.get("seed", 0))
        refuse_too_long(
            made.seconds_left, Sentence("fewer cells, layers, seeds, lengths, units or updates")
        )
        return made


def can_be_asked(task: Task, length: int) -> bool:
    """Whether a task has sequences of this length."""
    return task.length.shortest <= length <= task.length.longest


COMPARE = Schema.of(CompareSettings, prefix="compare ")


def link_of(chosen: Chosen) -> dict[str, str]:
    """What a link says that compares cells at the setting of some runs: in as many layers, the
    runs' own cells beside the usual ones, at those other lengths that their task has."""
    usual, task = COMPARE.defaults, task_of(chosen.base)
    cells = (chosen.value("cell", letter).name for letter in LETTERS[: len(chosen.runs)])
    layers = chosen.value("layers")
    return COMPARE.write({
        "cells": tuple(dict.fromkeys((*usual["cells"], *(n for n in cells if n in CELLS.options)))),
        "layers": (layers,),
        "skip": "with" if layers > 1 and chosen.value("skip") else usual["skip"],
        "lengths": tuple(one for one in usual["lengths"] if can_be_asked(task, one)),
    })  # fmt: skip
