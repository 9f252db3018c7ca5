"""A schedule as text names each call of a step, and nothing else."""

import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.listing import listing
from rnnviz.engine.schedule import schedule
from rnnviz.engine.way_back import backward_calls


@pytest.mark.parametrize("padded", [False, True])
@pytest.mark.parametrize("held", [(), ("h",)])
@pytest.mark.parametrize("name", GALLERY)
def test_it_has_a_line_for_each_call(name, held, padded):
    plan = schedule(GALLERY[name], frozenset(held), padded=padded)
    back, _ = backward_calls(plan, frozenset({"h"}))
    lines = listing(plan).splitlines()
    assert lines[0] == f"forward, {len(plan.during)} calls:"
    assert lines[1 + len(plan.during)] == f"back, {len(back)} calls:"
    assert len(lines) == 2 + len(plan.during) + len(back)


def test_an_lstm_is_nine_calls_forward_and_eleven_back():
    plan = schedule(GALLERY["LSTM"])
    text = listing(plan)
    assert "forward, 9 calls" in text
    assert "back, 11 calls" in text
    assert "(i f o) ← sigmoid((i.4 f.4 o.4))" in text
    assert "matmul([U_i U_f U_o U_g]ᵀ, d(i.4 f.4 o.4 g.4))" in text


def test_what_is_held_is_replaced_on_the_way_and_passes_nothing_back():
    text = listing(schedule(GALLERY["LSTM"], frozenset({"h"})))
    assert "h ← hold(what h is held at, where h is held)" in text
    assert "what passes below h ← release(dh, where h is held)" in text


def test_padding_hands_a_state_on_and_its_gradient_back():
    text = listing(schedule(GALLERY["RNN (tanh)"], padded=True))
    forward, back = text.split("back, ")
    assert forward.endswith("  h ← hold(h_prev, where x is absent)\n")
    assert "share of h_prev ← carry(dh, where x is absent)" in back
    assert "what passes below h ← release(dh, where x is absent)" in back
