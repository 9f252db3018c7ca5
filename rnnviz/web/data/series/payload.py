"""Forecasts → the bytes their charts get (read by forecast/mount.js)."""

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.texts import language
from rnnviz.texts.catalogues import for_browser
from rnnviz.web.data.series.forecasting import Cut, Forecaster, Forecasts, Look
from rnnviz.web.payload import pack

MOST_ROWS = 5_000
"""Rows that are drawn: the last, and as far back as the chosen window."""


def forecast_payload(cut: Cut, look: Look, found: Forecasts) -> bytes:
    """Header and arrays. Rows are numbered as in the table."""
    first, series = cut.table.first_row, cut.series
    start = max(0, min(len(cut.goal) - MOST_ROWS, look.end - cut.window + 1))
    shown = slice(start, len(cut.goal))
    header = {
        "texts": for_browser(language()),
        "key": f"{series.target} {first} {len(cut.goal)} {cut.split}",
        "target": series.target,
        "split": first + cut.split,
        "window": cut.window,
        "horizon": cut.horizon,
        "ahead": look.ahead,
        "fed": look.fed,
        "chosen": first + look.end,
        "runs": [{"key": one.key, "says": one.says} for one in found.runs],
        "baselines": [{"key": one.key, "says": one.says} for one in found.baselines],
        "leaning": {
            "letter": found.runs[0].key if found.runs else "",
            "inputs": list(series.inputs) if found.runs else [],
        },
    }
    arrays: dict[str, Array] = {
        "rows": np.arange(len(cut.goal))[shown] + float(first),
        "goal": cut.goal[shown],
        "at": found.at + float(first),
        "leaning": found.leaning,
    }
    if cut.dates is not None:
        arrays["dates"] = cut.dates[shown]
    for one in (*found.baselines, *found.runs):
        arrays |= _of(one)
    return pack(header, arrays)


def _of(one: Forecaster) -> dict[str, Array]:
    found = {f"line.{one.key}": one.line, f"error.{one.key}": one.errors.by_step}
    if one.fed is not None:
        found[f"fed.{one.key}"] = one.fed.by_step
    if one.after.size:
        found[f"ahead.{one.key}"] = one.after
    return found
