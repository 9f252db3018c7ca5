"""Folds hold out each part once, learn from nothing after it, and keep what judges unseen."""

import pickle

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold, TimeSeriesSplit

from rnnviz.data import made_reviews, made_series, reviews, series
from rnnviz.training.trials.folds import folds_of


def a_series(horizon=1, stride=1, rows=200):
    table = made_series("tide", rows=rows)
    return series(
        table, inputs=["level", "wind"], target="level", window=12, horizon=horizon, stride=stride
    )


@pytest.mark.parametrize("many", [2, 3, 5])
@pytest.mark.parametrize("horizon", [1, 4])
@pytest.mark.parametrize("stride", [1, 3])
def test_a_series_is_cut_as_scikit_learn_cuts_time(many, horizon, stride):
    whole = a_series(horizon, stride)
    ends = whole.train.ends
    gap = -(-horizon // stride) - 1
    theirs = TimeSeriesSplit(many, gap=gap).split(ends)
    for fold, (learnt, judged) in zip(whole.folds(many), theirs, strict=True):
        assert fold.train.ends.tolist() == ends[learnt].tolist()
        assert fold.test.ends.tolist() == ends[judged].tolist()


@pytest.mark.parametrize("horizon", [1, 4])
def test_no_fold_learns_from_what_it_forecasts_or_from_what_judges_in_the_end(horizon):
    whole = a_series(horizon)
    first_judged = whole.test.ends[0] + 1
    for fold in whole.folds(4):
        forecast = fold.test.ends[0] + 1
        assert (fold.train.ends + horizon < forecast).all()
        assert (fold.test.ends + horizon < first_judged).all()
        assert len(fold.rows) <= first_judged
        assert fold.scale.mean == pytest.approx(whole.rows[:forecast].mean(axis=0))
        assert fold.target_scale.deviation == pytest.approx(whole.goal[:forecast].std())
        assert np.array_equal(fold.train.x, whole.train.x[:, : len(fold.train)])


@pytest.mark.parametrize("many", [2, 5])
def test_reviews_are_cut_as_scikit_learn_stratifies(many):
    whole = reviews(made_reviews(200), length=12)
    classes = whole.train.classes
    folds = whole.folds(many)
    theirs = StratifiedKFold(many).split(classes, classes)
    counts = [np.bincount(fold.test.classes) for fold in folds]
    wanted = [np.bincount(classes[judged]) for _, judged in theirs]
    # They number the labels as they come, so another part has the one more that is left over.
    assert np.sort(counts, axis=0).tolist() == np.sort(wanted, axis=0).tolist()
    assert sorted(map(sum, counts)) == sorted(map(sum, wanted))
    for fold in folds:
        assert {*fold.test.rows} | {*fold.train.rows} == {*whole.train.rows}
        assert len(fold.test) + len(fold.train) == len(whole.train)
        assert not {*fold.test.rows} & {*whole.test.rows}
    held_out = np.concatenate([fold.test.rows for fold in folds])
    assert sorted(held_out) == sorted(whole.train.rows)


def test_a_task_of_ones_own_is_cut_as_its_data_are_also_where_only_the_task_is_known():
    whole = a_series()
    tasks = folds_of(whole.task, 3)
    assert tasks == tuple(fold.task for fold in whole.folds(3)) == tuple(folds_of(whole, 3))
    assert len({*tasks, whole.task}) == 4
    for task in tasks:
        sent = pickle.loads(pickle.dumps(task))  # noqa: S301
        assert sent == task
        assert sent.cut is None


@pytest.mark.parametrize("many", [0, 1])
def test_one_part_is_no_cut(many):
    with pytest.raises(ValueError, match="Two folds are the fewest"):
        a_series().folds(many)


def test_what_is_too_little_to_be_cut_is_refused():
    with pytest.raises(ValueError, match="too few for 15 folds"):
        a_series(rows=28).folds(15)
    whole = reviews(made_reviews(60), length=12)
    with pytest.raises(ValueError, match="too few for 20 folds"):
        whole.folds(20)
