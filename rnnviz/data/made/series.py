"""Two small series made by a formula, for those who have none at hand. They say that they are."""

import numpy as np

from rnnviz.data.table import Guess, Table
from rnnviz.texts import N_

MADE = {
    "tide": N_("a tide, made by a formula: two sines of 12.4 and 24 hours, a slow one, and noise"),
    "shop": N_("a shop's sales, made by a formula: a trend, a week, a holiday now and then, noise"),
}
"""Name → what it is; each goes with its label wherever it is shown."""


def made_series(name: str, *, rows: int = 1_000, seed: int = 0) -> Table:
    """One of `MADE`.

    Args:
        rows: hours of "tide" (columns hour, wind, level), days of "shop" (weekday, holiday, sales).
        seed: of its noise.

    Raises:
        KeyError: a name that is none.
    """
    make = {"tide": _tide, "shop": _shop}[name]
    return Table(make(rows, np.random.default_rng(seed)), Guess(""))


def _tide(rows: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    hour = np.arange(rows, dtype=float)
    wind = np.convolve(rng.normal(size=rows + 23), np.ones(24) / 24, "valid")
    moon = 1.2 + 0.4 * np.cos(2 * np.pi * hour / 354.4)  # spring and neap
    level = moon * np.cos(2 * np.pi * hour / 12.42) + 0.3 * np.cos(2 * np.pi * hour / 24)
    return {"hour": hour % 24, "wind": wind, "level": level + wind + 0.05 * rng.normal(size=rows)}


def _shop(rows: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    day = np.arange(rows)
    week = np.array([0.8, 0.85, 0.9, 1.0, 1.3, 1.6, 0.4])[day % 7]
    holiday = (rng.random(rows) < 1 / 30).astype(float)
    after = np.concatenate([[0.0], holiday[:-1]])  # people buy the day before it and after it
    before = np.concatenate([holiday[1:], [0.0]])
    sales = (100 + 0.05 * day) * week * (1 - 0.9 * holiday + 0.5 * before + 0.3 * after)
    noisy = sales * (1 + 0.05 * rng.normal(size=rows))
    return {"weekday": (day % 7).astype(float), "holiday": holiday, "sales": noisy}
