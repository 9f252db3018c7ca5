"""An LSTM's `proj_size`: h has its own numbers, and they and all gradients are torch's."""

import runpy
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import rnnviz
from rnnviz.interop import load_bytes
from rnnviz.interop.programs import with_torch
from rnnviz.interop.pytorch import projections
from rnnviz.interop.saving import packed, packed_for_torch
from rnnviz.network.attention import Attention
from rnnviz.network.embedding import Embedding
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.readout import Readout

NUMBERS, UNITS, INPUTS, TIME, BATCH = 2, 5, 3, 7, 4
KINDS = [
    {},
    {"num_layers": 2},
    {"bidirectional": True},
    {"num_layers": 2, "bidirectional": True},
    {"bias": False},
]
TIGHT = {"rtol": 0, "atol": 1e-12}


def built(**options):
    torch.manual_seed(0)
    return torch.nn.LSTM(INPUTS, UNITS, proj_size=NUMBERS, **options).double()


def sequences():
    torch.manual_seed(1)
    return torch.randn(TIME, BATCH, INPUTS, dtype=torch.float64)


def states(module):
    """h0 and c0, as torch takes them."""
    count = module.num_layers * (1 + module.bidirectional)
    sizes = (NUMBERS, UNITS)
    return tuple(torch.randn(count, BATCH, size, dtype=torch.float64) for size in sizes)


@pytest.mark.parametrize("options", KINDS)
def test_forward_and_backward_are_those_of_torch(options):
    module, x = built(**options), sequences().requires_grad_()
    start = tuple(state.requires_grad_() for state in states(module))
    output, (h, c) = module(x, start)
    weights = torch.randn_like(output)
    (output * weights).sum().backward()

    rec = rnnviz.trace(module, x.detach(), initial=tuple(s.detach() for s in start))
    grads = rec.backward(weights)
    np.testing.assert_allclose(rec.output, output.detach(), **TIGHT)
    np.testing.assert_allclose(grads.x, x.grad, **TIGHT)
    for k in range(module.num_layers):
        for way in range(1 + module.bidirectional):
            layer, of = rec.layer(k, reverse=bool(way)), grads.layer(k, reverse=bool(way))
            place = k * (1 + module.bidirectional) + way
            np.testing.assert_allclose(layer.final["h"], h[place].detach(), **TIGHT)
            np.testing.assert_allclose(layer.final["c"], c[place].detach(), **TIGHT)
            np.testing.assert_allclose(of.initial["h"], start[0].grad[place], **TIGHT)
            np.testing.assert_allclose(of.initial["c"], start[1].grad[place], **TIGHT)
            ending = f"_l{k}{'_reverse' if way else ''}"
            V = getattr(module, f"weight_hr{ending}").grad
            np.testing.assert_allclose(of.params["V"][:NUMBERS], V, **TIGHT)
            np.testing.assert_array_equal(of.params["V"][NUMBERS:], 0)
            U = np.concatenate([of.params[f"U_{gate}"] for gate in "ifgo"])
            theirs = getattr(module, f"weight_hh{ending}").grad
            np.testing.assert_allclose(U[:, :NUMBERS], theirs, **TIGHT)
            assert layer["h"].shape == layer["h_prev"].shape == (TIME, BATCH, NUMBERS)
            assert of["h"].shape == of["h_prev"].shape == (TIME, BATCH, NUMBERS)
            below = NUMBERS * (1 + module.bidirectional) if k else INPUTS
            assert layer["x"].shape == of["x"].shape == (TIME, BATCH, below)


def test_the_sum_of_the_output_is_that_of_its_own_numbers():
    module, x = built(), sequences().requires_grad_()
    module(x)[0][-1].sum().backward()
    grads = rnnviz.trace(module, x.detach()).backward(at=-1)
    np.testing.assert_allclose(grads.x, x.grad, **TIGHT)
    np.testing.assert_allclose(grads.params["V"][:NUMBERS], module.weight_hr_l0.grad, **TIGHT)
    np.testing.assert_array_equal(grads.params["V"][NUMBERS:], 0)


def test_a_squared_error_of_the_output_has_targets_of_its_size():
    module, x = built(bidirectional=True), sequences().requires_grad_()
    targets = torch.randn(TIME, BATCH, 2 * NUMBERS, dtype=torch.float64)
    loss = torch.nn.functional.mse_loss(module(x)[0], targets)
    loss.backward()
    grads = rnnviz.trace(module, x.detach()).backward(
        loss=rnnviz.Loss("squared error", targets=targets.numpy())
    )
    np.testing.assert_allclose(grads.loss, loss.item(), **TIGHT)
    np.testing.assert_allclose(grads.x, x.grad, **TIGHT)


def test_sequences_of_several_lengths_are_as_when_they_are_packed():
    module, x, lengths = built(num_layers=2, bidirectional=True), sequences(), [7, 2, 5, 1]
    packed = pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
    output, (h, _) = module(packed)
    rec = rnnviz.trace(module, x, lengths=lengths)
    np.testing.assert_allclose(rec.output, pad_packed_sequence(output)[0].detach(), **TIGHT)
    np.testing.assert_allclose(rec.layer(1, reverse=True).final["h"], h[3].detach(), **TIGHT)


def test_its_jacobians_are_autograd_s_of_one_step():
    module, x = built(), sequences()[:, :1]
    rec = rnnviz.trace(module, x)

    def step(h, c):
        _, after = module(x[4:5], (h, c))
        return after

    before = tuple(torch.tensor(rec[name][3][None]) for name in "hc")
    by = torch.autograd.functional.jacobian(step, before)
    named = dict(zip("hc", by, strict=True))
    order = {name: "hc".index(name) for name in rec.layer(0).cell.states}
    whole = np.block(
        [[named[to][order[of]].squeeze().numpy() for of in order] for to in order],
    )
    np.testing.assert_allclose(rec.jacobians()[4, 0], whole, **TIGHT)


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = torch.nn.LSTM(INPUTS, UNITS, proj_size=NUMBERS, bidirectional=True)
        self.head = torch.nn.Linear(2 * NUMBERS, 3)

    def forward(self, x):
        return self.head(self.lstm(x)[0])


def test_a_readout_reads_its_own_numbers():
    torch.manual_seed(0)
    model, x = Model().double(), sequences()
    rec = rnnviz.trace(model, x)
    np.testing.assert_allclose(rec.prediction, model(x).detach(), **TIGHT)
    with pytest.raises(ValueError, match=r"readout.W has shape \(3, 10\), not \(3, 4\)"):
        Network.from_torch(model.lstm, torch.nn.Linear(2 * UNITS, 3))


def test_a_file_of_it_is_the_same_network(tmp_path):
    module, x = built(num_layers=2), sequences()
    torch.save(module.state_dict(), tmp_path / "lstm.pt")
    of_file, live = rnnviz.load(tmp_path / "lstm.pt"), Network.from_torch(module)
    assert of_file.notes == live.notes
    np.testing.assert_array_equal(rnnviz.trace(of_file, x).output, rnnviz.trace(live, x).output)


def test_a_table_of_it_has_no_column_of_added_zeros():
    rec = rnnviz.trace(built(), sequences()[:, 0])
    header = rec.to_csv().splitlines()[0].split(",")
    assert [name for name in header if name.startswith("h[")] == ["h[0]", "h[1]"]
    assert rec.figure().to_json()


def test_a_state_of_the_wrong_size_is_refused_with_the_right_one():
    with pytest.raises(ValueError, match=r"the initial h has shape .* not \(1, 4, 2\)"):
        rnnviz.trace(built(), sequences(), initial=(np.zeros((1, 4, 5)), np.zeros((1, 4, 5))))
    with pytest.raises(ValueError, match=r"the initial h has shape \(5,\), not \(4, 2\)"):
        rnnviz.trace(built(), sequences(), initial={"h": np.zeros(5)})


def with_readout(outputs, **options):
    torch.manual_seed(2)
    ways = 1 + options.get("bidirectional", False)
    linear = torch.nn.Linear(ways * NUMBERS, outputs).double() if outputs else None
    return Network.from_torch(built(**options), linear)


@pytest.mark.parametrize("outputs", [0, 3])
@pytest.mark.parametrize("options", KINDS)
def test_to_torch_gives_the_projected_module_back(options, outputs):
    network, x = with_readout(outputs, **options), sequences()
    module, rec = network.to_torch(), rnnviz.trace(network, x)
    rnn = module.rnn if outputs else module
    assert (type(rnn), rnn.proj_size, rnn.hidden_size) == (torch.nn.LSTM, NUMBERS, UNITS)
    found, wanted = (
        (module(x), rec.prediction) if outputs else (module(x)[0], rec.output)
    )  # fmt: skip
    np.testing.assert_allclose(found.detach(), wanted, **TIGHT)
    again = Network.from_torch(module)
    assert [layer.projected for layer in again.layers] == [NUMBERS] * len(network.layers)
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(again.parameters[name], array)
    assert again.notes == network.notes


def staged():
    """Two projected layers below an attention and a readout, on an embedding."""
    torch.manual_seed(3)
    lower, upper = (
        Network.from_torch(module.double()).layers[0]
        for module in (
            torch.nn.LSTM(INPUTS, UNITS, proj_size=NUMBERS, bidirectional=True),
            torch.nn.LSTM(2 * NUMBERS, UNITS, proj_size=NUMBERS),
        )
    )
    _, upper = projections.reading_from_below((lower, upper), Layer.widened)
    draw = np.random.default_rng(0).standard_normal
    attention = Attention(upper.widened(draw((4, NUMBERS))), draw(4), draw(4))
    readout = Readout(upper.widened(draw((2, NUMBERS))), draw(2))
    return Network((Embedding(draw((6, INPUTS))), lower, upper, attention), readout)


def test_so_does_a_module_of_stages():
    network = staged()
    tokens = np.random.default_rng(1).integers(0, 6, (TIME, BATCH, 1))
    module = network.to_torch()
    wanted = rnnviz.trace(network, tokens).prediction
    found = module(torch.tensor(tokens, dtype=torch.float64))
    np.testing.assert_allclose(found.detach(), wanted, **TIGHT)
    assert [one.rnn.proj_size for one in module if hasattr(one, "rnn")] == [NUMBERS] * 2
    again = Network.from_torch(module)
    assert [layer.projected for layer in again.layers] == [NUMBERS] * 2
    for name, array in network.parameters.items():
        np.testing.assert_array_equal(again.parameters[name], array)


@pytest.mark.parametrize("options", KINDS)
def test_a_program_with_torch_has_the_projected_module(options, tmp_path):
    network, x = with_readout(3, **options), sequences()[:, 0]
    text = with_torch(network)
    assert f"proj_size={NUMBERS}" in text
    (tmp_path / "program.py").write_text(text, encoding="utf-8")
    found = runpy.run_path(str(tmp_path / "program.py"))["predict"](x.numpy())
    np.testing.assert_allclose(found, rnnviz.trace(network, x).prediction, **TIGHT)


@pytest.mark.parametrize("pack", [packed, lambda network, _: packed_for_torch(network)])
@pytest.mark.parametrize("options", KINDS)
def test_a_file_of_ours_has_it_as_it_is(options, pack):
    network, x = with_readout(4, **options), sequences()
    again = load_bytes("network.safetensors", pack(network, ".safetensors"))
    assert [layer.projected for layer in again.layers] == [NUMBERS] * len(network.layers)
    ours, theirs = rnnviz.trace(again, x), rnnviz.trace(network, x)
    np.testing.assert_allclose(ours.prediction, theirs.prediction, **TIGHT)
    np.testing.assert_allclose(ours.output, theirs.output, **TIGHT)


def test_what_only_looks_projected_is_neither_built_nor_saved():
    layer = with_readout(0).layers[0]
    full = np.ones((UNITS, UNITS))
    for odd in (
        replace(layer, params={**layer.params, "V": full}),
        replace(layer, projected=UNITS),
    ):
        for refused in (Network((odd,)).to_torch, lambda odd=odd: packed(Network((odd,)), ".npz")):
            with pytest.raises(ValueError, match="V has numbers where an h that is projected has"):
                refused()
