"""The bias that keeps a memory is read off the equations: what the papers say, and true."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from rnnviz.cells import GALLERY, MemoryBias, named
from rnnviz.cells.memory_bias import memory_bias
from rnnviz.engine.cell_run import forward
from rnnviz.equations import parse
from rnnviz.gradients.direct import direct_factors
from rnnviz.operations import OPERATIONS
from rnnviz.substitution import with_functions
from tests.oracle import sample
from tests.strategies import cells

SAID = {
    "RNN (tanh)": None,
    "RNN (ReLU)": None,
    "LSTM": MemoryBias(keep="b_f", write="b_i"),
    "GRU (PyTorch)": MemoryBias(keep="b_z"),
    "GRU (Cho)": MemoryBias(keep="b_z"),
    "Peephole LSTM": MemoryBias(keep="b_f", write="b_i"),
    "CIFG": MemoryBias(keep="b_f"),
    "MGU": MemoryBias(keep="b_f", sign=-1),
    "GRU (PyTorch), z takes the new": MemoryBias(keep="b_z", sign=-1),
    "GRU (Cho), z takes the new": MemoryBias(keep="b_z", sign=-1),
    "Jordan": None,
    "UGRNN": MemoryBias(keep="b_z"),
    "IndRNN": None,
    "JANET": MemoryBias(keep="b_f"),
    "SRU": MemoryBias(keep="b_f"),
    "minGRU": MemoryBias(keep="b_z", sign=-1),
    "minLSTM": None,
    "sLSTM": None,
    "RG-LRU": MemoryBias(keep="b_r", write="b_i", sign=-1),
    "Selective SSM": MemoryBias(keep="b_d", sign=-1),
}
"""What the papers and the usual libraries set, by hand."""
GATE = "k = sigmoid(W @ x + U @ h_prev {}b_k)\n"
NEW = "g = tanh(W_g @ x + U_g @ h_prev + b_g)\n"
WRITE = "a = sigmoid(W_a @ x - b_a)\n"


@pytest.mark.parametrize("name", GALLERY)
def test_the_gallery_s_biases_are_derived_from_its_equations(name):
    assert set(SAID) == set(GALLERY)
    assert memory_bias(GALLERY[name]) == SAID[name]


@pytest.mark.parametrize(("gate", "candidate"), [("hard_sigmoid", "relu"), ("sigmoid", "sigmoid")])
@pytest.mark.parametrize("name", GALLERY)
def test_other_functions_leave_the_biases_their_part(name, gate, candidate):
    assert named(with_functions(GALLERY[name], gate, candidate)).memory == SAID[name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GATE.format("+ ") + NEW + "h = k * h_prev + (1 - k) * g", MemoryBias("b_k")),
        (GATE.format("- ") + NEW + "h = k * h_prev + (1 - k) * g", MemoryBias("b_k", sign=-1)),
        (GATE.format("+ ") + NEW + "h = h_prev - k * h_prev + k * g", MemoryBias("b_k", sign=-1)),
        (GATE.format("+ ") + NEW + "h = k * (h_prev + g)", MemoryBias("b_k")),
        (GATE.format("+ ") + NEW + WRITE + "h = k * h_prev + a * g",
         MemoryBias("b_k", "b_a", write_sign=-1)),
        (GATE.format("+ ") + NEW + WRITE + "h = k * (h_prev + (1 - a) * g)",
         MemoryBias("b_k", "b_a")),
        (GATE.format("+ ") + NEW + WRITE + "c = k * c_prev + (1 - k) * (a * g)\nh = tanh(c)",
         MemoryBias("b_k", "b_a", write_sign=-1)),
        ("h = sigmoid(b) * h_prev + W @ x", MemoryBias("b")),
        (GATE.format("+ ") + "c = 0.5 * (k * c_prev) + W_c @ x\nh = tanh(c) + b_h",
         MemoryBias("b_k")),
        # Nothing can be said: no gate, one without a bias, one that may turn or grow the state.
        ("h = tanh(W @ x + U @ h_prev + b)", None),
        ("h = 0.9 * h_prev + 0.1 * tanh(W @ x + b)", None),
        ("k = sigmoid(W @ x)\nh = k * h_prev + b", None),
        ("k = tanh(W @ x + b)\nh = k * h_prev", None),
        ("h = exp(b) * h_prev + W @ x", None),
        ("k = sigmoid(W @ x + p * h_prev)\nh = k * h_prev", None),
        (GATE.format("+ ") + "h = (k - 0.5) * h_prev + W_c @ x", None),
        (GATE.format("+ ") + "h = k * (1 - k) * h_prev + W_c @ x", None),
    ],
)  # fmt: skip
def test_written_cells(text, found):
    assert memory_bias(parse(text)) == found


@st.composite
def gated(draw: DrawFn) -> str:
    """The text of a cell whose state is kept by a gate that is written in one of many ways."""
    function = draw(st.sampled_from(["sigmoid", "hard_sigmoid"]))
    plus, product = draw(st.sampled_from("+-")), draw(st.sampled_from(["b_k", "0.5 * b_k"]))
    share = draw(st.sampled_from(["k", "(1 - k)", "(0.5 * k)", "(k * a)", "(k * (1 - a))", "m"]))
    state = draw(st.sampled_from(["h", "c"]))
    kept = draw(st.sampled_from(["{s} * {p}", "{p} - {s} * {p}", "-(-{s}) * {p}"]))
    new = draw(st.sampled_from(["g", "a * g", "(1 - a) * g", "k * g", "V @ tanh({p})"]))
    n, p = state, f"{state}_prev"
    lines = [
        f"k = {function}(W @ x + U @ h_prev {plus} {product})",
        "a = sigmoid(W_a @ x + b_a)",
        "m = 1 - k",
        "g = tanh(W_g @ x + U_g @ h_prev + b_g)",
        f"{n} = {kept.format(s=share, p=p)} + {new.format(p=p)}",
    ]
    return "\n".join([*lines, *(["h = tanh(c)"] if n == "c" else [])])


@settings(deadline=None, max_examples=60)
@given(gated(), st.floats(0.1, 4.0))
def test_raising_it_keeps_more_along_the_direct_path(text, more):
    cell = parse(text)
    found = memory_bias(cell)
    assert found is not None
    assert raised(cell, found, more) > 0


@settings(deadline=None, max_examples=60)
@given(cells(), st.floats(0.1, 4.0))
def test_in_any_cell_at_all_it_never_keeps_less(cell, more):
    found = memory_bias(cell)
    if found:
        assert raised(cell, found, more) >= 0


def raised(cell, memory, more):
    """How much d(state)/d(state before) rises where it rises most; it falls nowhere."""
    of = sample(cell, time=1)
    state = next(s for s in reversed(cell.states) if kept(cell, s, of.given).any())
    before = kept(cell, state, of.given)
    of.params[memory.keep] = of.params[memory.keep] + memory.sign * more
    rise = kept(cell, state, of.given) - before
    assert rise.min() > -1e-12
    return rise.max()


def kept(cell, state, given):
    return direct_factors(forward(cell, **given), state)


@pytest.mark.parametrize("name", [n for n, o in OPERATIONS.items() if o.squashes])
def test_what_is_said_to_be_increasing_never_falls(name):
    operation = OPERATIONS[name]
    operand = np.linspace(max(-8.0, operation.least + 0.1), 8.0, 1001)
    rises = np.diff(operation.forward(operand)).min() >= 0
    assert operation.is_increasing == rises
