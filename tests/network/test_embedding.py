"""The embedding, against torch.nn.Embedding below torch's own recurrent modules."""

import runpy

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnnviz import Loss, Network, trace
from rnnviz.cells import GALLERY
from rnnviz.interop import programs
from rnnviz.interop.modules import autograd
from rnnviz.network.architecture import Architecture
from rnnviz.network.embedding import Embedding
from rnnviz.network.stage import Pass
from rnnviz.web.step.recorded import recorded_payload
from tests.javascript import run

TOKENS, SIZE, HIDDEN, TIME, BATCH = 11, 5, 4, 9, 6
RNG = np.random.default_rng(3)
CODES = RNG.integers(0, TOKENS, (TIME, BATCH))
LENGTHS = np.array([9, 1, 4, 9, 7, 2])


def network(cell="LSTM", **options):
    wanted = {"inputs": 1, "hidden": HIDDEN, "outputs": 3, "tokens": TOKENS, "embedding": SIZE}
    return Network.fresh(GALLERY[cell], **{**wanted, "seed": 2, **options})


def as_read(codes=CODES):
    return codes[..., None].astype(float)


def by_torch(built, lengths):
    """Its prediction of CODES, the vectors that were read, and the embedding's module."""
    embedding = torch.nn.Embedding(TOKENS, SIZE, dtype=torch.float64)
    with torch.no_grad():
        embedding.weight.copy_(torch.tensor(built.parameters["embedding.W"]))
    recurrent = Network(built.layers).to_torch().double()
    vectors = embedding(torch.tensor(CODES))
    vectors.retain_grad()
    packed = pack_padded_sequence(vectors, torch.tensor(lengths), enforce_sorted=False)
    output, _ = pad_packed_sequence(recurrent(packed)[0], total_length=TIME)
    W, b = (torch.tensor(built.parameters[f"readout.{name}"]) for name in "Wb")
    return output @ W.T + b, vectors, embedding


@pytest.mark.parametrize("lengths", [np.full(BATCH, TIME), LENGTHS], ids=["one length", "several"])
@pytest.mark.parametrize(
    ("cell", "options"),
    [
        ("LSTM", {}),
        ("GRU (PyTorch)", {}),
        ("RNN (tanh)", {"layers": 2}),
        ("LSTM", {"bidirectional": True, "layers": 2}),
    ],
)
def test_values_and_gradients_are_torchs(cell, options, lengths):
    built = network(cell, **options)
    given = np.random.default_rng(4).normal(size=(TIME, BATCH, 3))
    rec = trace(built, as_read(), lengths=lengths)
    expected, vectors, embedding = by_torch(built, lengths)
    there = rec.present[..., None]
    np.testing.assert_allclose(
        np.where(there, rec.prediction, 0.0),
        np.where(there, expected.detach(), 0.0),
        rtol=1e-10,
        atol=1e-12,
    )
    (expected * torch.tensor(given * there)).sum().backward()
    grads = rec.backward(dprediction=given)
    wanted = embedding.weight.grad.numpy()
    np.testing.assert_allclose(grads.parameters["embedding.W"], wanted, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(grads.vectors, vectors.grad.numpy(), rtol=1e-10, atol=1e-12)
    assert np.abs(wanted).max() > 1e-3
    assert not grads.x.any()
    assert grads.x.shape == (TIME, BATCH, 1)


def test_our_own_autograd_agrees_operation_by_operation():
    built = network(layers=2)
    loss = Loss("squared error", None, RNG.normal(size=(TIME, BATCH, 3)))
    expected = autograd.gradients(built, as_read(), loss)
    found = trace(built, as_read()).backward(loss=loss).parameters
    assert list(found) == list(expected)
    for name, gradient in found.items():
        np.testing.assert_allclose(gradient, expected[name], rtol=1e-10, atol=1e-12)


def test_a_tokens_vector_has_the_gradient_of_the_steps_that_read_it():
    grads = trace(network(), as_read()).backward(at=-1)
    for token in range(TOKENS):
        np.testing.assert_allclose(
            grads.parameters["embedding.W"][token], grads.vectors[token == CODES].sum(0), atol=1e-14
        )


def test_without_an_embedding_the_first_layer_reads_the_sequence():
    built = Network.fresh(GALLERY["LSTM"], inputs=2, hidden=3, layers=2, bidirectional=True)
    grads = trace(built, RNG.normal(size=(5, 2))).backward(at=-1)
    np.testing.assert_array_equal(grads.vectors, grads.x)


@pytest.mark.parametrize("padding", [0.0, 7.0, -1.0, 1e9, np.nan])
def test_what_stands_after_a_sequences_end_is_not_read(padding):
    there = np.arange(TIME)[:, None] < LENGTHS
    x = np.where(there[..., None], as_read(), padding)
    rec, clean = (trace(network(), one, lengths=LENGTHS) for one in (x, as_read()))
    np.testing.assert_array_equal(rec.prediction, clean.prediction)
    given = np.ones((TIME, BATCH, 3))
    grads = rec.backward(dprediction=given)
    expected = clean.backward(dprediction=given).parameters["embedding.W"]
    np.testing.assert_array_equal(grads.parameters["embedding.W"], expected)
    assert not rec.propagation.stages["embedding"].output[~there].any()


@pytest.mark.parametrize("wrong", [-1, TOKENS, 0.5, np.nan, np.inf, 1e300])
def test_what_is_no_tokens_number_is_refused(wrong):
    x = as_read()
    x[3, 2] = wrong
    with pytest.raises(ValueError, match="whole numbers from 0 to 10"):
        trace(network(), x)


def test_it_begins_as_torchs_from_a_stream_of_its_own():
    drawn = network(tokens=2000, embedding=50).parameters["embedding.W"]
    assert abs(drawn.mean()) < 0.02
    assert abs(drawn.std() - 1.0) < 0.02
    few, more = network(), network(layers=3, bidirectional=True, outputs=0)
    np.testing.assert_array_equal(few.parameters["embedding.W"], more.parameters["embedding.W"])
    alone = Network.fresh(GALLERY["LSTM"], inputs=SIZE, hidden=HIDDEN, outputs=3, seed=2)
    for name, array in alone.parameters.items():
        np.testing.assert_array_equal(few.parameters[name], array)


@pytest.mark.parametrize("outputs", [0, 3])
def test_shapes_and_counts_have_it(outputs):
    built = network(outputs=outputs)
    options = {"inputs": 1, "hidden": HIDDEN, "outputs": outputs}
    sizes = options | {"tokens": TOKENS, "embedding": SIZE}
    architecture = Architecture(**sizes)
    found = architecture.shapes(GALLERY["LSTM"])
    assert found == {name: array.shape for name, array in built.parameters.items()}
    assert list(found) == list(built.parameters)
    numbers = sum(array.size for array in built.parameters.values())
    assert architecture.count(GALLERY["LSTM"]) == numbers


@pytest.mark.parametrize("options", [{"inputs": 2}, {"embedding": 0}])
def test_sizes_that_no_embedding_has_are_refused(options):
    with pytest.raises(ValueError, match="an embedding reads 1 number"):
        network(**options)


def test_single_precision_stays_single():
    built = network()
    narrow = built.replace({n: a.astype(np.float32) for n, a in built.parameters.items()})
    rec = trace(narrow, as_read().astype(np.float32))
    gradient = rec.backward(at=-1).parameters["embedding.W"]
    assert rec.prediction.dtype == gradient.dtype == np.float32
    wide = trace(built, as_read()).backward(at=-1).parameters["embedding.W"]
    np.testing.assert_allclose(gradient, wide, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("write", [programs.with_numpy, programs.with_torch])
def test_a_program_with_it_answers_as_the_network(tmp_path, write):
    path = tmp_path / "network.py"
    path.write_text(write(network()))
    found = np.asarray(runpy.run_path(str(path))["predict"](as_read()[:, 0]))
    expected = trace(network(), as_read()[:, 0]).prediction
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


STEP = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input);
const { prediction, dx, x, loss } = runNetwork(header, arrays, { item: 2 });
output({ prediction, dx, x, loss, labels: header.sequence.item_labels[2],
  names: header.sequence.input_names });
"""


def test_the_browser_reads_the_vectors_under_their_words_with_the_engines_numbers():
    built = network(layers=2, bidirectional=True)
    words = [[f"word {code}" for code in codes] for codes in CODES.T]
    rec = trace(built, as_read())
    found = run(STEP, recorded_payload(rec, title="with an embedding", labels=words))
    alone = trace(built, as_read()[:, 2])
    grads = alone.backward(at=-1)
    assert found["labels"] == words[2]
    assert len(found["names"]) == SIZE
    for name, expected in [
        ("prediction", alone.prediction),
        ("x", built.parameters["embedding.W"][CODES[:, 2]]),
        ("dx", grads.vectors),
        ("loss", grads.loss),
    ]:
        np.testing.assert_allclose(found[name], np.ravel(expected), rtol=1e-10, atol=1e-12)


def test_arrays_of_another_shape_are_none():
    for shape in [(3,), (0, 2), (2, 0)]:
        with pytest.raises(ValueError, match=r"embedding\.W has shape"):
            Embedding(np.zeros(shape))


def test_a_row_is_handed_up_for_each_number():
    W = np.arange(6.0).reshape(3, 2)
    found = Embedding(W).forward(np.array([[[2.0]], [[0.0]]]), "embedding", Pass())
    np.testing.assert_array_equal(found.output[:, 0], W[[2, 0]])
