"""Any torch module that is recurrent, or holds one: read as torch would run it, or refused."""

import copy

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import utils
from torch.nn.utils import parametrizations, parametrize, prune

from rnnviz import Network, trace

X = torch.from_numpy(np.random.default_rng(0).standard_normal((6, 2, 3)))
KINDS = {
    nn.LSTM: {},
    nn.GRU: {"num_layers": 2, "bidirectional": True},
    nn.RNN: {"nonlinearity": "relu", "bias": False},
}
CELLS = {nn.LSTMCell: {}, nn.GRUCell: {"bias": False}, nn.RNNCell: {"nonlinearity": "relu"}}


@pytest.fixture(autouse=True)
def _double():
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def stepped(cell, x):
    """A cell's h over a sequence, by torch."""
    state, found = None, []
    for step in x:
        state = cell(step, state)
        found.append(state[0] if isinstance(state, tuple) else state)
    return torch.stack(found).detach()


@pytest.mark.parametrize(("kind", "options"), CELLS.items())
def test_a_cell_is_a_layer(kind, options):
    cell = kind(3, 4, **options)
    np.testing.assert_allclose(trace(cell, X).output, stepped(cell, X), atol=1e-10)
    np.testing.assert_allclose(trace(cell, X[:, 0]).output, stepped(cell, X)[:, 0], atol=1e-10)


def orthogonal(module, name):
    parametrizations.orthogonal(module, name)


def old_weight_norm(module, name):
    with pytest.warns(FutureWarning, match="weight_norm"):
        utils.weight_norm(module, name)


def pruned(module, name):
    prune.random_unstructured(module, name, amount=0.5)


def pruned_twice(module, name):
    pruned(module, name)
    prune.ln_structured(module, name, amount=0.3, n=2, dim=0)


COMPUTED = {
    "orthogonal": orthogonal,
    "weight norm": parametrizations.weight_norm,
    "older weight norm": old_weight_norm,
    "spectral norm": parametrizations.spectral_norm,
    "older spectral norm": utils.spectral_norm,
    "pruned": pruned,
    "pruned twice": pruned_twice,
}


def parts_of(module, name):
    """The parameters that a weight is computed of."""
    return [p for n, p in module.named_parameters() if name in n and p.requires_grad]


@pytest.mark.parametrize("how", COMPUTED.values(), ids=COMPUTED)
@pytest.mark.parametrize("kind", [*KINDS, *CELLS], ids=lambda kind: kind.__name__)
def test_weights_that_are_computed_are_as_torch_computes_them(kind, how):
    module, is_cell = kind(3, 4, **(KINDS | CELLS)[kind]), kind in CELLS
    name = "weight_hh" if is_cell else "weight_hh_l0"
    how(module, name)
    with torch.no_grad():  # since it was last run, as an optimizer does it
        for part in parts_of(module, name):
            part.mul_(1.5).add_(0.1)
    before = {n: a.clone() for n, a in module.state_dict().items()}
    output = trace(module, X).output
    for n, a in module.state_dict().items():
        torch.testing.assert_close(a, before[n], rtol=0, atol=0)
    assert module.training
    module.eval()
    wanted = stepped(module, X) if is_cell else module(X)[0].detach()
    np.testing.assert_allclose(output, wanted, atol=1e-10)


def test_spectral_norm_in_training_mode_is_said():
    module = nn.LSTM(3, 4)
    parametrizations.spectral_norm(module, "weight_hh_l0")
    assert "spectral norm as in eval()" in repr(trace(module, X))
    assert trace(module.eval(), X).network.notes == ()


class Classifier(nn.Module):
    """What tutorials show: an embedding, an LSTM, a Linear over its last output."""

    def __init__(self, read):
        super().__init__()
        self.embedding = nn.Embedding(7, 3)
        self.lstm = nn.LSTM(3, 4, batch_first=True, num_layers=2)
        self.dropout = nn.Dropout(0.5)
        self.norm = nn.LayerNorm(4)
        self.fc = nn.Linear(4, 2)
        self.read = read
        self.state = None

    def forward(self, tokens):
        output, (h, c) = self.lstm(self.embedding(tokens))
        self.state = h
        return self.read(self, output, h, c)


PROVEN = {
    "every step": lambda m, output, h, c: m.fc(output),
    "the last step": lambda m, output, h, c: m.fc(output[:, -1]),
    "the last step, whole index": lambda m, output, h, c: m.fc(output[:, -1, :]),
    "behind dropout": lambda m, output, h, c: m.fc(m.dropout(output[:, -1])),
    "h_n": lambda m, output, h, c: m.fc(h[-1]),
    "rows": lambda m, output, h, c: m.fc(output.reshape(-1, 4)),
    "beside the state": lambda m, output, h, c: (m.fc(output), (h, c)),
    "squeezed": lambda m, output, h, c: m.fc(output[:, -1]).squeeze(),
}
SOFTMAX = {
    "log_softmax": lambda m, output, h, c: torch.log_softmax(m.fc(output), -1),
    "method": lambda m, output, h, c: m.fc(output[:, -1]).softmax(-1),
}
UNPROVEN = {
    "behind a norm": lambda m, output, h, c: m.fc(m.norm(output)),
    "behind relu": lambda m, output, h, c: m.fc(torch.relu(output)),
    "the mean": lambda m, output, h, c: m.fc(output.mean(1)),
    "c": lambda m, output, h, c: m.fc(c[-1]),
    "the layer below": lambda m, output, h, c: m.fc(h[0]),
    "a sum": lambda m, output, h, c: m.fc(output + 1),
    "below a sigmoid": lambda m, output, h, c: torch.sigmoid(m.fc(output)),
    "unused": lambda m, output, h, c: output,
    "not to be followed": lambda m, output, h, c: m.fc(output) if output.sum() > 0 else output,
    "twice": lambda m, output, h, c: m.fc(output) + m.fc(output),
    "turned units": lambda m, output, h, c: m.fc(output[:, :, [3, 2, 1, 0]]),
}


@pytest.mark.parametrize("kind", ["linear", "softmax"])
def test_a_readout_is_taken_where_the_forward_proves_it(kind):
    for read in (PROVEN if kind == "linear" else SOFTMAX).values():
        model = Classifier(read)
        network = Network.from_torch(model)
        assert network.readout is not None
        assert network.readout.kind == kind
        x = model.embedding(torch.tensor([[1, 2, 3, 4, 5]])).detach()
        np.testing.assert_allclose(
            trace(model, x).prediction.swapaxes(0, 1),
            model.fc(model.lstm(x)[0]).detach(),
            atol=1e-10,
        )
        assert any("embedding" in str(note) and "norm" in str(note) for note in network.notes)
        assert model.state is None
        assert model.training


@pytest.mark.parametrize("read", UNPROVEN.values(), ids=UNPROVEN)
def test_a_readout_that_is_not_proven_is_left_out_with_a_note(read):
    network = Network.from_torch(Classifier(read))
    assert network.readout is None
    assert any("not proven that fc reads what lstm gives" in str(note) for note in network.notes)


def test_following_a_forward_draws_no_number_and_keeps_none():
    def read(m, output, h, c):
        torch.rand(3)
        return m.fc(output)

    model = Classifier(read)
    before = torch.random.get_rng_state()
    assert Network.from_torch(model).readout is not None
    assert torch.equal(torch.random.get_rng_state(), before)


def test_a_backward_state_is_not_the_last_output():
    class Both(nn.Module):
        def __init__(self):
            super().__init__()
            self.gru, self.fc = nn.GRU(3, 2, bidirectional=True), nn.Linear(2, 1)

        def forward(self, x):
            return self.fc(self.gru(x)[1][-1])

    assert Network.from_torch(Both()).readout is None


def test_a_hook_on_the_way_proves_nothing():
    model = Classifier(PROVEN["every step"])
    model.lstm.register_forward_hook(lambda module, x, y: (2 * y[0], y[1]))
    network = Network.from_torch(model)
    assert network.readout is None
    assert any("hooks" in str(note) for note in network.notes)


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({"rnn": nn.GRU(3, 5, batch_first=True)})
        self.decoder = nn.ModuleList([nn.LSTMCell(5, 4), nn.LSTMCell(4, 4)])


def test_several_are_named_and_one_is_chosen():
    model = Pair()
    wanted = r'encoder\.rnn \(GRU, 3 → 5\), decoder\.0 \(LSTMCell, 5 → 4\).*module="encoder\.rnn"'
    for call in (lambda: trace(model, X), lambda: Network.from_torch(model)):
        with pytest.raises(ValueError, match=wanted):
            call()
    for name in ("encoder.rnn", "encoder"):
        rec = trace(model, X.swapaxes(0, 1), module=name)
        found = model.encoder["rnn"](X.swapaxes(0, 1))[0].detach()
        np.testing.assert_allclose(rec.output.swapaxes(0, 1), found, atol=1e-10)
    chosen = Network.from_torch(model, module="decoder.1")
    assert (chosen.inputs, chosen.hidden) == (4, 4)


def test_computed_weights_inside_a_model_leave_it_as_it_is():
    model = Classifier(PROVEN["h_n"])
    old_weight_norm(model.lstm, "weight_hh_l0")
    prune.l1_unstructured(model.fc, "weight", 0.5)
    network = Network.from_torch(model)
    assert network.readout is not None
    x = torch.randn(1, 5, 3)
    wanted = model.eval().fc(model.lstm(x)[0]).detach()
    np.testing.assert_allclose(trace(network, x[0]).prediction, wanted[0], atol=1e-10)


class Locked(nn.LSTM):
    def forward(self, x, states=None):
        return super().forward(x * 2, states)


class Narrow(nn.LSTM):
    """A class of one's own that computes what it inherits."""


def test_a_class_of_ones_own_that_computes_the_same_is_taken():
    module = Narrow(3, 4)
    np.testing.assert_allclose(trace(module, X).output, module(X)[0].detach(), atol=1e-10)


def patched():
    module = nn.LSTM(3, 4)
    module.forward = lambda x: x
    return module


def weight_dropped():
    module = nn.LSTM(3, 4)
    raw = module._parameters.pop("weight_hh_l0")
    module.register_parameter("weight_hh_l0_raw", raw)
    module.weight_hh_l0 = nn.functional.dropout(raw, 0.5)
    return module


def quantised():
    model = nn.Sequential(nn.LSTM(3, 4)).float()
    return torch.ao.quantization.quantize_dynamic(model, {nn.LSTM}, dtype=torch.qint8)


class Late(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.fc = nn.LSTM(3, 4), nn.LazyLinear(2)


def lazy():
    module = nn.LSTM(3, 4)
    module.weight_hh_l0 = nn.UninitializedParameter()
    return module


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Locked(3, 4), "is a Locked with a forward of its own"),
        (lambda: nn.Sequential(Locked(3, 4)), "`0` is a Locked with a forward of its own"),
        (patched, "LSTM with a forward of its own"),
        (weight_dropped, "weight_hh_l0 is no parameter of LSTM: something else sets it"),
        (lambda: nn.LSTM(3, 4, device="meta"), "on the meta device.*load them first"),
        (lazy, "lazy, without weights yet"),
        (quantised, "`0` is quantised.*as it was before"),
        (lambda: torch.jit.script(nn.Sequential(nn.LSTM(3, 4))), "is TorchScript"),
        (lambda: nn.Linear(3, 4), "Linear is not an RNN, LSTM or GRU.*holds none"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning", "ignore:.*:UserWarning")
def test_what_cannot_be_taken_is_refused_with_its_reason(make, says):
    module = make()
    with pytest.raises(ValueError, match=says):
        Network.from_torch(module)
    with pytest.raises(ValueError, match=says):
        trace(module, X)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: trace(Pair(), X, module="encoder.rn"), "'encoder.rn'; did you mean 'encoder.rnn'"),
        (lambda: trace(Pair(), X, module="q"), "'q'; there are encoder.rnn, decoder.0, decoder.1"),
        (
            lambda: trace(Network.from_torch(nn.GRU(3, 4)), X, module="a"),
            "module='a' chooses within a torch module",
        ),
    ],
)
def test_a_wrong_choice_is_refused_in_a_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_readout_without_weights_yet_is_not_taken():
    assert Network.from_torch(Late()).readout is None


def test_a_model_and_its_copy_are_read_alike():
    model = Classifier(PROVEN["every step"])
    parametrize.register_parametrization(model.lstm, "weight_ih_l1", nn.Identity())
    one, other = Network.from_torch(model), Network.from_torch(copy.deepcopy(model))
    for name, array in one.parameters.items():
        np.testing.assert_array_equal(array, other.parameters[name])
