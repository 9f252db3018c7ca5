"""What rnnviz writes it reads again without a question, whatever the sizes."""

import io

import numpy as np
import pytest
import safetensors.torch
import torch

from rnnviz import Network, trace
from rnnviz.cells import GALLERY
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.interop.saving import packed, packed_for_torch
from tests.interop.checkpoint_files import of_safetensors

SIZES = {
    "as many outputs as inputs": {"inputs": 3, "hidden": 5, "outputs": 3},
    "one size for all": {"inputs": 4, "hidden": 4, "outputs": 4},
    "two layers": {"inputs": 4, "hidden": 4, "outputs": 4, "layers": 2},
    "both directions": {"inputs": 4, "hidden": 4, "outputs": 4, "bidirectional": True},
    "no readout": {"inputs": 4, "hidden": 4},
}
FILES = {
    "n.npz": lambda network: packed(network, ".npz"),
    "n.safetensors": lambda network: packed(network, ".safetensors"),
    "for-torch.safetensors": packed_for_torch,
}
OF_TORCH = ["RNN (tanh)", "RNN (ReLU)", "LSTM", "GRU (PyTorch)", "GRU (PyTorch), z takes the new"]


def state_dict(network):
    stream = io.BytesIO()
    torch.save(network.to_torch().state_dict(), stream)
    return stream.getvalue()


STATE_DICTS = {
    "module.pt": state_dict,
    "module.safetensors": lambda network: safetensors.torch.save(network.to_torch().state_dict()),
}


def check(found, network):
    x = np.random.default_rng(0).standard_normal((6, network.inputs))
    ours, theirs = trace(found, x), trace(network, x)
    np.testing.assert_allclose(ours.output, theirs.output, rtol=0, atol=1e-12)
    assert found.outputs == network.outputs
    if network.outputs:
        assert found.readout.kind == network.readout.kind
        np.testing.assert_allclose(ours.prediction, theirs.prediction, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("cell", GALLERY)
def test_a_file_of_ours_opens_without_a_question(cell, sizes, name):
    network = Network.fresh(GALLERY[cell], **SIZES[sizes], kind="softmax", seed=1)
    check(load_bytes(name, FILES[name](network), Answers(embedding=None)), network)


@pytest.mark.parametrize("name", STATE_DICTS)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("cell", OF_TORCH)
def test_so_does_the_state_dict_of_the_module_that_we_made(cell, sizes, name):
    """But for tanh or ReLU, which no state dict tells."""
    network = Network.fresh(GALLERY[cell], **SIZES[sizes], seed=1)
    kind = cell if cell.startswith("RNN") else None
    check(load_bytes(name, STATE_DICTS[name](network), Answers(kind, embedding=None)), network)


@pytest.mark.parametrize("write", [packed_for_torch, STATE_DICTS["module.safetensors"]])
def test_where_sizes_do_not_tell_the_note_says_that_the_name_does(write):
    told, untold = (
        load_bytes("n.safetensors", write(Network.fresh(GALLERY["LSTM"], **sizes)))
        for sizes in ({"inputs": 2, "hidden": 5, "outputs": 3}, SIZES["as many outputs as inputs"])
    )
    assert [*map(str, told.notes)] == []
    assert [*map(str, untold.notes)] == [
        "readout.weight is taken as the readout: so rnnviz names it"
    ]


@pytest.mark.parametrize("name", STATE_DICTS)
@pytest.mark.parametrize("stages", [{"pooling": "mean"}, {"layers": 2, "skip": True}])
def test_arrays_do_not_tell_what_else_stood_in_a_module_of_stages(name, stages):
    """A mean over time has none: the file would be shown as another network."""
    network = Network.fresh(GALLERY["GRU (PyTorch)"], inputs=3, hidden=3, outputs=2, **stages)
    with pytest.raises(CheckpointError, match=r"which stages: .* rnnviz\.Network\.from_torch"):
        load_bytes(name, STATE_DICTS[name](network))


def test_a_visitor_s_file_is_read_as_ours_in_the_process_apart():
    network = Network.fresh(GALLERY["LSTM"], **SIZES["one size for all"])
    session = Readers().session()
    try:
        found = session.load("n.safetensors", packed_for_torch(network), Answers(embedding=None))
    finally:
        session.close()
    check(found, network)
    assert "so rnnviz names it" in str(found.notes[0])


def test_the_name_alone_is_no_evidence_in_a_file_of_somebody_else_s():
    arrays = {f"lstm.{n}": a for n, a in torch.nn.LSTM(4, 4).state_dict().items()}
    arrays |= {f"readout.{n}": a for n, a in torch.nn.Linear(4, 4).state_dict().items()}
    with pytest.raises(CheckpointError, match="which matrix reads h is not proven"):
        load_bytes("m.safetensors", of_safetensors(arrays))
