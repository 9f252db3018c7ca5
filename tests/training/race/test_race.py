"""A race is fair: counts are of what is learnt, every seed runs, who loses is not asked again."""

import csv
import io
import time
from concurrent.futures import Executor, Future
from dataclasses import replace

import numpy as np
import pytest

from rnnviz import tasks
from rnnviz.cells import GALLERY, named
from rnnviz.network.network import Network
from rnnviz.training.comparison import costs
from rnnviz.training.race.entrants import Entrant, entrants
from rnnviz.training.race.race import Race, Result
from rnnviz.training.runs.runs import Evaluation
from rnnviz.training.workers.chunks import Chunk
from rnnviz.training.workers.workers import Workers

SHARED = {"task": "bit recall", "batch": 16, "optimizer": "adam", "learning_rate": 0.03}


@pytest.mark.parametrize("name", GALLERY)
def test_the_count_is_that_of_the_network(name):
    about = tasks.find("temporal order")
    network = Network.fresh(GALLERY[name], inputs=about.inputs, hidden=7, outputs=about.outputs)
    (one,) = entrants([named(name)], "temporal order", 7, "units")
    assert one.parameters == sum(a.size for a in network.parameters.values())


def test_equal_parameters_are_as_near_as_units_allow():
    names = [*map(named, ("LSTM", "GRU (PyTorch)", "RNN (tanh)"))]
    lstm, gru, rnn = entrants(names, "adding problem", 32, "parameters")
    assert (lstm.hidden, lstm.parameters, gru.hidden, gru.parameters) == (32, 4513, 37, 4515)
    for units in (rnn.hidden - 1, rnn.hidden + 1):
        (other,) = entrants([named("RNN (tanh)")], "adding problem", units, "units")
        assert abs(other.parameters - 4513) > abs(rnn.parameters - 4513)
    assert {e.hidden for e in entrants(names, "adding problem", 9, "units")} == {9}


def test_a_race_runs_every_seed_and_can_be_left_at_once():
    workers = Workers(1)
    with workers.session() as session:
        race = Race(
            entrants([named("RNN (tanh)")], "bit recall", 8, "units"),
            [2],
            3,
            SHARED | {"updates": 150},
        )
        while not race.is_over:
            race.proceed(session)
            time.sleep(0.005)
        (results,) = race.results.values()
        assert sorted(r.seed for r in results) == [0, 1, 2]
        assert all(r.updates <= 150 for r in results)
        assert all(r.updates == 150 for r in results if r.solved_at is None)
        long = Race(race.entrants, [2, 30], 3, SHARED | {"updates": 5000})
        long.proceed(session)
        long.cancel()
        assert long.is_over
        assert (long.was_cancelled, race.was_cancelled) == (True, False)
    workers.shutdown()


def test_a_cell_that_never_solved_a_lag_is_not_asked_for_longer_ones():
    one = Entrant(named("LSTM"), 4, 0)
    race = Race([one], [5, 10, 20], 2, SHARED | {"updates": 10})
    race.results[one, 5] = [Result(0, 5, 10, 1.0), Result(1, None, 10, 0.5)]
    assert not race._gave_up(one, 10)
    race.results[one, 10] = [Result(0, None, 10, 0.5), Result(1, None, 10, 0.5)]
    assert race._gave_up(one, 20)
    assert race.longest(one) is None
    race.results[one, 5] = [Result(0, 5, 10, 1.0), Result(1, 7, 10, 1.0)]
    assert race.longest(one) == 5


@pytest.mark.parametrize("failed", [5, 10, 20])
def test_a_lag_that_was_never_solved_keeps_nobody_from_shorter_ones(failed):
    one, other = Entrant(named("LSTM"), 4, 0), Entrant(named("RNN (tanh)"), 4, 0)
    race = Race([one, other], [5, 10, 20], 2, SHARED | {"updates": 10})
    race.results[one, failed] = [Result(seed, None, 10, 0.5) for seed in range(2)]
    for lag in race.lags:
        assert race._gave_up(one, lag) == (lag > failed)
        assert not race._gave_up(other, lag)


class Pretended(Executor):
    """Does no job, but says that each update took three times what it was expected to cost."""

    turn = 0.06

    def __init__(self):
        self.asked = []

    def submit(self, fn, /, run, updates):
        future = Future()
        self.asked.append((run.knobs, updates))
        later = replace(
            run,
            update=run.update + updates,
            evaluations=(*run.evaluations, Evaluation(run.update + updates, 1.0, 0.0)),
        )
        cost = 3 * costs.seconds(run.knobs) / run.knobs.updates
        future.set_result(Chunk(later, cost * updates))
        return future


def a_race(*names, lags=(5, 100), seeds=2, updates=40):
    return Race(
        entrants([*map(named, names)], "bit recall", 8, "units"),
        lags,
        seeds,
        SHARED | {"updates": updates},
    )


def test_the_time_left_is_right_from_the_first_update_on_whatever_lags_come_first():
    race, executor = a_race("LSTM", "RNN (tanh)", lags=(5, 20, 100), seeds=1), Pretended()
    race._gave_up = lambda entrant, lag: False
    whole = race.seconds_left
    race.proceed(executor)
    while not race.is_over:
        race.proceed(executor)
        assert race.seconds_left + race.took == pytest.approx(3 * whole)


def test_who_gave_up_is_not_counted_in_the_time_left():
    race = a_race("LSTM", lags=(5, 100))
    race.results[race.entrants[0], 5] = [Result(seed, None, 40, 0.5) for seed in range(2)]
    assert race.seconds_left == a_race("LSTM", lags=(5,)).seconds_left


def test_a_chunk_lasts_a_turn():
    race, executor = a_race("LSTM", lags=(50,), seeds=1, updates=2000), Pretended()
    while not race.is_over:
        race.proceed(executor)
    each = 3 * costs.seconds(executor.asked[0][0]) / 2000
    assert executor.asked[0][1] == 1
    assert executor.asked[1][1] == int(executor.turn / each) > 1


def test_lstms_start_with_forget_bias_one_and_nobody_else():
    race, executor = a_race(*GALLERY, lags=(5,), seeds=1, updates=3), Pretended()
    while not race.is_over:
        race.proceed(executor)
    found = {knobs.cell.name: knobs.forget_bias for knobs, _ in executor.asked}
    assert {name for name, bias in found.items() if bias == 1.0} == {
        "LSTM",
        "Peephole LSTM",
        "RG-LRU",
    }
    assert set(found.values()) == {1.0, None}


def test_a_run_that_fails_ends_the_race_and_is_not_tried_again():
    class Failing(Pretended):
        def submit(self, fn, /, run, updates):
            future = Future()
            self.asked.append((run.knobs, updates))
            future.set_exception(MemoryError("no room"))
            return future

    race, executor = a_race("LSTM"), Failing()
    for _ in range(5):
        race.proceed(executor)
    assert str(race.error) == "no room"
    assert race.is_over
    assert not race.was_cancelled
    assert len(executor.asked) == 2


def test_a_job_that_was_dropped_with_its_session_is_given_to_the_next():
    class Dropping(Pretended):
        def submit(self, fn, /, run, updates):
            self.asked.append((run.knobs, updates))
            future = Future()
            future.cancel()
            return future

    race, dropping, executor = a_race("LSTM", lags=(5,), seeds=1), Dropping(), Pretended()
    race.proceed(dropping)
    while not race.is_over:
        race.proceed(executor)
    assert len(dropping.asked) == 1
    assert race.error is None
    assert [r.updates for r in race.results[race.entrants[0], 5]] == [40]


def test_a_session_that_was_closed_meanwhile_costs_the_race_nothing():
    """Streamlit lets any client clear the caches, and with them every session."""

    class Closed(Pretended):
        def submit(self, fn, /, run, updates):
            raise RuntimeError("this session has been closed: no job can be taken")

    race, executor = a_race("LSTM", lags=(5,), seeds=2), Pretended()
    race.proceed(Closed())
    race.proceed(executor)
    race.proceed(Closed())
    while not race.is_over:
        race.proceed(executor)
    assert race.error is None
    assert [r.updates for r in race.results[race.entrants[0], 5]] == [40, 40]


def test_a_race_says_what_it_would_cost():
    race = a_race("LSTM", "RNN (tanh)", lags=(5, 10), seeds=3)
    longer = a_race("LSTM", "RNN (tanh)", lags=(5, 10), seeds=6)
    assert longer.seconds_left == pytest.approx(2 * race.seconds_left)


def test_a_race_of_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="the length of temporal order must be"):
        Race(
            entrants([named("LSTM")], "temporal order", 8, "units"),
            [5],
            1,
            SHARED | {"task": "temporal order", "updates": 10},
        )


def test_each_run_that_ended_is_a_line_of_the_table():
    lstm, rnn = Entrant(named("LSTM"), 4, 90), Entrant(named("RNN (tanh)"), 9, 91)
    race = Race([lstm, rnn], [20, 5], 2, SHARED | {"updates": 50})
    race.results[rnn, 5] = [Result(0, None, 50, 0.5)]
    race.results[lstm, 20] = [Result(1, 25, 50, 1.0), Result(0, None, 50, 0.625)]
    assert list(csv.reader(io.StringIO(race.to_csv()))) == [
        ["cell", "units", "parameters", "lag", "seed", "solved_at", "updates", "metric"],
        ["LSTM", "4", "90", "20", "0", "", "50", "0.625"],
        ["LSTM", "4", "90", "20", "1", "25", "50", "1.0"],
        ["RNN (tanh)", "9", "91", "5", "0", "", "50", "0.5"],
    ]


class AtItsOwnPace(Executor):
    """Learns what it is said to learn, evaluated every 25 updates, and answers in any order, after
    any time. learns: (cell, lag, seed) → the update from which the task is solved, or None."""

    turn = 0.06

    def __init__(self, learns, rng):
        self.learns, self.rng, self.pending, self.begun = learns, rng, [], []

    def submit(self, fn, /, run, updates):
        which = (run.knobs.cell.name, run.knobs.length, run.knobs.seed)
        self.begun += [] if which in self.begun else [which]
        to = min(run.update + max(1, int(updates * self.rng.uniform(1, 9))), run.knobs.updates)
        at = self.learns[which]
        later = replace(
            run,
            update=to,
            evaluations=tuple(
                Evaluation(update, 1.0, float(at is not None and update >= at))
                for update in range(0, to + 1, 25)
            ),
        )
        future = Future()
        self.pending.append((future, Chunk(later, 10.0 ** self.rng.uniform(-4, 0))))
        return future

    def answer(self):
        future, chunk = self.pending.pop(self.rng.integers(len(self.pending)))
        future.set_result(chunk)


@pytest.mark.parametrize("pace", range(5))
def test_what_a_race_runs_and_finds_does_not_depend_on_how_fast_anything_is(pace):
    names, lags, seeds = ("LSTM", "RNN (tanh)", "MGU"), (5, 10, 20, 50), 3
    chance = np.random.default_rng(0)
    learns = {
        (name, lag, seed): int(25 * chance.integers(1, 8)) if chance.uniform() < 0.4 else None
        for name in names
        for lag in lags
        for seed in range(seeds)
    }
    race = a_race(*names, lags=lags, seeds=seeds, updates=300)
    executor = AtItsOwnPace(learns, np.random.default_rng(pace))
    while not race.is_over:
        race.proceed(executor)
        if executor.pending:
            executor.answer()
    asked = {
        (name, lag, seed)
        for name in names
        for place, lag in enumerate(lags)
        for seed in range(seeds)
        if all(any(learns[name, one, s] for s in range(seeds)) for one in lags[:place])
    }
    assert set(executor.begun) == asked != set(learns)
    rows = list(csv.DictReader(io.StringIO(race.to_csv())))
    assert {(row["cell"], int(row["lag"]), int(row["seed"])) for row in rows} == {
        (named(name).title, lag, seed) for name, lag, seed in asked
    }
    titles = {named(name).title: name for name in names}
    for row in rows:
        at = learns[titles[row["cell"]], int(row["lag"]), int(row["seed"])]
        assert row["solved_at"] == ("" if at is None else str(at))
        assert row["updates"] == ("300" if at is None else str(at + 25))
        assert row["metric"] == ("0.0" if at is None else "1.0")


def test_who_solves_the_longest_lag_wins_alone_or_with_others():
    race = a_race("LSTM", "RNN (tanh)", "MGU", lags=(5, 10), seeds=1)
    lstm, rnn, mgu = race.entrants
    assert race.winners == ()
    race.results[lstm, 5] = race.results[mgu, 5] = [Result(0, 25, 50, 1.0)]
    race.results[rnn, 5] = [Result(0, None, 40, 0.5)]
    assert race.winners == (lstm, mgu)
    race.results[mgu, 10] = [Result(0, 25, 50, 1.0)]
    assert race.winners == (mgu,)
