"""Arrays and holds that do not fit are refused with a sentence that says what would."""

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.engine.cell_run import Hold, forward
from rnnviz.equations import parse
from tests.oracle import sample

# (time, batch, inputs) = (5, 2, 4), hidden 3.
LSTM = sample(GALLERY["LSTM"], inputs=4).given


def zeros(*shape):
    return np.zeros(shape)


def parameters(**changed):
    return {"params": {**LSTM["params"], **changed}}


def without(name):
    return {"params": {n: a for n, a in LSTM["params"].items() if n != name}}


REFUSED = [
    (without("U_f"), "missing: U_f"),
    (parameters(U_f=zeros(3, 4)), r"`U_f` has shape \(3, 4\); \(3, 3\) fits the rest"),
    (parameters(W_i=zeros(3)), r"`W_i` has shape \(3,\); 2 axes are needed"),
    (parameters(b_o=zeros(3, 1)), r"`b_o` has shape \(3, 1\); \(3,\) fits the rest"),
    (parameters(W_f=zeros(3, 5)), r"`W_f` has shape \(3, 5\); \(3, 4\) fits the rest"),
    (parameters(b_f=np.array(["a", "b", "c"])), "numbers are needed, not <U"),
    (parameters(b_f=zeros(3) + 1j), "numbers are needed, not complex128"),
    ({"x": zeros(5, 4)}, r"x must be \(time, batch, inputs\) and not empty; it is \(5, 4\)"),
    ({"x": zeros(0, 2, 4)}, r"not empty; it is \(0, 2, 4\)"),
    ({"x": zeros(5, 0, 4)}, "not empty"),
    ({"x": zeros(5, 2, 3)}, r"`W_i` has shape \(3, 4\); \(3, 3\) fits the rest"),
    ({"x": zeros(5, 7, 2, 4)}, "`W_i` has shape"),
    ({"initial": {"f": zeros(2, 3)}}, "`f` is no state of this cell; it has h, c"),
    ({"initial": {"h": zeros(3)}}, r"the initial `h` has shape \(3,\), not \(2, 3\)"),
    ({"initial": {"c": zeros(3, 2)}}, r"the initial `c` has shape \(3, 2\), not \(2, 3\)"),
    ({"holds": [Hold("z", 0.0)]}, "no value `z`; i, f, g, o, c, h"),
    ({"holds": [Hold("h_prev", 0.0)]}, "no value `h_prev`"),
    ({"holds": [Hold("f.1", 0.0)]}, "no value `f.1`; i, f, g, o, c, h"),
    ({"holds": [Hold("f", float("nan"))]}, "`f` can be held at a number, not at nan"),
    ({"holds": [Hold("f", float("inf"))]}, "`f` can be held at a number, not at inf"),
    ({"holds": [Hold("f", 0.0, unit=3)]}, "`f` has units 0 to 2, not 3"),
    ({"holds": [Hold("f", 0.0, unit=-1)]}, "`f` has units 0 to 2, not -1"),
    ({"holds": [Hold("f", 0.0, unit=[0, 3])]}, "`f` has units 0 to 2, not 3"),
    ({"holds": [Hold("f", 0.0, unit=range(-1, 2))]}, "`f` has units 0 to 2, not -1"),
    ({"holds": [Hold("f", 0.0, steps=5)]}, "the sequence has steps 0 to 4, not 5"),
    ({"holds": [Hold("f", 0.0, steps=[0, -6])]}, "the sequence has steps 0 to 4, not -6"),
    ({"holds": [Hold("f", 0.0, steps=range(3, 6))]}, "steps 0 to 4, not 5"),
    (
        {"present": zeros(5, 2)},
        r"true or false for each of \(5, 2\); it is float64 of shape \(5, 2\)",
    ),
    ({"present": zeros(2, 5) > 1}, r"for each of \(5, 2\); it is bool of shape \(2, 5\)"),
]


@pytest.mark.parametrize(("wrong", "words"), REFUSED, ids=[r[1][:30] for r in REFUSED])
def test_what_does_not_fit_is_refused(wrong, words):
    forward(GALLERY["LSTM"], **LSTM)
    with pytest.raises(ValueError, match=words):
        forward(GALLERY["LSTM"], **{**LSTM, **wrong})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("U_f", "no value `U_f`"),
        ("cell", "no value `cell`"),
        ("h_prv", "no value `h_prv`; did you mean `h_prev`"),
        ("f.9", "no value `f.9`"),
    ],
)
def test_a_name_that_is_no_value_is_refused(name, words):
    run = forward(GALLERY["LSTM"], **LSTM)
    pulled = run.backward(np.ones((5, 2, 3)))
    for record in (run, pulled):
        with pytest.raises(KeyError, match=words):
            record.value(name)
    with pytest.raises(KeyError, match="no value"):
        run.backward(others={name: np.ones((5, 2, 3))})
    with pytest.raises(KeyError, match="no parameter `f`"):
        pulled.params_over_time("f")


@pytest.mark.parametrize("shape", [(5, 2), (5, 2, 4), (4, 2, 3), (3,)])
def test_a_gradient_of_another_shape_is_refused(shape):
    run = forward(GALLERY["LSTM"], **LSTM)
    with pytest.raises(ValueError, match=r"the gradient of `h` has shape .*, not \(5, 2, 3\)"):
        run.backward(np.ones(shape))


def test_a_cell_without_parameters_has_no_width():
    with pytest.raises(ValueError, match="does not tell how many units"):
        forward(parse("h = 0.5 * h_prev"), {}, zeros(2, 1, 4))


@pytest.mark.parametrize(
    ("x", "params", "expected"),
    [
        (np.float32, np.float32, np.float32),
        (np.float64, np.float32, np.float64),
        (np.float32, np.float64, np.float64),
        (np.int64, np.float64, np.float64),
        (np.float16, np.float16, np.float64),
        (np.bool_, np.float32, np.float32),
    ],
)
def test_numbers_are_float64_unless_all_arrays_say_otherwise(x, params, expected):
    arrays = {name: array.astype(params) for name, array in LSTM["params"].items()}
    run = forward(GALLERY["LSTM"], arrays, LSTM["x"].astype(x))
    assert run.value("c").dtype == expected
    assert run.backward(np.ones((5, 2, 3))).params["U_f"].dtype == expected


def test_what_the_caller_gave_is_left_as_it_was():
    before = {n: a.copy() for n, a in LSTM["params"].items()}
    x = LSTM["x"].copy()
    run = forward(GALLERY["LSTM"], **{**LSTM, "holds": [Hold("f", 0.0, steps=2)]})
    run.backward(np.ones((5, 2, 3)))
    assert all(np.array_equal(before[n], a) for n, a in LSTM["params"].items())
    assert np.array_equal(x, LSTM["x"])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("text", [None, "h = (W @ x) * h_prev + b * tanh(h_prev)"])
def test_numbers_that_are_none_go_through_without_a_warning(text, bad):
    """They spoil their own item of the batch, from their own step on."""
    of = sample(parse(text) if text else GALLERY["LSTM"], inputs=4)
    of.x[2, 0, 0] = bad
    of.dh[4] = 0.0
    run = forward(of.cell, **of.given)
    pulled = run.backward(of.dh)
    assert np.isfinite(run.value("h")[:2]).all()
    assert np.isfinite(run.value("h")[:, 1]).all()
    assert np.isfinite(pulled.value("h")[:, 1]).all()
    if np.isnan(bad):
        assert np.isnan(run.value("h")[2:, 0]).all()
    assert pulled.params_over_time("W" if text else "W_i").shape == (5, 3, 4)
