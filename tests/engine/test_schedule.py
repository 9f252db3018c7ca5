"""A cell arranged: few calls a step, and every gradient where it is first written."""

import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.calls import Kind
from rnnviz.engine.schedule import schedule
from rnnviz.engine.way_back import backward_calls


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
