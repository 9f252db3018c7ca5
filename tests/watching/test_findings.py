"""Each rule speaks past its threshold, is silent on this side of it, and says its own figure."""

import math

import numpy as np
import pytest

from rnnviz.watching import findings
from rnnviz.watching.watched import Gate
from tests.watching.rows import row, watched

RNN = {"cell": "RNN (tanh)"}


def fallen(first, steps=20):
    """Norms that fall from 1 at the last step to `first` at step 1, by one factor a step."""
    return np.geomspace(first, 1.0, steps)


def found(seen, kind):
    return next((one for one in seen.sentences() if one.kind == kind), None)


def gate(mean=0.7, closed=0.0, open=0.0):
    return Gate(mean, closed, open)


def norms(*gradients, **others):
    return [row(k, **RNN, gradient=g, **others) for k, g in enumerate(gradients, 1)]


def clipped(times, of, **others):
    """`times` of so many updates were clipped to a third."""
    return [row(k, **RNN, stepped=1 / 3 if k <= times else 1.0, **others) for k in range(1, of + 1)]


PAST = [
    ("vanishes", [row(h=fallen(0.9e-3), **RNN)], RNN),
    ("vanishes", [row(h=fallen(1e-9), **RNN)], RNN),
    ("explodes", [row(h=fallen(1.0), outside=1 / 101, **RNN)], RNN),
    ("jumps", norms(1, 1, 1, 1, 101, stepped=math.nan), RNN),
    ("not finite", norms(1, 1, math.nan), RNN),
    ("not finite", norms(1, math.inf), RNN),
    ("not finite", [row(h=[1, math.nan], **RNN)], RNN),
    ("always clipped", clipped(9, 10), RNN),
    ("forgets", [row(gates={"f": gate(0.6)})], {}),
    ("forgets", [row(gates={"z": gate(0.6)}, cell="GRU (PyTorch)")], {"cell": "GRU (PyTorch)"}),
    ("saturates", [row(gates={"o": gate(0.7, 0.5, 0.4)})], {}),
]
SHORT_OF = [
    ("vanishes", [row(h=fallen(1.1e-3), **RNN)], RNN),
    ("vanishes", [row(h=[0.0] * 20, **RNN)], RNN),
    ("explodes", [row(h=fallen(1.0), outside=1 / 99, **RNN)], RNN),
    ("explodes", [row(h=fallen(1.0), outside=0.0, **RNN)], RNN),
    ("jumps", norms(1, 1, 1, 1, 99, stepped=math.nan), RNN),
    ("jumps", norms(1, 1, 1, 101, stepped=math.nan), RNN),
    ("jumps", norms(1, 1, 1, 1, 101, stepped=1.3), RNN),
    ("not finite", norms(1, 1e300), RNN),
    ("not finite", norms(math.nan, stepped=math.nan), RNN),
    ("always clipped", clipped(8, 10), RNN),
    ("always clipped", clipped(4, 4), RNN),
    ("always clipped", clipped(10, 10, gradient=2 / 3, by_one_factor=True), RNN),
    ("forgets", [row(gates={"f": gate(0.61)})], {}),
    ("forgets", [row(h=[1.0] * 9, gates={"f": gate(0.5)})], {}),
    ("forgets", [row(**RNN)], RNN),
    ("saturates", [row(gates={"o": gate(0.7, 0.5, 0.39)})], {}),
]


@pytest.mark.parametrize(("kind", "rows", "options"), PAST)
def test_past_its_threshold_a_rule_speaks(kind, rows, options):
    assert found(watched(*rows, **options), kind)


@pytest.mark.parametrize(("kind", "rows", "options"), SHORT_OF)
def test_short_of_it_it_is_silent(kind, rows, options):
    assert found(watched(*rows, **options), kind) is None


def test_every_rule_has_both_sides_here():
    kinds = {kind for kind, *_ in PAST}
    assert kinds == {kind for kind, *_ in SHORT_OF}
    assert len(kinds) == len(findings.RULES)


@pytest.mark.parametrize(
    ("seen", "kind", "figure", "says"),
    [
        (
            watched(row(h=fallen(1e-9, 101), **RNN), **RNN),
            "vanishes",
            1e-9,
            "RNN (tanh): the state's gradient at step 1 is 10⁻⁹ of that at step 101. Nothing "
            "before step 21 is learnt from.",
        ),
        (
            watched(row(h=fallen(1e-4, 41), **RNN), **RNN),
            "vanishes",
            1e-4,
            "RNN (tanh): the state's gradient at step 1 is 10⁻⁴ of that at step 41. What stands "
            "before step 11 is hardly learnt from: it gets less than a thousandth.",
        ),
        (
            watched(row(outside=0.002, **RNN), **RNN),
            "explodes",
            500,
            "RNN (tanh): on its way back through time the gradient of the state grows to 500 times "
            "what came from outside, at step 1. Clip it by norm, or make the recurrent weights "
            "smaller.",
        ),
        (
            watched(*norms(2, 2, 2, 2, 1000, stepped=math.nan), **RNN),
            "jumps",
            500,
            "At update 5 the gradient was 500 times its median of 2: clip it by norm, at two or "
            "three times the median.",
        ),
        (
            watched(*norms(1, 37, math.nan, math.nan), **RNN),
            "not finite",
            3,
            "The gradient is not finite at update 3; at update 2 its norm was 37.",
        ),
        (
            watched(*norms(math.nan, math.nan), **RNN),
            "not finite",
            1,
            "The gradient is not finite from the first recorded update on.",
        ),
        (
            watched(*clipped(10, 10, optimizer="SGD"), **RNN),
            "always clipped",
            1.0,
            "Clipped on 100 % of the recorded updates: the threshold sets the size of the step, as "
            "much as the learning rate does.",
        ),
        (
            watched(*clipped(19, 20, optimizer="Adam"), **RNN),
            "always clipped",
            0.95,
            "Clipped on 95 % of the recorded updates: nearly every gradient is cut to the same "
            "size, and only its direction is left. A higher threshold clips what is exceptional.",
        ),
        (
            watched(row(gates={"f": gate(0.5)})),
            "forgets",
            0.5,
            "LSTM: the forget gate's mean is 0.50, so about half of a state is gone after 1.0 "
            "steps of 20: try a forget bias of 1 to 3.",
        ),
        (
            watched(row(gates={"i": gate(0.5, 0.55, 0.4)})),
            "saturates",
            0.95,
            "LSTM: the input gate is under 0.1 or over 0.9 in 95 % of its values: it hardly learns "
            "any more, as its slope is near 0 there.",
        ),
    ],
)
def test_the_sentence_and_its_figure(seen, kind, figure, says):
    one = found(seen, kind)
    assert one.figure == pytest.approx(figure)
    assert str(one) == says


def test_of_an_lstm_the_gradient_of_both_states_counts():
    """Its h may vanish while c carries the gradient: then early steps are learnt from."""
    seen = watched(row(h=fallen(1e-9), c=np.ones(20)))
    assert found(seen, "vanishes") is None
    assert found(watched(row(h=fallen(1e-9), c=fallen(1e-9))), "vanishes")


def test_a_backward_direction_reads_from_the_end():
    both = {"cell": "RNN (tanh)", "bidirectional": True}
    seen = watched(row(h=fallen(1e-4, 41)[::-1], **both), **both)
    assert str(found(seen, "vanishes")) == (
        "Layer 1, backward: the state's gradient at step 41 is 10⁻⁴ of that at step 1. What stands "
        "after step 31 is hardly learnt from: it gets less than a thousandth."
    )


def test_the_most_urgent_stands_first_and_nothing_is_said_of_nothing():
    seen = watched(*norms(1, 1, math.nan), row(4, h=fallen(1e-9), **RNN, gradient=math.nan), **RNN)
    assert [one.kind for one in seen.sentences()] == ["not finite", "vanishes"]
    assert watched().sentences() == ()
    assert repr(watched()) == "LSTM, 1 layer, 3 units: 0 recorded updates up to update 0"


def test_it_prints_in_ten_lines_at_most():
    assert len(repr(watched(row(h=fallen(1e-9), gates={"f": gate(0.5)}))).splitlines()) <= 10
