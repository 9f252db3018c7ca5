"""The sockets of a server that was bound as Streamlit binds its own."""

import subprocess
import sys

import pytest

from rnnviz.web.serving.latency import DESCRIPTORS

PROBE = """
import select
import socket

from rnnviz.web.serving.latency import answer_at_once

def at_once(held):
    return bool(held.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

server = socket.create_server(("127.0.0.1", 0))
clients = [socket.create_connection(server.getsockname())]
accepted = [server.accept()[0]]
accepted[0].setblocking(False)
print([at_once(held) for held in accepted])
answer_at_once()
clients.append(socket.create_connection(server.getsockname()))
accepted.append(server.accept()[0])
print([at_once(held) for held in accepted], accepted[0].getblocking())
clients[0].sendall(b"still open")
select.select([accepted[0]], [], [], 10)
print(accepted[0].recv(10).decode())
"""


@pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="needs descriptors as files")
def test_connections_accepted_before_and_after_no_longer_wait_for_acknowledgements():
    found = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.splitlines() == ["[False]", "[True, True] False", "still open"]
