"""Files that need the extra `files`: opened by what is in them, read apart, or refused."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from rnnviz.data.reading.readers import Readers as TableReaders
from rnnviz.interop import extra
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from tests import processes
from tests.interop.keras_models import keras, layers, model, saved
from tests.interop.onnx_models import exported, node
from tests.interop.test_onnx_files import KINDS, READS, Module, sequence, torch
from tests.interop.test_readers import same

ROOT = Path(__file__).parent.parent.parent
ENDINGS = {".keras": "h5py", ".h5": "h5py", ".onnx": "onnx"}
SECONDS = 20.0
DAMAGED, STOPPED, MOST_MEMORY = 500, 10, 300


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


def workbook():
    openpyxl = pytest.importorskip("openpyxl")
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in [("day", "high", "low"), *((k, k / 3, -k) for k in range(40))]:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


@processes.needs_proc
def test_damaged_files_that_a_library_unpacks_are_a_sentence_or_what_they_hold(files, tmp_path):
    """HDF5's own library may hang or crash on one: the process that reads it ends, not this one."""
    for name, data in {**files, "table.xlsx": workbook()}.items():
        (tmp_path / f"m{name}").write_bytes(data)
    command = [sys.executable, "-m", "tests.interop.fuzz_apart", tmp_path, DAMAGED, 0]
    told = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    report = json.loads(told.stdout)
    assert report["wrong"] == []
    assert report["read"] > DAMAGED / 50
    assert report["slowest"] < STOPPED + 60  # a process that was stopped is started anew
    assert report["megabytes"] < MOST_MEMORY


def bomb(name, length):
    """A zip file of few bytes that unpacks to many."""
    stream = io.BytesIO()
    file = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
    with file, file.open(name, "w") as member:
        for _ in range(length // 2**20):
            member.write(bytes(2**20))
    return stream.getvalue()


def test_what_unpacks_to_much_is_refused_before_it_is(session):
    tables = TableReaders().session()
    try:
        with pytest.raises(ValueError, match="Unpacked, this file is larger than 256 MB"):
            tables.read(bomb("xl/worksheets/sheet1.xml", 300 * 2**20))
        with pytest.raises(CheckpointError, match="unpacks to more than"):
            session.load("m.keras", bomb("model.weights.h5", 200 * 2**20))
    finally:
        tables.close()


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
