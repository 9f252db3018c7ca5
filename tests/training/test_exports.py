"""What is taken away runs by itself and answers as the network does."""

import csv
import io
import json
import re
import runpy
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from rnnviz import load, parse, trace, training
from rnnviz.cells import GALLERY
from rnnviz.interop import programs
from rnnviz.interop.modules.conversion import to_torch
from rnnviz.interop.saving import packed, packed_for_torch
from rnnviz.network.given import BEFORE
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.notation.writer import plain
from rnnviz.scenes.scene import state_sizes
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
SIZES = {"inputs": 3, "hidden": 5, "outputs": 2, "seed": 4}
MORE = NETWORKS | {
    "GRU, two layers, both ways": {
        "cell": GALLERY["GRU (PyTorch)"],
        "layers": 2,
        "bidirectional": True,
    },
    "pooled": {"cell": GALLERY["LSTM"], "pooling": "attention"},
    "embedded": {"cell": GALLERY["LSTM"], "inputs": 1, "tokens": 4, "embedding": 3},
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


def begun(network):
    """The same, with its states, the last left out where it has several, at other numbers than
    zero before the first step."""
    rng = np.random.default_rng(6)
    sizes = {n.replace(BEFORE, ""): size for n, size in state_sizes(network).items()}
    names = [*sizes][: max(1, len(sizes) - 1)]
    return replace(network, initial={n: rng.uniform(0.2, 0.8, sizes[n]) for n in names})


@pytest.mark.parametrize("code", [programs.with_numpy, programs.with_torch])
@pytest.mark.parametrize("kind", MORE)
def test_the_code_begins_where_the_network_does(tmp_path, kind, code):
    network = begun(Network.fresh(**SIZES | MORE[kind]))
    (tmp_path / "network.py").write_text(code(network))
    x = np.random.default_rng(0).standard_normal((7, network.inputs))
    if "tokens" in MORE[kind]:
        x = np.arange(7.0)[:, None] % 4
    done = trace(network, x)
    expected = done.output if done.prediction is None else done.prediction
    at_zero = trace(network, x, initial={})
    assert np.abs(at_zero.output - done.output).max() > 1e-6
    found = np.asarray(runpy.run_path(str(tmp_path / "network.py"))["predict"](x))
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("cell", ["LSTM", "GRU (PyTorch)", "RNN (tanh)"])
def test_torchs_module_in_the_code_begins_every_sequence_of_a_batch_there(tmp_path, cell):
    """Against torch.nn's own module, called with h_0 and c_0."""
    network = begun(Network.fresh(GALLERY[cell], inputs=3, hidden=5, layers=2, seed=4))
    (tmp_path / "network.py").write_text(programs.with_torch(network))
    module = runpy.run_path(str(tmp_path / "network.py"))["Network"]()
    theirs = to_torch(replace(network, initial={}))
    states = [
        torch.tensor(
            np.stack([network.initial.get(f"layers.{k}.{s}", np.zeros(5)) for k in (0, 1)])
        )[:, None].repeat(1, 4, 1)
        for s in sorted(GALLERY[cell].states, reverse=True)
    ]
    x = torch.from_numpy(np.random.default_rng(0).standard_normal((7, 4, 3)))
    expected = theirs(x, tuple(states) if len(states) > 1 else states[0])[0].detach().numpy()
    assert module(x).detach().numpy() == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("ending", [".safetensors", ".npz"])
@pytest.mark.parametrize("name", ["LSTM", "MGU", "own", "two layers, both ways"])
def test_a_file_keeps_the_states_before_the_first_step(tmp_path, name, ending):
    network = begun(Network.fresh(**SIZES | NETWORKS[name]))
    path = tmp_path / f"n{ending}"
    path.write_bytes(
        packed_for_torch(network) if ending == ".safetensors" else packed(network, ending)
    )
    again = load(path)
    assert again.initial.keys() == network.initial.keys()
    for state, array in network.initial.items():
        np.testing.assert_array_equal(again.initial[state], array)
    x = np.random.default_rng(0).standard_normal((7, 3))
    assert trace(again, x).output == pytest.approx(trace(network, x).output, abs=1e-12)


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ({"layers.0.h": [0.0, 1.0]}, "the initial layers.0.h has shape (2,), not (3,)"),
        ({"layers.0.q": [0.0, 1.0, 2.0]}, "there is no initial state 'layers.0.q'"),
        ({"layers.0.h": [0.0, float("nan"), 1.0]}, "entry is damaged"),
        ({"layers.0.h": ["a", 1.0, 2.0]}, "entry is damaged"),
        ({"layers.0.h": 3}, "entry is damaged"),
        ([1], "entry is damaged"),
    ],
)
def test_a_file_with_other_states_than_its_network_has_is_refused(tmp_path, states, says):
    network = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3)
    arrays = {name: torch.tensor(array) for name, array in network.parameters.items()}
    note = {"cells": [plain(GALLERY["LSTM"])], "readout": "linear", "initial": states}
    save_file(arrays, tmp_path / "n.safetensors", {"rnnviz": json.dumps(note)})
    with pytest.raises(ValueError, match=re.escape(says)):
        load(tmp_path / "n.safetensors")


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
