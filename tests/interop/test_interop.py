"""PyTorch's modules and our networks compute the same, in both directions."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.interop.pytorch.layout import GATES
from rnnviz.network.network import Network
from rnnviz.recording.recording import trace

X = torch.from_numpy(np.random.default_rng(0).standard_normal((5, 2, 3)))
COUNTERPARTS = ("GRU (PyTorch), z takes the new",)


@given(
    st.sampled_from([*GATES, *COUNTERPARTS]),
    st.integers(1, 3),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from([np.float64, np.float32]),
)
def test_a_network_as_a_module_computes_the_same(name, layers, both, outputs, dtype):
    network = Network.fresh(
        GALLERY[name], inputs=3, hidden=4, layers=layers, bidirectional=both, outputs=outputs
    )
    network = network.replace({n: a.astype(dtype) for n, a in network.parameters.items()})
    rec, module = trace(network, X.numpy().astype(dtype)), network.to_torch()
    x = X.to(torch.float32 if dtype == np.float32 else torch.float64)
    found = module(x) if outputs else module(x)[0]
    tolerance = 1e-12 if dtype == np.float64 else 1e-5
    wanted = rec.prediction if outputs else rec.output
    np.testing.assert_allclose(found.detach().numpy(), wanted, atol=tolerance)
    assert found.dtype == x.dtype


@given(
    st.sampled_from(list(GATES)),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from([None, "linear", "softmax"]),
)
def test_there_and_back_is_the_same_network(name, layers, both, kind):
    network = Network.fresh(
        GALLERY[name],
        inputs=3,
        hidden=4,
        layers=layers,
        bidirectional=both,
        outputs=2 if kind else 0,
        kind=kind or "linear",
    )
    again = Network.from_torch(network.to_torch())
    assert [layer.cell for layer in again.layers] == [layer.cell for layer in network.layers]
    assert list(again.parameters) == list(network.parameters)
    for full_name, array in network.parameters.items():
        np.testing.assert_array_equal(again.parameters[full_name], array)
    assert kind is None or again.readout.kind == kind


def test_a_linear_module_is_taken_as_the_readout():
    module, linear = torch.nn.GRU(3, 4, bidirectional=True).double(), torch.nn.Linear(8, 2).double()
    network = Network.from_torch(module, linear)
    wanted = linear(module(X)[0]).detach()
    np.testing.assert_allclose(trace(network, X).prediction, wanted, atol=1e-14)
    without_bias = torch.nn.Linear(8, 2, bias=False).double()
    wanted = without_bias(module(X)[0]).detach()
    prediction = trace(Network.from_torch(module, without_bias), X).prediction
    np.testing.assert_allclose(prediction, wanted, atol=1e-14)


def test_a_copy_does_not_follow_the_module():
    module, linear = torch.nn.LSTM(3, 4), torch.nn.Linear(4, 2)
    network = Network.from_torch(module, linear)
    before = {n: a.copy() for n, a in network.parameters.items()}
    with torch.no_grad():
        for parameter in [*module.parameters(), *linear.parameters()]:
            parameter.fill_(1.0)
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(array, before[name])


def test_dropout_is_left_out_and_noted():
    module = torch.nn.GRU(3, 4, num_layers=2, dropout=0.5).double().eval()
    network = Network.from_torch(module)
    assert [*map(str, network.notes)] == ["dropout 0.5 is left out, as in eval()"]
    np.testing.assert_allclose(trace(network, X).output, module(X)[0].detach(), atol=1e-14)


def test_biases_are_summed_but_for_the_grus_own():
    module = torch.nn.GRU(3, 4)
    params = Network.from_torch(module).layers[0].params
    of_x, of_h = (p.detach().numpy().reshape(3, 4) for p in (module.bias_ih_l0, module.bias_hh_l0))
    np.testing.assert_array_equal(params["b_r"], of_x[0] + of_h[0])
    np.testing.assert_array_equal(params["b_z"], of_x[1] + of_h[1])
    np.testing.assert_array_equal(params["b_n"], of_x[2])
    np.testing.assert_array_equal(params["b_hn"], of_h[2])


def test_making_a_module_leaves_the_random_numbers_of_the_process_alone():
    torch.manual_seed(1)
    wanted = torch.rand(1)
    torch.manual_seed(1)
    Network.fresh(GALLERY["LSTM"], inputs=3, hidden=4, outputs=2).to_torch()
    assert torch.rand(1) == wanted


def fresh(name, **options):
    return Network.fresh(GALLERY[name], **{"inputs": 3, "hidden": 4, **options})


def mixed(*layers):
    return Network(tuple(layer for network in layers for layer in network.layers))


def one_way_below_two():
    below = fresh("LSTM").layers[0]
    two = fresh("LSTM", inputs=4, bidirectional=True).layers[0]
    return Network((below, two))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (
            lambda: Network.from_torch(torch.nn.GRU(3, 4), torch.nn.Linear(5, 2)),
            r"readout.W has shape \(2, 5\), not \(2, 4\)",
        ),
        (lambda: fresh("MGU").to_torch(), r"PyTorch has no MGU: it has RNN \(tanh\), RNN"),
        (lambda: fresh("GRU (Cho)").to_torch(), r"PyTorch has no GRU \(Cho\)"),
        (lambda: mixed(fresh("LSTM"), fresh("RNN (tanh)", inputs=4)).to_torch(), "the same cell"),
        (
            lambda: mixed(fresh("LSTM"), fresh("LSTM", inputs=4, hidden=5)).to_torch(),
            "as many units and directions in all layers",
        ),
        (lambda: one_way_below_two().to_torch(), "as many units and directions in all layers"),
    ],
)
def test_what_has_no_counterpart_is_refused_in_a_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_the_module_itself_loads_no_torch():
    modules = "rnnviz.interop, rnnviz.interop.checkpoints, rnnviz.recording"
    command = f"import sys, {modules}; print('torch' in sys.modules)"
    call = [sys.executable, "-c", command]
    found = subprocess.run(call, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
