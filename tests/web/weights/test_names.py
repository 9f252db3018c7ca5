"""A network's parameters go into PyTorch's names and out of them, as PyTorch itself has them."""

import json

import numpy as np
import pytest
import torch

import rnnviz
from rnnviz.cells import GALLERY
from rnnviz.network.counterpart import counterpart_of
from rnnviz.web import stages
from rnnviz.web.step.weights import layout
from tests.javascript import run

READ = """
import { readArrays } from "./weights/text_view.js";
output(readArrays(input.text, input.selected, input.layout));
"""
WRITE = """
import { named } from "./weights/names.js";
import { asJson } from "./weights/written.js";
output(asJson(named(new Map(Object.entries(input.arrays)), input.layout, input.whose)));
"""


def modules():
    torch.manual_seed(3)
    wide = {"hidden_size": 3, "num_layers": 2, "bidirectional": True, "dtype": torch.float64}
    yield torch.nn.LSTM(2, 3, dtype=torch.float64)
    yield torch.nn.GRU(2, 3, dtype=torch.float64)
    yield torch.nn.RNN(2, 3, nonlinearity="relu", dtype=torch.float64)
    yield torch.nn.LSTM(4, **wide)
    yield torch.nn.GRU(4, **wide)


def read(text, network, selected="all"):
    return run(READ, {"text": text, "selected": selected, "layout": layout(network)})


def written(network, whose):
    arrays = {n: np.asarray(a, float) for n, a in stages.arrays(network).items()}
    return run(WRITE, {"arrays": arrays, "layout": layout(network), "whose": whose})


def state_of(module):
    return {name: array.tolist() for name, array in module.state_dict().items()}


@pytest.mark.parametrize("module", [*modules()], ids=str)
@pytest.mark.parametrize("text", [json.dumps, repr])
def test_a_modules_state_is_pasted_as_the_network_that_it_is(module, text):
    network = rnnviz.Network.from_torch(module)
    found = read(text(state_of(module)), network)
    assert found["problem"] == ""
    for name, array in stages.arrays(network).items():
        assert np.array_equal(found["arrays"][name], np.asarray(array).ravel()), name


@pytest.mark.parametrize("module", [*modules()], ids=str)
def test_what_is_copied_by_pytorchs_names_is_the_same_module(module):
    network = rnnviz.Network.from_torch(module)
    text = json.loads(written(network, "torch"))
    state = {name: torch.tensor(numbers, dtype=torch.float64) for name, numbers in text.items()}
    x = torch.randn(5, module.input_size, dtype=torch.float64)
    before = module(x)[0].detach()
    module.load_state_dict(state)
    assert torch.allclose(module(x)[0], before, rtol=0, atol=1e-14)


def test_an_ordered_dict_as_pytorch_prints_it_is_read():
    torch.set_printoptions(precision=17)
    module = torch.nn.LSTM(2, 2, dtype=torch.float64)
    network = rnnviz.Network.from_torch(module)
    found = read(repr(module.state_dict()), network)
    torch.set_printoptions(profile="default")
    for name, array in stages.arrays(network).items():
        assert np.allclose(found["arrays"][name], np.asarray(array).ravel(), atol=1e-16)


@pytest.mark.parametrize("name", [*GALLERY])
def test_our_own_names_go_out_and_in(name):
    network = rnnviz.Network.fresh(GALLERY[name], inputs=2, hidden=3, outputs=2, layers=2)
    found = read(written(network, "own"), network)
    for array, numbers in stages.arrays(network).items():
        assert np.array_equal(found["arrays"][array], np.asarray(numbers).ravel()), array


def test_the_other_notation_of_z_changes_the_sign_on_the_way():
    network = rnnviz.Network.fresh(GALLERY["GRU (PyTorch)"], inputs=2, hidden=3, outputs=1)
    other = counterpart_of(network)
    text = written(network, "torch")
    assert json.loads(written(other, "torch")) == json.loads(text)
    found = read(text, other)
    for array, numbers in stages.arrays(other).items():
        assert np.allclose(found["arrays"][array], np.asarray(numbers).ravel(), atol=1e-16), array


LSTM = rnnviz.Network.fresh(GALLERY["LSTM"], inputs=2, hidden=1, outputs=1)
CASES = [
    ('{"W_f": [[1, 2]]}', {"0.W_f": [1, 2]}),
    ('{"layers.0.b_i": [3], "readout.b": [4]}', {"0.b_i": [3], "readout.b": [4]}),
    ('{"fc.weight": [[5]], "fc.bias": [6]}', {"readout.W": [5], "readout.b": [6]}),
    (
        '{"rnn.bias_ih_l0": [1, 2, 3, 4], "rnn.bias_hh_l0": [10, 20, 30, 40]}',
        {"0.b_i": [11], "0.b_f": [22], "0.b_g": [33], "0.b_o": [44]},
    ),
    ('{"layers.0.initial.c": [0.5]}', {"0.initial.c": [0.5]}),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_some_names_are_enough(text, wanted):
    found = read(text, LSTM)["arrays"]
    assert {name: list(numbers) for name, numbers in found.items()} == wanted


WRONG = [
    ('{"W_q": [[1, 2]]}', "“W_q” is no parameter of this network, which has "),
    ('{"W_f": [[1, 2]], "layers.0.W_f": [[1, 2]]}', "“layers.0.W_f” is there twice."),
    ('{"W_f": [[1]]}', "W_f: Each row needs 2 numbers, one for each input; row 1 has 1."),
    ('{"weight_hh_l0": [[1], [2]]}', "weight_hh_l0: 4 rows are needed; this has 2."),
    ('{"W_f": [["x", 2]]}', "W_f: “x” is no number."),
    ("[[1, 2]]", 'A whole network needs names: {"W": [[…]], …}.'),
    ('{"W_f": {"a": 1}}', "W_f: Rows of numbers belong here"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_what_fits_no_network_is_said(text, sentence):
    found = read(text, LSTM)
    assert found["arrays"] is None
    assert found["problem"].startswith(sentence)
