"""Training on a Dask cluster of real processes over TCP: the same digits, progress, cancelling; a
lost worker costs one chunk, and whatever is not there is said in a sentence."""

import operator
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import dask
import numpy as np
import pytest
from distributed import Client, LocalCluster, Security

from rnnviz import training
from rnnviz.data import Kept
from rnnviz.training.comparison.comparison import Comparison
from rnnviz.training.runs import runs
from rnnviz.training.workers import chunks
from rnnviz.training.workers.cluster import Cluster
from rnnviz.training.workers.places import EXECUTOR, Here, places
from rnnviz.training.workers.workers import Workers
from tests.training.test_own_tasks import SMALL as OWN
from tests.training.test_own_tasks import own
from tests.training.workers.test_workers import KINDS, SMALL, same, until, went_on

PATIENCE = 180
"""Seconds: one that was ended is started again by its nanny, which takes a busy machine long."""
TCP = {"protocol": "tcp://", "host": "127.0.0.1", "dashboard_address": ":0"}


@pytest.fixture(scope="module")
def cluster():
    """Two workers, a process each."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **TCP) as made:
        yield made


@pytest.fixture(scope="module")
def named(cluster):
    return cluster.scheduler_address.replace("tcp", "dask")


@pytest.fixture
def session(named):
    workers = Workers(Cluster(named, patience=PATIENCE))
    with workers.session() as found:
        yield found
    workers.shutdown()


def both_are_there(session):
    """Wait for a worker that an earlier test ended, too: how many there are is seen job by job."""
    until(
        lambda: session.submit(operator.add, 1, 1).result(PATIENCE) and session.processes == 2,
        PATIENCE,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_cluster_changes_no_digit(session, kind):
    run = runs.start(**SMALL | KINDS[kind])
    assert same(training.advance(run, 12), went_on(session, run, 1, 4, 7))


def test_a_comparison_is_played_to_its_end_and_seen_on_its_way(session):
    comparison = Comparison([SMALL, {**SMALL, "cell": "LSTM"}], ["", ""])
    comparison.play(40)
    seen = set()
    while comparison.is_busy:
        comparison.proceed(session)
        seen.add(comparison.update)
        time.sleep(0.02)
    assert comparison.error is None
    assert len(seen) > 2
    for member in comparison.members:
        assert same(member.run, training.advance(runs.start(**vars_of(member.run)), 40))


def vars_of(run):
    return {name: getattr(run.knobs, name) for name in run.knobs.__dataclass_fields__}


def test_a_search_has_the_same_digits(named, monkeypatch):
    asked = {"grid": {"hidden": [2, 4]}, "seeds": 2, "updates": 20, "report": lambda search: None}
    shared = {"task": "adding problem", "length": 8, "batch": 4}
    monkeypatch.setenv(EXECUTOR, named)
    there = training.search(**asked, **shared)
    with Workers(1) as executor:
        here = training.search(**asked, **shared, executor=executor)
    assert scores(there) == scores(here)


def scores(search):
    found = [
        (one.choice, result.seed, result.evaluation)
        for one in search.tried
        for result in one.results
    ]
    assert len(found) == 4
    return found


def test_a_lost_worker_costs_its_chunk_and_no_digit(session):
    run = runs.start(**SMALL)
    whole = training.advance(run, 400)
    process = session.submit(os.getpid).result()
    blocked = session.submit(time.sleep, 0.2)  # by one of them; the chunk is done by the other
    futures = [session.submit(chunks.advanced, run, 400) for _ in range(2)]
    time.sleep(0.3)
    os.kill(process, signal.SIGKILL)
    for future in futures:
        assert same(whole, run.joined(future.result(PATIENCE).run))
    assert blocked.result() is None


def test_a_job_over_which_workers_are_lost_is_given_up(session):
    with pytest.raises(BrokenProcessPool, match="several workers of the cluster were lost"):
        session.submit(os._exit, 1).result(PATIENCE)
    assert session.submit(operator.add, 1, 1).result(PATIENCE) == 2


def test_data_go_to_a_machine_that_cannot_read_this_one_s_files_once(session, cluster):
    task = own(np.random.default_rng(1).normal(size=(9, 50_000)))
    kept = task.draw.keywords["kept"]
    assert isinstance(kept, Kept)
    run = training.start(task=task, **OWN)
    here = training.advance(run, 50)
    Path(kept.path).unlink()
    there = run
    for _ in range(5):
        there = there.joined(session.submit(chunks.advanced, there, 10).result(PATIENCE).run)
    assert same(here, there)
    assert there.knobs.task.draw.keywords["kept"] is kept
    with Client(cluster, set_as_default=False) as client:
        sent = [key for keys in client.has_what().values() for key in keys if "list" not in key]
        assert len({str(key) for key in sent if "tuple" in str(key)}) == 1


def test_an_error_of_a_job_is_raised_where_its_result_is_asked(session):
    with pytest.raises(ZeroDivisionError):
        session.submit(operator.truediv, 1, 0).result(PATIENCE)


def test_a_closed_session_drops_its_jobs_and_nobody_else_s(named):
    workers = Workers(Cluster(named, patience=PATIENCE))
    closing, other = workers.session(), workers.session()
    both_are_there(other)
    dropped = [closing.submit(time.sleep, 1) for _ in range(3)]
    theirs = other.submit(operator.add, 1, 1)
    until(lambda: workers._busy == 2)
    closing.shutdown()
    for future in dropped:
        with pytest.raises(CancelledError):
            future.result(0)
    assert theirs.result(PATIENCE) == 2
    other.shutdown()
    workers.shutdown()


def test_client_and_threads_end_when_the_last_session_has_closed(named):
    before = set(threading.enumerate())
    workers = Workers(Cluster(named, patience=PATIENCE), linger=0.2)
    with workers.session() as session:
        assert session.submit(operator.add, 1, 1).result(PATIENCE) == 2
    until(lambda: not [one for one in set(threading.enumerate()) - before if "worker" in one.name])
    assert workers._places._client is None
    with workers.session() as session:
        assert session.submit(operator.add, 1, 1).result(PATIENCE) == 2
    workers.shutdown()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="nothing here makes certificates")
def test_what_goes_to_and_fro_is_encrypted_where_it_is_asked_for(tmp_path):
    """By keys that Dask's configuration names; who has none of them is not answered."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    named = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1")
    made = ("-newkey", "rsa:2048", "-noenc", "-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", "req", "-x509", *made, *named], check=True, capture_output=True)
    tls = "distributed.comm.tls"
    keys = {f"{tls}.{who}.key": str(key) for who in ("client", "scheduler", "worker")}
    shown = {name.replace("key", "cert"): str(certificate) for name in keys}
    encrypted = {f"{tls}.ca-file": str(certificate), "distributed.comm.require-encryption": True}
    with (
        dask.config.set(keys | shown | encrypted),
        LocalCluster(n_workers=1, **TCP | {"protocol": "tls://"}, security=Security()) as cluster,
    ):
        address = cluster.scheduler_address.removeprefix("tls://")
        assert added(f"dask+tls://{address}") == 2
        plain = dask.config.set({"distributed.comm.require-encryption": False})
        with plain, pytest.raises(OSError, match="does not answer"):
            added(f"dask://{address}")


def added(named):
    workers = Workers(Cluster(named, patience=2.0))
    try:
        with workers.session() as session:
            return session.submit(operator.add, 1, 1).result(PATIENCE)
    finally:
        workers.shutdown()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("dask://127.0.0.1:{free}", "the Dask scheduler at 127.0.0.1:{free} does not answer"),
        ("spark://here", "RNNVIZ_EXECUTOR is “spark://here”, where dask://host:port is to stand"),
        ("dask://", "RNNVIZ_EXECUTOR is “dask://”, where dask://host:port is to stand"),
    ],
)
def test_what_cannot_be_reached_is_said_in_a_sentence(named, why):
    port = free_port()
    workers = Workers(Cluster(named.format(free=port), patience=0.5))
    with workers.session() as session:
        for _ in range(2):
            with pytest.raises(OSError, match=why.format(free=port)):
                session.submit(operator.add, 1, 1).result(PATIENCE)
    workers.shutdown()


def test_a_cluster_without_workers_is_said_and_one_that_comes_is_taken():
    with LocalCluster(n_workers=0, **TCP) as made:
        address = made.scheduler_address.removeprefix("tcp://")
        workers = Workers(Cluster(f"dask://{address}", patience=0.5))
        with workers.session() as session:
            with pytest.raises(OSError, match=f"no worker is at the cluster at {address}"):
                session.submit(operator.add, 1, 1).result(PATIENCE)
            made.scale(1)
            made.wait_for_workers(1, 30)
            assert session.submit(operator.add, 1, 1).result(PATIENCE) == 2
        workers.shutdown()


def test_a_scheduler_that_is_lost_is_said():
    made = LocalCluster(n_workers=1, threads_per_worker=1, processes=True, **TCP)
    workers = Workers(Cluster(made.scheduler_address.replace("tcp", "dask"), patience=1.0))
    with workers.session() as session:
        assert session.submit(operator.add, 1, 1).result(PATIENCE) == 2
        made.close()
        with pytest.raises(OSError, match=r"the Dask scheduler at .* does not answer"):
            session.submit(operator.add, 1, 1).result(PATIENCE)
    workers.shutdown()


def test_the_environment_says_where(named):
    assert isinstance(places({}), Here)
    found = places({EXECUTOR: named})
    assert isinstance(found, Cluster)
    workers = Workers(found)
    with workers.session() as session:
        both_are_there(session)
        assert session.words == "on a cluster, by 2 workers"
    workers.shutdown()
    assert Workers(1).words == "on the server"


def test_without_the_extra_how_to_install_it_is_said(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    workers = Workers(Cluster("dask://127.0.0.1:1"))
    with workers.session() as session, pytest.raises(OSError, match=r"rnnviz\[cluster\]"):
        session.submit(operator.add, 1, 1).result(PATIENCE)
    workers.shutdown()
