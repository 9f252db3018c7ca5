"""Pools and skip connections, against torch's autograd over each prefix of each sequence alone."""

import runpy

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz import Loss, Network, trace
from rnnviz.cells import GALLERY
from rnnviz.interop import programs
from rnnviz.interop.modules import autograd
from rnnviz.network.architecture import Architecture
from rnnviz.network.attention import Attention
from rnnviz.network.dropout import between_layers
from rnnviz.network.layers import Layer
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.propagation import propagate
from rnnviz.network.stage import Pass
from rnnviz.web.step.recorded import recorded_payload
from tests.javascript import run

TIME, BATCH, SIZE, UNITS = 9, 5, 4, 3
LENGTHS = np.array([9, 1, 4, 9, 6])
RNG = np.random.default_rng(11)
X, GIVEN = RNG.normal(size=(2, TIME, BATCH, SIZE))
POOLS = {
    "mean": Mean(SIZE),
    "maximum": Maximum(SIZE),
    "attention": Attention(
        RNG.normal(size=(UNITS, SIZE)), RNG.normal(size=UNITS), 3.0 * RNG.normal(size=UNITS)
    ),
}


def naive(name, params, h):
    """What a pool hands up of one sequence h (steps, size): each prefix by itself."""
    pools = []
    for t in range(len(h)):
        so_far = h[: t + 1]
        if name == "mean":
            pools.append(so_far.mean(0))
        elif name == "maximum":
            pools.append(torch.stack([column[column.argmax()] for column in so_far.T]))
        else:
            scores = torch.tanh(so_far @ params["W"].T + params["b"]) @ params["v"]
            pools.append((torch.softmax(scores, 0)[:, None] * so_far).sum(0))
    return torch.stack(pools)


def by_torch(name, stage, x, given_, lengths):
    """Values and gradients, (time, batch, size) with zeros in padding, and of the parameters."""
    params = {n: torch.tensor(a, requires_grad=True) for n, a in stage.parameters.items()}
    sequence = torch.tensor(x, requires_grad=True)
    values, total = torch.zeros(x.shape, dtype=torch.float64), 0.0
    for item, length in enumerate(lengths):
        found = naive(name, params, sequence[:length, item])
        values[:length, item] = found.detach()
        total = total + (found * torch.tensor(given_[:length, item])).sum()
    total.backward()
    return values.numpy(), sequence.grad.numpy(), {n: p.grad.numpy() for n, p in params.items()}


def padded(array, lengths):
    return np.where((np.arange(TIME)[:, None] < lengths)[..., None], array, 0.0)


@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["one length", "several"])
@pytest.mark.parametrize("name", POOLS)
def test_values_and_gradients_are_those_of_every_prefix_by_itself(name, lengths):
    stage, ends = POOLS[name], np.full(BATCH, TIME) if lengths is None else lengths
    values, dx, parameters = by_torch(name, stage, X, GIVEN, ends)
    ran = stage.forward(padded(X, ends), name, Pass(lengths=lengths))
    np.testing.assert_allclose(ran.output, values, rtol=1e-10, atol=1e-12)
    gradients = ran.backward(padded(GIVEN, ends))
    np.testing.assert_allclose(gradients.x, dx, rtol=1e-10, atol=1e-12)
    assert set(gradients.parameters) == set(parameters)
    for parameter, gradient in gradients.parameters.items():
        np.testing.assert_allclose(gradient, parameters[parameter], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("pooling", ["last", *POOLS])
def test_a_network_with_them_has_autograds_gradients(pooling, skip, both):
    options = {"layers": 3, "pooling": pooling, "skip": skip, "bidirectional": both, "outputs": 2}
    built = Network.fresh(GALLERY["LSTM"], inputs=SIZE, hidden=5, seed=1, **options)
    loss = Loss("squared error", None, RNG.normal(size=(TIME, BATCH, 2)))
    expected = autograd.gradients(built, X, loss)
    found = trace(built, X).backward(loss=loss).parameters
    assert list(found) == list(expected)
    for name, gradient in found.items():
        np.testing.assert_allclose(gradient, expected[name], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("pooling", POOLS)
def test_a_step_hands_up_what_the_sequence_cut_there_would_at_its_end(pooling):
    built = Network.fresh(GALLERY["GRU (PyTorch)"], inputs=SIZE, hidden=5, pooling=pooling)
    whole = trace(built, X).output
    for end in range(1, TIME + 1):
        np.testing.assert_allclose(trace(built, X[:end]).output[-1], whole[end - 1], rtol=1e-12)


@given(st.lists(st.sampled_from([-1.0, 0.0, 0.0, 2.0]), min_size=1, max_size=12))
def test_of_equal_numbers_the_first_is_the_largest(numbers):
    ran = Maximum(1).forward(np.array(numbers)[:, None, None], "maximum", Pass())
    firsts = [numbers.index(max(numbers[: t + 1])) for t in range(len(numbers))]
    assert ran.chosen[:, 0, 0].tolist() == firsts
    given_ = np.arange(1.0, len(numbers) + 1)[:, None, None]
    expected = np.zeros(len(numbers))
    for t, first in enumerate(firsts):
        expected[first] += t + 1
    np.testing.assert_array_equal(ran.backward(given_).x[:, 0, 0], expected)


def test_the_weights_are_each_sequences_softmax_at_its_own_last_step():
    stage = POOLS["attention"]
    ran = stage.forward(padded(X, LENGTHS), "attention", Pass(lengths=LENGTHS))
    for item, length in enumerate(LENGTHS):
        scores = np.tanh(X[:length, item] @ stage.W.T + stage.b) @ stage.v
        expected = torch.softmax(torch.tensor(scores), 0).numpy()
        np.testing.assert_allclose(ran.weights[:length, item], expected, rtol=1e-12)
        assert not ran.weights[length:, item].any()
        pooled = ran.weights[:length, item] @ X[:length, item]
        np.testing.assert_allclose(ran.output[length - 1, item], pooled, rtol=1e-12)
    built = Network.fresh(GALLERY["LSTM"], inputs=SIZE, hidden=3, pooling="attention")
    rec = trace(built, X, lengths=LENGTHS)
    np.testing.assert_allclose(rec.attention.sum(0), 1.0, rtol=1e-12)
    alone, own = rec.sequence(2).attention, rec.attention[: LENGTHS[2], 2]
    np.testing.assert_allclose(alone, own, rtol=1e-12)
    assert trace(Network(built.layers), X).attention is None
    alone = stage.forward(X, "attention", Pass())
    np.testing.assert_allclose(alone.weights.sum(0), 1.0, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("largest", [0.0, 1e3, 1e30])
def test_no_score_is_too_large_and_no_sequence_too_long(dtype, largest):
    """Scores rise, or fall, by far more than exp can hold."""
    v = np.array([largest], dtype)
    stage = Attention(np.ones((1, 1), dtype), np.zeros(1, dtype), v)
    x = np.linspace(-1.0, 1.0, 3000, dtype=dtype)[:, None, None]
    for sequence in (x, x[::-1]):
        ran = stage.forward(sequence, "attention", Pass())
        gradients = ran.backward(np.ones_like(sequence))
        found = [ran.output, ran.weights, gradients.x, *gradients.parameters.values()]
        assert all(np.isfinite(array).all() for array in found)
        assert ran.output.dtype == gradients.x.dtype == dtype
        assert (ran.output <= np.maximum.accumulate(sequence) + 1e-5).all()
        assert (ran.output >= np.minimum.accumulate(sequence) - 1e-5).all()
    if largest:
        np.testing.assert_allclose(ran.output, 1.0, atol=0.01)


def test_parameters_are_named_and_drawn_from_streams_of_their_own():
    options = {"inputs": 3, "hidden": 6, "outputs": 2, "seed": 4}
    plain = Network.fresh(GALLERY["LSTM"], **options)
    pooled = Network.fresh(GALLERY["LSTM"], **options, pooling="attention")
    for name, array in plain.parameters.items():
        np.testing.assert_array_equal(pooled.parameters[name], array)
    built = Architecture(inputs=3, hidden=6, outputs=2, pooling="attention", skip=True)
    shapes = built.shapes(GALLERY["LSTM"])
    assert shapes == {name: array.shape for name, array in pooled.parameters.items()}
    assert list(shapes) == list(pooled.parameters)
    moved = pooled.replace({"attention.v": np.ones(6)})
    assert (moved.stages["attention"].v == 1.0).all()


def test_what_no_readout_can_read_is_refused():
    with pytest.raises(ValueError, match="pooling is one of last, mean, maximum, attention"):
        Network.fresh(GALLERY["LSTM"], inputs=3, hidden=4, pooling="max")


def test_a_skip_connection_needs_one_size():
    layer = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=4).layers[0]
    with pytest.raises(ValueError, match="reads 3 numbers and hands up 4"):
        Layer(layer.cell, layer.params, skip=True)


def test_the_lowest_layer_skips_nothing_and_dropout_acts_on_what_is_read():
    """With all cells silent, what a layer reads is what it hands up: dropped out or not."""
    fresh = Network.fresh(GALLERY["LSTM"], inputs=4, hidden=4, layers=3, skip=True)
    assert [layer.skip for layer in fresh.layers] == [False, True, True]
    silent = fresh.replace(
        {n: np.zeros_like(a) for n, a in fresh.parameters.items() if not n.startswith("layers.0")}
    )
    one = Network(silent.body[:1])
    np.testing.assert_array_equal(trace(silent, X).output, trace(one, X).output)
    ran = propagate(between_layers(silent, 0.5), X, generator=np.random.default_rng(1))
    dropped = trace(one, X).output
    for number in (0, 1):
        dropped = dropped * ran.stages[f"dropout.{number}"].factors
    np.testing.assert_array_equal(ran.output, dropped)


STEP = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input);
const { body, top, prediction, output: pooled, dx } = runNetwork(header, arrays, { item: 1 });
const pool = body[body.length - 1];
output({ prediction, pooled, dx, dW: top.parameters.W, own: pool.parameters ?? {} });
"""


@pytest.mark.parametrize("options", [{}, {"layers": 3, "skip": True, "bidirectional": True}])
@pytest.mark.parametrize("pooling", POOLS)
def test_the_browser_has_the_engines_numbers(pooling, options):
    built = Network.fresh(
        GALLERY["LSTM"], inputs=SIZE, hidden=3, outputs=2, pooling=pooling, **options
    )
    loss = Loss("squared error", None, RNG.normal(size=(TIME, 2)))
    alone = trace(built, X[:, 1])
    batch = np.broadcast_to(loss.targets[:, None], (TIME, BATCH, 2))
    payload = recorded_payload(trace(built, X), title="pooled", loss=Loss(loss.kind, None, batch))
    grads, found = alone.backward(loss=loss), run(STEP, payload)
    expected = {"prediction": alone.prediction, "pooled": alone.output, "dx": grads.x}
    for name, array in (expected | {"dW": grads.parameters["readout.W"]}).items():
        np.testing.assert_allclose(found[name], array.ravel(), rtol=1e-10, atol=1e-12)
    for name, gradient in found["own"].items():
        own = grads.parameters[f"attention.{name}"].ravel()
        np.testing.assert_allclose(gradient, own, rtol=1e-9, atol=1e-12)
    assert set(found["own"]) == set(built.body[-1].parameters)


@pytest.mark.parametrize("write", [programs.with_numpy, programs.with_torch])
@pytest.mark.parametrize("pooling", POOLS)
def test_a_program_with_it_answers_as_the_network(tmp_path, write, pooling):
    built = Network.fresh(
        GALLERY["LSTM"], inputs=SIZE, hidden=3, outputs=2, layers=2, pooling=pooling, skip=True
    )
    path = tmp_path / "network.py"
    path.write_text(write(built))
    found = np.asarray(runpy.run_path(str(path))["predict"](X[:, 0]))
    np.testing.assert_allclose(found, trace(built, X[:, 0]).prediction, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("options", [{"tokens": 5, "embedding": 3}, {"pooling": "mean"}])
def test_a_cut_in_time_is_refused_where_more_than_states_pass_it(options):
    inputs = 1 if "tokens" in options else 3
    built = Network.fresh(GALLERY["LSTM"], inputs=inputs, hidden=4, **options)
    grads = trace(built, np.zeros((6, inputs))).backward(at=-1)
    for cut in (grads.cuts, lambda: grads.truncation(2)):
        with pytest.raises(ValueError, match="a cut in time is known of layers"):
            cut()
