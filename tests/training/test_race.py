"""A race is fair: counts are of what is learnt, every seed runs, who loses is not asked again."""

import time

import pytest

from rnnviz import tasks
from rnnviz.cells import GALLERY
from rnnviz.network.network import Network
from rnnviz.training.race import Entrant, Race, Result, entrants, parameters
from rnnviz.training.workers import Workers

SHARED = {"task": "bit recall", "batch": 16, "optimizer": "adam", "learning_rate": 0.03}


@pytest.mark.parametrize("name", GALLERY)
def test_the_count_is_that_of_the_network(name):
    network = Network.fresh(GALLERY[name], inputs=3, hidden=7, outputs=2)
    assert parameters(GALLERY[name], 3, 7, 2) == sum(a.size for a in network.parameters.values())


def test_equal_parameters_are_as_near_as_units_allow():
    names = ["LSTM", "GRU (PyTorch)", "RNN (tanh)"]
    lstm, gru, rnn = entrants(names, "adding problem", 32, "parameters")
    assert (lstm.hidden, lstm.parameters, gru.hidden, gru.parameters) == (32, 4513, 37, 4515)
    about = tasks.find("adding problem")
    for units in (rnn.hidden - 1, rnn.hidden + 1):
        other = parameters(GALLERY["RNN (tanh)"], about.inputs, units, about.outputs)
        assert abs(other - 4513) > abs(rnn.parameters - 4513)
    assert {e.hidden for e in entrants(names, "adding problem", 9, "units")} == {9}


def test_a_race_runs_every_seed_and_can_be_left_at_once():
    workers = Workers(1)
    with workers.session() as session:
        race = Race(
            entrants(["RNN (tanh)"], "bit recall", 8, "units"), [2], 3, SHARED | {"updates": 150}
        )
        while not race.is_over:
            race.beat(session)
            time.sleep(0.005)
        (results,) = race.results.values()
        assert sorted(r.seed for r in results) == [0, 1, 2]
        assert all(r.updates <= 150 for r in results)
        assert all(r.updates == 150 for r in results if r.solved_at is None)
        long = Race(race.entrants, [2, 30], 3, SHARED | {"updates": 5000})
        long.beat(session)
        long.cancel()
        assert long.is_over
        assert (long.was_cancelled, race.was_cancelled) == (True, False)
    workers.shutdown()


def test_a_cell_that_never_solved_a_lag_is_not_asked_for_longer_ones():
    one = Entrant("LSTM", 4, 0)
    race = Race([one], [5, 10, 20], 2, SHARED | {"updates": 10})
    race.results[one, 5] = [Result(0, 5, 10, 1.0), Result(1, None, 10, 0.5)]
    assert not race._gave_up(one, 10)
    race.results[one, 10] = [Result(0, None, 10, 0.5), Result(1, None, 10, 0.5)]
    assert race._gave_up(one, 20)
    assert race.longest(one) is None
    race.results[one, 5] = [Result(0, 5, 10, 1.0), Result(1, 7, 10, 1.0)]
    assert race.longest(one) == 5
