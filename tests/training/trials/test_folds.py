"""Parts of the data that are each held out once."""

import pickle

import numpy as np
import pytest

from rnnviz import tasks, training
from rnnviz.training.trials.folds import folds_of
from rnnviz.training.trials.searching import search
from tests.training.trials.executors import Here

TOYS = ("recall", "adding problem", "next character")


@pytest.mark.parametrize("name", TOYS)
def test_each_fold_of_a_toy_task_draws_sequences_of_its_own_always_the_same(name):
    folds = folds_of(name, 3)
    drawn = [
        [fold.batch(np.random.default_rng(7), fold.length.default, 4).x for fold in folds],
        [fold.held_out(np.random.default_rng(7), fold.length.default, 4).x for fold in folds],
    ]
    for of_folds in drawn:
        assert len({one.tobytes() for one in of_folds}) == 3
    again = [fold.batch(np.random.default_rng(7), fold.length.default, 4).x for fold in folds]
    assert [one.tobytes() for one in again] == [one.tobytes() for one in drawn[0]]


@pytest.mark.parametrize("name", TOYS)
def test_a_fold_is_the_same_after_a_way_through_another_process(name):
    for fold in folds_of(name, 2):
        sent = pickle.loads(pickle.dumps(fold))  # noqa: S301
        assert sent == fold
        assert hash(sent) == hash(fold)
    one, other = folds_of(name, 2)
    assert one != other
    assert one != tasks.find(name)


def test_one_fold_is_the_task_as_it_is():
    assert folds_of("recall", 1) == ()


def test_a_search_tries_each_choice_with_each_seed_on_each_fold():
    shared = {"task": "recall", "length": 3, "batch": 8, "updates": 25}
    grid = {"hidden": [2, 4]}
    found = search(grid=grid, seeds=(1, 4), folds=2, executor=Here(), report=id, **shared)
    for one in found.tried:
        assert [(r.seed, r.fold) for r in one.results] == [(1, 0), (1, 1), (4, 0), (4, 1)]
        alone = []
        for seed in (1, 4):
            for fold in folds_of("recall", 2):
                run = training.start(**{**shared, **one.choice, "task": fold}, seed=seed)
                alone.append(training.advance(run, 25).evaluations[-1].metric)
        assert one.scores == alone
