"""The recent cells are their papers': each against the formula typed in torch, and against a public
implementation where its package is installed."""

import numpy as np
import pytest
import torch
from torch import sigmoid
from torch.nn.functional import logsigmoid, relu, softplus

from rnnviz.cells import ABOUT, GALLERY
from rnnviz.engine.cell_run import forward
from tests.oracle import sample


def jordan(x, p, before):
    hidden = torch.tanh(x @ p["W"].T + before["h"] @ p["U"].T + p["b"])
    return {"h": torch.tanh(hidden @ p["V"].T + p["b_h"])}


def ugrnn(x, p, before):
    gate = sigmoid(x @ p["W_z"].T + before["h"] @ p["U_z"].T + p["b_z"])
    new = torch.tanh(x @ p["W_n"].T + before["h"] @ p["U_n"].T + p["b_n"])
    return {"h": torch.lerp(new, before["h"], gate)}


def independent(x, p, before):
    return {"h": relu(x @ p["W"].T + p["p"] * before["h"] + p["b"])}


def janet(x, p, before):
    s = x @ p["W_f"].T + before["h"] @ p["U_f"].T + p["b_f"]
    new = torch.tanh(x @ p["W_g"].T + before["h"] @ p["U_g"].T + p["b_g"])
    beta = 1.0
    return {"h": sigmoid(s) * before["h"] + (1 - sigmoid(s - beta)) * new}


def sru(x, p, before):
    keep = sigmoid(x @ p["W_f"].T + p["p_f"] * before["c"] + p["b_f"])
    state = torch.lerp(x @ p["W"].T, before["c"], keep)
    shown = sigmoid(x @ p["W_r"].T + p["p_r"] * before["c"] + p["b_r"])
    return {"c": state, "h": torch.lerp(x @ p["V"].T, state, shown)}


def min_gru(x, p, before):
    gate = sigmoid(x @ p["W_z"].T + p["b_z"])
    return {"h": torch.lerp(before["h"], x @ p["W_n"].T + p["b_n"], gate)}


def min_lstm(x, p, before):
    gates = torch.stack([sigmoid(x @ p[f"W_{k}"].T + p[f"b_{k}"]) for k in "fi"])
    keep, write = gates / gates.sum(0)
    return {"h": keep * before["h"] + write * (x @ p["W_g"].T + p["b_g"])}


def slstm(x, p, before):
    """As the paper has it before it is stabilised: exp of the input gate as it is."""
    raw = {k: x @ p[f"W_{k}"].T + before["h"] @ p[f"U_{k}"].T + p[f"b_{k}"] for k in "ifgo"}
    unscaled = torch.exp(before["m"])
    written = torch.exp(raw["i"])
    memory = sigmoid(raw["f"]) * before["c"] * unscaled + written * torch.tanh(raw["g"])
    counted = sigmoid(raw["f"]) * before["n"] * unscaled + written
    m = torch.maximum(logsigmoid(raw["f"]) + before["m"], raw["i"])
    h = sigmoid(raw["o"]) * memory / counted
    return {"h": h, "m": m, "c": memory / torch.exp(m), "n": counted / torch.exp(m)}


def rg_lru(x, p, before):
    read = x @ p["W"].T + p["b"]
    recurrence = sigmoid(read @ p["W_r"].T + p["b_r"])
    decay = sigmoid(p["p"]) ** (8 * recurrence)
    written = sigmoid(read @ p["W_i"].T + p["b_i"]) * read
    return {"h": decay * before["h"] + torch.sqrt(1 - decay**2) * written}


def selective(x, p, before):
    read = x @ p["W"].T
    step = softplus(read @ p["W_d"].T + p["b_d"])
    rate = -torch.exp(p["p_a"])
    state = torch.exp(step * rate) * before["s"] + step * (read @ p["W_b"].T) * read
    return {"s": state, "h": (read @ p["W_c"].T) * state + p["p_d"] * read}


PAPERS = {
    "Jordan": jordan,
    "UGRNN": ugrnn,
    "IndRNN": independent,
    "JANET": janet,
    "SRU": sru,
    "minGRU": min_gru,
    "minLSTM": min_lstm,
    "sLSTM": slstm,
    "RG-LRU": rg_lru,
    "Selective SSM": selective,
}


@pytest.mark.parametrize("name", PAPERS)
def test_values_and_gradients_are_the_papers(name):
    of = sample(GALLERY[name], time=7, batch=3, inputs=2, hidden=5, seed=4)
    of.initial = {state: np.abs(start) for state, start in of.initial.items()}  # n counts
    params = {n: torch.tensor(array, requires_grad=True) for n, array in of.params.items()}
    x = torch.tensor(of.x, requires_grad=True)
    states = {n: torch.tensor(array) for n, array in of.initial.items()}
    outputs = []
    for inputs in x:
        states = PAPERS[name](inputs, params, states)
        outputs.append(states["h"])
    output = torch.stack(outputs)
    (output * torch.tensor(of.dh)).sum().backward()
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)
    np.testing.assert_allclose(run.value("h"), output.detach(), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(pulled.x, x.grad, rtol=1e-9, atol=1e-11)
    for parameter, theirs in params.items():
        np.testing.assert_allclose(pulled.params[parameter], theirs.grad, rtol=1e-9, atol=1e-11)


def test_slstm_is_the_package_s_and_its_stabiliser_changes_no_answer():
    vanilla = pytest.importorskip("xlstm.blocks.slstm.src.vanilla.slstm")
    of = sample(GALLERY["sLSTM"], time=9, batch=3, inputs=2, hidden=4, seed=1)
    of.initial = {state: np.zeros_like(start) for state, start in of.initial.items()}
    run = forward(of.cell, **of.given)
    p = {name: torch.tensor(array) for name, array in of.params.items()}
    states = torch.zeros(4, 3, 4, dtype=torch.float64)
    for time, inputs in enumerate(torch.tensor(of.x)):
        wx = torch.cat([inputs @ p[f"W_{k}"].T for k in "ifgo"], -1)
        ry = torch.cat([states[0] @ p[f"U_{k}"].T for k in "ifgo"], -1)
        bias = torch.cat([p[f"b_{k}"] for k in "ifgo"])
        states, _ = vanilla.slstm_forward_pointwise(wx, ry, bias, states, {})
        np.testing.assert_allclose(run.value("h")[time], states[0], rtol=1e-10, atol=1e-12)


def test_min_gru_is_the_package_s():
    package = pytest.importorskip("minGRU_pytorch.minGRU")
    of = sample(GALLERY["minGRU"], time=6, batch=2, inputs=4, hidden=4, seed=1)
    of.initial["h"] = np.zeros_like(of.initial["h"])
    for bias in ("b_z", "b_n"):
        of.params[bias] = np.zeros_like(of.params[bias])
    module = package.minGRU(4).double()
    weight = np.concatenate([of.params["W_n"], of.params["W_z"]])
    module.to_hidden_and_gate.weight.data = torch.tensor(weight)
    # The package makes every candidate positive first, so that it has a logarithm.
    positive = package.g(torch.tensor(of.x @ of.params["W_n"].T)).detach().numpy()
    run = forward(of.cell, **of.given)
    gate = run.value("z")
    kept, expected = of.initial["h"], []
    for time in range(len(of.x)):
        kept = (1 - gate[time]) * kept + gate[time] * positive[time]
        expected.append(kept)
    found = module(torch.tensor(of.x).transpose(0, 1)).transpose(0, 1).detach().numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


def test_each_says_what_it_changed_and_the_gallery_is_a_history():
    for name, about in ABOUT.items():
        assert about.changed.endswith("."), name
        assert str(about.year) in about.paper or "torch.nn" in about.paper, name
        assert all(part.purpose for part in about.parts.values()), name
