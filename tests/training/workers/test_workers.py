"""Chunks run in processes of their own: no handling changes a digit, and nothing is left behind."""

import errno
import operator
import os
import signal
import threading
import time
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

from rnnviz.processes.process import Process
from rnnviz.training.runs import runs
from rnnviz.training.workers import chunks
from rnnviz.training.workers.jobs import ATTEMPTS, STARTS
from rnnviz.training.workers.places import Here
from rnnviz.training.workers.workers import Workers
from tests.test_borders import heavy_after

SMALL = {"task": "adding problem", "length": 12, "hidden": 8, "batch": 6, "clip_norm": 0.5}
KINDS = {
    "LSTM, Adam": {"cell": "LSTM"},
    "RNN, momentum, dropout": {
        "cell": "RNN",
        "optimizer": "momentum",
        "layers": 2,
        "dropout": 0.3,
        "recurrent_dropout": 0.2,
    },
    "GRU, truncated, a second head": {"cell": "GRU", "truncate": 5, "auxiliary": 0.5},
}


@pytest.fixture(scope="module")
def session():
    """A session of a pool of one process: what it does is done in order."""
    workers = Workers(1)
    yield workers.session()
    workers.shutdown(cancel_futures=True)


def bare(processes, **options):
    """Workers whose processes are there at once: they load no torch."""
    return Workers(Here(processes, "tests.training.workers.bare_worker"), **options)


def went_on(session, run, *counts):
    for count in counts:
        run = run.joined(session.submit(chunks.advanced, run, count).result().run)
    return run


def same(one, other):
    """Whether two runs agree in every digit of every array they hold."""
    assert one.history.keys() == other.history.keys()
    pairs = [(one.history[n], other.history[n]) for n in one.history]
    pairs += [(one.parameters[n], other.parameters[n]) for n in one.parameters]
    assert one.evaluations == other.evaluations
    return all(np.array_equal(a, b, equal_nan=True) for a, b in pairs)


@pytest.mark.parametrize("kind", KINDS)
def test_the_size_of_the_chunks_changes_no_digit(session, kind):
    run = runs.start(**SMALL, **KINDS[kind])
    whole = went_on(session, run, 50)
    assert whole.update == 50
    assert same(whole, went_on(session, run, *[1] * 50))
    assert same(whole, went_on(session, run, *[7] * 7, 1))


def test_a_pause_and_another_pool_change_no_digit(session):
    run = runs.start(**SMALL)
    whole = went_on(session, run, 20)
    half = went_on(session, run, 10)
    other = Workers(1, linger=0.0)
    later = went_on(other.session(), half, 10)
    other.shutdown()
    assert same(whole, later)


def test_a_killed_process_costs_its_chunk_and_no_digit(session):
    run = runs.start(**SMALL)
    whole = went_on(session, run, 400)
    process = session.submit(os.getpid).result()
    future = session.submit(chunks.advanced, run, 400)
    os.kill(process, signal.SIGKILL)
    assert same(whole, run.joined(future.result().run))
    assert session.submit(os.getpid).result() != process


def test_a_job_that_kills_every_process_is_given_up():
    workers = bare(1)
    with workers.session() as session:
        future = session.submit(os._exit, 1)
        after = session.submit(operator.add, 1, 1)
        with pytest.raises(BrokenProcessPool, match="3 processes ended over this"):
            future.result(60)
        assert after.result(60) == 2
    workers.shutdown()


@pytest.fixture
def starting(monkeypatch, tmp_path):
    """Workers whose processes die, so many of them, before they are ready; and what they note."""

    def workers(deaths, processes=1):
        monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
        monkeypatch.setenv("DEATHS", str(deaths))
        return Workers(Here(processes, "tests.training.workers.slow_starter"))

    return workers, tmp_path / "notes"


def test_a_process_that_dies_before_it_is_ready_costs_no_job_an_attempt(starting):
    workers, notes = starting
    with workers(deaths=ATTEMPTS + 2).session() as session:
        assert session.submit(operator.add, 1, 1).result(60) == 2
    assert notes.read_text().split() == ["starts"] * (ATTEMPTS + 3) + ["ready"]


def test_one_that_dies_over_a_job_and_then_while_it_starts_again_loses_the_job_one_attempt(
    starting, tmp_path
):
    workers, notes = starting
    with workers(deaths=0).session() as session:
        assert session.submit(operator.add, 1, 1).result(60) == 2
        notes.write_text("")
        os.environ["DEATHS"] = str(ATTEMPTS + 2)
        assert session.submit(die_once, tmp_path / "died").result(60) == "lived"
    assert notes.read_text().count("starts") == ATTEMPTS + 3


def die_once(path):
    """End the process that does this, the first time."""
    if path.exists():
        return "lived"
    path.touch()
    os._exit(1)


def test_where_every_process_dies_before_it_is_ready_who_waits_is_told_why(starting):
    workers, notes = starting
    pool = workers(deaths=1000)
    with pool.session() as session:
        for _ in range(2):
            with pytest.raises(OSError, match=f"{STARTS} processes ended while they started"):
                session.submit(operator.add, 1, 1).result(60)
    assert notes.read_text().count("starts") <= 3 * STARTS


def test_half_of_the_processes_start_at_a_time_so_that_the_first_is_there_soon(starting):
    workers, notes = starting
    pool = workers(deaths=0, processes=2)
    with pool.session():
        until(lambda: notes.exists() and notes.read_text().count("ready") == 2)
    assert notes.read_text().split() == ["starts", "ready"] * 2
    pool.shutdown()


def test_an_error_of_a_job_is_raised_where_its_result_is_asked(session):
    with pytest.raises(ZeroDivisionError):
        session.submit(operator.truediv, 1, 0).result()


def test_sessions_take_turns_however_much_one_asks():
    workers = bare(1)
    many, few = workers.session(), workers.session()
    order = []
    futures = [many.submit(time.sleep, 0.05) for _ in range(6)] + [few.submit(time.sleep, 0.05)]
    for number, future in enumerate(futures):
        future.add_done_callback(lambda _, number=number: order.append(number))
    for future in futures:
        future.result()
    workers.shutdown()
    assert order.index(6) <= 2


class Standing(Workers):
    """Workers whose processes never come: whoever asks, waits."""

    def _start(self, wanted):
        pass


@pytest.mark.parametrize(
    ("processes", "waiting", "turn"),
    [
        (1, 0, 0.15),
        (1, 1, 0.15),
        (1, 2, 0.15),
        (1, 4, 0.1),
        (1, 8, 0.05),
        (1, 40, 0.03),
        (2, 4, 0.15),
        (2, 8, 0.1),
        (4, 40, 0.04),
    ],
)
def test_the_more_sessions_wait_the_shorter_a_turn(processes, waiting, turn):
    """So that each gets one every 0.4 s, between 0.03 and 0.15 s long; of its own jobs none waits
    for that."""
    workers = Standing(processes)
    for _ in range(waiting):
        session = workers.session()
        for _ in range(3):
            session.submit(operator.add, 1, 1)
    resting = workers.session()
    assert resting.turn == workers.turn == pytest.approx(turn)
    assert chunks.fitting(resting, 1e-3) == pytest.approx(1e3 * turn, abs=1)
    workers.shutdown(cancel_futures=True)


def until(true, seconds=5.0):
    """Wait for something to become true."""
    begin = time.monotonic()
    while not true() and time.monotonic() - begin < seconds:
        time.sleep(0.02)
    assert true()


def is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_closed_session_drops_its_jobs_and_nobody_else_s():
    workers = bare(2)
    closing, other = workers.session(), workers.session()
    dropped = [closing.submit(time.sleep, 60) for _ in range(3)]
    theirs = other.submit(operator.add, 1, 1)
    until(lambda: workers._busy == 2)
    closing.shutdown()
    for future in dropped:
        with pytest.raises(CancelledError):
            future.result(0)
    assert theirs.result(60) == 2
    workers.shutdown()


def test_a_process_at_a_long_job_ends_with_its_session():
    before = set(threading.enumerate())
    workers = bare(1, linger=0.2)
    session = workers.session()
    process = session.submit(os.getpid).result()
    session.submit(time.sleep, 60)
    until(lambda: workers._busy)
    session.shutdown()
    until(lambda: not is_there(process))
    until(lambda: set(threading.enumerate()) <= before)


def test_a_job_that_is_cancelled_is_not_waited_for_and_the_next_is_done():
    workers = bare(1)
    with workers.session() as session:
        future = session.submit(time.sleep, 0.5)
        until(lambda: workers._busy)
        assert future.cancel()
        assert session.submit(operator.add, 1, 1).result(60) == 2
    workers.shutdown()


def test_a_closed_session_takes_no_job():
    workers = bare(1, linger=0.0)
    session = workers.session()
    session.shutdown()
    with pytest.raises(RuntimeError, match="has been closed: no job can be taken"):
        session.submit(operator.add, 1, 1)
    workers.shutdown()


def refuse(process):
    raise OSError(errno.ENOMEM, "Cannot allocate memory")


def test_where_no_process_can_be_started_again_the_job_says_so_and_later_ones_work(monkeypatch):
    workers = bare(1)
    with workers.session() as session:
        assert session.submit(operator.add, 1, 1).result(60) == 2
        with monkeypatch.context() as patch:
            patch.setattr(Process, "start", refuse)
            killed, waiting = session.submit(os._exit, 1), session.submit(operator.add, 1, 1)
            for future in (killed, waiting):
                with pytest.raises(OSError, match="Cannot allocate memory"):
                    future.result(60)
            with pytest.raises(OSError, match="Cannot allocate memory"):
                session.submit(operator.add, 1, 1).result(60)
        assert session.submit(operator.add, 1, 1).result(60) == 2
    workers.shutdown()


def test_where_one_of_two_processes_is_lost_the_other_serves_who_waits(monkeypatch):
    workers = bare(2)
    with workers.session() as session:
        slow = session.submit(time.sleep, 1.0)
        until(lambda: workers._busy)
        monkeypatch.setattr(Process, "start", refuse)
        killed, waiting = session.submit(os._exit, 1), session.submit(operator.add, 1, 1)
        with pytest.raises(OSError, match="Cannot allocate memory"):
            killed.result(60)
        assert waiting.result(60) == 2
        assert slow.result() is None
    workers.shutdown()


def test_processes_and_threads_end_when_the_last_session_has_closed():
    before = set(threading.enumerate())
    workers = bare(2, linger=0.2)
    one, two = workers.session(), workers.session()
    processes = [one.submit(os.getpid).result(), two.submit(os.getpid).result()]
    one.shutdown()
    time.sleep(0.5)
    assert two.submit(operator.add, 1, 1).result() == 2
    two.shutdown()
    until(lambda: set(threading.enumerate()) <= before)
    assert not any(map(is_there, processes))


def test_a_session_after_the_end_starts_new_processes():
    workers = bare(1, linger=0.0)
    with workers.session() as first:
        process = first.submit(os.getpid).result()
    time.sleep(0.3)
    with workers.session() as second:
        assert second.submit(os.getpid).result() != process
    workers.shutdown()


def test_asking_for_chunks_loads_no_torch():
    asking = "from rnnviz.training.workers import chunks, workers"
    assert heavy_after(f"{asking}; from rnnviz.training.runs import runs") == []
