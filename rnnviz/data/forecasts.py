"""What a network forecasts of a series, how wrong that is, and what a forecast leans on."""

from typing import NamedTuple

import numpy as np

from rnnviz.data.windows import Series, Windows
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.texts import Sentence

AT_ONCE = 256
"""Windows in one run of the network, which records every value of each."""


class Errors(NamedTuple):
    """Of forecasts, in the target's units. mae, rmse: over all of them, mean absolute and root mean
    squared. by_step: (horizon,), the latter at each step ahead."""

    mae: float
    rmse: float
    by_step: Array


def errors_of(forecast: Array, truth: Array) -> Errors:
    """How far forecasts are from what came, both (horizon, windows)."""
    miss = forecast - truth
    squares = (miss**2).mean(axis=1)
    return Errors(float(np.abs(miss).mean()), float(np.sqrt(squares.mean())), np.sqrt(squares))


def forecast(series: Series, network: Network, windows: Windows) -> Array:
    """(horizon, windows), in the target's units: what the network answers after each window."""
    read, _ = series.standard(windows)
    return series.in_units(_answers(series, network, read))


def fed_back(series: Series, network: Network, rows: Array, ends: np.ndarray, steps: int) -> Array:
    """Forecasts one step ahead, each with those before it in place of the target's values.

    Args:
        rows: (rows, inputs), the columns that are read, in their units. What is read of the others
            after a window's end are their own values: who forecasts would have to know them.
        ends: the row that each window ends with; `steps` − 1 rows at least come after it.
        steps: how many are made.

    Returns:
        (steps, windows), in the target's units.

    Raises:
        ValueError: the target is no column that is read.
    """
    if series.target not in series.inputs:
        raise ValueError(
            Sentence(
                "“{target}” is not among the columns that are read: no forecast of it can be fed "
                "back",
                target=series.target,
            )
        )
    place, window = series.inputs.index(series.target), len(series.train.x)
    mean, deviation = series.scale
    read = (rows[ends + np.arange(1 - window, steps)[:, None]] - mean) / deviation
    found = np.empty((steps, len(ends)))
    for k in range(steps):
        found[k] = _answers(series, network, read[k : k + window])[0]
        if k + 1 < steps:
            read[window + k, :, place] = found[k]
    return series.in_units(found)


def leaning(series: Series, network: Network, window: Array, ahead: int) -> Array:
    """∂ŷ/∂x: how far a forecast moves as each number that was read moves.

    Args:
        window: (window, inputs), in the columns' units.
        ahead: which of the steps forecast, from 0.

    Returns:
        (window, inputs), in the target's units for one standard deviation of the input.
    """
    mean, deviation = series.scale
    run = propagate(network, ((window - mean) / deviation)[:, None])
    given = np.zeros((len(window), 1, len(series.train.y)))
    given[-1, 0, ahead] = series.target_scale.deviation
    moved: Array = run.backward(dprediction=given).x[:, 0]
    return moved


def _answers(series: Series, network: Network, read: Array) -> Array:
    """(horizon, windows) of standardised windows: what stands at their last step.

    Raises:
        ValueError: the network has other sizes.
    """
    sizes = (len(series.inputs), len(series.train.y))
    if (network.inputs, network.outputs) != sizes:
        raise ValueError(
            Sentence(
                "a network for this series reads {inputs} numbers a step and answers {outputs}, "
                "and this one reads {read} and answers {answered}",
                inputs=sizes[0],
                outputs=sizes[1],
                read=network.inputs,
                answered=network.outputs,
            )
        )
    found = np.empty((sizes[1], read.shape[1]))
    for start in range(0, read.shape[1], AT_ONCE):
        prediction = propagate(network, read[:, start : start + AT_ONCE]).prediction
        assert prediction is not None
        found[:, start : start + AT_ONCE] = prediction[-1].T
    return found
