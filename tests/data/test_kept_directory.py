"""What a killed process kept for others is taken away by the next one, and nobody else's is."""

import os
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from rnnviz.data import kept_directory
from rnnviz.data.kept_directory import OWNER, PREFIX, YOUNG, take_away_left

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there nothing is taken away")
KEEPS = """
import sys, numpy as np
from rnnviz.data.kept import Kept
one = Kept.of(x=np.arange(5))
print(one.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def keeper(folder):
    """Another process that keeps something."""
    process = subprocess.Popen(
        [sys.executable, "-c", KEEPS], env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def aged(folder):
    """Its directory, as old as one that may be looked at."""
    (one,) = folder.glob(f"{PREFIX}*")
    before = time.time() - 2 * YOUNG
    os.utime(one / OWNER, (before, before))
    return one


def test_what_a_killed_process_left_goes_at_the_next_start(folder, keeper):
    left = aged(folder)
    keeper.send_signal(signal.SIGKILL)
    keeper.wait()
    assert [*left.glob("*.npz")]
    take_away_left()
    assert not left.exists()


def test_what_belongs_to_a_process_that_is_there_stays(folder, keeper):
    there = aged(folder)
    take_away_left()
    assert [*there.glob("*.npz")]
    keeper.stdin.close()
    assert keeper.wait(timeout=20) == 0
    assert not there.exists()


@pytest.mark.parametrize("name", [f"{PREFIX}new", f"{PREFIX}foreign", "rnnviz-other"])
def test_what_is_young_or_not_ours_stays(folder, name):
    other = folder / name
    other.mkdir()
    if name.endswith("new"):
        (other / OWNER).touch()
    take_away_left()
    assert other.exists()


def test_ones_own_is_never_left(monkeypatch):
    own = kept_directory.directory()
    monkeypatch.setattr(kept_directory, "YOUNG", -1.0)
    take_away_left()
    assert own.exists()
