"""The gallery is what its names say: torch's modules, each other's counterparts, their papers."""

import numpy as np
import pytest
import torch

from rnnviz import diagram
from rnnviz.cells import ABOUT, GALLERY, MENU, ROLES, about_like, name_of, named
from rnnviz.engine.cell_run import forward
from rnnviz.equations import parse
from rnnviz.substitution import with_functions
from tests.oracle import sample

TOLERANCE = {np.float64: 1e-10, np.float32: 1e-4}

STATES = {
    "RNN (tanh)": ("h",),
    "RNN (ReLU)": ("h",),
    "LSTM": ("h", "c"),
    "GRU (PyTorch)": ("h",),
    "GRU (Cho)": ("h",),
    "Peephole LSTM": ("h", "c"),
    "CIFG": ("h", "c"),
    "MGU": ("h",),
    "Jordan": ("h",),
    "UGRNN": ("h",),
    "IndRNN": ("h",),
    "JANET": ("h",),
    "SRU": ("c",),
    "minGRU": ("h",),
    "minLSTM": ("h",),
    "sLSTM": ("h", "m", "c", "n"),
    "RG-LRU": ("h",),
    "Selective SSM": ("s",),
}
GATES = {
    "RNN (tanh)": (),
    "RNN (ReLU)": (),
    "LSTM": ("i", "f", "o"),
    "GRU (PyTorch)": ("r", "z"),
    "GRU (Cho)": ("r", "z"),
    "Peephole LSTM": ("i", "f", "o"),
    "CIFG": ("f", "i", "o"),
    "MGU": ("f",),
    "Jordan": (),
    "UGRNN": ("z",),
    "IndRNN": (),
    "JANET": ("f", "i"),
    "SRU": ("f", "r"),
    "minGRU": ("z",),
    "minLSTM": ("f", "i"),
    "sLSTM": ("o",),
    "RG-LRU": ("r", "i"),
    "Selective SSM": (),
}


def test_the_menu_offers_each_cell_once():
    assert set(MENU) == set(STATES)
    counterparts = {ABOUT[name].counterpart for name in MENU} - {None}
    assert set(GALLERY) - set(MENU) == {counterpart.name for counterpart in counterparts}


@pytest.mark.parametrize("name", MENU)
def test_states_and_gates(name):
    assert GALLERY[name].states == STATES[name]
    assert GALLERY[name].gates == GATES[name]


@pytest.mark.parametrize("name", GALLERY)
def test_everything_that_is_described_exists(name):
    cell, about = GALLERY[name], ABOUT[name]
    assert set(about.parts) == set(cell.names)
    assert {part.role for part in about.parts.values()} <= set(ROLES)
    memory = named(name).memory
    if memory:
        assert {memory.keep, memory.write or memory.keep} <= set(cell.parameters)
    if about.counterpart:
        assert set(about.counterpart.negated) <= set(cell.parameters)
        assert ABOUT[about.counterpart.name].counterpart.name == name


@pytest.mark.parametrize("name", [n for n in GALLERY if named(n).memory])
def test_the_memory_bias_keeps_the_memory(name):
    """With it far on its keeping side (and the writing one off), nothing of the state is lost."""
    cell, memory = GALLERY[name], named(name).memory
    of = sample(cell, time=1, scale=0.1)
    of.params[memory.keep] += 50 * memory.sign
    if memory.write:
        of.params[memory.write] -= 50
    kept = cell.states[-1]
    after = forward(cell, **of.given).value(kept)[0]
    np.testing.assert_allclose(after, of.initial[kept], atol=1e-12)


@pytest.mark.parametrize("name", GALLERY)
def test_a_cell_is_known_by_its_steps(name):
    assert name_of(parse(ABOUT[name].equations + "  # the same")) == name
    assert name_of(parse("h = 0.5 * h_prev + W @ x")) is None


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("forget gate", ("LSTM", "f")),
        ("keep gate", ("LSTM", "f")),
        ("c̃", ("LSTM", "g")),
        ("UPDATE gate", ("LSTM", "i")),
        ("update gate", ("GRU (PyTorch)", "z")),
        ("重置门", ("GRU (Cho)", "r")),
        ("合并门", ("GRU (PyTorch)", "r")),
    ],
)
def test_a_part_has_every_name_it_goes_by(searched, found):
    cell, value = found
    part = ABOUT[cell].parts[value]
    assert any(searched.casefold() in name.casefold() for name in (part.title, *part.aliases))


@pytest.mark.parametrize("name", ["RNN (tanh)", "RNN (ReLU)", "LSTM", "GRU (PyTorch)"])
@pytest.mark.parametrize("dtype", TOLERANCE)
def test_the_gallery_is_torch_nn(name, dtype):
    of = sample(GALLERY[name], time=9, batch=4, inputs=3, hidden=6, dtype=dtype)
    module, order = torch_module(name, 3, 6, dtype)
    fill(module, of.params, order)
    x = torch.tensor(of.x, requires_grad=True)
    initial = [torch.tensor(of.initial[s][None], requires_grad=True) for s in of.cell.states]
    output, last = module(x, tuple(initial) if len(initial) > 1 else initial[0])
    (output * torch.tensor(of.dh)).sum().backward()
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)

    def same(ours, theirs):
        np.testing.assert_allclose(
            ours, theirs.detach().numpy(), TOLERANCE[dtype], TOLERANCE[dtype]
        )

    same(run.value("h"), output)
    for state, theirs in zip(of.cell.states, last if len(initial) > 1 else [last], strict=True):
        same(run.value(state)[-1], theirs[0])
    same(pulled.x, x.grad)
    for state, leaf in zip(of.cell.states, initial, strict=True):
        same(pulled.initial[state], leaf.grad[0])
    for letter, weight in (("W", "weight_ih_l0"), ("U", "weight_hh_l0"), ("b", "bias_ih_l0")):
        names = [letter + part for part in order]
        same(np.concatenate([pulled.params[n] for n in names]), getattr(module, weight).grad)


def torch_module(name, inputs, hidden, dtype):
    """The module of torch.nn, and the order in which it stacks the parameters."""
    number = torch.float32 if dtype is np.float32 else torch.float64
    made = {
        "RNN (tanh)": (torch.nn.RNN, {}, [""]),
        "RNN (ReLU)": (torch.nn.RNN, {"nonlinearity": "relu"}, [""]),
        "LSTM": (torch.nn.LSTM, {}, ["_i", "_f", "_g", "_o"]),
        "GRU (PyTorch)": (torch.nn.GRU, {}, ["_r", "_z", "_n"]),
    }
    module, options, order = made[name]
    return module(inputs, hidden, dtype=number, **options), order


def fill(module, params, order):
    """Our parameters into torch's: its second bias is 0 where ours is one, and b_hn of the GRU."""
    stacked = {
        weight: np.concatenate([params[letter + part] for part in order])
        for letter, weight in (("W", "weight_ih_l0"), ("U", "weight_hh_l0"), ("b", "bias_ih_l0"))
    }
    second = np.zeros_like(stacked["bias_ih_l0"])
    if "b_hn" in params:
        second[-len(params["b_hn"]) :] = params["b_hn"]
    with torch.no_grad():
        for weight, array in {**stacked, "bias_hh_l0": second}.items():
            getattr(module, weight).copy_(torch.tensor(array))


@pytest.mark.parametrize("name", [n for n, about in ABOUT.items() if about.counterpart])
def test_twins_are_one_network_in_two_notations(name):
    """z keeps the old state or takes the new: with z's parameters negated, the same h."""
    counterpart, of = ABOUT[name].counterpart, sample(GALLERY[name])
    negated = {n: -a if n in counterpart.negated else a for n, a in of.params.items()}
    ours = forward(of.cell, **of.given).value("h")
    theirs = forward(GALLERY[counterpart.name], **{**of.given, "params": negated}).value("h")
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    assert np.abs(ours - forward(GALLERY[counterpart.name], **of.given).value("h")).max() > 0.01


@pytest.mark.parametrize(("gate", "candidate"), [("hard_sigmoid", "relu"), ("sigmoid", "sigmoid")])
@pytest.mark.parametrize("name", MENU)
def test_other_functions_leave_names_and_places(name, gate, candidate):
    cell = with_functions(GALLERY[name], gate, candidate)
    about = about_like(cell)
    assert about.parts == ABOUT[name].parts
    places = {node.id: (node.x, node.y, node.role) for node in diagram.layout(GALLERY[name]).nodes}
    assert {n.id: (n.x, n.y, n.role) for n in diagram.layout(cell).nodes} == places


def test_a_cell_of_its_own_is_like_none():
    assert about_like(parse("h = tanh(W @ x + U @ h_prev)")) is None
    assert about_like(GALLERY["RNN (ReLU)"]) is ABOUT["RNN (ReLU)"]
