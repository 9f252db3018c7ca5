"""A study measures what it says, in its order, and stops at once where it is cancelled."""

import time

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.cells import named
from rnnviz.training import advance, start
from rnnviz.training.tradeoffs.contenders import contenders
from rnnviz.training.tradeoffs.ending import ending
from rnnviz.training.tradeoffs.study import Study
from rnnviz.training.tradeoffs.timing import ROUNDS
from rnnviz.training.workers.workers import Workers

CELLS = [*map(named, ("RNN (tanh)", "GRU (PyTorch)"))]
BASE = {"task": "bit recall", "length": 3, "hidden": 4, "batch": 8, "updates": 50}


@pytest.fixture(scope="module")
def session():
    workers = Workers(1)
    with workers.session() as found:
        yield found
    workers.shutdown()


def _to_its_end(study, session):
    phases = []
    while not study.is_over:
        if study.phase not in phases:
            phases.append(study.phase)
        study.proceed(session)
        time.sleep(0.01)
    return phases


@pytest.fixture(scope="module")
def study(session):
    found = Study(contenders(BASE, CELLS, (1, 2)), 3, (2, 3, 6), seed=5)
    assert _to_its_end(found, session) == ["timing", "training", "lengths"]
    return found


def test_all_is_measured(study):
    assert study.error is None
    assert (study.done, study.seconds_left) == (1.0, 0.0)
    assert not study.was_cancelled
    assert study.machine
    for one in study.figures:
        assert len(one.updates.finite) == len(one.steps.finite) == ROUNDS
        assert 0 < one.steps.mean < one.updates.mean
        assert one.asked > one.kept.total
        assert len(one.scores.finite) == 3
        assert {3} <= one.solved.keys() <= {2, 3, 6}


def test_scores_are_those_of_the_runs_with_these_knobs(study):
    for one in study.figures:
        for seed, score in zip((5, 6, 7), one.scores.values, strict=True):
            run = advance(start(**one.contender.chosen, seed=seed), BASE["updates"])
            assert score == run.evaluations[-1].metric


def test_scores_are_those_after_the_last_update(session):
    base = {**BASE, "updates": 40}
    found = Study(contenders(base, CELLS[1:], (1,)), 2)
    assert _to_its_end(found, session) == ["timing", "training"]
    (one,) = found.figures
    for seed, score in zip((0, 1), one.scores.values, strict=True):
        run = advance(start(**one.contender.chosen, seed=seed), 40)
        rng = np.random.default_rng([seed, 2])
        parts = [run.knobs.about_task.held_out(rng, 3, 64) for _ in range(4)]
        answered = [trace(run.network, part.x).prediction for part in parts]
        metrics = map(run.knobs.about_task.metric, answered, parts)
        assert score == pytest.approx(np.mean([*metrics]), abs=1e-9)


def test_the_length_of_the_task_is_not_asked_twice(study):
    assert study.lengths == (2, 6)


def test_a_gap_is_measured_where_a_training_set_comes_again(session):
    base = {**BASE, "task": "series regression", "hidden": 16, "updates": 1000}
    found = Study(contenders(base, CELLS[1:], (1,)), 2)
    assert _to_its_end(found, session) == ["timing", "training", "judging"]
    (one,) = found.figures
    run = advance(start(**one.contender.chosen, seed=0), 1000)
    assert one.gaps.values[0] == pytest.approx(ending(run).gap)
    learnt = np.mean(run.history["loss"][-25:])
    assert one.gaps.values[0] == pytest.approx(run.evaluations[-1].loss - learnt, rel=0.35)
    assert one.gaps.values[0] > 0.02


def test_a_run_that_stops_is_counted_as_lost(session):
    base = {**BASE, "optimizer": "sgd", "learning_rate": 10.0, "task": "noisy sine", "length": 20}
    found = Study(contenders(base, [named("RNN (ReLU)")], (1,)), 3)
    _to_its_end(found, session)
    (one,) = found.figures
    runs = [advance(start(**one.contender.chosen, seed=seed), 50) for seed in range(3)]
    assert found.error is None
    assert 0 < one.scores.lost == sum(run.stopped is not None for run in runs)


def test_cancelled_it_asks_for_nothing_more(session):
    found = Study(contenders({**BASE, "updates": 100_000}, CELLS, (1,)), 3)
    while found.phase == "timing":
        found.proceed(session)
        time.sleep(0.01)
    timed = found.figures
    found.proceed(session)
    found.cancel()
    assert (found.is_over, found.was_cancelled, found.phase) == (True, True, "")
    assert [one.updates for one in found.figures] == [one.updates for one in timed]
    begin = time.monotonic()
    session.submit(int).result()
    assert time.monotonic() - begin < 5


def test_a_closed_session_ends_no_study_with_an_error():
    workers = Workers(1)
    session = workers.session()
    found = Study(contenders(BASE, CELLS, (1,)), 1)
    session.shutdown()
    found.proceed(session)
    assert found.error is None
    workers.shutdown()


def test_gates_that_a_cell_has_not_are_started_by_nothing():
    base = {**BASE, "chrono": 10}
    rnn, gru, lstm = contenders(base, [*CELLS, named("LSTM")], (1,))
    assert ["chrono" in one.chosen for one in (rnn, gru, lstm)] == [False, True, True]
    base = {**BASE, "forget_bias": 1.0, "write_bias": -1.0}
    rnn, gru, lstm = contenders(base, [*CELLS, named("LSTM")], (1,))
    assert [one.knobs.forget_bias for one in (rnn, gru, lstm)] == [None, 1.0, 1.0]
    assert [one.knobs.write_bias for one in (rnn, gru, lstm)] == [None, None, -1.0]
