"""A series as a task: windows of it with what follows them, standardised, drawn by reference."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from rnnviz.data.folded import tasks_of_folds
from rnnviz.data.kept import Kept
from rnnviz.network.arrays import Array
from rnnviz.tasks.baselines import constant
from rnnviz.tasks.batch import Batch, Rng, answer_last
from rnnviz.tasks.task import Length, Task
from rnnviz.texts import N_, Counted, Sentence

if TYPE_CHECKING:
    from rnnviz.data.windows import Series

SCORE = "z"
"""What a standardised column is called, behind its name: its z-score."""


def task_of(series: "Series") -> Task:
    """Forecasting a series: the loss is at each window's last step, of all steps ahead."""
    kept = Kept.of(
        rows=(series.rows - series.scale.mean) / series.scale.deviation,
        goal=(series.goal - series.target_scale.mean) / series.target_scale.deviation,
        learnt=series.train.ends,
        judged=series.test.ends,
    )
    window, horizon = len(series.train.x), len(series.train.y)
    errors = {name: _error(series, forecast) for name, forecast in series.baselines().items()}
    return Task(
        name="series",
        title=Sentence("Your series: {name}", name=series.target),
        source=N_("the page “Your data”"),
        story=_story(series, window, horizon),
        findings=Sentence(
            "Mean squared errors in the later part, standardised: the last value repeated {last}, "
            "linear regression on the window {regression}. Solved means less than both.",
            last=f"{errors['last value']:.3g}",
            regression=f"{errors['linear regression']:.3g}",
        ),
        kind="regression",
        loss_at="last",
        input_names=tuple(f"{name} ({SCORE})" for name in series.inputs),
        output_names=tuple(f"{series.target} +{k} ({SCORE})" for k in range(1, horizon + 1)),
        length=Length(1, window, window, N_("the last rows of a window, which are read")),
        baseline=constant(N_("repeating the last value"), errors["last value"]),
        solved=_just_below(min(errors.values())),
        draw=partial(learnt, kept=kept, horizon=horizon),
        draw_held_out=partial(judged, kept=kept, horizon=horizon),
        is_held_out_fixed=True,
        words=_words_of(series),
        cut=partial(tasks_of_folds, series),
    )


def windows_of(
    rows: Array, goal: Array, ends: np.ndarray, *, window: int, horizon: int
) -> tuple[Array, Array]:
    """Windows that end with these rows, (window, windows, inputs), and what follows them,
    (horizon, windows). rows: (rows, inputs), what is read; goal: (rows,), what is forecast."""
    back, ahead = np.arange(1 - window, 1)[:, None], np.arange(1, horizon + 1)[:, None]
    return rows[ends + back], goal[ends + ahead]


def learnt(rng: Rng, length: int, batch: int, *, kept: Kept, horizon: int) -> Batch:
    """Windows that end before anything is held out, each as likely."""
    ends = kept["learnt"]
    return _windows(kept, ends[rng.integers(len(ends), size=batch)], length, horizon)


def judged(rng: Rng, length: int, batch: int, *, kept: Kept, horizon: int) -> Batch:
    """Windows that are held out: all, or so many of them, evenly taken."""
    ends = kept["judged"]
    chosen = np.linspace(0, len(ends) - 1, min(batch, len(ends))).round().astype(int)
    return _windows(kept, ends[chosen], length, horizon)


def value_in_units(x: Array, *, column: int, mean: float, deviation: float) -> tuple[str, ...]:
    """What a column's z-scores, x (time, inputs), are in its own units."""
    values = mean + deviation * x[:, column]
    return tuple(f"{value:.4g}".replace("-", "−") for value in values)


def _windows(kept: Kept, ends: np.ndarray, length: int, horizon: int) -> Batch:
    read, follows = windows_of(kept["rows"], kept["goal"], ends, window=length, horizon=horizon)
    return answer_last(read, follows.T)


def _error(series: "Series", forecast: Array) -> float:
    """Mean squared error of a forecast of the test windows, standardised."""
    miss = (forecast - series.test.y) / series.target_scale.deviation
    return float((miss**2).mean())


def _just_below(error: float) -> float:
    """The largest error that is less; 0 where nothing is."""
    return max(0.0, float(np.nextafter(error, -np.inf)))


def _story(series: "Series", window: int, horizon: int) -> Sentence:
    return Counted(
        "Reads {inputs} along a window (length at most {window}) and forecasts the next value of "
        "{target}. It learns from the earlier part and is judged on the later one. Columns are "
        "standardised: 0 is a column's mean in the earlier part, 1 a standard deviation more.",
        "Reads {inputs} along a window (length at most {window}) and forecasts the next {count} "
        "values of {target}. It learns from the earlier part and is judged on the later one. "
        "Columns are standardised: 0 is a column's mean in the earlier part, 1 a standard "
        "deviation more.",
        horizon,
        window=window,
        inputs=", ".join(series.inputs),
        target=series.target,
    )


def _words_of(series: "Series") -> "partial[tuple[str, ...]]":
    """Each step by the target's value, where that is read; else by the first column's."""
    names = series.inputs
    column = names.index(series.target) if series.target in names else 0
    mean, deviation = (float(each[column]) for each in series.scale)
    return partial(value_in_units, column=column, mean=mean, deviation=deviation)
