"""A search tries what it says, finds what the whole grid finds, and is the same at any pace."""

import csv
import io
import math

import numpy as np
import pytest
from scipy import stats
from sklearn.base import BaseEstimator
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import HalvingGridSearchCV, ParameterGrid

from rnnviz import trace, training
from rnnviz.training.trials.rounds import TOGETHER, EachToTheEnd, Halving, Suggested
from rnnviz.training.trials.search import Search
from rnnviz.training.trials.searching import search
from rnnviz.training.trials.space import Between, Space
from tests.training.trials.executors import AtItsOwnPace, Here, Pretended

SHARED = {"task": "recall", "length": 3, "batch": 16, "learning_rate": 0.03}
GRID = {"hidden": [2, 4, 8], "cell": ["RNN", "LSTM"], "learning_rate": [0.01, 0.03]}


def hashable(choices):
    return {tuple(sorted(choice.items())) for choice in choices}


def test_the_grid_is_that_of_scikit_learn():
    found = Space(GRID).grid()
    assert len(found) == len(ParameterGrid(GRID))
    assert hashable(found) == hashable(ParameterGrid(GRID))


def test_draws_from_a_grid_are_of_it_each_once_and_all_of_it_where_that_many_are_asked_for():
    whole = hashable(Space(GRID).grid())
    for seed in range(5):
        some = Space(GRID).drawn(5, seed)
        assert len(hashable(some)) == len(some) == 5
        assert hashable(some) < whole
        assert some == Space(GRID).drawn(5, seed)
    assert hashable(Space(GRID).drawn(300, 0)) == whole
    assert Space(GRID).drawn(5, 0) != Space(GRID).drawn(5, 1)


@pytest.mark.parametrize(
    ("name", "low", "high", "law"),
    [
        ("learning_rate", 1e-4, 1e-1, stats.loguniform(1e-4, 1e-1)),
        ("dropout", 0.0, 0.5, stats.uniform(0.0, 0.5)),
        ("weight_decay", 0.0, 0.1, stats.uniform(0.0, 0.1)),
    ],
)
def test_rates_are_drawn_by_their_logarithm_and_shares_as_they_are(name, low, high, law):
    drawn = [one[name] for one in Space({}, {name: Between(low, high)}).drawn(400, 0)]
    assert stats.kstest(drawn, law.cdf).pvalue > 0.05


def test_whole_numbers_are_drawn_whole_and_both_ends_among_them():
    drawn = [one["layers"] for one in Space({}, {"layers": Between(1, 4)}).drawn(4, 0)]
    assert sorted(drawn) == [1, 2, 3, 4]
    assert all(type(one) is int for one in drawn)
    space = Space({}, {"hidden": Between(4, 64)})
    units = [one["hidden"] for seed in range(40) for one in space.drawn(20, seed)]
    assert (min(units), max(units)) == (4, 64)
    halves = np.mean([one <= 16 for one in units])
    assert 0.4 < halves < 0.6  # as many up to four times the least as from there to four times that


class Numbered(BaseEstimator):
    """An estimator of one choice among many, and as much of one resource."""

    def __init__(self, which=0, many=1):
        self.which, self.many = which, many

    def fit(self, X, y):
        return self

    def score(self, X, y):
        return float(self.which)


@pytest.mark.parametrize("choices", [2, 5, 9, 27, 40])
@pytest.mark.parametrize("stretches", [1, 9, 27, 81])
@pytest.mark.parametrize("factor", [2, 3])
def test_halving_takes_as_many_as_far_as_that_of_scikit_learn(choices, stretches, factor):
    theirs = HalvingGridSearchCV(
        Numbered(), {"which": [*range(choices)]}, resource="many", max_resources=stretches,
        min_resources="exhaust", factor=factor, cv=2, random_state=0,
    ).fit(np.zeros((8, 1)), np.zeros(8))  # fmt: skip
    ours = Halving([{"hidden": 1 + n} for n in range(choices)], 25 * stretches, factor)
    many, until = zip(*ours.steps, strict=True)
    assert [*many] == theirs.n_candidates_
    if all(stretches % factor**n == 0 for n in range(len(many))):
        assert [one // 25 for one in until] == theirs.n_resources_
    assert until[-1] == 25 * stretches
    assert sum(one.updates for one in ours.planned) == 25 * stretches


def alone(choice, seeds, updates):
    """The scores of a choice by runs on their own, outside of any search."""
    runs = [training.start(**SHARED | choice, seed=seed, updates=updates) for seed in seeds]
    return [training.advance(run, updates).evaluations[-1] for run in runs]


@pytest.fixture(scope="module")
def exhaustive():
    """The scores of each width, by the whole grid."""
    return {
        choice["hidden"]: alone(choice, (0, 1), 75)
        for choice in ParameterGrid({"hidden": [1, 2, 4, 8, 16]})
    }


WAYS = {
    "grid": {"grid": {"hidden": [1, 2, 4, 8, 16]}},
    "random": {"grid": {"hidden": [1, 2, 4, 8, 16]}, "draws": 5},
    "halving": {"grid": {"hidden": [1, 2, 4, 8, 16]}, "halving": 2},
    "tpe": {"grid": {"hidden": [1, 2, 4, 8, 16]}, "draws": 5, "sampler": "tpe"},
}


@pytest.mark.parametrize("way", WAYS)
def test_the_search_finds_the_width_that_the_exhaustive_grid_finds(exhaustive, way):
    found = search(**WAYS[way], seeds=2, updates=75, executor=Here(), report=id, **SHARED)
    best = max(exhaustive, key=lambda width: np.mean([one.metric for one in exhaustive[width]]))
    ties = [
        width
        for width, scores in exhaustive.items()
        if np.mean([s.metric for s in scores]) == np.mean([s.metric for s in exhaustive[best]])
    ]
    best = min(ties, key=lambda width: np.mean([one.loss for one in exhaustive[width]]))
    assert found.best.choice == {"hidden": best}
    assert found.best.scores == [one.metric for one in exhaustive[best]]
    assert found.best.mean == np.mean(found.best.scores)
    assert found.best.loss == np.mean([one.loss for one in exhaustive[best]])
    assert found.best.spread == pytest.approx(np.std(found.best.scores, ddof=1))


@pytest.mark.parametrize("way", WAYS)
def test_every_run_is_scored_as_it_is_at_its_end(way):
    """60 updates end ten after an evaluation; halving goes on from a round's end to there."""
    found = search(**WAYS[way], seeds=2, updates=60, executor=Here(), report=id, **SHARED)
    assert found.error is None
    whole = [one for tried in found.tried for one in tried.results if one.run.update == 60]
    assert whole
    for one in whole:
        run = training.start(**SHARED | one.trial.choice, seed=one.seed, updates=60)
        network, task = training.advance(run, 60).network, run.knobs.about_task
        rng = np.random.default_rng([one.seed, 2])
        parts = [task.held_out(rng, SHARED["length"], 64) for _ in range(4)]
        metrics = [task.metric(trace(network, part.x).prediction, part) for part in parts]
        assert one.metric == pytest.approx(np.mean(metrics), abs=1e-9)
    best = found.best
    assert str(best).startswith(f"{best.title}: {np.mean([r.metric for r in best.results]):.4g}")
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert all(row["evaluated_at"] == row["updates"] for row in rows)
    ended = [float(row["metric"]) for row in rows if row["ended"] == "to the end"]
    assert ended == [one.metric for one in whole]


def made(way="grid", seeds=2, **more):
    space = Space({"hidden": [2, 4, 8], "cell": ["RNN", "LSTM"]}, more)
    ways = {
        "grid": lambda: EachToTheEnd(space.grid(), 225),
        "random": lambda: EachToTheEnd(space.drawn(4, 0), 225),
        "halving": lambda: Halving(space.grid(), 225, 2),
        "tpe": lambda: Suggested(space, 6, 225),
    }
    return Search(ways[way](), seeds=range(seeds), shared={"updates": 225, "task": "bit recall"})


def score(knobs):
    """Better with more units; the seeds differ, and sometimes by more than the units make."""
    return 0.5 + knobs.hidden / 100 + (knobs.seed * 7919 + knobs.hidden * 104729) % 50 / 1000


def everything(found):
    return [
        (one.choice, [(r.seed, r.run.update, r.metric) for r in one.results]) for one in found.tried
    ]


@pytest.mark.parametrize("way", ["grid", "random", "halving", "tpe"])
def test_what_is_tried_and_found_does_not_depend_on_how_fast_anything_is(way):
    found = []
    for pace in range(4):
        one, executor = made(way), AtItsOwnPace(score, np.random.default_rng(pace))
        while not one.is_over:
            one.proceed(executor)
            if executor.pending:
                executor.answer()
        assert one.error is None
        found.append(one)
    assert all(everything(one) == everything(found[0]) for one in found)
    assert all(str(one) == str(found[0]) for one in found)
    assert len({one.best.title for one in found}) == 1


@pytest.mark.parametrize("way", ["grid", "halving", "tpe"])
def test_only_the_network_of_the_best_is_kept(way):
    one, executor = made(way), Pretended(score)
    while not one.is_over:
        one.proceed(executor)
    for tried in one.tried:
        is_best = tried.choice is one.best.choice
        assert [bool(r.run.parameters) for r in tried.results] == [is_best] * 2


def test_halving_goes_on_with_the_better_ones_and_calls_the_best_of_the_last_round_best():
    one, executor = made("halving", seeds=1), Pretended(lambda knobs: knobs.hidden / 10)
    while not one.is_over:
        one.proceed(executor)
    assert one.way.steps == [(6, 75), (3, 125), (2, 225)]
    units = {
        until: [t.choice["hidden"] for t in one.ranked if t.updates == until]
        for until in (225, 125, 75)
    }
    assert units == {225: [8, 8], 125: [4], 75: [4, 2, 2]}
    assert [t.updates for t in one.ranked] == [225, 225, 125, 75, 75, 75]
    assert one.best is one.ranked[0] or one.best.choice is one.ranked[0].choice


@pytest.mark.parametrize("way", ["grid", "halving", "tpe"])
def test_the_time_left_falls_to_nothing_and_what_is_done_rises_to_all(way):
    one, executor = made(way), Pretended(score)
    done, left = [one.done], []
    while not one.is_over:
        one.proceed(executor)
        done.append(one.done)
        left.append(one.seconds_left)
    assert done == sorted(done)
    assert (done[0], done[-1], left[-1]) == (0.0, 1.0, 0.0)
    assert one.pace == pytest.approx(3.0)


def test_a_cancelled_search_keeps_what_was_tried_and_its_table_says_how_far_each_run_came():
    one, executor = made(), AtItsOwnPace(score, np.random.default_rng(0))
    while len(one.tried) < 2:
        one.proceed(executor)
        if executor.pending:
            executor.answer()
    one.cancel()
    assert (one.is_over, one.was_cancelled) == (True, True)
    assert all(future.cancelled() for future, _ in executor.pending)
    rows = list(csv.DictReader(io.StringIO(one.to_csv())))
    ended = [row for row in rows if row["ended"] == "to the end"]
    cut_off = [row for row in rows if row["ended"] == "cancelled"]
    assert len(ended) == sum(len(tried.results) for tried in one.tried) >= 2
    assert len(ended) + len(cut_off) == len(rows)
    assert cut_off
    assert all(int(row["updates"]) < 225 for row in cut_off)
    assert all(int(row["updates"]) == 225 for row in ended)
    one.proceed(executor)
    assert all(future.cancelled() for future, _ in executor.pending)


def test_who_interrupts_a_search_gets_what_has_ended():
    executor = AtItsOwnPace(score, np.random.default_rng(0))
    seen = []

    def report(one):
        if not one.is_over:
            executor.answer()
        if len(one.tried) >= 2 and not seen:
            seen.append(one)
            raise KeyboardInterrupt

    found = search(
        grid={"hidden": [2, 4, 8]}, task="recall", updates=50, executor=executor, report=report
    )
    assert found.was_cancelled
    assert len(found.tried) >= 2
    assert all(future.cancelled() for future, _ in executor.pending)


def test_a_choice_with_a_run_that_is_not_finite_comes_last_and_has_no_score():
    one = made()
    executor = Pretended(lambda knobs: math.nan if knobs.hidden == 8 else 0.5)
    while not one.is_over:
        one.proceed(executor)
    assert [tried.choice["hidden"] for tried in one.ranked][-2:] == [8, 8]
    assert one.best.choice["hidden"] == 2


REFUSED = {
    "nothing varied": ({}, "choose at least one thing to vary"),
    "no value": ({"grid": {"hidden": []}}, "hidden has no value to try"),
    "a wrong value": ({"grid": {"hidden": [4, 0]}}, "hidden size 0: hidden must be a whole number"),
    "a wrong knob": ({"grid": {"hiden": [4]}}, "did you mean 'hidden'"),
    "a grid of a range": ({"between": {"hidden": (2, 8)}}, "a grid tries each value"),
    "a range the wrong way": ({"between": {"hidden": (8, 2)}, "draws": 3}, "the larger"),
    "a range too wide": ({"between": {"hidden": (0, 8)}, "draws": 3}, "whole number from 1"),
    "no draws": ({"grid": {"hidden": [2]}, "draws": 0}, "at least one choice"),
    "guided, but not drawn": ({"grid": {"hidden": [2]}, "sampler": "tpe"}, "guided by scores"),
    "halved by one": ({"grid": {"hidden": [2]}, "halving": 1}, "one of at least 2"),
    "no seed": ({"grid": {"hidden": [2]}, "seeds": 0}, "at least one seed"),
    "too many folds": ({"grid": {"hidden": [2]}, "folds": 99}, "1 to 20 folds"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_search_that_cannot_be_is_refused_in_one_sentence(what):
    asked, said = REFUSED[what]
    with pytest.raises(ValueError, match=said):
        search(**asked, task="recall", executor=Pretended())


def test_a_sampler_that_is_not_there_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "optuna", None)
    with pytest.raises(ValueError, match=r"pip install 'rnnviz\[search\]'"):
        search(grid={"hidden": [2]}, draws=1, sampler="tpe", executor=Pretended())


def test_a_sampler_suggests_a_few_at_a_time_and_nothing_twice():
    one, executor = made("tpe", seeds=1), Pretended(score)
    while not one.is_over:
        one.proceed(executor)
    assert len(one.tried) == 6
    assert len(hashable(t.choice for t in one.tried)) == 6
    assert [planned.choices for planned in one.planned] == [TOGETHER, 2]
