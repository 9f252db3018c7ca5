"""What can be chosen of a forecast; columns and ranges are those of the table at hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rnnviz.cells import ABOUT, MENU
from rnnviz.data.table import Table
from rnnviz.settings.kinds import Choice, Number, Several, Whole, choice
from rnnviz.settings.schema import Schema, Setting
from rnnviz.texts import N_
from rnnviz.training.knobs.knobs import KNOBS

LONGEST = 500
"""Steps of a window, a season."""
MOST_INPUTS = 12
"""Columns that are read unless others are chosen."""
CELLS = Several(choice({name: ABOUT[name].title for name in MENU}), fewest=1)
OF_EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "tide": {"window": 24, "horizon": 6, "season": 12},
    "shop": {"window": 14, "horizon": 7, "season": 7},
}
"""What the shipped series begin with."""
OF_RUNS: Mapping[str, Any] = {
    "hidden": 32,
    "layers": 1,
    "optimizer": "adam",
    "learning_rate": 0.005,
    "clip_norm": 1.0,
    "batch": 32,
    "updates": 1000,
    "seed": 0,
}
"""Knobs of the runs, and what they begin with: both shipped series are learnt in 3 to 8 s."""
CUT = ("inputs", "target", "window", "horizon", "stride", "held_out")
LOOK = ("fed", "ahead", "end")


@dataclass(frozen=True)
class Columns(Choice):
    """Names as a file has them: told apart by capital letters too."""

    def __post_init__(self) -> None:
        pass

    def read(self, text: str) -> Any:
        return text if text in self.options else None


def schema_of(table: Table, data: str) -> Schema:
    """The settings for a table with at least one column of numbers.

    data: the name of an example, or another word.
    """
    numbers = table.numbers
    columns = Columns({name: name for name in numbers})
    found = {
        "target": Setting(
            columns, numbers[-1], N_("Column to forecast"), N_("Its next values are asked for.")
        ),
        "inputs": Setting(
            Several(columns, fewest=1),
            tuple(numbers[-MOST_INPUTS:]),
            N_("Columns that are read"),
            N_(
                "At each step of the window. Without the column to forecast among them, no "
                "forecast can be fed back."
            ),
        ),
        **_of_windows(len(table)),
        "cells": Setting(
            CELLS, ("LSTM",), N_("Cells"), N_("Up to four, trained side by side on the same data.")
        ),
        **{name: replace(KNOBS[name], default=value) for name, value in OF_RUNS.items()},
        **_of_the_look(table),
    }
    usual = OF_EXAMPLES.get(data, {})
    return Schema({n: replace(one, default=usual.get(n, one.default)) for n, one in found.items()})


def _of_windows(rows: int) -> dict[str, Setting]:
    longest = Whole(1, LONGEST)
    return {
        "window": Setting(
            longest, min(24, max(rows // 10, 1)), N_("Window"), N_("How many steps are read.")
        ),
        "horizon": Setting(Whole(1, 100), 1, N_("Horizon"), N_("How many steps are forecast.")),
        "season": Setting(
            longest,
            None,
            N_("Season"),
            N_(
                "After how many steps the column repeats itself, for the forecast that copies the "
                "value one season before. Empty: no such forecast."
            ),
            optional=True,
        ),
        "stride": Setting(Whole(1, 1000), 1, N_("Stride"), N_("Rows from one window to the next.")),
        "held_out": Setting(
            Number(0.05, 0.5, step=0.05),
            0.2,
            N_("Share held out"),
            N_("Of the rows, at the end: no network has learnt from them. They judge."),
        ),
    }


def _of_the_look(table: Table) -> dict[str, Setting]:
    """At what of the forecasts is looked."""
    last = table.first_row + len(table) - 1
    return {
        "fed": Setting(
            choice({"steps": N_("from the values before"), "fed": N_("from its own forecasts")}),
            "steps",
            N_("Forecast"),
            N_(
                "Each row from the values before it; or from the chosen window on, each step from "
                "the forecasts before it in place of the values."
            ),
        ),
        "ahead": Setting(
            Whole(1, 100),
            1,
            N_("Steps ahead"),
            N_("Which of the forecasts are drawn, and what moves them."),
            key="steps_ahead",
        ),
        "end": Setting(
            Whole(table.first_row, last),
            None,
            N_("Window that ends with row"),
            N_("As rows are counted in the table. Empty: the last before what is held out."),
            optional=True,
        ),
    }
