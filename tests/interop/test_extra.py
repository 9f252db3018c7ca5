"""Files that need the extra `files`: opened by what is in them, read apart, or refused."""

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rnnviz.interop import extra
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from tests.interop.fuzz import bytes_changed
from tests.interop.keras_models import keras, layers, model, saved
from tests.interop.onnx_models import exported, node
from tests.interop.test_onnx_files import KINDS, READS, Module, sequence, torch
from tests.interop.test_readers import same

ROOT = Path(__file__).parent.parent.parent
ENDINGS = {".keras": "h5py", ".h5": "h5py", ".onnx": "onnx"}
SECONDS = 2.0


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Ending → a file of a stack with a readout."""
    keras.utils.clear_session()
    folder = tmp_path_factory.mktemp("files")
    stack = layers.Bidirectional(layers.LSTM(4, return_sequences=True)), layers.GRU(3)
    made = model(*stack, layers.Dense(2))
    return {
        ".keras": saved(made, ".keras", folder),
        ".h5": saved(made, ".h5", folder),
        ".onnx": node("LSTM", clip=3.0, states=True),
    }


@pytest.fixture
def session():
    pool = Readers(seconds=SECONDS)
    session = pool.session()
    yield session
    session.close()


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_in_a_file_decides_and_not_its_name(ending, files):
    for name in (f"m{ending}", "m.pt", "m"):
        assert load_bytes(name, files[ending]).layers


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_process_apart_reads_the_same(ending, files, session):
    session.readers.seconds = 20.0
    apart, here = session.load("m", files[ending]), load_bytes("m", files[ending])
    assert same(apart, here)
    assert apart.initial.keys() == here.initial.keys()
    for name, array in here.initial.items():
        np.testing.assert_array_equal(apart.initial[name], array)


@pytest.mark.parametrize("ending", ENDINGS)
def test_without_its_package_the_sentence_says_how_to_install_it(ending, files, monkeypatch):
    monkeypatch.setitem(sys.modules, ENDINGS[ending], None)
    with pytest.raises(CheckpointError) as refused:
        load_bytes(f"m{ending}", files[ending])
    told = f'the package {ENDINGS[ending]}: pip install "rnnviz[files]"'
    assert str(refused.value).endswith(told)
    assert ENDINGS[ending] in extra.PACKAGES


def refusal(session, data):
    """What is said of a file; "" where there is a network in it."""
    try:
        assert session.load("m", data).layers
    except CheckpointError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("ending", [".keras", ".h5"])
def test_a_damaged_file_of_keras_s_is_one_sentence_or_a_network(ending, files, session):
    """HDF5's own library may hang or crash on one: the process that reads it ends, not this one."""
    rng = random.Random(0)
    for _ in range(40):
        sentence = refusal(session, bytes_changed(files[ending], rng))
        assert "\n" not in sentence
        assert len(sentence) < 400


def test_a_damaged_file_of_onnx_s_is_one_sentence_or_a_network(tmp_path):
    """Bytes changed, and what its fields say: operators, attributes, shapes, names."""
    for number, kind in enumerate(KINDS):
        module = Module(kind.split()[0], READS["every step"], **KINDS[kind])
        x = torch.tensor(sequence()).swapaxes(0, 1)
        (tmp_path / f"{number}.onnx").write_bytes(exported(module, x))
    command = [sys.executable, "-m", "tests.interop.fuzz_of_extra", tmp_path, 600, 0]
    told = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    report = json.loads(told.stdout)
    assert report["wrong"] == []
    assert report["loaded"] > 50
    assert report["slowest"] < 2.0


def test_an_hdf5_file_that_is_none_of_keras_s_or_points_elsewhere_is_refused(tmp_path):
    import h5py

    def written(fill):
        with h5py.File(tmp_path / "m.h5", "w") as file:
            fill(file)
        return (tmp_path / "m.h5").read_bytes()

    def elsewhere(file):
        file.attrs["layer_names"] = ["lstm"]
        file["lstm"] = h5py.ExternalLink("/etc/passwd", "/")

    def outside(file):
        cell = file.create_group("layers/lstm/cell/vars")
        external = [("/etc/passwd", 0, 48)]
        cell.create_dataset("0", (3, 4), "f4", external=external)
        cell["1"] = np.ones((1, 4), "f4")

    def endless(file):
        cell = file.create_group("layers/lstm/cell/vars")
        cell.create_dataset("0", (10**6, 10**6), "f4", chunks=(100, 100))
        cell["1"] = np.ones((1, 4), "f4")

    for fill, sentence in (
        (lambda file: file.create_group("data"), "no weights of an LSTM, GRU or SimpleRNN"),
        (elsewhere, "lstm is a link"),
        (outside, "layers/lstm/cell/vars/0 lies in another file"),
        (endless, "holds too many numbers"),
    ):
        with pytest.raises(CheckpointError, match=sentence):
            load_bytes("m", written(fill))
