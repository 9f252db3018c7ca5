"""Shapes, names, rows and counts: as PyTorch itself has them."""

import pytest
import torch
from hypothesis import example, given
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnnviz.shapes.lengths import falling
from rnnviz.shapes.parameters import count, gates_of, parameters
from rnnviz.shapes.setup import SETTINGS, Setup
from rnnviz.shapes.tensors import tensors
from tests.settings.pages import chosen
from tests.shapes.setups import module_of, setups


def called(setup, tensors):
    """Name → shape of what PyTorch gives back when it is called with zeros of these shapes."""
    module = module_of(setup)
    x = torch.zeros(tensors["x"].shape, dtype=torch.float64)
    start = [torch.zeros(tensors[f"{s}_0"].shape, dtype=torch.float64) for s in setup.states]
    state = tuple(start) if len(start) > 1 else start[0]
    if setup.is_packed:
        x = pack_padded_sequence(
            x, setup.steps, batch_first=setup.batch_first, enforce_sorted=False
        )
    output, after = module(x, state)
    if setup.is_packed:
        output, _ = pad_packed_sequence(output, batch_first=setup.batch_first)
    found = {"output": output, "h_n": after}
    if len(start) > 1:
        found |= dict(zip(("h_n", "c_n"), after, strict=True))
    if setup.outputs:
        found["y"] = nn.Linear(setup.features, setup.outputs, dtype=torch.float64)(output)
    return {name: tuple(tensor.shape) for name, tensor in found.items()}


@example(Setup(lengths=(3, 2, 2)))  # nobody as long as the input
@given(setups())
def test_pytorch_takes_what_goes_in_and_gives_back_these_shapes(setup):
    found = tensors(setup)
    for name, shape in called(setup, found).items():
        assert found[name].shape == shape, name


@given(setups())
def test_parameters_are_the_state_dict_in_its_order(setup):
    module = module_of(setup)
    ours = [one for one in parameters(setup) if one.module == "rnn"]
    assert [(p.name, p.shape) for p in ours] == [
        (name, tuple(tensor.shape)) for name, tensor in module.state_dict().items()
    ]
    assert count(setup) == sum(p.numel() for p in module.parameters())


@given(setups(vocabulary=7, outputs=3))
def test_embedding_and_linear_are_the_state_dicts(setup):
    modules = {
        "embedding": nn.Embedding(7, setup.input_size),
        "linear": nn.Linear(setup.features, 3),
    }
    for called, module in modules.items():
        ours = {p.name: p.shape for p in parameters(setup) if p.module == called}
        assert ours == {name: tuple(t.shape) for name, t in module.state_dict().items()}


@pytest.mark.parametrize(("kind", "gates"), [("RNN", "h"), ("LSTM", "ifgo"), ("GRU", "rzn")])
def test_the_gates_stand_in_the_order_of_pytorchs_rows(kind, gates):
    assert gates_of(kind) == tuple(gates)


@pytest.mark.parametrize(
    ("gate", "law"),
    [
        # c = f·c + i·g and h = o·tanh(c): what is left of c = 3 where a gate is shut or open.
        ("i", lambda h, c: c == pytest.approx(0.5 * 3) and h > 0.1),
        ("f", lambda h, c: abs(c) < 1e-6),
        ("g", lambda h, c: c == pytest.approx(0.5 * 3 - 0.5)),
        ("o", lambda h, c: abs(h) < 1e-6),
    ],
)
def test_the_rows_of_an_lstms_gate_are_that_gate_in_pytorch(gate, law):
    assert law(*after_a_step("LSTM", gate))


@pytest.mark.parametrize(
    ("gate", "law"),
    [
        # h = (1 − z)·n + z·h with h = 3 before: n = tanh(r·b) = 0 unless its own rows are pushed.
        ("r", lambda h: h == pytest.approx(0.5 * 3)),
        ("z", lambda h: h == pytest.approx(0, abs=1e-6)),
        ("n", lambda h: h == pytest.approx(0.5 * 3 - 0.5)),
    ],
)
def test_the_rows_of_a_grus_gate_are_that_gate_in_pytorch(gate, law):
    assert law(after_a_step("GRU", gate)[0])


def after_a_step(kind, gate):
    """h (and c) of a unit after a step from 3, all weights 0 and this gate's first bias −50."""
    setup = Setup(kind=kind, num_layers=1, hidden_size=2)
    bias = next(p for p in parameters(setup) if p.name == "bias_ih_l0")
    rows = next(rows for rows in bias.rows if rows.gate == gate)
    module = module_of(setup)
    for parameter in module.parameters():
        nn.init.zeros_(parameter)
    with torch.no_grad():
        module.bias_ih_l0[rows.start : rows.stop] = -50.0
    before = torch.full((1, 1, 2), 3.0, dtype=torch.float64)
    x = torch.zeros(1, 1, setup.input_size, dtype=torch.float64)
    with torch.no_grad():
        _, after = module(x, (before, before) if kind == "LSTM" else before)
    return [float(state[0, 0, 1]) for state in (after if kind == "LSTM" else (after,))]


@given(chosen(SETTINGS))
def test_whatever_a_link_says_is_a_module_that_pytorch_builds(values):
    setup = Setup.nearest(**values)
    assert Setup.nearest(**vars(setup)) == setup


@given(setups())
def test_a_link_is_the_setup(setup):
    assert Setup.nearest(**SETTINGS.read(SETTINGS.write(vars(setup)))) == setup


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"kind": "GRU", "proj_size": 3}, "only an LSTM has a projection"),
        ({"hidden_size": 4, "proj_size": 4}, "proj_size must be smaller than hidden_size, 4"),
        ({"lengths": (2, 1)}, "there are 2 lengths for 3 sequences"),
        ({"lengths": (6, 1, 1)}, "no sequence is longer than the input, 5 steps"),
        ({"kind": "LTSM"}, "did you mean 'LSTM'"),
    ],
)
def test_what_pytorch_does_not_build_is_refused(values, says):
    with pytest.raises(ValueError, match=says):
        Setup(**values)


@given(st.integers(1, 100), st.integers(1, 64))
def test_lengths_to_begin_with_fit(length, batch):
    found = falling(length, batch)
    assert Setup(length=length, batch=batch, lengths=found).steps == found
