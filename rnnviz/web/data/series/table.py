"""Forecasts as a file."""

from rnnviz.web.data.series.forecasting import Cut, Forecasts, Look
from rnnviz.writing import csv_of


def forecast_csv(cut: Cut, look: Look, found: Forecasts) -> str:
    """A line for each row that is forecast: its date or number, what came, and each forecast."""
    kept = [one for one in (*found.runs, *found.baselines) if one.line.size]
    ahead = "fed back" if look.fed else f"{look.ahead} ahead"
    names = [f"{one.key} {one.says}" if one in found.runs else one.key for one in kept]
    rows = [int(row) for row in found.at]
    numbers = [row + cut.table.first_row for row in rows]
    called = numbers if cut.dates is None else cut.words(rows)
    head = ["row", cut.series.target, *(f"{name}, {ahead}" for name in names)]
    lines = (
        [word, float(cut.goal[row]), *(float(one.line[k]) for one in kept)]
        for k, (word, row) in enumerate(zip(called, rows, strict=True))
    )
    return csv_of([head, *lines])
