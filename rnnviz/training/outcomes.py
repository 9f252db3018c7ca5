"""What came of each lesson's runs on ten seeds: measured here, kept in outcomes.csv.

`python -m rnnviz.training.outcomes` measures them again and writes the file (17 minutes on one
core). Everything is seeded, but how a library rounds a product differs between processors, and
what learns late learns at another update, or not in time, for that.
"""

import csv
import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rnnviz.training.recipes import RECIPES, Recipe, Variant
from rnnviz.training.runs import Run, start

SEEDS = 10
FILE = Path(__file__).with_name("outcomes.csv")


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

    @property
    def spread(self) -> str:
        """“100 to 575”, from the first seed solved to the last; “–” where none was."""
        if not self.solved:
            return "–"
        first, last = self.solved[0], self.solved[-1]
        return f"{first:,}" if first == last else f"{first:,} to {last:,}"

    def __str__(self) -> str:
        """“8 of 10 seeds, after 100 to 575 updates (median 313)”."""
        count = f"{len(self.solved)} of {len(self.solved_at)} seeds"
        if self.median is None:
            return count
        return f"{count}, after {self.spread} updates (median {self.median:,})"


def trained(recipe: Recipe, place: int) -> list[Run]:
    """The runs of one variant to their ends, on all seeds. Loads torch; what is kept does not."""
    from rnnviz.training.loop import advance

    starts = [start(**recipe.runs(seed)[place]) for seed in range(SEEDS)]
    return [advance(run, run.knobs.updates) for run in starts]


def outcome_of(runs: Iterable[Run]) -> Outcome:
    """When each was solved."""
    return Outcome(tuple(run.solved_at for run in runs))


@cache
def recorded() -> Mapping[tuple[str, str], Outcome]:
    """(lesson, variant), by their keys → what was measured."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return {(row[0], row[1]): Outcome(tuple(map(_update, row[2:]))) for row in rows}


def recorded_of(recipe: Recipe, variant: Variant) -> Outcome:
    """What was measured of one variant of a lesson."""
    return recorded()[recipe.name, variant.key]


def _update(text: str) -> int | None:
    return int(text) if text else None


def main() -> None:
    """Measure all, print a line for each and write the file."""
    rows: list[list[object]] = [["lesson", "run", *(f"seed {seed}" for seed in range(SEEDS))]]
    for recipe in RECIPES.values():
        for place, variant in enumerate(recipe.variants):
            outcome = outcome_of(trained(recipe, place))
            print(f"{recipe.title}, {variant.says}: {outcome}", flush=True)
            rows.append([recipe.name, variant.key, *outcome.solved_at])
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
