"""A cell as the source of a torch module, and as an entry of the gallery: each is that cell."""

import ast

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given, settings

import rnnviz
from rnnviz.cells import GALLERY, MENU, own
from rnnviz.cells.entry import entry
from rnnviz.equations import parse
from rnnviz.interop.modules.source import module_source
from tests.strategies import cells

UNITS, INPUTS, STEPS, BATCH = 3, 2, 5, 2
SIZES = {"hidden": UNITS, "inputs": INPUTS}


def executed(source):
    """The names a file gives: it is ours, made of a cell that was parsed."""
    names = {"__name__": "written"}
    exec(compile(source, "written", "exec"), names)  # noqa: S102
    return names


TAME, ROUNDING = 1e3, 1e-12
"""The largest value, and how far apart two runs may be, of the largest value there was."""


def check(cell):
    """Where a difference cancels, as 2.25 - (2.25 - exp(h)), what is left is rounded against what
    it was left of; so a difference is measured against the largest value up to that step. Once one
    is beyond `TAME`, the rounding of what feeds on itself is as large as anything."""
    rng = np.random.default_rng(3)
    shapes = {n: [SIZES[side] for side in shape] for n, shape in cell.parameters.items()}
    params = {name: rng.normal(0, 0.6, shape) for name, shape in shapes.items()}
    x = rng.normal(size=(STEPS, BATCH, INPUTS))
    module = executed(module_source(cell))["Cell"](INPUTS, UNITS).double()
    assert {n: list(p.shape) for n, p in module.named_parameters()} == shapes
    module.load_state_dict({name: torch.from_numpy(array) for name, array in params.items()})
    with torch.no_grad():
        outputs, _states = module(torch.from_numpy(x))
    with np.errstate(all="ignore"):
        ours = rnnviz.trace(cell, x, params=params)
    values = [np.nanmax(np.abs(ours[one.name]), axis=(1, 2), initial=1) for one in cell.steps]
    largest = np.maximum.accumulate(np.max(values, axis=0))
    tame = largest < TAME
    apart = np.abs(outputs.numpy()[tame] - ours["h"][tame])
    is_none = np.isnan(ours["h"][tame])  # as the logarithm of a negative number
    assert (np.isnan(apart) == is_none).all()
    assert (np.nan_to_num(apart).max((1, 2)) <= ROUNDING * largest[tame]).all()


@pytest.mark.parametrize("name", MENU)
def test_a_cell_of_the_gallery_as_a_module_gives_what_trace_gives(name):
    check(GALLERY[name])


@settings(deadline=None, max_examples=400)
@given(cells())
@example(parse("self = sigmoid(b)\nself_ = tanh(W @ x)\nh = self * h_prev + self_"))
@example(parse("torch = b * torch_prev\nnn = U @ (torch - 1)\nh = nn / (2 - -0.5) - h_prev"))
@example(parse("c = b\nh = c_prev"))
@example(parse("h = max(h_prev, 0.5) - min(-1, -(U @ h_prev)) * (1 - (W @ x - b))"))
@example(parse("c = 2.25 - (2.25 - exp(h_prev)) + c_prev\nh = U @ c + h_prev"))
def test_any_cell_does(cell):
    assume(cell.parameters)  # trace takes the sizes from them
    check(cell)


@pytest.mark.parametrize("name", MENU)
def test_the_file_is_readable_and_short(name):
    source = module_source(GALLERY[name])
    assert max(map(len, source.split("\n"))) <= 120
    imported = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import)]
    assert [one.names[0].name for one in imported] == ["torch"]


def test_an_lstm_reads_like_the_paper():
    lines = [line.strip() for line in module_source(GALLERY["LSTM"]).split("\n")]
    assert "i = sigmoid(x @ self.W_i.T + h_prev @ self.U_i.T + self.b_i)" in lines
    assert "c = f * c_prev + i * g" in lines


def test_its_gradients_are_autograd_s():
    module = executed(module_source(GALLERY["GRU (Cho)"]))["Cell"](INPUTS, UNITS).double()
    x = torch.randn(STEPS, BATCH, INPUTS, dtype=torch.float64)
    assert torch.autograd.gradcheck(lambda x: module(x)[0], x.requires_grad_())


@settings(deadline=None, max_examples=30)
@given(cells())
def test_an_entry_of_the_gallery_is_the_same_cell(cell):
    about = executed(entry(own(cell)))["MINE"]
    assert parse(about.equations) == cell
    assert about.parts == own(cell).about.parts
    assert {part.role for part in about.parts.values()} <= set(rnnviz.cells.ROLES)


@pytest.mark.parametrize("name", MENU)
def test_a_cell_the_gallery_has_keeps_its_names_in_the_entry(name):
    written = executed(entry(own(GALLERY[name])))["MINE"]
    assert written.parts == own(GALLERY[name]).about.parts
