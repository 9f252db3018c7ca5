"""A cell arranged: few calls a step, and every gradient where it is first written."""

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.calls import Kind
from rnnviz.engine.cell_run import forward
from rnnviz.engine.schedule import schedule
from rnnviz.engine.way_back import backward_calls
from rnnviz.equations import parse
from rnnviz.representation import is_part
from tests.oracle import sample


@pytest.mark.parametrize(
    ("name", "forward", "back"), [("RNN (tanh)", 3, 3), ("GRU (PyTorch)", 10, 13), ("LSTM", 9, 11)]
)
def test_what_a_step_costs_is_the_number_of_its_calls(name, forward, back):
    plan = schedule(GALLERY[name])
    calls, _ = backward_calls(plan, frozenset({"h"}))
    assert (len(plan.during), len(calls)) == (forward, back)


def test_an_unnamed_value_has_the_gradient_of_what_hands_it_on_unchanged():
    """c = f * c_prev + i * g: the gradients of both products are dL/dc, and lie there once."""
    plan = schedule(GALLERY["LSTM"])
    kept, written = (s.name for s in plan.cell.steps if s.name in ("c.1", "c.2"))
    assert plan.gradients[kept] == plan.gradients[written] == plan.gradients["c"]
    held = schedule(plan.cell, frozenset({"c"}))
    assert held.gradients[kept].kind is Kind.PASSED
    assert held.gradients[kept] == held.passed("c") != held.gradients["c"]


GATE = "f = {}(W @ x + U @ h_prev + b)\nh = f * h_prev"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (GATE.format("sigmoid"), ""),
        (GATE.format("sin"), "f.4"),  # the slope of a sine is found by what it is of
        ("h = h_prev + 0.1 * tanh(U @ h_prev)", "h.2"),  # by itself, the slope of tanh
        ("f = sigmoid(U @ (h_prev * h_prev))\nh = f + h_prev", "f.1"),  # by it, dL/dU
        ("h = (h_prev - W @ x) * 0.5", "h.1"),  # it is there before the first step
    ],
)
def test_an_unnamed_value_is_kept_where_a_gradient_is_computed_from_it(text, kept):
    assert {name for name in schedule(parse(text)).kept if is_part(name)} == {*kept.split()}


@pytest.mark.parametrize("name", GALLERY)
def test_what_has_a_name_is_kept_and_what_is_not_kept_takes_no_room(name):
    cell = GALLERY[name]
    plan, arrays = schedule(cell), forward(cell, **sample(cell).given).buffers.by_kind
    assert {*cell.names, *cell.states, "x"} <= plan.kept.keys()
    assert plan.passing.isdisjoint(name for _, name in arrays)
    for stack in plan.overwriting:
        sums, functions = (arrays[Kind.VALUE, name] for name in (stack.name, stack.after))
        assert np.shares_memory(sums, functions)
