"""What came of each lesson's runs on ten seeds: measured here, kept in outcomes.csv.

`python -m rnnviz.training.recipes.outcomes` measures them again and writes the file (ten to twenty
minutes on one core). Everything is seeded, but how a library rounds a product differs between
processors, and what learns late learns at another update, or not in time, for that.
"""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rnnviz import seed_tables
from rnnviz.texts import _
from rnnviz.training.recipes import RECIPES, Recipe, Variant
from rnnviz.training.recipes.recipe import Finding
from rnnviz.training.runs.runs import Run, start

SEEDS = 10
FILE = Path(__file__).with_name("outcomes.csv")
FOUND, BETWEEN, NOTHING = "what came out", " and ", "nothing"
"""In the file: the name of a lesson's last row, and how a finding is written there."""


@dataclass(frozen=True)
class Outcome:
    """solved_at: for each seed from 0 on, the update at which it was solved, or None."""

    solved_at: tuple[int | None, ...]

    @property
    def solved(self) -> tuple[int, ...]:
        """The updates of the seeds that were solved, in rising order."""
        return tuple(sorted(at for at in self.solved_at if at is not None))

    @property
    def median(self) -> int | None:
        """The median of `solved`, rounded up; None where none was."""
        return math.ceil(statistics.median(self.solved)) if self.solved else None

    def __str__(self) -> str:
        """“8 of 10 seeds, after 100 to 575 updates (median 313)”, in the visitor's language."""
        count, seeds = len(self.solved), len(self.solved_at)
        if self.median is None:
            return _("{count} of {seeds} seeds", count=count, seeds=seeds)
        first, last = f"{self.solved[0]:,}", f"{self.solved[-1]:,}"
        if first == last:
            return _(
                "{count} of {seeds} seeds, after {updates} updates",
                count=count,
                seeds=seeds,
                updates=first,
            )
        return _(
            "{count} of {seeds} seeds, after {first} to {last} updates (median {median})",
            count=count,
            seeds=seeds,
            first=first,
            last=last,
            median=f"{self.median:,}",
        )


def trained(recipe: Recipe, place: int) -> list[Run]:
    """The runs of one variant to their ends, on all seeds. Loads torch; what is kept does not."""
    from rnnviz.training.loop.loop import advance

    starts = [start(**recipe.runs(seed)[place]) for seed in range(SEEDS)]
    return [advance(run, run.knobs.updates) for run in starts]


def outcome_of(runs: Iterable[Run]) -> Outcome:
    """When each was solved."""
    return Outcome(tuple(run.solved_at for run in runs))


def recorded_of(recipe: Recipe, variant: Variant) -> Outcome:
    """What was measured of one variant of a lesson."""
    return Outcome(
        tuple(int(at) if at else None for at in seed_tables.read(FILE)[recipe.name][variant.key])
    )


def findings_of(recipe: Recipe) -> list[Finding]:
    """For each seed from 0 on, what was found of the lesson's runs."""
    return [_read(text) for text in seed_tables.read(FILE)[recipe.name][FOUND]]


def _written(finding: Finding) -> str:
    return BETWEEN.join(sorted(finding)) or NOTHING


def _read(text: str) -> Finding:
    return frozenset(() if text == NOTHING else text.split(BETWEEN))


def measured(recipe: Recipe) -> list[seed_tables.Row]:
    """The rows of a lesson: when each run was solved, by seed, and what came out."""
    runs = [trained(recipe, place) for place in range(len(recipe.variants))]
    keys = [variant.key for variant in recipe.variants]
    found = [
        recipe.find(dict(zip(keys, of_seed, strict=True))) for of_seed in zip(*runs, strict=True)
    ]
    solved = (
        [recipe.name, key, *outcome_of(of_key).solved_at]
        for key, of_key in zip(keys, runs, strict=True)
    )
    return [*solved, [recipe.name, FOUND, *map(_written, found)]]


def main() -> None:
    """Measure all, print each row and write the file."""
    rows: list[seed_tables.Row] = []
    for recipe in RECIPES.values():
        found = measured(recipe)
        for row in found:
            print(*row, sep=", ", flush=True)
        rows += found
    seed_tables.write(FILE, ("lesson", "run"), SEEDS, rows)


if __name__ == "__main__":
    main()
