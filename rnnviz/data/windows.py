"""A series cut into windows to learn from and to be judged on, and what a forecast has to beat."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rnnviz.data.series_task import task_of, windows_of
from rnnviz.data.table import Table
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.summary import summary
from rnnviz.tasks.task import Task
from rnnviz.texts import Counted, Sentence

if TYPE_CHECKING:
    from rnnviz.data.forecasts import Errors


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows of a series, in its own units, in the order of time.

    x: (window, windows, inputs). y: (horizon, windows), the target's values that follow. ends: the
    row, from 0, that each window ends with.
    """

    x: Array
    y: Array
    ends: np.ndarray

    __repr__ = summary

    def __len__(self) -> int:
        return len(self.ends)

    @classmethod
    def at(
        cls, ends: np.ndarray, *, window: int, horizon: int, rows: Array, goal: Array
    ) -> "Windows":
        """Those that end with these rows; rows (rows, inputs) is read, goal (rows,) forecast."""
        return cls(*windows_of(rows, goal, ends, window=window, horizon=horizon), ends)


class Scale(NamedTuple):
    """Mean and standard deviation of columns over the rows that are learnt from; a column that
    never changes has deviation 1."""

    mean: Array
    deviation: Array

    @classmethod
    def of(cls, rows: Array) -> "Scale":
        deviation = rows.std(axis=0)
        return cls(rows.mean(axis=0), np.where(deviation == 0, 1.0, deviation))


@dataclass(frozen=True, eq=False)
class Series:
    """A series to forecast, split by time: what is learnt from ends before what is judged begins.

    inputs, target: names of the columns that go in and that come out. train, test: windows.
    scale: of the inputs, (inputs,). target_scale: of the target. rows: (rows, inputs), goal:
    (rows,), all that was cut, in its own units.
    """

    inputs: tuple[str, ...]
    target: str
    train: Windows
    test: Windows
    scale: Scale
    target_scale: Scale
    rows: Array
    goal: Array

    __repr__ = summary

    @cached_property
    def task(self) -> Task:
        """Forecasting it, as a task to train on."""
        return task_of(self)

    def folds(self, many: int) -> "tuple[Series, ...]":
        """What is learnt from in parts, each forecast from what is before it (see `folds`).

        Raises:
            ValueError: the windows are too few.
        """
        from rnnviz.data import folds

        return folds.by_time(self, many)

    def standard(self, windows: Windows) -> tuple[Array, Array]:
        """Inputs and answers with mean 0 and deviation 1 where they are learnt from."""
        (mean, deviation), (middle, spread) = self.scale, self.target_scale
        return (windows.x - mean) / deviation, (windows.y - middle) / spread

    def in_units(self, answers: Array) -> Array:
        """Standardised answers, (horizon, windows), in the target's units."""
        units: Array = self.target_scale.mean + self.target_scale.deviation * answers
        return units

    def baselines(self, season: int | None = None) -> dict[str, Array]:
        """Forecasts that need no network, (horizon, test windows): "last value", "season" (the
        value one season before) where one is given, and "linear regression" on the window.

        Raises:
            ValueError: a season that has not been seen before the first of them.
        """
        horizon, ends = len(self.test.y), self.test.ends
        found = {"last value": np.tile(self.goal[ends], (horizon, 1))}
        if season is not None:
            found["season"] = season_before(self.goal, ends, season, horizon)
        found["linear regression"] = _regression(self.train, self.test)
        return found

    def errors(self, forecast: Array) -> tuple[Array, Array]:
        """Mean absolute and root mean squared error at each step ahead, (horizon,), in the
        target's units. forecast: (horizon, test windows)."""
        miss = forecast - self.test.y
        return np.abs(miss).mean(axis=1), np.sqrt((miss**2).mean(axis=1))

    def forecast(self, network: Network) -> Array:
        """What a network, trained on its `task`, answers: (horizon, test windows), in the target's
        units.

        Raises:
            ValueError: a network of other sizes.
        """
        from rnnviz.data import forecasts

        return forecasts.forecast(self, network, self.test)

    def forecast_own(self, network: Network, steps: int) -> Array:
        """The same for as many steps as wanted, (steps, test windows): each is the forecast one
        step ahead, with those before it in place of what is not known yet.

        Raises:
            ValueError: another column than the target is read: nobody forecasts that; or a network
                of other sizes.
        """
        from rnnviz.data import forecasts

        if self.inputs != (self.target,):
            raise ValueError(
                Sentence(
                    "a forecast can be fed back only where “{target}” is all that is read, and "
                    "this reads {inputs}",
                    target=self.target,
                    inputs=", ".join(self.inputs),
                )
            )
        known = np.pad(self.rows, [(0, steps), (0, 0)])  # what is not known is never read
        return forecasts.fed_back(self, network, known, self.test.ends, steps)

    def judge(self, network: Network, season: int | None = None) -> "dict[str, Errors]":
        """How wrong a network's forecasts of the test windows are, "network", and those of each of
        the `baselines`."""
        from rnnviz.data import forecasts

        found = {"network": self.forecast(network), **self.baselines(season)}
        return {name: forecasts.errors_of(one, self.test.y) for name, one in found.items()}


def series(
    table: Table,
    *,
    inputs: Sequence[str],
    target: str,
    window: int,
    horizon: int = 1,
    stride: int = 1,
    held_out: float = 0.2,
) -> Series:
    """Cut a table's columns into windows.

    Args:
        inputs, target: names of number columns; the target may be one of the inputs.
        window: steps that are read. horizon: steps that are forecast.
        stride: rows from one window to the next.
        held_out: share of the rows, at the end, whose values are only forecast.

    Raises:
        ValueError: a name that is no number column, a missing number, too few rows.
    """
    _check(table, (*inputs, target))
    if not inputs or window < 1 or horizon < 1 or stride < 1 or not 0 < held_out < 1:
        raise ValueError(Sentence("A window, a horizon and a stride are at least 1 step"))
    rows = np.stack([table.columns[name] for name in inputs], axis=-1)
    goal = table.columns[target]
    split = round(len(goal) * (1 - held_out))
    first = np.arange(window - 1, len(goal) - horizon, stride)
    train, test = first[first + horizon < split], first[first + 1 >= split]
    if len(train) < 2 or not len(test):
        raise ValueError(
            Counted(
                "{count} row is too few for a window of {window} and a horizon of {horizon}",
                "{count} rows are too few for a window of {window} and a horizon of {horizon}",
                len(goal),
                window=window,
                horizon=horizon,
            )
        )
    learnt, judged = (
        Windows.at(ends, window=window, horizon=horizon, rows=rows, goal=goal)
        for ends in (train, test)
    )
    scales = Scale.of(rows[:split]), Scale.of(goal[:split])
    return Series(tuple(inputs), target, learnt, judged, *scales, rows, goal)


def season_before(goal: Array, ends: np.ndarray, season: int, horizon: int) -> Array:
    """The values one season before, or as many as it takes to have been seen, (horizon, windows).

    Args:
        goal: (rows,), the column that is forecast.
        ends: the row that each window ends with. A season may be longer than a window.

    Raises:
        ValueError: a season that has not been seen at the first of them.
    """
    if not 1 <= season <= ends[0] + 1:
        raise ValueError(
            Sentence(
                "A season has from 1 to {most} steps: the rows before the first forecast that is "
                "judged",
                most=f"{ends[0] + 1:,}",
            )
        )
    ahead = np.arange(horizon)[:, None]
    found: Array = goal[ends + 1 + ahead - season * (1 + ahead // season)]
    return found


def _check(table: Table, names: Sequence[str]) -> None:
    """ValueError where one of the names is no number column, or numbers are missing."""
    for name in names:
        if name not in table.numbers:
            there = ", ".join(table.numbers)
            raise ValueError(
                Sentence(
                    "“{name}” is no column of numbers: there are {names}", name=name, names=there
                )
            )
    table.filled("refuse")


def _regression(train: Windows, test: Windows) -> Array:
    flat = [np.moveaxis(part.x, 1, 0).reshape(len(part), -1) for part in (train, test)]
    with_one = [np.column_stack([each, np.ones(len(each))]) for each in flat]
    weights, *_ = np.linalg.lstsq(with_one[0], train.y.T, rcond=None)
    forecast: Array = (with_one[1] @ weights).T
    return forecast
