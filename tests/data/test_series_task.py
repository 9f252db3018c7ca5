"""A series as a task: its batches are its windows, nothing held out is in them, and a network that
learns it forecasts better than the last value, by the figure recorded here."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz import trace, training
from rnnviz.data import Table, forecasts, made_series, series
from tests.training.loop.test_training import Reference

SHARES = {"tide": 0.35, "shop": 0.4}
"""What a forecast's RMSE is of the last value's, at most, one step ahead and over both: measured on
five seeds, with an LSTM of 16 units and 300 updates, 0.19 to 0.33 and 0.28 to 0.37."""


def table(rows=80):
    rng = np.random.default_rng(1)
    return Table({name: rng.normal(3, 2, size=rows) for name in ("level", "wind", "sun")})


def cut(read, **given):
    usual = {"inputs": ["level", "wind"], "target": "level", "window": 6, "horizon": 2}
    return series(read, **{**usual, **given})


def pairs(batch):
    """Each sequence with its answer, as one row of numbers."""
    asked = batch.targets[-1]
    return np.concatenate([np.moveaxis(batch.x, 1, 0).reshape(len(asked), -1), asked], axis=1)


def windows(found, part):
    x, y = found.standard(part)
    return np.concatenate([np.moveaxis(x, 1, 0).reshape(len(part), -1), y.T], axis=1)


@pytest.mark.parametrize("given", [{}, {"target": "sun"}, {"window": 1, "horizon": 1, "stride": 3}])
def test_a_batch_is_windows_of_the_part_that_is_learnt_from(given):
    found = cut(table(), **given)
    length = found.task.length.default
    drawn = pairs(found.task.batch(np.random.default_rng(0), length, 500))
    wanted = windows(found, found.train)
    np.testing.assert_allclose(np.unique(drawn, axis=0), np.unique(wanted, axis=0), rtol=1e-12)
    judged = found.task.held_out(np.random.default_rng(0), length, 500)
    np.testing.assert_allclose(pairs(judged), windows(found, found.test), rtol=1e-12)
    assert (judged.mask[:-1] == 0).all()
    assert (judged.mask[-1] == 1).all()


def test_of_many_windows_some_are_judged_on_and_they_go_from_the_first_to_the_last():
    found = cut(table(2_000))
    few = pairs(found.task.held_out(np.random.default_rng(5), 6, 64))
    all_of_them = windows(found, found.test)
    places = [int(np.flatnonzero(np.isclose(all_of_them, row).all(axis=1))[0]) for row in few]
    assert places[0] == 0
    assert places[-1] == len(found.test) - 1
    gaps = np.diff(places)
    assert gaps.max() - gaps.min() <= 1


def test_a_shorter_length_reads_the_last_rows_of_the_same_windows():
    task = cut(table()).task
    whole, short = (task.batch(np.random.default_rng(2), length, 9) for length in (6, 2))
    np.testing.assert_array_equal(short.x, whole.x[-2:])
    np.testing.assert_array_equal(short.targets[-1], whole.targets[-1])


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 8), st.integers(1, 4), st.integers(1, 3), st.floats(0.1, 0.5), st.data()
)  # window, horizon, stride, held out
def test_no_held_out_row_changes_what_is_learnt_from(window, horizon, stride, held_out, data):
    shape = {"window": window, "horizon": horizon, "stride": stride, "held_out": held_out}
    before = table()
    row = data.draw(st.integers(round(80 * (1 - held_out)), 79))
    changed = {name: column.copy() for name, column in before.columns.items()}
    for column in changed.values():
        column[row] += 1e6
    one, other = (cut(read, **shape).task for read in (before, Table(changed)))
    assert one != other
    for seed in range(3):
        first, second = (t.batch(np.random.default_rng(seed), window, 64) for t in (one, other))
        np.testing.assert_array_equal(first.x, second.x)
        np.testing.assert_array_equal(first.targets, second.targets)


def test_guessing_is_the_last_value_and_solved_is_better_than_every_baseline():
    found = cut(made_series("tide"), inputs=["level"])
    judged = found.task.held_out(np.random.default_rng(0), 6, 4096)
    prediction = np.zeros_like(judged.targets)
    prediction[-1] = judged.x[-1]
    error = found.task.metric(prediction, judged)
    baseline = found.task.baseline
    assert baseline.loss(6) == baseline.metric(3) == pytest.approx(error, rel=1e-12)
    spread = found.target_scale.deviation
    best = min(np.mean((one - found.test.y) ** 2) / spread**2 for one in found.baselines().values())
    assert not found.task.is_solved(best * (1 + 1e-9))
    assert found.task.is_solved(best * (1 - 1e-9))


def test_nothing_is_less_than_no_error():
    found = cut(Table({"level": np.ones(40), "wind": np.arange(40.0)}))
    assert found.task.solved == found.task.baseline.loss(6) == 0.0
    assert found.task.is_solved(0.0)


def test_the_same_series_cut_again_is_the_same_task_and_no_other_is():
    assert cut(table()).task == cut(table()).task
    for other in ({"window": 5}, {"horizon": 1}, {"inputs": ["wind", "level"]}, {"held_out": 0.3}):
        assert cut(table(), **other).task != cut(table()).task


@pytest.mark.parametrize(
    ("horizon", "words"), [(1, "the next value of level"), (2, "the next 2 values of level")]
)
def test_what_is_asked_is_said(horizon, words):
    assert words in str(cut(table(), horizon=horizon).task.story)


def test_steps_are_called_by_the_target_in_its_units():
    found = cut(table(), inputs=["wind", "level"])
    batch = found.task.held_out(np.random.default_rng(0), 6, 1)
    said = [float(word.replace("−", "-")) for word in found.task.words(batch.x[:, 0])]
    np.testing.assert_allclose(said, found.test.x[:, 0, 1], rtol=1e-3)


@pytest.mark.parametrize("name", SHARES)
def test_a_network_learns_a_shipped_series_and_forecasts_as_torch_does(name):
    made = made_series(name)
    target = made.numbers[-1]
    found = series(made, inputs=made.numbers, target=target, window=28, horizon=2)
    run = training.start(task=found, hidden=16, updates=300, learning_rate=0.01)
    run = training.advance(run, 300)
    judged = found.judge(run.network)
    assert judged["network"].by_step[0] < SHARES[name] * judged["last value"].by_step[0]
    assert judged["network"].rmse < SHARES[name] * judged["last value"].rmse

    reference, (x, _) = Reference(run), found.standard(found.test)
    with torch.no_grad():
        hidden = reference.module(torch.tensor(x))[0][-1]
        answers = (hidden @ reference.W.T + reference.b).numpy().T
    scale = found.target_scale
    wanted = scale.mean + scale.deviation * answers
    np.testing.assert_allclose(found.forecast(run.network), wanted, rtol=1e-9)
    # And so is what the run was judged by: all windows, as many as there are.
    assert len(found.test) <= 256
    standard = ((wanted - found.test.y) / scale.deviation) ** 2
    assert run.evaluations[-1].metric == pytest.approx(standard.mean(), rel=1e-9)


def test_forecasts_fed_back_begin_with_the_forecast_and_go_beyond_the_end():
    found = cut(table(), inputs=["level"])
    network = training.start(task=found, hidden=5).network
    own = found.forecast_own(network, 4)
    np.testing.assert_allclose(own[0], found.forecast(network)[0])
    values = found.standard(found.test)[0][:, -1, 0].tolist()  # the last window there is
    for _ in range(4):
        window = np.array(values[-6:])[:, None]
        values.append(float(trace(network, window).prediction[-1, 0]))
    np.testing.assert_allclose(own[:, -1], found.in_units(np.array(values[-4:])))
    inner = found.test.ends[:-4]  # what comes after these is known: and must not be read
    known = forecasts.fed_back(found, network, found.rows, inner, 4)
    np.testing.assert_allclose(own[:, : len(inner)], known)
    changed = replace(found, rows=np.concatenate([found.rows[:-1], [[1e3]]]))
    np.testing.assert_array_equal(found.forecast_own(network, 4)[:, :-2],
                                  changed.forecast_own(network, 4)[:, :-2])  # fmt: skip


def test_what_cannot_be_forecast_is_refused_in_a_sentence():
    found = cut(table())
    network = training.start(task=found, hidden=5).network
    with pytest.raises(ValueError, match="“level” is all that is read, and this reads level, wind"):
        found.forecast_own(network, 3)
    alone = cut(table(), inputs=["level"])
    with pytest.raises(ValueError, match="reads 1 numbers a step and answers 2, and this one"):
        alone.forecast(network)
