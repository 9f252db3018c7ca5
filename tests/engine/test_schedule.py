"""A cell arranged: few calls a step, and every gradient where it is first written."""

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.calls import Call, Kind, Place, merged
from rnnviz.engine.cell_run import forward
from rnnviz.engine.schedule import gradient_buffers, schedule
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
    plan, run = schedule(cell), forward(cell, **sample(cell, time=7).given)
    assert {*cell.names, *cell.states, "x"} <= plan.kept.keys()
    arrays = run.buffers.by_kind
    for value in plan.places.keys() - plan.kept:
        stack = next((k for k in plan.overwriting if k.name == plan.places[value].buffer), None)
        if stack:
            sums, functions = (arrays[Kind.VALUE, n] for n in (stack.name, stack.after))
            assert np.shares_memory(sums, functions)
        else:
            assert len(arrays[Kind.VALUE, value]) == 1


@pytest.mark.parametrize(
    ("name", "external", "kept"),
    [
        ("LSTM", "h", "h c stack"),
        ("LSTM", "h f", "h c stack after"),  # where a gate gets one from outside
        ("RNN (tanh)", "h", "h stack"),
        ("GRU (PyTorch)", "h", "h stack n.6"),  # of W_n @ x + b_n, which is outside the stack
        ("IndRNN", "h", "h h.4"),
    ],
)
def test_the_gradients_are_kept_by_which_those_of_states_and_parameters_are_found(
    name, external, kept
):
    made = gradient_buffers(schedule(GALLERY[name]), frozenset(external.split()))
    lasting = {
        n.split()[0]
        for (kind, n), buffer in made.items()
        if kind == "gradient" and not buffer.passing
    }
    assert lasting - {"x"} == {*kept.split()}


def test_what_is_added_to_neighbouring_sums_is_added_in_one_call():
    """Four biases of an LSTM, one pass over the sequence; they lie as the sums do."""
    plan = schedule(GALLERY["LSTM"])
    (product, bias) = plan.ahead
    assert (product.rule, bias.rule) == (np.matmul, np.add)
    in_order = [one.fixed for stack in plan.stacks for one in stack.sums]
    assert in_order == [(name,) for name in plan.vectors]


A, B, C, D = (Place("values", k, k + 1) for k in range(4))


@pytest.mark.parametrize(
    ("calls", "count"),
    [
        ([Call(np.add, (A, B), C), Call(np.add, (B, C), D)], 1),
        ([Call(np.add, (B, C), D), Call(np.add, (A, B), C)], 1),
        ([Call(np.add, (A, D), C), Call(np.add, (B, C), D)], 2),
    ],
)
def test_calls_are_joined_only_where_all_they_take_lies_in_the_same_order(calls, count):
    assert len(merged(calls)) == count
