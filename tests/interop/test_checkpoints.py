"""Checkpoint files that are what they seem: each gives its network."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY, MENU
from rnnviz.equations import parse
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.loading import load
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.interop.saving import save
from rnnviz.network.network import Network
from rnnviz.recording.recording import trace
from tests.interop.checkpoint_files import LSTM, WRITERS, of_npz, of_torch, with_more
from tests.strategies import cells

X = np.random.default_rng(0).standard_normal((5, 3))


class Model(torch.nn.Module):
    """As people write them: a recurrent module under some name, and a head."""

    def __init__(self, kind=torch.nn.LSTM, **options):
        super().__init__()
        self.encoder = kind(3, 4, dtype=torch.float64, **options)
        self.fc = torch.nn.Linear(4 * (1 + self.encoder.bidirectional), 2, dtype=torch.float64)

    def forward(self, x):
        return self.fc(self.encoder(x)[0])


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("kind", [torch.nn.LSTM, torch.nn.GRU])
def test_a_state_dict_gives_the_model_that_was_saved(name, kind, bidirectional):
    model = Model(kind, num_layers=2, bidirectional=bidirectional)
    network = load_bytes(name, WRITERS[name](model.state_dict()))
    wanted = model(torch.from_numpy(X)).detach()
    np.testing.assert_allclose(trace(network, X).prediction, wanted, atol=1e-14)
    assert network.notes == ()


@pytest.mark.parametrize("nonlinearity", ["tanh", "relu"])
def test_a_plain_rnn_is_read_as_what_it_is_said_to_be(nonlinearity):
    module = torch.nn.RNN(3, 4, nonlinearity=nonlinearity, bias=False, dtype=torch.float64)
    kind = {"tanh": "RNN (tanh)", "relu": "RNN (ReLU)"}[nonlinearity]
    network = load_bytes("m.pt", of_torch(module.state_dict()), Answers(kind=kind))
    wanted = module(torch.from_numpy(X))[0].detach()
    np.testing.assert_allclose(trace(network, X).output, wanted, atol=1e-14)


@pytest.mark.parametrize(
    "wrapped",
    [
        {"state_dict": LSTM.state_dict(), "epoch": 3},
        {"epoch": 3, "model": {"model_state": LSTM.state_dict()}},
        {f"module.net.0.{n}": t for n, t in LSTM.state_dict().items()},
        {n.removesuffix("_l0"): t for n, t in LSTM.state_dict().items()},
    ],
    ids=["with an epoch", "twice inside", "with a prefix", "of a torch cell"],
)
def test_a_state_dict_is_found_where_people_put_it(wrapped):
    network = load_bytes("m.pt", of_torch(wrapped))
    wanted = Network.from_torch(LSTM).parameters
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, wanted[name])


@pytest.mark.parametrize(
    ("state", "readout", "left_out"),
    [
        (with_more(head__weight=(2, 4), head__bias=2), True, None),
        (with_more(head__weight=(2, 4)), True, None),
        (
            with_more(head__weight=(2, 5), head__bias=2),
            False,
            "head.weight, head.bias are left",
        ),
        (with_more(embedding__weight=(9, 3)), False, "embedding.weight is left out"),
        (
            with_more(embedding__weight=(9, 3), fc__weight=(2, 4), fc__bias=2),
            True,
            "embedding.weig",
        ),
        (with_more(norm__weight=(4,), norm__bias=4), False, "norm.weight, norm.bias are left out"),
    ],
)
def test_a_readout_is_taken_where_it_is_the_only_one_that_fits(state, readout, left_out):
    network = load_bytes("m.npz", of_npz(state))
    assert (network.readout is not None) == readout
    assert bool(network.notes) == bool(left_out)
    assert not left_out or str(network.notes[0]).startswith(left_out)


@pytest.mark.parametrize("ending", [".safetensors", ".npz"])
@given(st.one_of(st.sampled_from(MENU).map(GALLERY.get), cells()), st.booleans(), st.booleans())
@settings(max_examples=30)
def test_what_is_saved_is_loaded_to_the_last_bit(tmp_path_factory, ending, cell, both, single):
    assume(any("inputs" in shape for shape in cell.parameters.values()))
    network = Network.fresh(
        cell, inputs=3, hidden=4, layers=2, bidirectional=both, outputs=2, kind="softmax"
    )
    if single:
        network = network.replace({n: a.astype("f4") for n, a in network.parameters.items()})
    path = tmp_path_factory.mktemp("saved") / f"network{ending}"
    save(network, path)
    again = load(path)
    assert [layer.cell for layer in again.layers] == [cell, cell]
    assert again.readout.kind == "softmax"
    assert list(again.parameters) == list(network.parameters)
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(again.parameters[name], array)
        assert again.parameters[name].dtype == array.dtype
        assert again.parameters[name].flags.writeable


def test_our_names_alone_prove_a_cell_where_only_one_has_them():
    for name, cell in GALLERY.items():
        network = Network.fresh(cell, inputs=3, hidden=4)
        data = of_npz(network.parameters)
        alike = [n for n, c in GALLERY.items() if set(c.parameters) == set(cell.parameters)]
        if len(alike) == 1:
            assert load_bytes("m.npz", data).layers[0].cell == cell
        else:
            with pytest.raises(CheckpointError, match="the arrays do not tell"):
                load_bytes("m.npz", data)
            assert load_bytes("m.npz", data, Answers(kind=name)).layers[0].cell == cell


def test_half_precisions_become_single():
    half = {n: t.to(torch.bfloat16) for n, t in LSTM.state_dict().items()}
    assert load_bytes("m.pt", of_torch(half)).dtype == np.float32
    half = {n: t.numpy().astype(np.float16) for n, t in LSTM.state_dict().items()}
    assert load_bytes("m.npz", of_npz(half)).dtype == np.float32


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CheckpointError, match=r"none.pt cannot be read: No such file"):
        load(tmp_path / "none.pt")
    with pytest.raises(CheckpointError, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_a_network_is_saved_in_two_formats(tmp_path):
    network = Network.fresh(parse("h = tanh(W @ x + U @ h_prev)"), inputs=1, hidden=1)
    with pytest.raises(CheckpointError, match=r"a network is saved as .safetensors or .npz"):
        save(network, tmp_path / "network.pt")


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of Unix")
def test_a_network_is_packed_where_no_file_can_be_written():
    program = """
import resource
from rnnviz.cells import GALLERY
from rnnviz.interop.saving import packed
from rnnviz.network.network import Network
network = Network.fresh(GALLERY["MGU"], inputs=2, hidden=3)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
print(*(len(packed(network, ending)) > 100 for ending in (".npz", ".safetensors")))
"""
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]
