"""An LSTM's `proj_size`: h has its own numbers, and they and all gradients are torch's."""

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import rnnviz
from rnnviz.network.network import Network

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
