"""What runs and baselines forecast, and how wrong that is: all that is shown of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rnnviz.data import forecasts
from rnnviz.data.forecasts import Errors, errors_of
from rnnviz.data.table import Table
from rnnviz.data.windows import Series, Windows
from rnnviz.network.arrays import Array
from rnnviz.scenes.reading import Reading
from rnnviz.texts import N_, Sentence, _
from rnnviz.training.comparison.comparison import network_of
from rnnviz.web.data.learnt import Learnt

MOST_JUDGED = 1_000
"""Windows that forecasts are judged on: evenly taken from all that are held out."""
MOST_FED = 100
"""Steps that a forecast which is fed back goes on for."""
BASELINES = {
    "last value": N_("last value"),
    "season": N_("one season before"),
    "linear regression": N_("linear regression"),
}


class Look(NamedTuple):
    """At what is looked. fed: at forecasts that are fed back. ahead: at those so many steps ahead,
    from 1. end: the row that the chosen window ends with, from 0."""

    fed: bool
    ahead: int
    end: int


@dataclass(frozen=True, eq=False)
class Cut:
    """A series, and the table that it was cut from. season: of the seasonal forecast, if any.

    Raises:
        ValueError: a season that is longer than what comes before.
    """

    table: Table
    series: Series
    season: int | None

    def __post_init__(self) -> None:
        _ = self.baselines

    @property
    def rows(self) -> Array:
        """(rows, inputs), what is read."""
        return self.series.rows

    @property
    def goal(self) -> Array:
        """(rows,), the column that is forecast."""
        return self.series.goal

    @cached_property
    def dates(self) -> Array | None:
        """(rows,), seconds since 1970, where the table has a column of dates without gaps."""
        found = (c for c in self.table.columns.values() if c.dtype.kind == "M")
        dates = next((c for c in found if not np.isnat(c).any()), None)
        return None if dates is None else dates.astype("datetime64[s]").astype(float)

    @property
    def window(self) -> int:
        return len(self.series.train.x)

    @property
    def horizon(self) -> int:
        return len(self.series.train.y)

    @property
    def split(self) -> int:
        """The first row that is held out."""
        return int(self.series.test.ends[0]) + 1

    @property
    def can_be_fed_back(self) -> bool:
        return self.series.target in self.series.inputs

    @cached_property
    def judged(self) -> Windows:
        """What forecasts are judged on."""
        return self._few(self.series.test)

    @cached_property
    def baselines(self) -> dict[str, Array]:
        """Name → (horizon, windows that are judged on)."""
        found = self.series.baselines(self.season)
        return {name: forecast[:, :: self._every] for name, forecast in found.items()}

    @property
    def _every(self) -> int:
        return -(-len(self.series.test) // MOST_JUDGED)

    def _few(self, whole: Windows) -> Windows:
        every = self._every
        return Windows(whole.x[:, ::every], whole.y[:, ::every], whole.ends[::every])

    def within(self, row: int) -> int:
        """The row nearest to this one that a window can end with, from 0."""
        return min(max(row, self.window - 1), len(self.goal) - 1)

    def words(self, rows: Sequence[int]) -> tuple[str, ...]:
        """What rows are called: by their dates, or their numbers in the table."""
        if self.dates is None:
            return tuple(f"{self.table.first_row + row:,}" for row in rows)
        seconds = self.dates[list(rows)].astype("datetime64[s]")
        whole = not (self.dates % 86_400).any()
        unit = "D" if whole else "m"
        return tuple(str(one).replace("T", " ") for one in seconds.astype(f"datetime64[{unit}]"))

    def windowed(self, end: int) -> Array:
        """(window, inputs), the rows that are read of the window that ends with this one."""
        return self.rows[end - self.window + 1 : end + 1]

    def reading(self, end: int) -> Reading | None:
        """A window as the Step page reads it, standardised; None where what comes after it is not
        known, so that no forecast of it can be judged."""
        window, series = self.window, self.series
        if end + self.horizon >= len(self.goal):
            return None
        mean, deviation = series.scale
        x = ((self.windowed(end) - mean) / deviation)[:, None]
        middle, spread = series.target_scale
        answer = (self.goal[end + 1 : end + 1 + self.horizon] - middle) / spread
        words = self.words(range(end - window + 1, end + 1))
        return Reading(
            Sentence("The window from {first} to {last}", first=words[0], last=words[-1]),
            series.task.story,
            x,
            (words,),
            series.task.input_names,
            task=series.task,
            targets=np.tile(answer, (window, 1, 1)),
            asked=(window - 1,),
        )


class Forecaster(NamedTuple):
    """A run or a baseline. key: the run's letter, or the baseline's name. line: (rows of the line),
    empty where there is none. errors: on what is held out. fed: the same fed back, where that is
    looked at. after: (horizon,), what it forecasts after the chosen window; empty for none."""

    key: str
    says: str
    line: Array
    errors: Errors
    fed: Errors | None
    after: Array


@dataclass(frozen=True, eq=False)
class Forecasts:
    """All that is shown. at: the rows that lines are of, from 0. leaning: (window, inputs), of the
    first run."""

    at: np.ndarray
    runs: tuple[Forecaster, ...]
    baselines: tuple[Forecaster, ...]
    leaning: Array


def forecasts_of(cut: Cut, look: Look, runs: Sequence[Learnt]) -> Forecasts:
    """What the runs and the baselines forecast."""
    at = _fed_rows(cut, look) if look.fed else cut.judged.ends + look.ahead
    with np.errstate(all="ignore"):  # a run that diverged forecasts what is no number
        found = tuple(_of_run(cut, look, one) for one in runs)
        window = cut.windowed(look.end)
        leaning = (
            forecasts.leaning(cut.series, network_of(runs[0].run), window, look.ahead - 1)
            if runs
            else np.empty((cut.window, 0))
        )
    return Forecasts(
        at, found, tuple(_of_baseline(cut, look, name) for name in cut.baselines), leaning
    )


def _fed_rows(cut: Cut, look: Look) -> np.ndarray:
    steps = min(MOST_FED, len(cut.goal) - look.end)
    return np.arange(look.end + 1, look.end + 1 + steps)


def _of_run(cut: Cut, look: Look, one: Learnt) -> Forecaster:
    network, series, judged = network_of(one.run), cut.series, cut.judged
    answers = forecasts.forecast(series, network, judged)
    end = np.array([look.end])
    chosen = Windows(cut.windowed(look.end)[:, None], np.empty((cut.horizon, 1)), end)
    after = forecasts.forecast(series, network, chosen)[:, 0]
    if not look.fed:
        line, fed = answers[look.ahead - 1], None
    else:
        steps = len(_fed_rows(cut, look))
        line = forecasts.fed_back(series, network, cut.rows, end, steps)[:, 0]
        again = forecasts.fed_back(series, network, cut.rows, judged.ends, cut.horizon)
        fed = errors_of(again, judged.y)
    return Forecaster(one.letter, one.says, line, errors_of(answers, judged.y), fed, after)


def _of_baseline(cut: Cut, look: Look, name: str) -> Forecaster:
    forecast = cut.baselines[name]
    errors = errors_of(forecast, cut.judged.y)
    line = _repeated(cut, look, name) if look.fed else forecast[look.ahead - 1]
    return Forecaster(name, _(BASELINES[name]), line, errors, None, np.empty(0))


def _repeated(cut: Cut, look: Look, name: str) -> Array:
    """A baseline that goes on from the chosen window: what repeats its last values; no other."""
    period = {"last value": 1, "season": cut.season}.get(name)
    if period is None:
        return np.empty(0)
    last = cut.goal[look.end + 1 - period : look.end + 1]
    repeated: Array = np.resize(last, len(_fed_rows(cut, look)))
    return repeated
