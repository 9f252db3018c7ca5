"""`streamlit run` on a free port, ended when the test is."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0


@dataclass
class Server:
    """A running app: its address without a slash, what it printed so far, its process's number."""

    url: str
    log: Path
    process: int
    _read: int = 0

    def new_tracebacks(self) -> list[str]:
        """Whatever it printed since the last call, if there is a traceback in it."""
        text = self.log.read_text(errors="replace")
        fresh, self._read = text[self._read :], len(text)
        return [fresh] if "Traceback" in fresh or "Uncaught" in fresh else []


@contextmanager
def running(script: Path, log: Path, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start an app under the project's configuration, wait until it answers, end it afterwards.

    more: of its environment.
    """
    port = free_port()
    options = {"port": port, "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    with serving(command, port, log, folder=ROOT, more=more) as server:
        yield server


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(
    command: Sequence[str],
    port: int,
    log: Path,
    *,
    folder: Path,
    more: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a command that serves an app at a port; wait until it answers, end it afterwards."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"} | dict(more or {})
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's second start compiles anew
    with log.open("wb") as sink:
        process = subprocess.Popen(command, stdout=sink, stderr=sink, cwd=folder, env=environment)
    server = Server(f"http://127.0.0.1:{port}", log, process.pid)
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    begin = time.monotonic()
    while time.monotonic() - begin < PATIENCE:
        if process.poll() is not None:
            raise RuntimeError(f"the app did not start:\n{server.log.read_text()}")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the app did not answer within {PATIENCE:.0f} s:\n{server.log.read_text()}")
