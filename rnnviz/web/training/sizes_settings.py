"""What can be chosen about a search over sizes, and the search that it makes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rnnviz import tasks
from rnnviz.cells import MENU, named
from rnnviz.settings.kinds import Several, Text, Whole, choice
from rnnviz.settings.schema import Schema, setting
from rnnviz.tasks import Task
from rnnviz.texts import N_, Sentence
from rnnviz.training.comparison.costs import refuse_too_long
from rnnviz.training.knobs.effects import has_effect
from rnnviz.training.knobs.kinds import BROUGHT
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.knobs.naming import TERMS
from rnnviz.training.trials.folds import folds_of
from rnnviz.training.trials.search import Search
from rnnviz.training.trials.searching import way_of
from rnnviz.training.trials.space import Between, Space
from rnnviz.training.trials.typed import values_of

AS_RUN_A = "run"
TASKS = (
    *("marked recall", "adding problem", "temporal order", "recall", "bit recall", "latch"),
    "echo",
)
OWN_TASKS: Mapping[str, str] = {
    "series": N_("your series"), "text": N_("your text"), "reviews": N_("your reviews"),
}  # fmt: skip
"""Those that a visitor's data make → what they are called until they are there."""
NO_TASKS: Mapping[str, Task] = {}
SHARED: Mapping[str, Any] = {
    "cell": named("LSTM"), "hidden": 16, "optimizer": "adam", "learning_rate": 0.01,
    "clip_norm": 1.0, "batch": 32, "precision": "float32",
}  # fmt: skip
"""What all runs have that nothing else is said of, where they are not as run A."""
MOST_RUNS = 400
LISTED = 80
"""Letters of a list of values in a link."""
VARIED = (
    "hidden",
    "embedding", "layers", "learning_rate", "dropout", "recurrent_dropout", "batch", "cell",
    "optimizer",
    "readout",
    "skip",
)  # fmt: skip
Way = Literal["grid", "random", "tpe"]


def _listed(name: str, values: tuple[Any, ...]) -> Any:
    """A field for the values of a knob that is one of some."""
    kind: Any = KNOBS[name].kind
    return setting(values, Several(kind), KNOBS[name].label)


def _typed(name: str, values: str) -> Any:
    """A field for the values of a knob that is a number."""
    return setting(
        values,
        Text(LISTED, is_bounded=False),
        KNOBS[name].label,
        N_("Values with commas between; to be drawn at random also a span, as in 0.001 … 0.1."),
    )


@dataclass(frozen=True)
class SizesSettings:
    """What can be chosen about a search. The names of knobs are their own."""

    task: str = setting(
        "marked recall",
        choice(
            {AS_RUN_A: N_("as run A in “Train”")},
            {name: str(tasks.find(name).title) for name in TASKS},
            OWN_TASKS,
        ),
        N_("Task"),
        N_(
            "But for run A all else is: LSTM, 16 units, Adam, learning rate 0.01, clipped to norm "
            "1. As run A: whatever that run has, its task, text or data as well. Data of your own "
            "are here once they are learnt on the page “Your data”."
        ),
    )
    length: int | None = setting(
        10,
        Whole(1, 1000),
        N_("Length"),
        N_("How long the sequences are, or how far back the answer lies. Empty: the task's own."),
        optional=True,
    )
    vary: tuple[str, ...] = setting(
        ("hidden",),
        Several(choice({name: KNOBS[name].label for name in VARIED})),
        N_("What to vary"),
    )
    hidden: str = _typed("hidden", "2, 4, 8, 16")
    embedding: str = _typed("embedding", "16, 32, 64")
    layers: str = _typed("layers", "1, 2")
    learning_rate: str = _typed("learning_rate", "0.003, 0.01, 0.03")
    dropout: str = _typed("dropout", "0, 0.2")
    recurrent_dropout: str = _typed("recurrent_dropout", "0, 0.2")
    batch: str = _typed("batch", "16, 32, 64")
    cell: tuple[str, ...] = setting(
        ("RNN (tanh)", "LSTM", "GRU (PyTorch)"),
        Several(choice({name: named(name).title for name in MENU})),
        KNOBS["cell"].label,
    )
    optimizer: tuple[str, ...] = _listed("optimizer", ("sgd", "adam"))
    readout: tuple[str, ...] = _listed("readout", ("last", "mean", "attention"))
    skip: tuple[bool, ...] = _listed("skip", (False, True))
    way: Way = setting(
        "grid",
        choice(
            {
                "grid": N_("all"),
                "random": N_("at random"),
                "tpe": N_("guided"),
            }
        ),
        N_("Combinations to try"),
        N_(
            "At random: so many, each drawn once. Guided: four at a time, where those before "
            "scored better (Optuna's tree-structured Parzen estimator)."
        ),
    )
    draws: int = setting(12, Whole(2, 60), N_("Draws"))
    halving: str = setting(
        "none",
        choice({"none": N_("all to the end"), "2": N_("the better half"), "3": N_("one in three")}),
        N_("Who goes on"),
        N_(
            "Successive halving: all a little way, then only the better of them so many times as "
            "far, until the end."
        ),
    )
    seeds: int = setting(3, Whole(1, 10), N_("Seeds"), N_("With how many each is tried."))
    folds: int = setting(
        1,
        Whole(1, 10),
        N_("Folds"),
        N_(
            "Cross-validation: the data in so many parts, each held out once; 1: not cut. A toy "
            "task draws other sequences for each."
        ),
    )
    updates: int = setting(200, Whole(25, 2000, step=25), N_("Updates"))

    def search(
        self, run_a: Mapping[str, Any], pace: float, own: Mapping[str, Task] = NO_TASKS
    ) -> Search:
        """The search, before its first run.

        Args:
            run_a: what run A has otherwise than by default.
            pace: as `Search` takes it.
            own: name → a task that the visitor's data make.

        Raises:
            ValueError: it cannot be, would take too long or make too many runs, in a sentence.
        """
        shared = self._shared(run_a, own)
        space = self._space()
        choices = self.draws if self.way != "grid" else math.prod(map(len, space.options.values()))
        if choices * self.seeds * self.folds > MOST_RUNS:
            raise ValueError(
                Sentence(
                    "{count} runs are more than the {most} that one search can make: fewer "
                    "values, draws, seeds or folds",
                    count=f"{choices * self.seeds * self.folds:,}",
                    most=MOST_RUNS,
                )
            )
        made = Search(
            way_of(
                space,
                updates=self.updates,
                draws=None if self.way == "grid" else self.draws,
                sampler="tpe" if self.way == "tpe" else "random",
                halving=int(self.halving) if self.halving != "none" else None,
            ),
            seeds=range(self.seeds),
            parts=folds_of(shared["task"], self.folds),
            shared=shared,
            pace=pace,
        )
        _refuse_without_effect(made)
        refuse_too_long(made.seconds_left, Sentence("fewer values, seeds, folds, units or updates"))
        return made

    def _shared(self, run_a: Mapping[str, Any], own: Mapping[str, Task]) -> dict[str, Any]:
        """The knobs of all runs, but for what is varied."""
        if self.task == AS_RUN_A:
            kept = {name: value for name, value in run_a.items() if name not in ("seed", "weights")}
            return {"task": KNOBS["task"].default, **kept, "updates": self.updates}
        if self.task in OWN_TASKS:
            if self.task not in own:
                raise ValueError(Sentence(BROUGHT[self.task]))
            return {**SHARED, "task": own[self.task], "updates": self.updates}
        return {**SHARED, "task": self.task, "length": self.length, "updates": self.updates}

    def _space(self) -> Space:
        """What is varied, in the order of `VARIED`."""
        options: dict[str, Any] = {}
        between: dict[str, Between] = {}
        for name in filter(self.vary.__contains__, VARIED):
            said = getattr(self, name)
            values = values_of(name, said) if isinstance(said, str) else _cells(name, said)
            if isinstance(values, Between):
                between[name] = values
            else:
                options[name] = values
        return Space(options, between)


def _refuse_without_effect(made: Search) -> None:
    """Raise a ValueError where a knob that is varied changes nothing in any of the runs."""
    for name in made.names:
        if not has_effect(name, *({**made.shared, **choice} for choice in made.choices)):
            raise ValueError(
                Sentence(
                    "{setting} changes nothing in these runs: leave it out, or vary what it acts "
                    "on",
                    setting=Sentence(TERMS[name]),
                )
            )


def _cells(name: str, keys: tuple[Any, ...]) -> list[Any]:
    return [named(key) for key in keys] if name == "cell" else [*keys]


SEARCHES = Schema.of(SizesSettings, prefix="sizes ")
