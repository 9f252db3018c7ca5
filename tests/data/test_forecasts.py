"""Forecasts of networks whose forecasts are known: RNNs that are filters by their weights."""

import numpy as np
import pytest

from rnnviz import data
from rnnviz.data import forecasts
from rnnviz.data.table import Table
from rnnviz.data.windows import season_before
from rnnviz.equations import parse
from rnnviz.network.architecture import Architecture
from rnnviz.network.network import Network

ROWS = 60
LINEAR = parse("h = W @ x + U @ h_prev")


@pytest.fixture
def table():
    rng = np.random.default_rng(3)
    return Table({"level": 5 + 2 * rng.normal(size=ROWS), "wind": rng.normal(size=ROWS) - 1})


def cut(table, **given):
    usual = {"inputs": ["level", "wind"], "target": "level", "window": 4, "horizon": 3}
    return data.series(table, **{**usual, **given})


def network(W, U, read, bias):
    """h ← W x + U h, then read h + bias: linear throughout."""
    hidden, inputs = np.shape(W)
    given = {"W": W, "U": U}
    parameters = {f"layers.0.{name}": np.array(one, float) for name, one in given.items()}
    parameters |= {"readout.W": np.array(read, float), "readout.b": np.array(bias, float)}
    return Network.assembled(LINEAR, parameters, Architecture(inputs, hidden))


@pytest.fixture
def last_value():
    """Answers the last level that it read, one, two and three steps ahead."""
    return network([[1.0, 0.0]], [[0.0]], [[1.0]] * 3, [0.0] * 3)


def rows_of(table, series):
    return np.stack([table.columns[name] for name in series.inputs], axis=-1)


@pytest.mark.parametrize("windows", ["train", "test"])
def test_a_network_that_copies_forecasts_the_last_value_in_the_columns_units(
    table, last_value, windows
):
    series = cut(table)
    part = getattr(series, windows)
    found = forecasts.forecast(series, last_value, part)
    assert found == pytest.approx(np.tile(table.columns["level"][part.ends], (3, 1)))


def test_fed_back_a_filter_is_its_own_recursion(table):
    """ŷ = a·x(t) + b·x(t−1) in units of the training part's deviation, worked out by hand."""
    series = cut(table, inputs=["level"], window=2, horizon=1)
    a, b = 0.6, -0.3
    filters = network([[1.0], [0.0]], [[0.0, 0.0], [1.0, 0.0]], [[a, b]], [0.1])
    ends = series.test.ends[:-5]
    found = forecasts.fed_back(series, filters, rows_of(table, series), ends, 6)
    mean, deviation = series.target_scale
    values = (table.columns["level"] - mean) / deviation
    for k, end in enumerate(ends):
        before, last = values[end - 1], values[end]
        for step in range(6):
            before, last = last, a * last + b * before + 0.1
            assert found[step, k] == pytest.approx(mean + deviation * last)


def test_fed_back_reads_the_other_columns_as_they_came(table):
    """A network that answers the wind it reads last: its own forecasts change nothing."""
    series = cut(table, horizon=1)
    of_wind = network([[0.0, 1.0]], [[0.0]], [[1.0]], [0.0])
    ends = series.test.ends[:3]
    found = forecasts.fed_back(series, of_wind, rows_of(table, series), ends, 4)
    (_, calm), (_, spread) = series.scale
    wind = (table.columns["wind"] - calm) / spread
    mean, deviation = series.target_scale
    for step in range(4):
        assert found[step] == pytest.approx(mean + deviation * wind[ends + step])


def test_the_first_step_fed_back_is_the_forecast_itself(table):
    series = cut(table)
    fresh = Network.fresh(LINEAR, inputs=2, hidden=5, outputs=3, seed=2)
    ends, rows = series.test.ends, rows_of(table, series)
    whole = forecasts.forecast(series, fresh, series.test)
    assert forecasts.fed_back(series, fresh, rows, ends, 1)[0] == pytest.approx(whole[0])


def test_what_is_not_read_cannot_be_fed_back(table, last_value):
    series = cut(table, inputs=["wind"])
    with pytest.raises(ValueError, match="“level” is not among the columns that are read"):
        forecasts.fed_back(series, last_value, rows_of(table, series), series.test.ends, 2)


@pytest.mark.parametrize("ahead", [0, 2])
def test_a_forecast_leans_on_what_moves_it(table, ahead):
    """Central differences: the column moved by a small share of its deviation at one step."""
    series = cut(table)
    rng = np.random.default_rng(1)
    fresh = Network.fresh(parse("h = tanh(W @ x + U @ h_prev + b)"), inputs=2, hidden=4, outputs=3)
    window = series.test.x[:, int(rng.integers(len(series.test)))]
    found = forecasts.leaning(series, fresh, window, ahead)

    def moved(step, column, by):
        other = window.copy()
        other[step, column] += by * series.scale.deviation[column]
        one = data.Windows(other[:, None], series.test.y[:, :1], np.zeros(1, int))
        return forecasts.forecast(series, fresh, one)[ahead, 0]

    for step in range(4):
        for column in range(2):
            slope = (moved(step, column, 1e-5) - moved(step, column, -1e-5)) / 2e-5
            assert found[step, column] == pytest.approx(slope, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(("season", "horizon"), [(7, 3), (5, 12)])
def test_what_repeats_itself_is_forecast_without_error_by_its_season(season, horizon):
    wave = np.tile(np.arange(season, dtype=float), 20)
    ends = np.arange(30, 60)
    ahead = np.arange(1, horizon + 1)[:, None]
    assert (season_before(wave, ends, season, horizon) == wave[ends + ahead]).all()


@pytest.mark.parametrize("season", [0, 32])
def test_a_season_that_has_not_been_seen_is_refused(season):
    with pytest.raises(ValueError, match="A season has from 1 to 31 steps"):
        season_before(np.zeros(60), np.arange(30, 40), season, 2)


def test_errors_are_over_all_forecasts_and_at_each_step_ahead(table):
    rng = np.random.default_rng(7)
    truth, forecast = rng.normal(size=(2, 3, 11))
    found = forecasts.errors_of(forecast, truth)
    sklearn = pytest.importorskip("sklearn.metrics")
    assert found.mae == pytest.approx(sklearn.mean_absolute_error(truth.ravel(), forecast.ravel()))
    assert found.rmse == pytest.approx(
        sklearn.root_mean_squared_error(truth.ravel(), forecast.ravel())
    )
    each = sklearn.root_mean_squared_error(truth.T, forecast.T, multioutput="raw_values")
    assert found.by_step == pytest.approx(each)
