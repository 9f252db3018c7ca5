"""The engine equals torch autograd: every value, every total derivative, held or not."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnnviz.cells import GALLERY
from rnnviz.engine.cell_run import Hold, forward
from rnnviz.equations import parse
from tests.oracle import Sample, Walk, sample
from tests.strategies import cells

TOLERANCE = {np.float64: 1e-10, np.float32: 1e-4}

# Sums, states and uses that no gallery cell has.
UNUSUAL = (
    "h = h_prev + W @ x",
    "h = U @ h_prev",
    "h = h_prev + U @ h_prev + h_prev",
    "h = W @ x + U @ h_prev",
    "a = tanh(W @ x)\nh = a + U @ a + U_1 @ h_prev + V @ (a * h_prev) + 0.5",
    "h = tanh(U @ h_prev + U @ h_prev + b + b)",
    "s = 0.9 * s_prev + h_prev\nh = tanh(U @ s + W @ x) - s_prev",
    "unused = sigmoid(U_q @ h_prev)\nh = tanh(W @ x + U @ h_prev)",
    "wide = exp(-tanh(x) * x)\nh = relu(W @ wide + (U @ h_prev) * h_prev + W_2 @ wide)",
    "c = c_prev * 0.5 + tanh(W @ x)\nh = softplus(c) + hard_sigmoid(c) * p",
    "c = tanh(U @ c_prev + W @ x) + tanh(V @ c_prev)\nh = c",
    "h = tanh(tanh(U @ tanh(U_2 @ h_prev + b) + c_prev) + b_1)\nc = h * h_prev + 1 - c_prev",
    "a = 1 - sigmoid(W @ x)\nh = a * h_prev + (1 - a) * -(U @ (a * a))",
    "g = U @ h_prev + b\nh = tanh(g) + sigmoid(g) * g",
    "h = tanh(b * h_prev - p_1 * (W @ x)) - b",
    "f = U @ b\nh = tanh(U @ h_prev + V @ b + (b + b)) * f",
    "f = W @ x\nh = sigmoid(f) * h_prev - exp(b) * tanh(-p)",
    "h = sin(h_prev) + U @ x",
)
# States that no state enters, as they are computed for the whole sequence elsewhere.
FORGETFUL = (
    "c = W @ x\nh = tanh(c + U @ h_prev) * c_prev",
    "c = W @ x + b\nh = tanh(c_prev + U @ c) + h_prev",
    "c = b\nh = c_prev * tanh(W @ x) + c",
    "c = tanh(W @ x)\nh = c_prev + U @ c",
)


def agree(of, walk=None, tolerance=1e-10):
    """Every number of the engine's run is the oracle's, relative to the largest."""
    walk = walk or Walk(of)
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh, of.others)
    ours = {
        "value": {n: run.value(n) for n in walk.values},
        "gradient": {n: pulled.value(n) for n in walk.gradients},
        "parameter": pulled.params,
        "parameter over time": {n: pulled.params_over_time(n).sum(0) for n in walk.params},
        "initial": pulled.initial,
        "input": {"x": pulled.x},
    }
    theirs = (walk.values, walk.gradients, walk.params, walk.params, walk.initial, {"x": walk.x})
    for (kind, mine), theirs_here in zip(ours.items(), theirs, strict=True):
        assert set(mine) == set(theirs_here)
        for name, array in mine.items():
            assert array.dtype == of.x.dtype, f"{kind} {name}"
            np.testing.assert_allclose(
                array,
                theirs_here[name],
                tolerance,
                tolerance * walk.largest,
                err_msg=f"{kind} {name}",
            )


sizes = st.fixed_dictionaries(
    {
        "time": st.integers(1, 5),
        "batch": st.integers(1, 3),
        "inputs": st.integers(1, 3),
        "hidden": st.integers(1, 4),
        "seed": st.integers(0, 2**32 - 1),
        "dtype": st.sampled_from([np.float64, np.float32]),
    }
)


@st.composite
def holds_of(draw, cell, time):
    """Holds as a learner makes them: whole, one unit (of one or more), one step, a range."""
    one = st.builds(
        Hold,
        st.sampled_from(cell.names),
        st.sampled_from([0.0, 1.0, -0.5, 0.3]),
        steps=st.one_of(st.none(), st.builds(range, st.integers(0, time - 1), st.just(time))),
        unit=st.sampled_from([None, 0, [0], range(1)]),
    )
    return draw(st.lists(one, max_size=2))


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (6, 3, 2, 5), (4, 1, 5, 2)])
@pytest.mark.parametrize("name", GALLERY)
def test_the_gallery_equals_autograd(name, shape, dtype):
    time, batch, inputs, hidden = shape
    of = sample(
        GALLERY[name],
        time=time,
        batch=batch,
        inputs=inputs,
        hidden=hidden,
        dtype=dtype,
        seed=hidden,
    )
    agree(of, tolerance=TOLERANCE[dtype])


@pytest.mark.parametrize(
    ("steps", "unit"),
    [(None, None), (None, 1), (range(2, 3), None), (range(1, 4), 2), (range(1, 3), [0, 2])],
)
@pytest.mark.parametrize("name", GALLERY)
def test_what_is_held_stays_and_lets_no_gradient_through(name, steps, unit):
    for held in GALLERY[name].names:
        of = sample(GALLERY[name], holds=[Hold(held, 0.3, steps=steps, unit=unit)])
        agree(of)


@pytest.mark.parametrize("held", [(), (Hold("h", 0.3, steps=range(1, 3), unit=1),)])
@pytest.mark.parametrize("text", [*GALLERY, *UNUSUAL, *FORGETFUL])
def test_the_states_of_a_sequence_stay_where_it_has_no_step(text, held):
    """Before it begins, after it ends, or in between; the gradient goes to the state before."""
    cell = GALLERY.get(text) or parse(text)
    of = sample(cell, time=6, batch=4, holds=held)
    of.present = np.ones((6, 4), np.bool_)
    of.present[4:, 1] = of.present[:2, 2] = of.present[[1, 3, 5], 3] = False
    agree(of)


@pytest.mark.parametrize("text", UNUSUAL)
def test_unusual_cells_equal_autograd(text):
    cell = parse(text)
    agree(sample(cell))
    for held in cell.names:
        agree(sample(cell, holds=[Hold(held, 0.3, steps=range(1, 3), unit=1)]))
    agree(sample(cell, holds=[Hold(held, -0.2) for held in cell.names]))


@pytest.mark.parametrize("text", UNUSUAL)
def test_gradients_may_reach_any_value_from_outside(text):
    of = sample(parse(text), holds=[Hold("h", 0.3, steps=[2], unit=0)])
    names, rng = of.cell.names, np.random.default_rng(1)
    shapes = {n: forward(of.cell, **of.given).value(n).shape for n in names}
    for chosen in (*((n,) for n in names), names):
        of.others = {n: rng.normal(size=shapes[n]) for n in chosen if n != "h"}
        agree(of)


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("relu", [-1, 0, 2]),
        ("hard_sigmoid", [-4, -3, 0, 3, 4]),
        ("sigmoid", [-800, 0, 800]),
        ("softplus", [-800, 0, 800]),
        ("tanh", [-30, 0, 30]),
    ],
)
def test_values_and_slopes_at_kinks_and_far_out(name, points):
    given = {"W": np.ones((1, 1)), "U": np.zeros((1, 1))}
    x = np.array(points, float).reshape(1, -1, 1)
    cell = parse(f"h = {name}(W @ x + U @ h_prev)")
    agree(Sample(cell, given, x, np.ones_like(x), {"h": np.zeros((len(points), 1))}))


@pytest.mark.parametrize("time", [15, 16, 17, 33])
@pytest.mark.parametrize(("batch", "hidden"), [(1, 8), (3, 3), (9, 64)])
def test_long_sequences_are_summed_to_their_last_step(time, batch, hidden):
    """Products are summed some steps at once; few items, many, and large matrices in ways of their
    own."""
    agree(sample(GALLERY["LSTM"], time=time, batch=batch, hidden=hidden, inputs=hidden))


def test_a_gradient_of_a_state_alone():
    """Without any that reaches h from outside."""
    of = sample(GALLERY["LSTM"])
    of.dh[...] = 0.0
    of.others = {"c": np.ones((5, 2, 3))}
    pulled = forward(of.cell, **of.given).backward(others=of.others)
    for name, gradient in Walk(of).params.items():
        np.testing.assert_allclose(pulled.params[name], gradient, atol=1e-12)


@settings(max_examples=150)
@given(cells(), sizes, st.data())
def test_random_cells_equal_autograd(cell, chosen, data):
    assume(cell.parameters)
    of = sample(cell, **chosen, holds=data.draw(holds_of(cell, chosen["time"])))
    of.others = dict.fromkeys(data.draw(st.sets(st.sampled_from(cell.names), max_size=2)), of.dh)
    assume(all(cell.sizes[n] == "hidden" for n in of.others))
    of.others.pop("h", None)
    if data.draw(st.booleans()):
        shape = (chosen["time"], chosen["batch"])
        of.present = data.draw(arrays(np.bool_, shape), label="present")
    walk = Walk(of)
    # Neither overflowing nor chaotic: rounding grows as gradients do.
    assume(walk.largest < 1e3)
    agree(of, walk, 10 * TOLERANCE[chosen["dtype"]])


def test_a_step_chosen_twice_or_from_the_end_is_held_once():
    one = sample(GALLERY["LSTM"], holds=[Hold("f", 0.3, steps=4)])
    for steps in (-1, [4], range(4, 5), [-1, 4], (4,)):
        held = forward(one.cell, one.params, one.x, holds=[Hold("f", 0.3, steps=steps)])
        alone = forward(one.cell, one.params, one.x, holds=one.holds)
        np.testing.assert_array_equal(held.value("h"), alone.value("h"))


def test_of_two_holds_the_later_wins():
    holds = [Hold("f", 0.3), Hold("f", 0.8, steps=2, unit=1)]
    f = forward(GALLERY["LSTM"], **{**sample(GALLERY["LSTM"]).given, "holds": holds}).value("f")
    expected = np.full(f.shape, 0.3)
    expected[2, :, 1] = 0.8
    np.testing.assert_array_equal(f, expected)


@pytest.mark.parametrize("name", GALLERY)
def test_a_gradient_is_what_a_small_change_does(name):
    """Central differences of L by parameters, the input and the initial state."""
    of = sample(GALLERY[name], time=4, batch=2)

    def loss():
        return (forward(of.cell, **of.given).value("h") * of.dh).sum()

    pulled = forward(of.cell, **of.given).backward(of.dh)
    pairs = [(of.params[n], pulled.params[n]) for n in of.params]
    pairs += [(of.x, pulled.x), *((of.initial[s], pulled.initial[s]) for s in of.initial)]
    for array, gradient in pairs:
        numeric = [central_difference(loss, array, at) for at in np.ndindex(array.shape)]
        np.testing.assert_allclose(gradient.ravel(), numeric, rtol=1e-6, atol=1e-8)


def central_difference(loss, array, at, change=1e-5):
    value = array[at]
    array[at] = value + change
    above = loss()
    array[at] = value - change
    below = loss()
    array[at] = value
    return (above - below) / (2 * change)


@pytest.mark.parametrize("name", GALLERY)
def test_the_gradient_of_a_value_is_what_moving_it_does(name):
    """Each value at each step held a little above and below itself: L moves by its gradient."""
    of = sample(GALLERY[name], time=4, batch=1, hidden=2)
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)
    for value in of.cell.names:
        for step, unit in np.ndindex(4, 2):
            now, gradient = run.value(value)[step, 0, unit], pulled.value(value)[step, 0, unit]

            def loss(change, value=value, now=now, step=step, unit=unit):
                hold = Hold(value, now + change, steps=step, unit=unit)
                held = forward(of.cell, **{**of.given, "holds": [hold]})
                return (held.value("h") * of.dh).sum()

            numeric = (loss(1e-5) - loss(-1e-5)) / 2e-5
            assert gradient == pytest.approx(numeric, rel=1e-6, abs=1e-8), (value, step, unit)
