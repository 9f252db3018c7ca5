"""A file of this machine that a library in C unpacks is read in a process of its own."""

import os
import subprocess
import sys
import time
from functools import partial

import pytest

import rnnviz
from rnnviz.interop import readers
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from tests import processes
from tests.interop.checkpoint_files import LSTM, WRITERS
from tests.interop.hanging_file import HANGS
from tests.interop.keras_models import keras, layers, model, saved
from tests.interop.test_readers import same

SECONDS = 3.0


@pytest.fixture(params=[".h5", ".keras"])
def path(request, tmp_path):
    keras.utils.clear_session()
    stack = layers.Bidirectional(layers.LSTM(4, return_sequences=True)), layers.GRU(3)
    saved(model(*stack, layers.Dense(2)), request.param, tmp_path)
    return tmp_path / f"model{request.param}"


def test_it_is_the_network_that_is_read_here(path):
    assert same(rnnviz.load(path), load_bytes(path.name, path.read_bytes()))
    assert same(rnnviz.load(str(path)), rnnviz.load(path))


def test_what_is_asked_and_refused_is_what_would_be_here(path):
    for asked in ({"kind": "nothing"}, {"name": "nothing"}, {"readout": "nothing"}):
        with pytest.raises(CheckpointError) as here:
            load_bytes(path.name, path.read_bytes(), Answers(**asked))
        with pytest.raises(CheckpointError) as apart:
            rnnviz.load(path, **asked)
        assert str(apart.value) == str(here.value)


def test_the_library_that_may_hang_is_not_loaded_here(path):
    program = f"import sys, rnnviz; rnnviz.load({str(path)!r}); print('h5py' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert told.stdout == "False\n"
    assert told.stderr == ""


@processes.needs_proc
def test_one_over_which_the_library_never_ends_is_a_sentence_in_time(tmp_path, monkeypatch):
    (tmp_path / "m.h5").write_bytes(HANGS)
    limited = partial(readers.LocalReaders, seconds=SECONDS)
    monkeypatch.setattr(readers, "LocalReaders", limited)
    begin = time.monotonic()
    with pytest.raises(CheckpointError, match=r"^m.h5: (reading it took too long|it is damaged)"):
        rnnviz.load(tmp_path / "m.h5")
    assert time.monotonic() - begin < 60
    assert processes.children(os.getpid(), "rnnviz.interop.local_reader") == []


def test_other_files_are_read_here(tmp_path, monkeypatch):
    monkeypatch.delattr(readers, "LocalReaders")
    for name, write in WRITERS.items():
        (tmp_path / name).write_bytes(write(LSTM.state_dict()))
        assert same(rnnviz.load(tmp_path / name), load_bytes(name, (tmp_path / name).read_bytes()))
