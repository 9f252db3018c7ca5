"""Forecasts as a file."""

import csv
import io

from rnnviz.web.data.forecasting import Cut, Forecasts, Look


def csv_of(cut: Cut, look: Look, found: Forecasts) -> str:
    """A line for each row that is forecast: what it is called, what came, and each forecast."""
    kept = [one for one in (*found.runs, *found.baselines) if one.line.size]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    ahead = "fed back" if look.fed else f"{look.ahead} ahead"
    names = [f"{one.key} {one.says}" if one in found.runs else one.key for one in kept]
    writer.writerow(["row", "value", *(f"{name}, {ahead}" for name in names)])
    words = cut.words([int(row) for row in found.at])
    for k, row in enumerate(found.at):
        writer.writerow([words[k], cut.goal[row], *(one.line[k] for one in kept)])
    return stream.getvalue()
