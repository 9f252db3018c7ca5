"""What is taken away runs by itself and answers as the network does."""

import csv
import io
import runpy
import subprocess
import sys

import numpy as np
import pytest

from rnnviz import load, parse, training
from rnnviz.cells import GALLERY
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.training import exports, runs

OWN = parse("""
a = hard_sigmoid(W_a @ x + U_a @ h_prev + p * m_prev + b)
m = (1 - a) * m_prev - -(a * softplus(U_m @ (a * h_prev)))
h = identity(m) * exp(-m) + relu(W_h @ x)
""")
NETWORKS = {name: {"cell": cell} for name, cell in GALLERY.items()}
NETWORKS |= {
    "own": {"cell": OWN},
    "two layers, both ways": {"cell": GALLERY["LSTM"], "layers": 2, "bidirectional": True},
    "own, both ways": {"cell": OWN, "bidirectional": True},
    "no readout": {"cell": GALLERY["GRU (PyTorch)"], "outputs": 0},
}


@pytest.mark.parametrize("code", [exports.numpy_code, exports.torch_code])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_code_answers_as_the_network(tmp_path, name, code):
    network = Network.fresh(**{"inputs": 3, "hidden": 5, "outputs": 2, "seed": 4} | NETWORKS[name])
    path = tmp_path / "network.py"
    path.write_text(code(network, 'Learnt """nothing""" \\ yet.'))
    x = np.random.default_rng(0).standard_normal((7, 3))
    done = propagate(network, x[:, None])
    expected = done.outputs[-1] if done.prediction is None else done.prediction
    found = np.asarray(runpy.run_path(str(path))["predict"](x))
    assert found == pytest.approx(expected[:, 0], rel=1e-12, abs=1e-12)


def test_the_code_needs_nothing_of_ours(tmp_path):
    network = Network.fresh(GALLERY["MGU"], inputs=2, hidden=3, outputs=1)
    (tmp_path / "network.py").write_text(exports.numpy_code(network))
    command = [sys.executable, "-I", "network.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[[")


def test_the_table_has_a_line_for_each_update():
    run = training.advance(runs.start(task="adding problem", length=6, hidden=3, batch=2), 4)
    header, *lines = csv.reader(io.StringIO(exports.csv_of(run)))
    assert [float(line[header.index("loss")]) for line in lines] == run.history["loss"].tolist()
    assert [line[0] for line in lines] == ["1", "2", "3", "4"]
    row = [float(lines[2][header.index(f"dh_norms[{t}]")]) for t in range(1, 7)]
    assert row == run.history["dh_norms"][2].tolist()


def test_the_file_is_read_back(tmp_path):
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, outputs=1, seed=1)
    path = tmp_path / "n.safetensors"
    path.write_bytes(exports.safetensors_of(network))
    for name, array in load(path).parameters.items():
        assert np.array_equal(array, network.parameters[name])
