"""The table of budgets in README.md beside this, made of what the benchmarks measured last.

`pytest tests/benchmarks` writes the figures to FIGURES, and `python -m tests.benchmarks.table`
writes the table.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
README = Path(__file__).parent / "README.md"
FIGURES = ROOT / ".benchmarks" / "figures.json"
HEAD = "| what | budget | measured |\n| --- | --- | --- |\n"


@dataclass(frozen=True)
class Figure:
    """One measured number beside its budget, an upper limit in the same unit.

    what: its row; case: which of the row's figures it is, "" where it is the only one.
    """

    what: str
    case: str
    measured: float
    budget: float
    unit: str = "×"

    @property
    def is_over(self) -> bool:
        return self.measured > self.budget

    def __str__(self) -> str:
        name = f"{self.what}, {self.case}" if self.case else self.what
        verdict = "OVER" if self.is_over else "within"
        measured, budget = (amount(n, self.unit) for n in (self.measured, self.budget))
        return f"{name}: {measured} (budget {budget}, {verdict})"


def amount(number: float, unit: str) -> str:
    """As it is read: 0.35×, 14.2 ms."""
    return f"{number:.3g}{unit if unit == '×' else f' {unit}'}"


def row(figures: list[Figure]) -> str:
    """A line of the table: from the smallest of these figures to the largest, and what is over."""
    first, numbers = figures[0], sorted(figure.measured for figure in figures)
    ends = dict.fromkeys(f"{end:.3g}" for end in (numbers[0], numbers[-1]))
    measured = amount(numbers[-1], first.unit)
    if len(ends) > 1:
        measured = f"{next(iter(ends))} to {measured}"
    over = [figure.case for figure in figures if figure.is_over]
    if over:
        measured += ": **missed**" + (f" ({'; '.join(over)})" if any(over) else "")
    return f"| {first.what} | ≤ {amount(first.budget, first.unit)} | {measured} |\n"


def table(figures: Iterable[Figure]) -> str:
    """The whole table, a row for each thing measured, in the order of the benchmarks."""
    rows: dict[tuple[str, float], list[Figure]] = {}
    for figure in figures:
        rows.setdefault((figure.what, figure.budget), []).append(figure)
    return HEAD + "".join(map(row, rows.values()))


def with_table(text: str, fresh: str) -> str:
    """A text with its table of budgets replaced."""
    before, _, rest = text.partition(HEAD)
    after = rest.splitlines(keepends=True)
    while after and after[0].startswith("|"):
        del after[0]
    return before + fresh + "".join(after)


def keep(figures: Iterable[Figure], place: Path = FIGURES) -> None:
    """Write figures for `kept`."""
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps([asdict(figure) for figure in figures], indent=1))


def kept(place: Path = FIGURES) -> list[Figure]:
    """The figures of the last run of the benchmarks."""
    return [Figure(**figure) for figure in json.loads(place.read_text())]


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(), table(kept())))
