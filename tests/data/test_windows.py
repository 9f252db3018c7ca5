"""Windows of a series look back only, and its baselines are what libraries make of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

from rnnviz.data import Table, made_series, read_text, series

SHAPES = st.tuples(
    st.integers(1, 6), st.integers(1, 4), st.integers(1, 3), st.floats(0.1, 0.5)
)  # window, horizon, stride, held out


def table(rows=60):
    rng = np.random.default_rng(0)
    return Table({"a": np.arange(rows, dtype=float), "b": rng.normal(size=rows)})


@given(SHAPES)
def test_every_window_ends_before_what_is_asked_of_it(shape):
    window, horizon, stride, held_out = shape
    found = series(table(), inputs=["a"], target="a", window=window, horizon=horizon,
                   stride=stride, held_out=held_out)  # fmt: skip
    split = round(60 * (1 - held_out))
    for part in (found.train, found.test):
        times = np.concatenate([part.x[..., 0], part.y])
        assert np.array_equal(times, part.ends + np.arange(1 - window, horizon + 1)[:, None])
        assert (np.diff(part.ends) == stride).all()
    assert found.train.y.max() < split <= found.test.y.min()


@given(SHAPES)
def test_what_is_learnt_from_alone_sets_the_scale(shape):
    window, horizon, stride, held_out = shape
    found = series(table(), inputs=["a", "b"], target="b", window=window, horizon=horizon,
                   stride=stride, held_out=held_out)  # fmt: skip
    rows = np.column_stack([*table().columns.values()])[: round(60 * (1 - held_out))]
    x, y = found.standard(found.test)
    assert np.allclose(x * rows.std(axis=0) + rows.mean(axis=0), found.test.x)
    assert np.allclose(found.in_units(y), found.test.y)


def test_a_column_that_never_changes_is_divided_by_one():
    constant = Table({"a": np.ones(30), "b": np.arange(30.0)})
    found = series(constant, inputs=["a"], target="b", window=3)
    assert (found.standard(found.train)[0] == 0).all()


def test_the_linear_regression_is_scikits():
    found = series(made_series("tide", rows=300), inputs=["wind", "level"], target="level",
                   window=8, horizon=3)  # fmt: skip
    flat = [np.moveaxis(p.x, 1, 0).reshape(len(p), -1) for p in (found.train, found.test)]
    fitted = LinearRegression().fit(flat[0], found.train.y.T)
    forecast = found.baselines()["linear regression"]
    assert np.allclose(forecast, fitted.predict(flat[1]).T, atol=1e-9)


def test_the_last_value_and_the_season_are_what_they_say():
    week = Table({"v": np.tile(np.arange(7.0), 20)})
    found = series(week, inputs=["v"], target="v", window=14, horizon=10)
    baselines = found.baselines(season=7)
    assert np.array_equal(baselines["season"], found.test.y)  # it repeats for ever
    assert np.array_equal(baselines["last value"], np.tile(found.test.x[-1, :, 0], (10, 1)))
    mae, rmse = found.errors(baselines["last value"])
    assert mae[6] == rmse[6] == 0  # a week later it is the same
    miss = baselines["last value"] - found.test.y
    assert np.allclose(rmse**2, (miss**2).mean(axis=1))


@pytest.mark.parametrize("name", ["tide", "shop"])
def test_a_made_series_can_be_foretold_better_than_by_its_last_value(name):
    made = made_series(name)
    target = made.numbers[-1]
    found = series(made, inputs=made.numbers, target=target, window=28)
    errors = {kind: found.errors(one)[1][0] for kind, one in found.baselines(season=7).items()}
    assert errors["linear regression"] < 0.7 * errors["last value"]
    again = made_series(name).columns[target]
    assert np.array_equal(made.columns[target], again)
    assert not np.array_equal(made_series(name, seed=1).columns[target], again)


@pytest.mark.parametrize(
    ("text", "chosen", "sentence"),
    [
        ("a,b\n1,x\n2,y\n", {"inputs": ["b"], "target": "a"}, "“b” is no column of numbers"),
        ("a,b\n1,x\n2,y\n", {"inputs": ["a"], "target": "c"}, "“c” is no column of numbers"),
        ("a,b\n1,2\n2,\n3,4\n", {"inputs": ["a"], "target": "b"}, "missing at row, column: 3, 2"),
        ("a\n1\n2\n3\n", {"inputs": ["a"], "target": "a"}, "3 rows are too few for a window of 5"),
        ("a\n1\n", {"inputs": ["a"], "target": "a"}, "1 row is too few for a window of 5"),
        ("a\n1\n2\n3\n", {"inputs": [], "target": "a"}, "at least 1 step"),
    ],
)
def test_what_cannot_be_cut_is_refused_in_a_sentence(text, chosen, sentence):
    with pytest.raises(ValueError, match=sentence):
        series(read_text(text), window=5, **chosen)


def test_a_season_may_be_longer_than_the_window_and_not_longer_than_what_was_seen():
    found = series(table(), inputs=["b"], target="b", window=5)
    seen = found.test.ends[0] + 1
    assert np.array_equal(found.baselines(season=seen)["season"][0, :1], found.goal[:1])
    with pytest.raises(ValueError, match=f"A season has from 1 to {seen} steps"):
        found.baselines(season=seen + 1)
