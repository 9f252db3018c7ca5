"""What the Step page can show at once: sequences with a story each, and networks trained on them.

The networks lie in `trained/` as float32 .safetensors files, one for each sequence and cell;
`python -m rnnviz.scenes.presets` makes them. Reading one imports no torch.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnviz import tasks
from rnnviz.cells import ABOUT
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.network.arrays import Params
from rnnviz.network.network import Network
from rnnviz.scenes.reading import Reading, of_task
from rnnviz.tasks.batch import Batch
from rnnviz.tasks.task import Task
from rnnviz.texts import N_, _, ngettext

FOLDER = Path(__file__).parent / "trained"
NOTE = "example"
HIDDEN = 16
SEED, DRAWN = (0, 7), 64


@dataclass(frozen=True)
class Preset:
    """A sequence the page offers: a task at a length, its story, how a network is trained on it.

    question: which of `questions.QUESTIONS` is asked.
    name: what it is called in a menu.
    items: which of 64 seeded sequences are shown; in the first, what matters changes the answer.
    knobs: what training needs besides its defaults; `of_cells` adds to that for single cells.
    """

    task: str
    length: int
    name: str
    title: str
    story: str
    question: str
    items: tuple[int, ...] = (0, 1, 2, 3)
    knobs: Mapping[str, Any] = field(default_factory=dict)
    of_cells: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def about(self) -> Task:
        return tasks.find(self.task)


@dataclass(frozen=True)
class Record:
    """What is known of a shipped network: how long it was trained, and what it scores since.

    metric: on 1024 sequences it was never trained or chosen on; `solved` is the task's own line.
    """

    task: str
    cell: str
    length: int
    updates: int
    seed: int
    metric: float
    solved: bool

    @property
    def score(self) -> str:
        """ "99.4 % right", or "mean squared error 0.0021"."""
        return scored(self.task, self.metric)

    @property
    def badge(self) -> str:
        """Where its numbers come from."""
        return ngettext(
            "trained beforehand: {steps} step of training, {score}",
            "trained beforehand: {steps} steps of training, {score}",
            self.updates,
            steps=f"{self.updates:,}",
            score=self.score,
        )

    @property
    def verdict(self) -> str:
        """Sentences on a network that does not do its task; empty for one that does."""
        if self.solved:
            return ""
        task = tasks.find(self.task)
        return _(
            "{cell} has not solved this in {steps} steps of training: {score}. Solved means "
            "{solved} or better; {blind} gives: {guess}.",
            cell=_(ABOUT[self.cell].title),
            steps=f"{self.updates:,}",
            score=self.score,
            solved=scored(self.task, task.solved),
            blind=_(task.baseline.says),
            guess=scored(self.task, task.baseline.metric(self.length)),
        )


def scored(task: str, metric: float) -> str:
    """ "99.4 % right", or "mean squared error 0.0021"."""
    if tasks.find(task).kind == "classification":
        return _("{percent} % right", percent=f"{100 * metric:.4g}")
    return _("mean squared error {error}", error=f"{metric:.2g}")


_ALL = (
    Preset(
        "marked recall",
        15,
        N_("marked recall"),
        N_("Which letter carried the mark?"),
        N_(
            "One letter carries a mark (•). At the end the network must name it: keep that "
            "letter, let none of the others in."
        ),
        "strongest step",
        items=(9, 60, 3, 54),
    ),
    Preset(
        "adding problem",
        20,
        N_("adding problem"),
        N_("What do the two marked numbers add up to?"),
        N_(
            "Two of the numbers are marked (•), far apart. The answer is their sum, so the "
            "first one must be held until the second one comes."
        ),
        "near",
        items=(44, 17, 47, 33),
    ),
    Preset(
        "temporal order",
        20,
        N_("temporal order"),
        N_("Which came first, X or Y?"),
        N_(
            "Among letters that do not matter, X or Y comes twice: the network says which pair "
            "it was, in order."
        ),
        "strongest step",
        items=(5, 21, 37, 44),
    ),
    Preset(
        "parity at every step",
        16,
        N_("parity at every step"),
        N_("Odd or even?"),
        N_(
            "After every bit it says whether there were an odd or even number of ones so far: "
            "each 1 must turn the memory round, each 0 must leave it alone."
        ),
        "flip",
        items=(29, 8, 52, 34),
    ),
    Preset(
        "noisy sine",
        24,
        N_("noisy sine"),
        N_("Where does the wave go next?"),
        N_(
            "It sees a sine wave in noise and predicts the next clean value. Nobody told it the"
            " period."
        ),
        "settling",
    ),
    Preset(
        "next character",
        24,
        N_("next character"),
        N_("Which letter comes next?"),
        N_(
            "It has learnt two nursery rhymes and guesses each next letter: easy inside a word "
            "it has recognised, hard where the next word could be any."
        ),
        "word starts",
        items=(12, 38, 21, 55),
        knobs={"updates": 2500},
    ),
)
PRESETS: Mapping[str, Preset] = MappingProxyType({preset.task: preset for preset in _ALL})


@lru_cache(maxsize=16)
def reading(name: str) -> Reading:
    """The sequences shown for a preset: always the same."""
    preset = PRESETS[name]
    return of_task(preset.about, preset.title, preset.story, drawn(name).items(preset.items))


def drawn(name: str) -> Batch:
    """The sequences that a preset's are chosen from: always the same, and none was trained on."""
    preset = PRESETS[name]
    return preset.about.held_out(np.random.default_rng(SEED), preset.length, DRAWN)


@lru_cache(maxsize=16)
def trained(task: str, cell: str) -> tuple[Network, Record]:
    """The shipped network of a gallery cell for a preset's task, float64.

    ValueError where none is shipped.
    """
    path = path_of(task, cell)
    if not path.exists():
        raise ValueError(f"no trained {cell} is shipped for {task}")
    data = path.read_bytes()
    network = load_bytes(path.name, data)
    wide: Params = {name: array.astype(np.float64) for name, array in network.parameters.items()}
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return network.replace(wide), Record(**json.loads(header["__metadata__"][NOTE]))


def path_of(task: str, cell: str) -> Path:
    """Where a shipped network lies."""
    words = "".join(letter if letter.isalnum() else " " for letter in f"{task} {cell}").lower()
    return FOLDER / f"{'-'.join(words.split())}.safetensors"
