"""What is held stays held, and nothing passes below it; its own gradient is still recorded."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from tests.javascript import JavaScriptError, run
from tests.strategies import cells
from tests.web.stepper.networks import RUN, example
from tests.web.stepper.test_network import compare, largest, oracle, tame

LENGTH, HIDDEN = 5, 3


def hold(name, *, unit=None, start=1, stop=3, value=0.25):
    return {"name": name, "unit": unit, "from": start, "to": stop, "value": value}


@pytest.mark.parametrize(
    "holds",
    [
        {0: [hold("f", value=0.0)]},
        {0: [hold("f", unit=1, start=0, stop=LENGTH, value=1.0)]},
        {0: [hold("i.2")]},
        {0: [hold("c", unit=2), hold("c", unit=0, start=2, stop=4, value=-3.0)]},
        {0: [hold("h", start=4, stop=5)]},
        {0: [hold("h_prev", unit=0, start=0, stop=1)]},
        {0: [hold("c_prev"), hold("x", unit=1)]},
        {0: [hold("f", value=0.1), hold("f", unit=0, value=0.9)]},
        {1: [hold("f", unit=0, start=0, stop=2)], 3: [hold("o"), hold("x", unit=2)]},
        {0: [hold("g", start=-4, stop=99)]},
        {0: [hold("f", unit=[0, 2], value=0.0), hold("c", unit=[1, 2], start=0, stop=LENGTH)]},
        {0: [hold("h_prev", unit=[0, 1]), hold("x", unit=[0, 1])], 1: [hold("h", unit=[0, 2])]},
    ],
)
@pytest.mark.parametrize("both", [False, True])
def test_lstm(holds, both):
    layers = 2 if both else 4
    compare(example(GALLERY["LSTM"], holds=holds, layers=layers, both=both, steps=range(LENGTH)))


@st.composite
def held_cells(draw):
    cell = draw(cells())
    names = ["x", *(f"{s}_prev" for s in cell.states), *(step.name for step in cell.steps)]
    one = st.builds(
        hold,
        st.sampled_from(names),
        unit=st.sampled_from([None, 0, 1, [0, 1]]),
        start=st.integers(-1, 3),
        stop=st.integers(0, 5),
        value=st.sampled_from([0.0, 1.0, -0.5, 0.3]),
    )
    return cell, {index: draw(st.lists(one, max_size=3)) for index in (0, 1)}


@settings(max_examples=40)
@given(held_cells(), st.integers(0, 2**32 - 1))
def test_random_holds_in_random_cells(held, seed):
    cell, holds = held
    one = example(cell, both=True, holds=holds, seed=seed, length=4, scale=0.3)
    with np.errstate(all="ignore"):
        theirs = oracle(one)
    assume(tame(theirs))
    compare(one, theirs, at_least=largest(theirs))


def test_holding_a_value_where_it_is_changes_no_value_and_no_later_gradient():
    free = run(RUN, example(GALLERY["LSTM"]).message)["layers"][0]
    where = free["values"]["f"].reshape(LENGTH, HIDDEN)[2]
    holds = [hold("f", unit=u, start=2, stop=3, value=v) for u, v in enumerate(where)]
    held = run(RUN, example(GALLERY["LSTM"], holds={0: holds}).message)["layers"][0]
    for name, values in free["values"].items():
        assert held["values"][name].tolist() == values.tolist()
    before, after = (layer["gradients"]["f"].reshape(LENGTH, HIDDEN) for layer in (free, held))
    assert after[2:].tolist() == before[2:].tolist()
    assert (after[:2] != before[:2]).all()


def test_a_held_unit_stops_a_gradient_that_is_no_number():
    """exp overflows below the hold: 0 times infinity must not come through."""
    cell = parse("a = exp(1000 * (p - 0))\nh = tanh(W @ x + U @ h_prev) * a")
    holds = {0: [hold("a", start=0, stop=LENGTH, value=1.0)]}
    one = example(cell, holds=holds)
    one.arrays["0.p"][:] = 9.0
    layer = run(RUN, one.message)["layers"][0]
    assert np.isfinite(layer["params"]["U"]).all()
    assert not layer["params"]["p"].any()


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (hold("q"), "no value is called q"),
        (hold("U_f"), "no value is called U_f"),
        (hold("f", unit=HIDDEN), "no unit 3"),
        (hold("f", unit=-1), "no unit -1"),
        (hold("f", unit=[1, HIDDEN]), "no unit 3"),
    ],
)
def test_a_hold_of_nothing_is_refused(held, says):
    with pytest.raises(JavaScriptError, match=says):
        run(RUN, example(GALLERY["LSTM"], holds={0: [held]}).message)
