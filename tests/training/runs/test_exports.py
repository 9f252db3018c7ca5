"""What is taken away runs by itself and answers as the network does."""

import csv
import io
import runpy
import subprocess
import sys

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from rnnviz import load, parse, training
from rnnviz.cells import GALLERY
from rnnviz.interop import programs
from rnnviz.interop.saving import packed, packed_for_torch
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.training.runs import exports, runs

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


@pytest.mark.parametrize("code", [programs.with_numpy, programs.with_torch])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_code_answers_as_the_network(tmp_path, name, code):
    network = Network.fresh(**{"inputs": 3, "hidden": 5, "outputs": 2, "seed": 4} | NETWORKS[name])
    path = tmp_path / "network.py"
    path.write_text(code(network, 'Learnt """nothing""" \\ yet.'))
    x = np.random.default_rng(0).standard_normal((7, 3))
    done = propagate(network, x[:, None])
    expected = done.output if done.prediction is None else done.prediction
    found = np.asarray(runpy.run_path(str(path))["predict"](x))
    assert found == pytest.approx(expected[:, 0], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("code", [programs.with_numpy, programs.with_torch])
@pytest.mark.parametrize("about", ["a\0b", "\ud800", '"""', "\\", "{about}", "x\n\u2028y", '"'])
def test_the_code_can_be_read_whatever_it_says_about_itself(code, about):
    network = Network.fresh(GALLERY["MGU"], inputs=2, hidden=3)
    compile(code(network, about).encode(), "code.py", "exec")


def test_the_code_needs_nothing_of_ours(tmp_path):
    network = Network.fresh(GALLERY["MGU"], inputs=2, hidden=3, outputs=1)
    (tmp_path / "network.py").write_text(programs.with_numpy(network))
    command = [sys.executable, "-I", "network.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[[")


SMALL = {"task": "adding problem", "length": 6, "hidden": 3, "batch": 2}


def table(run):
    """The lines of a run's table, read back: column → text."""
    return list(csv.DictReader(io.StringIO(exports.csv_of(run))))


def test_the_table_has_a_line_for_each_update():
    run = training.advance(runs.start(**SMALL), 4)
    before, *lines = table(run)
    assert [line["update"] for line in lines] == ["1", "2", "3", "4"]
    assert [float(line["loss"]) for line in lines] == run.history["loss"].tolist()
    row = [float(lines[2][f"dh_norms[{t}]"]) for t in range(1, 7)]
    assert row == run.history["dh_norms"][2].tolist()
    assert (before["update"], before["loss"], before["dh_norms[6]"]) == ("0", "", "")


def test_the_table_has_what_the_held_out_sequences_gave():
    run = training.advance(runs.start(**SMALL), 60)
    lines = [line for line in table(run) if line["held_out_loss"]]
    found = [(int(x["update"]), float(x["held_out_loss"]), float(x["held_out_metric"]))
             for x in lines]  # fmt: skip
    assert found == [tuple(one) for one in run.evaluations]
    assert [update for update, *_ in found] == [0, 25, 50]
    assert {line["solved_line"] for line in lines} == {"0.01"}


def test_the_table_says_which_knobs_were_turned_and_when():
    run = runs.change(training.advance(runs.start(**SMALL), 3), learning_rate=0.5, clip_norm=1.0)
    run = runs.change(training.advance(run, 2), clip_norm=None)
    assert {int(line["update"]): line["turned"] for line in table(run) if line["turned"]} == {
        3: "learning_rate from 0.01 to 0.5; clip_norm from None to 1.0",
        5: "clip_norm from 1.0 to None",
    }


def test_the_table_of_a_run_that_has_not_begun_is_one_line():
    assert [line["update"] for line in table(runs.start(**SMALL))] == ["0"]


def test_the_file_is_read_back(tmp_path):
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, outputs=1, seed=1)
    path = tmp_path / "n.safetensors"
    path.write_bytes(packed(network, path.suffix))
    for name, array in load(path).parameters.items():
        assert np.array_equal(array, network.parameters[name])


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(
    ("cell", "module", "options"),
    [
        ("LSTM", torch.nn.LSTM, {}),
        ("GRU (PyTorch)", torch.nn.GRU, {}),
        ("GRU (PyTorch), z takes the new", torch.nn.GRU, {}),
        ("RNN (tanh)", torch.nn.RNN, {}),
        ("RNN (ReLU)", torch.nn.RNN, {"nonlinearity": "relu"}),
    ],
)
def test_the_file_is_a_state_dict_of_torchs_own_modules(
    tmp_path, cell, module, options, both, layers
):
    network = Network.fresh(
        GALLERY[cell], inputs=2, hidden=3, outputs=4, layers=layers, bidirectional=both, seed=1
    )
    path = tmp_path / "n.safetensors"
    path.write_bytes(packed_for_torch(network))
    state = load_file(path)
    theirs = module(2, 3, layers, bidirectional=both, **options).double()
    readout = torch.nn.Linear(3 * (1 + both), 4).double()
    loaded = theirs.load_state_dict(state, strict=False)
    assert loaded.missing_keys == []
    assert set(loaded.unexpected_keys) == {"readout.weight", "readout.bias"}
    readout.load_state_dict({n: state[f"readout.{n}"] for n in ("weight", "bias")})
    x = np.random.default_rng(0).standard_normal((7, 1, 2))
    expected = readout(theirs(torch.from_numpy(x))[0]).detach().numpy()
    assert propagate(network, x).prediction == pytest.approx(expected, abs=1e-12)
    assert propagate(load(path), x).prediction == pytest.approx(expected, abs=1e-12)


def test_a_cell_that_torch_does_not_have_keeps_our_names(tmp_path):
    network = Network.fresh(GALLERY["MGU"], inputs=2, hidden=3, outputs=1, seed=1)
    path = tmp_path / "n.safetensors"
    path.write_bytes(packed_for_torch(network))
    assert set(load_file(path)) == set(network.parameters)
    assert load(path).layers[0].cell == GALLERY["MGU"]


def test_a_file_says_how_its_network_was_trained():
    run = training.advance(runs.start(**SMALL, learning_rate=0.03, clip_norm=1.0, seed=7), 3)
    run = runs.change(run, learning_rate=0.5)
    size = sum(array.size for array in run.parameters.values())
    assert exports.about(run, "LSTM").splitlines() == [
        "Add the two marked numbers (length 6): LSTM",
        "Updates: 3",
        "Optimizer: adam",
        "Learning rate: 0.5",
        "Clip by norm: 1",
        "Batch size: 2",
        "Precision: float64",
        "Seed: 7",
        "Learning rate, 3: 0.03 → 0.5",
        f"Parameters: {size}",
    ]
