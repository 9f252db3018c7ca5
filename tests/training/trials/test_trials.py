"""Trials end as each run would alone, in one order, whoever does them; cancelled, none goes on."""

import math
import time
from concurrent.futures import Future
from dataclasses import replace

import pytest

from rnnviz import training
from rnnviz.training.comparison import costs
from rnnviz.training.trials import Trials, trials_of
from rnnviz.training.workers.chunks import Chunk
from rnnviz.training.workers.workers import Workers
from tests.training.trials.executors import Pretended

SHARED = {"task": "bit recall", "length": 3, "batch": 8}
CHOICES = [{"hidden": 3}, {"hidden": 2, "cell": "GRU"}, {"hidden": 4, "learning_rate": 0.1}]


def to_the_end(trials, executor):
    while not trials.is_over:
        trials.proceed(executor)
        trials.wait(0.1)
    assert trials.error is None
    return trials.results


@pytest.fixture(scope="module")
def by_workers():
    """How many processes → the results of the same trials."""
    found = {}
    for many in (1, 3):
        workers = Workers(many)
        with workers.session() as session:
            trials = Trials(trials_of(CHOICES, seeds=(0, 5), updates=60, **SHARED))
            found[many] = to_the_end(trials, session)
        workers.shutdown()
    return found


@pytest.mark.parametrize("many", [1, 3])
def test_each_trial_ends_as_its_run_does_alone(by_workers, many):
    runs = [{**SHARED, **choice, "seed": seed} for choice in CHOICES for seed in (0, 5)]
    for knobs, result in zip(runs, by_workers[many], strict=True):
        alone = training.advance(training.start(**knobs, updates=60), 60)
        assert result.run.knobs == alone.knobs
        assert result.evaluation == alone.evaluations[-1]
        assert result.evaluation.update == 60
        assert (result.loss, result.metric) == result.evaluation[1:]
        assert result.seed == knobs["seed"]
        assert result.parameters == sum(array.size for array in alone.parameters.values())
        assert {n: a.tobytes() for n, a in result.run.parameters.items()} == {
            n: a.tobytes() for n, a in alone.parameters.items()
        }


def test_a_trial_goes_on_where_another_ended_and_comes_to_the_same(by_workers):
    workers = Workers(2)
    with workers.session() as session:
        trials = trials_of(CHOICES, seeds=(0, 5), updates=60, **SHARED)
        short = to_the_end(Trials([replace(one, until=25) for one in trials]), session)
        assert {result.run.update for result in short} == {25}
        longer = [replace(one.trial, until=None, begun=one) for one in short]
        found = to_the_end(Trials(longer), session)
    workers.shutdown()
    assert [r.run.evaluations for r in found] == [r.run.evaluations for r in by_workers[1]]


def test_cancelled_trials_leave_no_job_behind_and_keep_what_has_ended():
    workers = Workers(2)
    with workers.session() as session:
        trials = Trials(
            trials_of([{"updates": 5}, {"updates": 5000}], seeds=range(3), **SHARED),
        )
        while len(trials.results) < 3:
            trials.proceed(session)
            trials.wait(0.1)
        trials.cancel()
        assert trials.is_over
        assert trials.was_cancelled
        assert [result.trial.goal for result in trials.results] == [5, 5, 5]
        limit = time.monotonic() + 20
        while (workers._queues or workers._busy) and time.monotonic() < limit:
            time.sleep(0.01)
        assert not workers._queues
        assert workers._busy == 0
    workers.shutdown()


def test_the_time_left_is_right_from_the_first_update_on():
    trials = Trials(trials_of(CHOICES, seeds=range(4), updates=40, **SHARED))
    executor, whole = Pretended(), trials.seconds_left
    assert whole == pytest.approx(sum(costs.seconds(one.knobs) for one in trials.trials))
    done = []
    while not trials.is_over:
        trials.proceed(executor)
        done.append(trials.done)
        if trials.took:
            assert trials.seconds_left + trials.took == pytest.approx(3 * whole)
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0.0, 1.0)


def test_every_process_has_a_run_to_take_on():
    trials, executor = Trials(trials_of([{}], seeds=range(40), **SHARED)), Pretended()
    trials.proceed(executor)
    assert len(executor.asked) == 2 * executor.processes


def test_a_run_whose_numbers_overflow_has_no_score():
    class Overflowing(Pretended):
        def submit(self, fn, /, run, updates):
            future = super().submit(fn, run, updates)
            stop = training.Stop(1, "the loss", None, None, math.inf)
            run = replace(future.result().run, stopped=stop)
            future = Future()
            future.set_result(Chunk(run, 0.1))
            return future

    trials = Trials(trials_of([{}], seeds=[0], **SHARED))
    (result,) = to_the_end(trials, Overflowing())
    assert math.isnan(result.loss)
    assert math.isnan(result.metric)
    assert result.run.update < result.trial.goal


def test_a_trial_that_cannot_be_is_refused_before_any_begins():
    for wrong, said in (
        ({"hidden": 0}, "hidden must be a whole number from 1 to 256"),
        ({"hiden": 4}, "did you mean 'hidden'"),
        ({"forget_bias": 1.0, "cell": "RNN (tanh)"}, "forget"),
    ):
        with pytest.raises(ValueError, match=said):
            trials_of([{"hidden": 4}, wrong], seeds=[0], **SHARED)
