"""`trace`: every value and every gradient of whole networks equal PyTorch's."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY, MENU
from rnnviz.engine.checks import Hold
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.propagation import Workspaces, propagate
from rnnviz.recording.recording import trace
from tests.engine.unrolled import gradients, unroll

KINDS = {
    "RNN (tanh)": torch.nn.RNN,
    "RNN (ReLU)": lambda *sizes, **options: torch.nn.RNN(*sizes, nonlinearity="relu", **options),
    "LSTM": torch.nn.LSTM,
    "GRU (PyTorch)": torch.nn.GRU,
}
TOLERANCE = {torch.float64: 1e-10, torch.float32: 1e-5}


@st.composite
def cases(draw):
    """A torch module of any kind and shape, sequences, initial states, and dL/d(output)."""
    torch.manual_seed(draw(st.integers(0, 2**16)))
    small = st.integers(1, 4)
    inputs, hidden, time, batch = draw(small), draw(small), draw(st.integers(1, 6)), draw(small)
    dtype = draw(st.sampled_from([torch.float64, torch.float32]))
    name = draw(st.sampled_from(list(KINDS)))
    module = KINDS[name](
        inputs,
        hidden,
        num_layers=draw(st.integers(1, 3)),
        bias=draw(st.booleans()),
        bidirectional=draw(st.booleans()),
        dtype=dtype,
    )
    places = module.num_layers * (1 + module.bidirectional)
    start = [torch.randn(places, batch, hidden, dtype=dtype, requires_grad=True) for _ in "hc"]
    x = torch.randn(time, batch, inputs, dtype=dtype, requires_grad=True)
    return (
        module,
        x,
        start,
        torch.randn(time, batch, hidden * (1 + module.bidirectional), dtype=dtype),
    )


def places_of(module):
    ways = (False, True) if module.bidirectional else (False,)
    return [(layer, reverse) for layer in range(module.num_layers) for reverse in ways]


def prefix(layer, reverse):
    return f"layers.{layer}.{'reverse.' if reverse else ''}"


def traced(module, x, start):
    states = ("h", "c") if module.mode == "LSTM" else ("h",)
    initial = {
        prefix(*place) + state: start["hc".index(state)][k]
        for k, place in enumerate(places_of(module))
        for state in states
    }
    return trace(module, x, initial=initial)


def close(found, wanted, dtype):
    wanted = wanted.detach().numpy() if isinstance(wanted, torch.Tensor) else wanted
    scale = max(1.0, np.abs(wanted).max())
    np.testing.assert_allclose(found, wanted, rtol=0, atol=TOLERANCE[dtype] * scale)


@given(cases())
def test_forward_pass_is_pytorchs(case):
    module, x, start, _ = case
    given_start = tuple(start) if module.mode == "LSTM" else start[0]
    rec = traced(module, x, start)
    assert rec.output.dtype == x.detach().numpy().dtype
    close(rec.output, module(x, given_start)[0], x.dtype)


@given(cases())
def test_every_value_and_gradient_is_that_of_the_loop_written_by_hand(case):
    module, x, start, outside = case
    output, values = unroll(module, x, start)
    output.backward(outside)
    rec = traced(module, x, start)
    grads = rec.backward(outside)
    close(grads.x, x.grad, x.dtype)
    for k, (layer, reverse) in enumerate(places_of(module)):
        mine, theirs = rec.layer(layer, reverse=reverse), values[layer, reverse]
        of_mine = grads.layer(layer, reverse=reverse)
        for name in theirs:
            close(mine[name], torch.stack([theirs[name][t] for t in range(len(x))]), x.dtype)
            close(of_mine[name], gradients(theirs, name), x.dtype)
        for state, initial in zip("hc" if module.mode == "LSTM" else "h", start, strict=False):
            close(of_mine.initial[state], initial.grad[k], x.dtype)


@given(cases())
def test_every_parameter_gradient_is_pytorchs(case):
    module, x, start, outside = case
    given_start = tuple(start) if module.mode == "LSTM" else start[0]
    module(x, given_start)[0].backward(outside)
    parameters_are_those_of(module, traced(module, x, start).backward(outside), x.dtype)


def parameters_are_those_of(module, grads, dtype):
    """Each parameter's gradient is the one that the module's own has."""
    endings = ["_i", "_f", "_g", "_o"] if module.mode == "LSTM" else ["_r", "_z", "_n"]
    endings = [""] if module.mode.startswith("RNN") else endings
    for layer, reverse in places_of(module):
        params = grads.layer(layer, reverse=reverse).params
        theirs = f"_l{layer}{'_reverse' if reverse else ''}"
        for mine, of in (("W", "weight_ih"), ("U", "weight_hh"), ("b", "bias_ih")):
            if module.bias or mine != "b":
                stacked = np.concatenate([params[mine + ending] for ending in endings])
                close(stacked, getattr(module, of + theirs).grad, dtype)
                for ending in endings:
                    full = grads.parameters[prefix(layer, reverse) + mine + ending]
                    np.testing.assert_array_equal(full, params[mine + ending])
        if module.mode == "GRU" and module.bias:
            hidden = module.hidden_size
            close(params["b_hn"], getattr(module, f"bias_hh{theirs}").grad[-hidden:], dtype)


@pytest.mark.parametrize("name", GALLERY)
def test_gradients_of_a_deep_network_are_central_differences(name):
    """Two layers, both directions, a readout and a loss; every parameter, x and initial state."""
    network = Network.fresh(
        GALLERY[name], inputs=2, hidden=2, outputs=3, layers=2, bidirectional=True, seed=1
    )
    draws, state = np.random.default_rng(2), GALLERY[name].states[0]
    first = f"layers.0.reverse.{state}"
    x, start = draws.standard_normal((4, 2, 2)), {first: draws.standard_normal((2, 2))}
    loss = Loss("cross entropy", [1, -1], draws.dirichlet([1, 1, 1], (4, 2)))
    arrays = {**network.parameters, "x": x, **start}

    def measured(changed):
        start = {first: changed[first]}
        moved = network.replace({n: changed[n] for n in network.parameters})
        rec = trace(moved, changed["x"], initial=start)
        return loss.judge(rec.output, rec.prediction).value

    grads = trace(network, x, initial=start).backward(loss=loss)
    assert grads.loss == measured(arrays)
    found = {**grads.parameters, "x": grads.x}
    found[first] = grads.layer(0, reverse=True).initial[state]
    for name, array in arrays.items():
        direction = draws.standard_normal(array.shape)
        up, down = ({**arrays, name: array + s * 1e-5 * direction} for s in (1, -1))
        differences = (measured(up) - measured(down)) / 2e-5
        analytic = (found[name] * direction).sum()
        assert analytic == pytest.approx(differences, rel=1e-6, abs=1e-9), name


def fresh(name="LSTM", **options):
    return Network.fresh(GALLERY[name], **{"inputs": 3, "hidden": 4, **options})


X = np.random.default_rng(5).standard_normal((6, 2, 3))


def test_without_a_batch_axis_records_have_none():
    network = fresh(layers=2, bidirectional=True, outputs=2)
    one, both = trace(network, X[:, 1]), trace(network, X)
    shapes = [one.output, one["f"], one.prediction, one.x, one["x"]]
    assert [a.shape for a in shapes] == [(6, 8), (6, 4), (6, 2), (6, 3), (6, 8)]
    assert one.jacobians().shape == (6, 8, 8)
    np.testing.assert_allclose(one.output, both.output[:, 1], rtol=1e-12)
    outside = np.ones((6, 8))
    mine, theirs = one.backward(outside), both.backward(outside[:, None] * [[[0.0], [1.0]]])
    np.testing.assert_allclose(mine["c"], theirs["c"][:, 1], rtol=1e-12)
    np.testing.assert_allclose(mine.x, theirs.x[:, 1], rtol=1e-12)
    assert mine.initial["h"].shape == (4,)
    np.testing.assert_allclose(mine.norms("h"), theirs.norms("h"), rtol=1e-12)


def test_gradients_of_the_output_and_of_the_prediction_add_up():
    """As where one loss judges the prediction and a second one the hidden states."""
    network = fresh(outputs=2)
    run = propagate(network, X)
    parts = [{"doutput": 0.5 * run.output}, {"dprediction": 0.5 * run.prediction}]
    one, two, both = (
        propagate(network, X).backward(**given).parameters
        for given in (*parts, parts[0] | parts[1])
    )
    for name, array in both.items():
        np.testing.assert_allclose(array, one[name] + two[name], rtol=1e-12)


def test_runs_in_kept_arrays_are_those_in_new_ones():
    network, workspaces = fresh(layers=2, bidirectional=True), Workspaces()
    for x in (X, -X, X[::-1]):
        kept, new = propagate(network, x, workspaces=workspaces), propagate(network, x)
        np.testing.assert_array_equal(kept.output, new.output)
        found, wanted = (run.backward(new.output).parameters for run in (kept, new))
        for name, array in wanted.items():
            np.testing.assert_array_equal(found[name], array)


def test_at_is_the_sum_of_the_output_there():
    rec = trace(fresh(), X)
    outside = np.zeros_like(rec.output)
    outside[[1, 5]] = 1.0
    wanted, found = rec.backward(outside), rec.backward(at=[-1, 1])
    np.testing.assert_array_equal(found["c"], wanted["c"])
    assert found.loss == pytest.approx(rec.output[[1, 5]].sum(), rel=1e-14)
    np.testing.assert_array_equal(rec.backward(at=5)["h"], rec.backward(at=-1)["h"])


def test_the_norm_is_over_batch_and_units_together():
    grads = trace(fresh(), X.astype(np.float32)).backward(at=-1)
    wanted = [math.sqrt((step.astype(float) ** 2).sum()) for step in grads["c"]]
    np.testing.assert_allclose(grads.norms("c"), wanted, rtol=1e-12)


def test_norms_do_not_underflow_in_float32():
    """Squares of float32 vanish below 1e-22; the gradients themselves only below 1e-45."""
    quiet = fresh("RNN (tanh)")
    params = {n: (0.2 if n.endswith("U") else 1.0) * a for n, a in quiet.parameters.items()}
    network = quiet.replace({n: a.astype(np.float32) for n, a in params.items()})
    norms = trace(network, np.zeros((30, 3), np.float32)).backward(at=-1).norms("h")
    assert 0 < norms[0] < 1e-25


def test_the_first_gradients_stay_when_others_are_asked_for():
    rec = trace(fresh(layers=2), X, hold=Hold("f", 0.25, steps=2, layer=0))
    first = rec.backward(at=0)
    before = first.layer(0)["c"].copy(), rec["c"]
    second = rec.backward(at=-1)
    np.testing.assert_array_equal(first.layer(0)["c"], before[0])
    np.testing.assert_array_equal(rec["c"], before[1])
    again = trace(fresh(layers=2), X, hold=Hold("f", 0.25, steps=2, layer=0)).backward(at=-1)
    for name, array in again.parameters.items():
        np.testing.assert_array_equal(second.parameters[name], array)


def test_writing_into_what_was_given_out_changes_nothing():
    rec = trace(fresh(), X)
    rec["c"][:] = 7.0
    rec.output[:] = 7.0
    assert abs(rec["c"]).max() < 2
    assert abs(rec.output).max() < 1


def test_values_of_the_reverse_direction_stand_at_the_step_they_read():
    network = fresh("RNN (tanh)", bidirectional=True)
    rec = trace(network, X, initial={"layers.0.reverse.h": np.full(4, 0.5)})
    back = rec.layer(0, reverse=True)
    np.testing.assert_array_equal(back["x"], X)
    np.testing.assert_array_equal(back["h_prev"][:-1], back["h"][1:])
    np.testing.assert_array_equal(back["h_prev"][-1], np.full((2, 4), 0.5))
    np.testing.assert_array_equal(rec.output[..., 4:], back["h"])
    params = network.layers[0].reverse
    at = back["x"] @ params["W"].T + back["h_prev"] @ params["U"].T + params["b"]
    np.testing.assert_allclose(back["h"], np.tanh(at), rtol=1e-14)


def test_products_of_jacobians_are_the_gradient():
    """The state carried from step 0 to the last, by the chain rule; reverse, from the last to 0."""
    rec = trace(fresh("GRU (Cho)", bidirectional=True), X)
    grads = rec.backward(at=range(6))
    for reverse in (False, True):
        layer = rec.layer(0, reverse=reverse)
        chain = layer.jacobians()[::-1] if reverse else layer.jacobians()
        total = np.zeros((2, 4))
        for jacobian in chain[::-1]:
            total = np.einsum("bij,bi->bj", jacobian, total + 1.0)
        found = grads.layer(0, reverse=reverse).initial["h"]
        np.testing.assert_allclose(found, total, rtol=1e-10)


@settings(max_examples=10)
@given(st.sampled_from(MENU), st.integers(1, 3), st.booleans())
def test_a_longer_network_only_adds_to_the_shorter(name, layers, bidirectional):
    """With one seed the lower layers of a deeper network do what they did."""
    short, deep = (
        trace(fresh(name, layers=n, bidirectional=bidirectional), X) for n in (layers, layers + 1)
    )
    np.testing.assert_array_equal(deep.layer(layers - 1)["h"], short["h"])
