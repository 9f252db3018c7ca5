"""The table of budgets has the form in which the benchmarks' figures are written."""

import re

import pytest

from tests.benchmarks.table import HEAD, README, Figure, keep, kept, table, with_table

NUMBER = r"\d+(?:\.\d+)?"
ROW = re.compile(
    rf"\| (?P<what>[^|]+) \| ≤ (?P<budget>{NUMBER})(?P<unit>×| ms| s| MB) \| "
    rf"(?:(?P<from>{NUMBER}) to )?(?P<to>{NUMBER})(?P=unit)"
    r"(?P<missed>: \*\*missed\*\*(?: \([^|]+\))?)? \|"
)
FIGURES = [
    Figure("key press → painted", "", 14.25, 16, "ms"),
    Figure("a training step", "LSTM", 1.5, 2),
    Figure("a training step", "GRU", 0.62, 0.6),
    Figure("a training step", "RNN", 0.4712, 0.6),
    Figure("memory", "Step page", 16, 15, "MB"),
    Figure("memory", "Train page", 1e-3, 15, "MB"),
    Figure("first page", "", 1.75, 1.5),
]
ROWS = """\
| key press → painted | ≤ 16 ms | 14.2 ms |
| a training step | ≤ 2× | 1.5× |
| a training step | ≤ 0.6× | 0.471 to 0.62×: **missed** (GRU) |
| memory | ≤ 15 MB | 0.001 to 16 MB: **missed** (Step page) |
| first page | ≤ 1.5× | 1.75×: **missed** |
"""


def lines(text):
    return text.partition(HEAD)[2].partition("\n\n")[0].splitlines()


def test_every_row_of_the_readme_has_the_form_and_says_what_is_missed():
    rows = [ROW.fullmatch(line) for line in lines(README.read_text())]
    assert len(rows) > 10
    for row in rows:
        assert row is not None
        assert bool(row["missed"]) == (float(row["to"]) > float(row["budget"]))
        assert float(row["from"] or 0) < float(row["to"])


def test_a_row_goes_from_the_smallest_figure_to_the_largest_and_names_what_is_over():
    assert table(FIGURES) == HEAD + ROWS
    assert all(ROW.fullmatch(line) for line in ROWS.splitlines())


def test_a_new_table_takes_the_place_of_the_old_and_nothing_else():
    fresh = with_table(f"before\n\n{HEAD}| old |\n| older |\n\nafter | all\n", table(FIGURES))
    assert fresh == f"before\n\n{HEAD}{ROWS}\nafter | all\n"


def test_figures_come_back_as_they_were_kept(tmp_path):
    keep(FIGURES, tmp_path / "new" / "figures.json")
    assert kept(tmp_path / "new" / "figures.json") == FIGURES


@pytest.mark.parametrize(("measured", "says"), [(0.5, "within"), (0.51, "OVER")])
def test_a_figure_at_its_budget_is_within_it(measured, says):
    assert str(Figure("a", "b", measured, 0.5)) == f"a, b: {measured}× (budget 0.5×, {says})"
