"""A run in the background is the run: pauses, changes, looks back and branches change no digit."""

import time
from concurrent.futures import Executor, Future
from dataclasses import replace

import numpy as np
import pytest

from rnnviz import training
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.comparison.live import FEWEST_KEPT, KEPT_BYTES, Live, Past, Rewinding, rows
from rnnviz.training.knobs.naming import differing, says
from rnnviz.training.runs import runs
from rnnviz.training.workers.chunks import Chunk
from rnnviz.training.workers.workers import Workers
from tests.training.workers.test_workers import same

SMALL = {"task": "adding problem", "length": 8, "hidden": 6, "batch": 4, "updates": 120}
DIVERGES = {"task": "noisy sine", "length": 20, "cell": "RNN", "optimizer": "sgd", "hidden": 8,
            "learning_rate": 5.0, "updates": 200}  # fmt: skip


@pytest.fixture(scope="module")
def session():
    workers = Workers(1)
    yield workers.session()
    workers.shutdown(cancel_futures=True)


def carried(live, session, until):
    """Taken to an update, as a page would."""
    while not live.is_at(until):
        live.take(session, until)
        time.sleep(0.005)
    live.hold()
    return live.run


def proceeded(comparison, session, seconds=60):
    """Until it rests."""
    begin = time.monotonic()
    while comparison.is_busy and time.monotonic() - begin < seconds:
        comparison.proceed(session)
        back = comparison.returned()
        if back:
            comparison.branch(*back)
        time.sleep(0.005)
    assert not comparison.is_busy


def test_a_live_run_is_the_run(session):
    live = Live(runs.start(**SMALL))
    assert same(carried(live, session, 120), training.advance(runs.start(**SMALL), 120))


def test_nothing_goes_on_when_nobody_takes(session):
    live = Live(runs.start(**SMALL))
    carried(live, session, 20)
    live.take(session, 10_000)
    time.sleep(1.0)
    live.take(session, 10_000)
    ahead = live.run.update
    time.sleep(0.5)
    session.submit(time.sleep, 0).result()
    live.hold()
    assert live.run.update == ahead


class Timed(Executor):
    """Does no job, but says how many seconds each chunk took."""

    turn = 0.1

    def __init__(self, *seconds):
        self.seconds, self.asked = list(seconds), []

    def submit(self, fn, /, run, updates):
        future = Future()
        self.asked.append(updates)
        future.set_result(Chunk(replace(run, update=run.update + updates), self.seconds.pop(0)))
        return future


@pytest.mark.parametrize("first", [0.01, 0.04])
def test_a_pace_rises_at_once_and_falls_to_a_quarter_at_most(first):
    """One chunk that the clock took for nothing must not make the next one endless."""
    live, executor = Live(runs.start(**SMALL)), Timed(first, 0.0, 10.0, 0.0)
    live.take(executor, 10_000)
    assert live.pace == first / 4
    live.take(executor, 10_000)
    second, third = int(0.1 / first), int(0.1 / (first / 4))
    assert executor.asked == [1, second, third, 1]
    assert live.pace == 10.0 / third / 4


def test_what_was_ahead_is_dropped_where_a_run_is_held(session):
    live = Live(runs.start(**SMALL))
    carried(live, session, 10)
    live.take(session, 100)
    live.hold()
    assert live.run.update == 10
    assert same(carried(live, session, 30), training.advance(runs.start(**SMALL), 30))


def test_a_turned_knob_is_in_force_from_the_next_update(session):
    live = Live(runs.start(**SMALL))
    carried(live, session, 15)
    live.take(session, 100)
    live.change(learning_rate=0.1, clip_norm=0.5)
    halfway = training.advance(runs.start(**SMALL), 15)
    expected = training.advance(runs.change(halfway, learning_rate=0.1, clip_norm=0.5), 15)
    assert same(carried(live, session, 30), expected)
    assert live.run.history["learning_rate"].tolist() == [0.01] * 15 + [0.1] * 15


def rewound(live, update, session):
    """A run as it was, computed again chunk by chunk."""
    way = Rewinding(live, update)
    while not way.is_there:
        way.proceed(session)
        time.sleep(0.005)
    return way.run


@pytest.mark.parametrize("update", [0, 1, 17, 40, 63, 90])
def test_any_earlier_update_comes_back_to_the_digit(session, update):
    live = Live(runs.start(**SMALL))
    carried(live, session, 40)
    live.change(learning_rate=0.05)
    carried(live, session, 90)
    branch = live.branched(rewound(live, update, session))
    expected = runs.start(**SMALL)
    if update:
        expected = training.advance(expected, min(update, 40))
    if update >= 40:
        expected = training.advance(runs.change(expected, learning_rate=0.05), update - 40)
    assert same(branch.run, expected)
    if update > 40:
        assert same(carried(branch, session, 90), live.run)


def test_a_run_at_rest_keeps_two_snapshots_and_every_digit(session):
    live = Live(runs.start(**SMALL))
    carried(live, session, 40)
    live.change(learning_rate=0.05)
    carried(live, session, 60)
    before = rewound(live, 50, session)
    assert len(live.past.snapshots) > 2
    live.rest()
    assert [snapshot.update for snapshot in live.past.snapshots] == [0, 60]
    assert same(live.branched(rewound(live, 50, session)).run, live.branched(before).run)
    carried(live, session, 70)
    assert live.run.update == 70


def test_knobs_are_turned_again_on_the_way_back_however_few_snapshots_are_left(session):
    live = Live(runs.start(**SMALL))
    carried(live, session, 20)
    live.change(learning_rate=1e-4, dropout=0.1)
    carried(live, session, 40)
    branch = live.branched(rewound(live, 40, session))
    for update in range(1, 40):
        branch.past._snapshots.pop(update, None)
    for update in (15, 20, 38):
        again = branch.branched(rewound(branch, update, session))
        assert same(again.run, live.branched(rewound(live, update, session)).run)
        assert len(again.run.changes) == (0 if update < 20 else 2)


@pytest.mark.parametrize("hidden", [4, 64, 128])
@pytest.mark.parametrize("chunk", [1, 7, 250])
def test_the_past_is_spread_evenly_in_bounded_memory(hidden, chunk):
    """The longest way to compute again is at most four times what as many even parts would have."""
    run = runs.start(**{**SMALL, "hidden": hidden})
    past, updates = Past(run), range(chunk, 400 * chunk, chunk)
    each = 4 * sum(array.nbytes for array in run.parameters.values())
    for update in updates:
        past.keep(replace(run, update=update))
        kept = [one.update for one in past.snapshots]
        assert (kept[0], kept[-1]) == (0, update)
        assert len(kept) <= max(FEWEST_KEPT, KEPT_BYTES // each)
        even = update / max(FEWEST_KEPT, KEPT_BYTES // each)
        assert max(np.diff(kept)) <= max(4 * even, chunk)


def test_reset_goes_to_the_very_same_weights(session):
    live = Live(runs.start(**SMALL))
    carried(live, session, 12)
    live.change(dropout=0.2, learning_rate=0.5)
    carried(live, session, 20)
    again = live.restarted()
    assert same(again.run, runs.start(**SMALL))


def test_rows_are_the_tail_of_the_history(session):
    run = carried(Live(runs.start(**SMALL)), session, 50)
    assert len(run.pages) > 1
    for first in (0, 1, 13, 49):
        assert np.array_equal(rows(run, first)["dh_norms"], run.history["dh_norms"][first:])
    assert rows(run, 50) == {}


def test_variants_see_the_same_data_and_go_on_together(session):
    chosen = [SMALL, {**SMALL, "clip_norm": 0.01}, {**SMALL, "cell": "GRU"}]
    comparison = Comparison(chosen, says(chosen))
    first = [one.run.parameters["readout.W"] for one in comparison.members]
    assert np.array_equal(first[0], first[1])
    comparison.play()
    proceeded(comparison, session)
    assert [one.run.update for one in comparison.members] == [120, 120, 120]
    losses = [one.run.history["loss"][0] for one in comparison.members]
    assert losses[0] == losses[1] != losses[2]
    for one, knobs in zip(comparison.members, chosen, strict=True):
        assert same(one.run, training.advance(runs.start(**knobs), 120))


def test_one_update_and_ten_are_that_many_for_each(session):
    comparison = Comparison([SMALL], ["A"])
    for updates, reached in ((1, 1), (10, 11), (1, 12)):
        comparison.play(updates)
        proceeded(comparison, session)
        assert comparison.update == reached


def test_updates_asked_for_meanwhile_are_added(session):
    comparison = Comparison([SMALL, SMALL], ["A", "B"])
    for updates in (1, 1, 10):
        comparison.play(updates)
    proceeded(comparison, session)
    assert [one.run.update for one in comparison.members] == [12, 12]
    comparison.play()
    comparison.play(1)
    proceeded(comparison, session)
    assert comparison.update == 13


def test_a_branch_is_a_run_of_its_own(session):
    comparison = Comparison([SMALL], ["A"])
    comparison.play(30)
    proceeded(comparison, session)
    comparison.look(12)
    comparison.send_back("branch", "A")
    proceeded(comparison, session)
    assert comparison.letters == "AB"
    assert comparison.member("B").run.update == 12
    comparison.change("B", learning_rate=0.1)
    comparison.play(5)
    proceeded(comparison, session)
    assert [one.run.update for one in comparison.members] == [35, 17]
    b = comparison.member("B").run.history
    assert np.array_equal(b["loss"][:12], comparison.member("A").run.history["loss"][:12])
    assert b["learning_rate"][-1] == 0.1
    comparison.reset()
    assert comparison.letters == "A"
    assert comparison.update == 0


def test_there_is_one_look_back_at_a_time_and_no_branch_without_room(session):
    comparison = Comparison([SMALL] * 3, list("123"))
    comparison.play(10)
    proceeded(comparison, session)
    for _ in range(4):
        comparison.send_back("branch", "A")
    proceeded(comparison, session)
    assert comparison.letters == "ABCD"
    comparison.send_back("branch", "A")
    assert not comparison.is_busy
    comparison.send_back("open", "D")
    first = comparison.look_back
    comparison.send_back("open", "A")
    assert comparison.look_back is first
    comparison.leave_look_back()
    assert not comparison.is_busy


def test_a_look_back_that_fails_is_told_of_and_can_be_tried_again(session):
    comparison = Comparison([SMALL], ["A"])
    comparison.play(10)
    proceeded(comparison, session)
    comparison.look(5)
    comparison.send_back("open", "A")
    way = comparison.look_back.way
    object.__setattr__(way._live._head, "generators", {"data": None})
    while way.error is None:
        comparison.proceed(session)
        time.sleep(0.005)
    assert (comparison.error, comparison.is_busy, comparison.returned()) == (way.error, False, None)
    comparison.play(1)
    proceeded(comparison, session)
    assert (comparison.error, comparison.update) == (None, 11)


def test_a_run_goes_on_past_its_end_only_as_far_as_costs_allow():
    comparison = Comparison([{**SMALL, "length": 500, "hidden": 64, "updates": 6_000}], ["A"])
    comparison.members[0].live.run = replace(comparison.members[0].run, update=6_000)
    comparison.play()
    assert not comparison.is_playing
    assert comparison.planned == 6_000
    assert comparison.refusal.startswith("the record of all updates would take")
    comparison.play(1)
    assert comparison.refusal == ""


def test_a_run_that_is_not_finite_stops_and_the_other_goes_on(session):
    chosen = [DIVERGES, {**DIVERGES, "clip_norm": 0.1}]
    comparison = Comparison(chosen, says(chosen))
    comparison.play()
    proceeded(comparison, session)
    one, other = (member.run for member in comparison.members)
    assert one.stopped is not None
    assert one.update == one.stopped.update - 1 < 200
    assert other.update == 200


def test_a_worker_that_cannot_is_told_of():
    workers = Workers(1)
    with workers.session() as gone:
        live = Live(runs.start(**SMALL))
        object.__setattr__(live._head, "generators", {"data": None})
        live.take(gone, 10)
        while live.error is None:
            time.sleep(0.01)
        assert live.is_at(10)
    workers.shutdown()


def test_a_run_whose_session_is_closed_rests():
    workers = Workers(1)
    session = workers.session()
    live = Live(runs.start(**SMALL))
    carried(live, session, 5)
    session.shutdown()
    assert live.take(session, 10).update == 5
    assert live.error is None
    workers.shutdown()


@pytest.mark.parametrize(
    ("chosen", "names", "words"),
    [
        ([{"cell": "RNN"}, {"cell": "LSTM"}], ("cell",), ["RNN (tanh)", "LSTM"]),
        ([{}, {"clip_norm": 1.0}], ("clip_norm",), ["clip by norm: none", "clip by norm 1"]),
        ([{"hidden": 32}, {}], (), ["LSTM", "LSTM"]),
    ],
)
def test_what_differs_is_written_out(chosen, names, words):
    assert differing(chosen) == names
    assert says(chosen) == words


@pytest.mark.parametrize(
    ("counts", "pace", "limits"),
    [
        ([7], 0.01, [100]),
        ([7, 7], 0.01, [100, 100]),
        ([7, 20], 0.01, [100, 32]),
        ([30, 20, 25], 0.1, [30, 100, 30]),
        ([20, 80], 0.001, [100, 100]),
    ],
)
def test_nobody_gets_over_a_quarter_of_a_second_ahead_of_the_last(
    monkeypatch, counts, pace, limits
):
    """And the last is held back by nobody, itself included."""
    comparison = Comparison([SMALL] * len(counts), ["…"] * len(counts))
    asked = []
    monkeypatch.setattr(Live, "take", lambda live, executor, until: asked.append(until))
    monkeypatch.setattr(Live, "pace", pace)
    for one, count in zip(comparison.members, counts, strict=True):
        one.live.run = replace(one.live.run, update=count)
    comparison._goals = {one.id: 100 for one in comparison.members}
    comparison.proceed(None)
    assert asked == limits


def paused_at(starts, counts):
    """Runs that set out from these updates to 100, paused at those: where they may still go."""
    comparison = Comparison([{**SMALL, "updates": 100}] * len(counts), ["…"] * len(counts))
    for updates in (starts, counts):
        for one, count in zip(comparison.members, updates, strict=True):
            one.live.run = replace(one.live.run, update=count)
        if updates is starts:
            comparison.play()
    comparison.pause()
    assert not comparison.is_playing
    return [comparison._goals.get(one.id) for one in comparison.members]


@pytest.mark.parametrize(
    ("starts", "counts", "goals"),
    [
        ([0], [7], [None]),
        ([0, 0], [7, 7], [None, None]),
        ([0, 0], [7, 60], [60, None]),
        ([5, 5, 5], [7, 20, 18], [20, None, 20]),
        ([0, 60], [20, 80], [None, None]),  # a branch that was behind stays behind
        ([0, 0, 60], [20, 30, 80], [30, None, None]),
        ([0, 0], [20, 100], [None, None]),  # the other is at its end
    ],
)
def test_a_pause_leaves_runs_that_set_out_together_at_the_same_update(starts, counts, goals):
    assert paused_at(starts, counts) == goals


def test_after_a_pause_they_come_to_rest_at_the_same_update(session):
    comparison = Comparison([SMALL, {**SMALL, "cell": "LSTM"}, SMALL], list("ABC"))
    comparison.play()
    begin = time.monotonic()
    while comparison.update < 15 and time.monotonic() - begin < 60:
        comparison.proceed(session)
        time.sleep(0.01)
    comparison.pause()
    proceeded(comparison, session)
    assert len({one.run.update for one in comparison.members}) == 1


def test_in_slow_motion_each_run_makes_one_update_a_second(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("rnnviz.training.comparison.comparison.time.monotonic", lambda: now[0])
    asked = []
    monkeypatch.setattr(Live, "take", lambda live, executor, until: asked.append(until))
    comparison = Comparison([SMALL, SMALL], ["A", "B"])
    comparison.go("slow")
    comparison.play()
    for seconds, goals in ((0.0, [1, 1]), (0.5, [1, 1]), (1.1, [1, 1])):
        now[0] = 100.0 + seconds
        asked.clear()
        comparison.proceed(None)
        assert asked == goals
    for one in comparison.members:
        one.live.run = replace(one.live.run, update=1)
    now[0], _ = 103.0, asked.clear()
    comparison.proceed(None)
    assert asked == [2, 2]
    comparison.go("full")
    asked.clear()
    comparison.proceed(None)
    assert asked == [comparison.planned] * 2


def test_a_turn_that_cannot_be_is_refused_in_words_and_changes_nothing():
    comparison = Comparison([SMALL], ["A"])
    comparison.change("A", clip_norm=1.0)
    comparison.change("A", clip_value=1.0)
    assert "not both" in comparison.refusal
    assert comparison.members[0].run.knobs.clip_value is None
    comparison.change("A", clip_norm=None, clip_value=1.0)
    assert comparison.refusal == ""
