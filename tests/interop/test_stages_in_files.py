"""Networks with an embedding, a pool, skip connections: saved and loaded they are the same."""

import io
import json

import numpy as np
import pytest

from rnnviz import Network, load, save, trace
from rnnviz.cells import GALLERY
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.interop.saving import packed, packed_for_torch
from rnnviz.network.dropout import between_layers
from rnnviz.network.layers import Layer

POOLS = ("last", "mean", "maximum", "attention")
CODES = np.random.default_rng(0).integers(0, 9, (6, 1)).astype(float)


def network(pooling="attention", *, skip=True, both=False, kind="softmax"):
    return Network.fresh(
        GALLERY["LSTM"],
        inputs=1,
        tokens=9,
        embedding=4,
        hidden=3,
        outputs=2,
        layers=3,
        bidirectional=both,
        pooling=pooling,
        skip=skip,
        kind=kind,
        seed=2,
    )


def check(found, expected):
    assert [type(stage) for stage in found.body] == [type(stage) for stage in expected.body]
    assert [layer.skip for layer in found.layers] == [layer.skip for layer in expected.layers]
    assert found.readout.kind == expected.readout.kind
    assert list(found.parameters) == list(expected.parameters)
    np.testing.assert_array_equal(trace(found, CODES).prediction, trace(expected, CODES).prediction)


@pytest.mark.parametrize("ending", [".npz", ".safetensors"])
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("pooling", POOLS)
def test_what_is_saved_is_loaded_again(tmp_path, pooling, skip, both, ending):
    path = tmp_path / f"network{ending}"
    save(network(pooling, skip=skip, both=both), path)
    check(load(path), network(pooling, skip=skip, both=both))


def test_a_file_for_torch_has_our_names_where_torch_has_no_such_module():
    data = packed_for_torch(network())
    check(load_bytes("trained.safetensors", data), network())


def test_the_process_that_reads_visitors_files_hands_it_on_whole():
    readers = Readers()
    session = readers.session()
    try:
        found = session.load("network.npz", packed(network(), ".npz"))
    finally:
        readers.leave(session)
    check(found, network())


def test_a_file_without_them_says_no_more_than_it_did():
    plain = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, outputs=1)
    note = bytes(np.load(io.BytesIO(packed(plain, ".npz")))["rnnviz"]).decode()
    assert set(json.loads(note)) == {"cells", "readout"}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"pooling": "median"}, "damaged"),
        ({"pooling": None}, "damaged"),
        ({"pooling": ["mean"]}, "damaged"),
        ({"skip": "yes"}, "damaged"),
        ({"pooling": "last"}, "an attention has"),
        ({"pooling": "mean"}, "an attention has"),
    ],
)
def test_a_note_that_does_not_fit_is_refused_in_a_sentence(changed, message):
    arrays = dict(np.load(io.BytesIO(packed(network(), ".npz"))))
    note = json.loads(bytes(arrays["rnnviz"]).decode()) | changed
    arrays["rnnviz"] = np.frombuffer(json.dumps(note).encode(), np.uint8)
    with pytest.raises(CheckpointError, match=message):
        load_bytes("network.npz", written(arrays))


@pytest.mark.parametrize("missing", ["attention.v", "attention.b", "attention.W"])
def test_half_an_attention_is_none(missing):
    arrays = dict(np.load(io.BytesIO(packed(network(), ".npz"))))
    del arrays[missing]
    with pytest.raises(CheckpointError, match="an attention has"):
        load_bytes("network.npz", written(arrays))


@pytest.mark.parametrize("shape", [(9,), (9, 4, 1), (0, 4)])
def test_an_embedding_of_another_shape_is_refused_in_a_sentence(shape):
    arrays = dict(np.load(io.BytesIO(packed(network(), ".npz"))))
    arrays["embedding.W"] = np.zeros(shape)
    with pytest.raises(CheckpointError, match=r"embedding\.W|empty"):
        load_bytes("network.npz", written(arrays))


def written(arrays):
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def test_what_no_file_has_a_place_for_says_so():
    with pytest.raises(ValueError, match=r"no place for the stage dropout\.0"):
        packed(between_layers(network(), 0.5), ".npz")
    first, second, *others = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=3, layers=3).layers
    skipping = Layer(second.cell, second.params, skip=True)
    with pytest.raises(ValueError, match="skip connections of some layers"):
        packed(Network((first, skipping, *others)), ".npz")
