"""Files sent to a running app: whatever is in them, the others notice nothing and nothing stays."""

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import numpy as np
import pytest
import torch
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from rnnviz.equations import parse
from rnnviz.interop.saving import packed
from rnnviz.network.network import Network
from rnnviz.processes.readers import SECONDS
from tests import processes
from tests.browser.server import ROOT, running
from tests.interop.checkpoint_files import of_npz, of_torch
from tests.interop.crafted_files import (
    EMPTY_DICT,
    EMPTY_TUPLE,
    SET_ITEM,
    TUPLE1,
    number,
    torch_file,
)
from tests.visitors import glance, session

ORDINARY = of_torch(torch.nn.LSTM(64, 220).state_dict())
LARGEST = of_npz(
    {
        f"weight_{of}": np.zeros((2048, columns))
        for of, columns in {"ih_l0": 400, "hh_l0": 512, "ih_l1": 512, "hh_l1": 512}.items()
    }
)
CRASHED = torch_file(EMPTY_DICT + EMPTY_TUPLE + TUPLE1 * 300_000 + number(1) + SET_ITEM)
QUERY = "weights=your+file&sequence=random"
ROOM = 50.0
PATIENCE = 30.0
pytestmark = processes.needs_proc


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(ROOT / "app.py", tmp_path_factory.mktemp("server") / "log") as server:
        yield server
        assert server.new_tracebacks() == []


def readers(app):
    return processes.children(app.process, "rnnviz.interop.reader")


def until(holds):
    begin = time.monotonic()
    while not holds():
        assert time.monotonic() - begin < PATIENCE
        time.sleep(0.05)


def own_cell(k):
    """A network whose cell is as large as cells may be, and another for each number."""
    sums = [f"v{i} = " + " + ".join(["W @ x", f"{k}.{i} * h_prev"] * 10) for i in range(6)]
    text = "\n".join([*sums, "h = tanh(v0 + v1 + v2 + v3 + v4 + v5)"])
    return packed(Network.fresh(parse(text), inputs=64, hidden=3), ".npz")


def is_shown(said):
    return any("reads 64 numbers a step" in text for text in said)


def test_a_file_that_ended_the_server_once_is_refused(app):
    with session(app.url, query=QUERY) as visitor:
        (refusal,) = [text for text in visitor.upload("m.pt", CRASHED) if "m.pt" in text]
        assert "more than 200,000 parts. What is shown is as before." in refusal
        assert is_shown(visitor.upload("m.pt", ORDINARY))


@pytest.mark.parametrize(
    ("ending", "says"), [(signal.SIGKILL, "ended its reading"), (None, "took too long")]
)
def test_a_process_that_is_killed_or_hangs_concerns_its_own_visitor_only(app, ending, says):
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        mine, theirs = (stack.enter_context(session(app.url, query=QUERY)) for _ in range(2))
        assert is_shown(mine.upload("warm.pt", ORDINARY))
        (process,) = readers(app)
        os.kill(process, signal.SIGSTOP)
        begin = time.monotonic()
        waiting = pool.submit(mine.upload, "m.pt", ORDINARY)
        time.sleep(0.5)
        assert is_shown(theirs.upload("t.pt", ORDINARY))
        with session(app.url) as third:
            assert third.said
        assert time.monotonic() - begin < SECONDS / 2
        assert not waiting.done()
        if ending:
            os.kill(process, ending)
        assert any("m.pt" in text and says in text for text in waiting.result(PATIENCE))
        assert is_shown(mine.upload("again.pt", ORDINARY))
        assert process not in readers(app)


def test_no_process_stays_when_the_last_visitor_has_left(app):
    with session(app.url, query=QUERY) as visitor:
        visitor.upload("m.pt", ORDINARY)
        assert len(readers(app)) == 1
    until(lambda: not readers(app))


def test_no_process_stays_for_visitors_who_leave_while_their_page_is_made(app):
    for k in range(60):
        glance(app.url, QUERY, seconds=0.002 * k)
    until(lambda: not readers(app))


def test_a_visitor_who_sends_no_file_starts_no_process(app):
    with session(app.url) as visitor:
        visitor.run()
        assert readers(app) == []


def test_a_hundred_files_in_turn_leave_the_memory_where_it_was(app):
    """Half of them from one visitor, half from one each; some as large as they may be, and looked
    at on another page too; some of cells that nobody else has."""
    sent = iter(range(1_000))

    def visit(files):
        with session(app.url, query=QUERY) as visitor:
            for k in files:
                name, data = ("m.pt", ORDINARY)
                if k % 10 == 0:
                    name, data = ("z.npz", LARGEST)
                if k % 3 == 2:
                    name, data = ("own.npz", own_cell(next(sent)))
                assert any(f"{name} reads " in text for text in visitor.upload(name, data))
                if k % 10 == 0:
                    visitor.look_at("Gradients")

    def settled():
        """Megabytes between visits: what the allocator keeps for the next comes and goes."""
        found = []
        for _ in range(5):
            visit([1])
            found.append(processes.resident(app.process))
        return min(found)

    for k in range(10):
        visit([k])
    before = settled()
    visit(range(50))
    for k in range(50):
        visit([k])
    assert settled() - before < ROOM


def test_files_that_are_sent_and_never_shown_take_no_more_room(app):
    with session(app.url, query=QUERY) as visitor:
        before = processes.resident(app.process)
        for _ in range(40):
            visitor.send("m.pt", bytes(4_900_000))
        assert processes.resident(app.process) - before < ROOM


@contextmanager
def asked_as(app, host):
    """A connection to the app by a page of another name: one that was made to lead here."""
    port = int(app.url.rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port)) as sock,
        connect(
            f"ws://{host}:{port}/_stcore/stream", sock=sock, subprotocols=["streamlit"]
        ) as connection,
    ):
        yield connection


def test_a_page_of_another_host_is_turned_away(app):
    for host in ("localhost", "127.0.0.1", "[::1]"):
        with asked_as(app, host) as connection:
            assert connection.subprotocol == "streamlit"
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example"):
        with pytest.raises(InvalidStatus, match="403"), asked_as(app, host):
            pass
