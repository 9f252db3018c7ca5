"""The forms in which people keep networks: each is shown as the network it is, beside torch."""

import argparse
import random
import warnings

import numpy as np
import pytest
import torch
from torch.nn.utils import parametrizations, prune
from torch.optim.swa_utils import AveragedModel

from rnnviz.cells import GALLERY
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.loading import load
from rnnviz.interop.questions import Answers
from rnnviz.recording.recording import trace
from tests.interop.checkpoint_files import arrays_in, of_safetensors, of_torch

X = np.random.default_rng(0).standard_normal((6, 3))


class Model(torch.nn.Module):
    """A recurrent module, and a head that reads its h."""

    def __init__(self, recurrent=None, head=None):
        super().__init__()
        self.lstm = recurrent or torch.nn.LSTM(3, 4)
        self.fc = head or torch.nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(self.lstm(x)[0])


class Framed(Model):
    """With a matrix in front of it too, which h does not fit."""

    def __init__(self):
        super().__init__(torch.nn.LSTM(5, 4))
        self.fc = self.lstm = None
        self.inp = torch.nn.Linear(3, 5)
        self.lstm, self.fc = torch.nn.LSTM(5, 4), torch.nn.Linear(4, 2)


class Stacked(torch.nn.Module):
    """A list of cells, looped over by hand."""

    def __init__(self, of=torch.nn.GRUCell):
        super().__init__()
        self.cells = torch.nn.ModuleList([of(3, 4), of(4, 4)])
        self.fc = torch.nn.Linear(4, 2)

    def forward(self, x):
        states = [torch.zeros(4) for _ in self.cells]
        found = []
        for now in x:
            for k, cell in enumerate(self.cells):
                now = states[k] = cell(now, states[k])
            found.append(self.fc(now))
        return torch.stack(found)


class Peephole(torch.nn.Module):
    """An LSTM whose gates see c, and one whose two biases are one."""

    def __init__(self, hidden=4):
        super().__init__()
        self.weight_ih_l0 = torch.nn.Parameter(torch.randn(4 * hidden, 3))
        self.weight_hh_l0 = torch.nn.Parameter(torch.randn(4 * hidden, hidden))
        self.bias = torch.nn.Parameter(torch.randn(4 * hidden))
        self.weight_ci, self.weight_cf, self.weight_co = (
            torch.nn.Parameter(torch.randn(hidden)) for _ in range(3)
        )

    def forward(self, x):
        h = c = torch.zeros(len(self.weight_ci))
        found = []
        for now in x:
            i, f, g, o = (self.weight_ih_l0 @ now + self.weight_hh_l0 @ h + self.bias).chunk(4)
            i, f = torch.sigmoid(i + self.weight_ci * c), torch.sigmoid(f + self.weight_cf * c)
            c = f * c + i * torch.tanh(g)
            h = torch.sigmoid(o + self.weight_co * c) * torch.tanh(c)
            found.append(h)
        return torch.stack(found), None


def with_weight_drop():
    """As AWD-LSTM names it, around the module."""
    model = Model()
    state = {}
    for name, array in model.state_dict().items():
        if name == "lstm.weight_hh_l0":
            state["lstm.weight_hh_l0_raw"] = array
        else:
            state[name.replace("lstm.", "lstm.module.")] = array
    return model, state


def parametrised(change, **options):
    def make():
        model = Model()
        with warnings.catch_warnings(action="ignore"):
            for name in ("weight_ih_l0", "weight_hh_l0"):
                change(model.lstm, name, **options)
            change(model.fc, "weight", **options)
        return model.eval(), model.state_dict()

    return make


def trained():
    model = Model()
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.ones(2, 3)).sum().backward()
    optimizer.step()
    return model, optimizer


def inside(wrapped):
    """A trained model, kept in what this makes of it and its optimizer."""

    def make():
        model, optimizer = trained()
        return model, wrapped(model, optimizer)

    return make


def of_lightning(model, optimizer):
    best = {"best_model_score": torch.tensor(0.5), "best_k_models": {"a.ckpt": torch.tensor(1.0)}}
    return {
        "epoch": 3,
        "state_dict": model.state_dict(),
        "loops": {"fit_loop": {"state_dict": {}, "progress": {"total": 2}}},
        "callbacks": {"ModelCheckpoint{'monitor': None}": best},
        "optimizer_states": [optimizer.state_dict()],
        "lr_schedulers": [],
        "hyper_parameters": argparse.Namespace(hidden=4),
    }


def states_of(generators):
    return lambda model, optimizer: {"model_state": model.state_dict(), **generators()}


RANDOM = {
    "torch": torch.get_rng_state,
    "numpy": np.random.get_state,
    "python": random.getstate,
}
KEPT = {
    "with the loss as a tensor": lambda model, optimizer: {
        "epoch": 5,
        "model_state_dict": model.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
        "loss": torch.tensor(0.3),
    },
    "beside means": lambda model, optimizer: {
        "state_dict": model.state_dict(),
        "mean": torch.zeros(3),
        "std": torch.ones(3),
    },
    "beside random states": states_of(lambda: {n: state() for n, state in RANDOM.items()}),
    "by Lightning": of_lightning,
    "in a list": lambda model, optimizer: [model.state_dict(), optimizer.state_dict()],
    "in a tuple, deep": lambda model, optimizer: {"a": (1, {"b": [{"c": model.state_dict()}]})},
    "by DataParallel": lambda model, optimizer: torch.nn.DataParallel(model).state_dict(),
    "averaged": lambda model, optimizer: AveragedModel(model).state_dict(),
    "with an optimizer's averages by name": lambda model, optimizer: {
        "model": model.state_dict(),
        "optimizer": {"exp_avg": {n: torch.ones_like(t) for n, t in model.state_dict().items()}},
    },
}
BUILT = {
    "weight norm": parametrised(parametrizations.weight_norm),
    "weight norm, old": parametrised(torch.nn.utils.weight_norm),
    "weight norm of columns": parametrised(parametrizations.weight_norm, dim=1),
    "weight norm of the whole": parametrised(torch.nn.utils.weight_norm, dim=None),
    "spectral norm": parametrised(parametrizations.spectral_norm),
    "spectral norm, old": parametrised(torch.nn.utils.spectral_norm),
    "pruned": parametrised(prune.l1_unstructured, amount=0.3),
    "weight drop": with_weight_drop,
    "peepholes and one bias": lambda: (m := Model(Peephole()), m.state_dict()),
    "projected": lambda: (
        m := Model(torch.nn.LSTM(3, 6, 2, proj_size=2, bidirectional=True)),
        m.state_dict(),
    ),
    "a matrix in front": lambda: (m := Framed(), m.state_dict()),
}
TOLERANCE = 1e-6


def compared(network, model, x=X):
    with torch.no_grad(), warnings.catch_warnings(action="ignore"):  # it says what is slow
        wanted = model(torch.from_numpy(x).float()).numpy()
    np.testing.assert_allclose(trace(network, x).prediction, wanted, rtol=5e-6, atol=TOLERANCE)


@pytest.mark.parametrize("old", [False, True], ids=["zip", "old format"])
@pytest.mark.parametrize("form", KEPT)
def test_a_network_is_found_wherever_it_was_kept(form, old):
    torch.manual_seed(0)
    model, saved = inside(KEPT[form])()
    data = of_torch(saved, _use_new_zipfile_serialization=not old)
    compared(load_bytes("checkpoint.pth.tar", data), model)


@pytest.mark.parametrize("form", [form for form in BUILT if form != "a matrix in front"])
def test_a_weight_kept_in_parts_and_a_cell_that_is_known_are_built(form):
    torch.manual_seed(0)
    model, state = BUILT[form]()
    if form == "projected":
        model.fc = torch.nn.Linear(4, 2)
        state = model.state_dict()
    compared(load_bytes("m.bin", of_torch(state)), model)
    compared(load_bytes("m.safetensors", of_safetensors(state)), model)


def test_the_peephole_lstm_is_the_gallery_s():
    network = load_bytes("m.pt", of_torch(Model(Peephole()).state_dict()))
    assert network.layers[0].cell == GALLERY["Peephole LSTM"]
    assert [str(note) for note in network.notes] == [
        "lstm.bias is taken as the only bias of the gates",
        "lstm.weight_ci, lstm.weight_cf, lstm.weight_co are taken as peepholes: "
        "i and f see the old c, o the new",
    ]


def test_a_list_of_cells_is_one_network_or_any_of_them():
    model = Stacked()
    data = of_torch(model.state_dict())
    network = load_bytes("m.pt", data, Answers(name="cells"))
    compared(network, model)
    assert [load_bytes("m.pt", data, Answers(name=f"cells.{k}")).inputs for k in range(2)] == [3, 4]


def test_a_matrix_in_front_is_left_out_and_the_one_behind_is_the_readout():
    model = Framed()
    network = load_bytes("m.pt", of_torch(model.state_dict()))
    read = model.inp(torch.from_numpy(X).float()).detach().numpy().astype(float)
    with torch.no_grad():
        wanted = model.fc(model.lstm(torch.from_numpy(read).float())[0]).numpy()
    np.testing.assert_allclose(trace(network, read).prediction, wanted, rtol=5e-6, atol=TOLERANCE)
    assert [str(note) for note in network.notes] == [
        "inp.weight, inp.bias are left out: only recurrent layers and one linear readout are read",
        "fc.weight is taken as the readout: only it can read the 4 numbers of h",
    ]


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float8_e4m3fn, torch.float8_e5m2])
@pytest.mark.parametrize("write", [of_torch, of_safetensors])
def test_narrow_floats_are_widened_exactly(write, dtype):
    torch.manual_seed(1)
    state = {name: array.to(dtype) for name, array in Model().state_dict().items()}
    network = load_bytes("m", write(state))
    wanted = state["lstm.weight_hh_l0"].float().numpy()
    params = network.layers[0].params
    np.testing.assert_array_equal(np.concatenate([params[f"U_{g}"] for g in "ifgo"]), wanted)


def test_every_float_of_eight_bits_is_torch_s():
    bits = torch.arange(256, dtype=torch.uint8)
    for dtype in (torch.float8_e4m3fn, torch.float8_e5m2):
        wanted = bits.view(dtype).float().numpy()
        found = of_safetensors({"w": bits.view(dtype)})
        np.testing.assert_array_equal(arrays_in(found)["w"], wanted)


def test_two_biases_are_summed_in_double_precision():
    torch.manual_seed(0)
    model = Model()
    with torch.no_grad():
        model.lstm.bias_ih_l0.normal_()
        model.lstm.bias_hh_l0.normal_()
    network = load_bytes("m.pt", of_torch(model.state_dict()))
    model.double()
    with torch.no_grad():
        wanted = model(torch.from_numpy(X)).numpy()
    np.testing.assert_allclose(trace(network, X).prediction, wanted, rtol=0, atol=1e-14)


@pytest.mark.parametrize(
    "ending", ["pt", "pth", "ckpt", "tar", "pth.tar", "bin", "safetensors", "npz", "txt", ""]
)
def test_a_name_s_ending_decides_nothing(tmp_path, ending):
    model = Model()
    path = tmp_path / f"model.{ending}"
    for write in (of_torch, of_safetensors):
        path.write_bytes(write(model.state_dict()))
        compared(load(path), model)


def test_what_is_not_the_network_s_may_be_as_large_as_it_likes(tmp_path):
    model = Model()
    state = {"table": torch.zeros(5_000_000, dtype=torch.float64), **model.state_dict()}
    data = of_torch(state)
    compared(load_bytes("m.pt", data, most=1_000), model)
    path = tmp_path / "m.pt"
    state["table"] = torch.zeros(9_000_000, dtype=torch.float64)
    path.write_bytes(of_torch(state))
    assert path.stat().st_size > 64 * 2**20
    compared(load(path), model)
