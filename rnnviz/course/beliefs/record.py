"""What came of each belief's measurement on twenty seeds: measured here, kept in measured.csv.

`python -m rnnviz.course.beliefs.record` measures them again and writes the file (about a minute on
one core).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rnnviz import seed_tables
from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.beliefs.belief import Belief, Measured, median
from rnnviz.texts import _

SEEDS = 20
FILE = Path(__file__).with_name("measured.csv")
HOLDS = "holds"
"""In the file: the name of a belief's first row."""


@dataclass(frozen=True)
class Record:
    """Of one belief, for each seed from 0 on. figures: name → values, NaN where a seed has none."""

    holds: tuple[bool, ...]
    figures: Mapping[str, tuple[float, ...]]

    @property
    def held(self) -> int:
        """On how many seeds the truth held."""
        return sum(self.holds)

    def median(self, name: str) -> float:
        """Of a figure, over the seeds that have it."""
        return median(tuple(one for one in self.figures[name] if not math.isnan(one)))


def record_of(found: list[Measured]) -> Record:
    """What was measured, seed for seed."""
    names = dict.fromkeys(name for one in found for name in one.figures)
    return Record(
        tuple(one.holds for one in found),
        {name: tuple(one.figures.get(name, math.nan) for one in found) for name in names},
    )


def measured(belief: Belief, seeds: int = SEEDS) -> Record:
    """Measured now."""
    return record_of([belief.measure(seed) for seed in range(seeds)])


def recorded(belief: Belief) -> Record:
    """What the file has of a belief."""
    rows = seed_tables.read(FILE)[belief.key]
    holds = tuple(word == "yes" for word in rows[HOLDS])
    figures = {name: tuple(map(float, row)) for name, row in rows.items() if name != HOLDS}
    return Record(holds, figures)


def truth(belief: Belief) -> str:
    """The sentence, with the medians that were measured, in the visitor's language."""
    found = recorded(belief)
    said = {name: spelled(found.median(name)) for name, spelled in belief.spelled.items()}
    return _(belief.truth, **said, held=str(found.held), seeds=str(len(found.holds)))


def _written(belief: Belief, found: Record) -> list[seed_tables.Row]:
    holds = ["yes" if one else "no" for one in found.holds]
    figures = ([belief.key, name, *map(_short, row)] for name, row in found.figures.items())
    return [[belief.key, HOLDS, *holds], *figures]


def _short(value: float) -> str:
    return f"{value:.4g}"


def main() -> None:
    """Measure all, print each belief's sentence, and write the file."""
    rows: list[seed_tables.Row] = []
    for belief in BELIEFS.values():
        found = measured(belief)
        print(f"{belief.number:2} {belief.key}: {found.held} of {SEEDS}", flush=True)
        rows += _written(belief, found)
    seed_tables.write(FILE, ("belief", "row"), SEEDS, rows)


if __name__ == "__main__":
    main()
