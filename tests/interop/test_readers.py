"""Files are read apart: as they would be here, and whatever goes wrong concerns one visitor."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from rnnviz.equations import MAX_CHARACTERS, parse
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
from rnnviz.interop.reader import MEMORY
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.notation.writer import plain
from rnnviz.processes.readers import MOST_PROCESSES
from tests import processes
from tests.interop import crafted_files as crafted
from tests.interop.checkpoint_files import LSTM, WRITERS, of_npz, of_torch, with_more

GRU = of_torch(torch.nn.GRU(3, 4, 2, bidirectional=True).state_dict())
FILES = {name: write(LSTM.state_dict()) for name, write in WRITERS.items()} | {
    "two.pt": GRU,
    "noted.npz": of_npz(with_more(head__weight=(2, 5), norm__weight=(4,))),
}
REFUSED = {
    "empty.pt": b"",
    "cut.pt": GRU[:-50],
    "other.txt": b"abc",
    "linear.pt": of_torch(torch.nn.Linear(2, 3).state_dict()),
    "strange\nname.pt": b"\xff",
}
PATIENCE = 20.0
pytestmark = processes.needs_proc


@pytest.fixture
def readers():
    pool = Readers(seconds=PATIENCE)
    yield pool
    for session in [*pool.sessions]:
        session.close()


@pytest.fixture
def session(readers):
    return readers.session()


def children():
    """The processes that read for this one."""
    return processes.children(os.getpid(), "rnnviz.interop.reader")


def until(holds):
    begin = time.monotonic()
    while not holds():
        assert time.monotonic() - begin < PATIENCE
        time.sleep(0.01)


def same(one, other):
    assert one.notes == other.notes
    assert [layer.cell for layer in one.layers] == [layer.cell for layer in other.layers]
    assert one.parameters.keys() == other.parameters.keys()
    for name, array in one.parameters.items():
        np.testing.assert_array_equal(array, other.parameters[name])
        assert array.dtype == other.parameters[name].dtype
    return True


def test_cells_of_one_s_own_come_back_whole(session):
    """One whose text is longer, written out, than a text may be."""
    long = "v" * 24
    products = [f"{name}={'*'.join([long] * 50)}" for name in "acd"]
    text = "\n".join([f"{long}=W@x+U@h_prev", *products, "h=tanh(a+c+d)"])
    cell = parse(text)
    assert len(text) < MAX_CHARACTERS < len(plain(cell))
    note = json.dumps({"cells": [text], "readout": "softmax"})
    arrays = {"layers.0.W": np.ones((2, 2)), "layers.0.U": np.ones((2, 2))}
    arrays |= {"readout.W": np.ones((3, 2)), "readout.b": np.ones(3)}
    data = of_npz(arrays, rnnviz=np.frombuffer(note.encode(), np.uint8))
    found = session.load("m.npz", data)
    assert same(found, load_bytes("m.npz", data))
    assert found.layers[0].cell == cell
    assert found.readout.kind == "softmax"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_as_it_would_be_here(session, name):
    assert same(session.load(name, FILES[name]), load_bytes(name, FILES[name]))


def test_a_file_is_taken_for_the_cell_that_is_named(session):
    data = of_torch(torch.nn.RNN(3, 4).state_dict())
    for kind in ("RNN (tanh)", "RNN (ReLU)"):
        assert same(
            session.load("m.pt", data, Answers(kind)), load_bytes("m.pt", data, Answers(kind))
        )


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_as_it_would_be_here(session, name):
    with pytest.raises(CheckpointError) as here:
        load_bytes(name, REFUSED[name])
    with pytest.raises(CheckpointError) as apart:
        session.load(name, REFUSED[name])
    assert str(apart.value) == str(here.value)


def test_limits_hold_there_too(session):
    with pytest.raises(CheckpointError, match="larger than 0 MB"):
        session.load("m.pt", GRU, largest=100)
    with pytest.raises(CheckpointError, match="holds more than 7 numbers"):
        session.load("m.safetensors", FILES["m.safetensors"], most=7)


def test_one_process_reads_file_after_file(session):
    (first,) = children()
    for name, data in FILES.items():
        session.load(name, data)
    assert children() == [first]


def test_a_process_may_take_so_much_memory_and_write_no_file(session):
    session.load("m.pt", GRU)
    (process,) = children()
    limits = Path(f"/proc/{process}/limits").read_text()
    soft_and_hard = {line[:26].strip(): line[26:].split()[:2] for line in limits.splitlines()[1:]}
    assert soft_and_hard["Max address space"] == [str(MEMORY)] * 2
    assert soft_and_hard["Max file size"] == ["0", "0"]
    assert soft_and_hard["Max core file size"] == ["0", "0"]


def test_what_needs_more_memory_is_refused_and_the_process_goes_on(session):
    (process,) = children()
    units = 4_000
    many = crafted.tensor(1, 0, (4 * units, units), (0, 0), kind="DoubleStorage")
    data = crafted.torch_file(crafted.dictionary(weight_hh_l0=many), {"0": bytes(8)})
    with pytest.raises(CheckpointError, match="reading it takes more than the 512 MB there are"):
        session.load("m.pt", data, most=10**9)
    session.load("m.pt", GRU)
    assert children() == [process]


def test_a_process_that_is_killed_over_a_file_concerns_its_own_visitor_only(readers, session):
    other = readers.session()
    (process,) = children()
    os.kill(process, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        mine = pool.submit(session.load, "mine.pt", GRU)
        until(lambda: session.reader)
        assert same(other.load("theirs.pt", GRU), load_bytes("theirs.pt", GRU))
        os.kill(process, signal.SIGKILL)
        with pytest.raises(CheckpointError, match=r"mine.pt: it is damaged in a way that ended"):
            mine.result(PATIENCE)
    assert same(session.load("mine.pt", GRU), load_bytes("mine.pt", GRU))
    assert process not in children()


def test_a_process_that_hangs_is_stopped_and_replaced(session):
    session.load("warm.pt", GRU)
    (process,) = children()
    session.readers.seconds = 0.3
    os.kill(process, signal.SIGSTOP)
    begin = time.monotonic()
    with pytest.raises(CheckpointError, match=r"mine.pt: reading it took too long"):
        session.load("mine.pt", GRU)
    assert time.monotonic() - begin < 5
    session.readers.seconds = PATIENCE
    session.load("mine.pt", GRU)
    assert process not in children()


def test_one_that_was_killed_while_idle_is_noticed_by_nobody(session):
    session.load("m.pt", GRU)
    (process,) = children()
    os.kill(process, signal.SIGKILL)
    until(lambda: processes.has_ended(process))
    session.load("m.pt", GRU)


def test_there_are_so_many_processes_at_most_and_one_stays(readers):
    sessions = [readers.session() for _ in range(MOST_PROCESSES + 3)]
    most = 0
    with ThreadPoolExecutor(len(sessions)) as pool:
        waiting = [pool.submit(each.load, "m.pt", GRU) for each in sessions]
        while not all(each.done() for each in waiting):
            most = max(most, len(children()))
            time.sleep(0.005)
    assert all(each.result().hidden == 4 for each in waiting)
    assert 1 < most <= MOST_PROCESSES
    until(lambda: len(children()) == 1)


def test_the_processes_are_gone_when_the_last_session_is(readers):
    one, other = readers.session(), readers.session()
    one.load("m.pt", GRU)
    one.close()
    assert len(children()) == 1
    other.close()
    assert children() == []
    with pytest.raises(CheckpointError, match="its page has been left"):
        other.load("m.pt", GRU)


def test_who_leaves_while_a_file_is_read_takes_its_process_along(session):
    (process,) = children()
    os.kill(process, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        mine = pool.submit(session.load, "m.pt", GRU)
        until(lambda: session.reader)
        session.close()
        with pytest.raises(CheckpointError):
            mine.result(PATIENCE)
    assert children() == []


def test_no_thread_stays_behind(session):
    before = threading.active_count()
    for _ in range(5):
        session.load("m.pt", GRU)
    assert threading.active_count() == before


def test_where_no_process_can_be_started_a_sentence_says_so(monkeypatch):
    def full(*_args, **_options):
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", full)
    with pytest.raises(CheckpointError, match=r"m.pt: no process can be started to read it"):
        Readers().session().load("m.pt", GRU)


def test_a_process_ends_with_the_one_that_started_it(tmp_path):
    program = """
import sys, time
from rnnviz.interop.readers import Readers
session = Readers().session()
session.load("m.npz", open(sys.argv[1], "rb").read())
print(next(iter(session.readers.idle)).number, flush=True)
time.sleep(60)
"""
    path = tmp_path / "m.npz"
    path.write_bytes(of_npz(with_more()))
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert Path(f"/proc/{child}").exists()
        parent.kill()
    until(
        lambda: (
            not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text()
        )
    )
