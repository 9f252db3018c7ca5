"""The knobs: one seed, one set of numbers; a knob moves what it names and nothing else."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.gradients.setup import (
    CELLS,
    KNOBS,
    Setup,
    drawn,
    draws,
    radius,
    unit_params,
)

PLAIN = Setup()


def params(setup, name="LSTM"):
    return setup.network(name).layers[0].params


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("hidden", [1, 5, 64])
def test_recurrent_matrices_have_the_radius_asked_for(name, hidden):
    arrays = params(Setup(scale=1.3, hidden=hidden), name)
    cell = CELLS[name]
    for parameter, sizes in cell.parameters.items():
        if sizes == ("hidden", "hidden"):
            assert np.abs(np.linalg.eigvals(arrays[parameter])).max() == pytest.approx(1.3)


def test_the_same_knobs_give_the_same_numbers_afresh():
    before = params(PLAIN), PLAIN.x
    for kept in (drawn, radius):
        kept.cache_clear()
    again = params(Setup()), Setup().x
    assert all((before[0][n] == again[0][n]).all() for n in before[0])
    assert (before[1] == again[1]).all()
    assert (params(replace(PLAIN, seed=1))["U_f"] != before[0]["U_f"]).all()


def test_scale_multiplies_the_recurrent_matrices_and_nothing_else():
    one, two = params(PLAIN), params(replace(PLAIN, scale=2.0))
    for name in one:
        np.testing.assert_allclose(two[name], one[name] * (2 if name.startswith("U") else 1))


def test_input_scale_multiplies_the_input_matrices_and_nothing_else():
    one, two = params(PLAIN), params(replace(PLAIN, input_scale=3.0))
    for name in one:
        np.testing.assert_allclose(two[name], one[name] * (3 if name.startswith("W") else 1))


@pytest.mark.parametrize(
    ("name", "bias", "sign"),
    [("LSTM", "b_f", 1), ("GRU (PyTorch)", "b_z", 1), ("MGU", "b_f", -1)],
)
def test_the_forget_bias_is_in_the_direction_of_keeping(name, bias, sign):
    one, two = params(PLAIN, name), params(replace(PLAIN, forget_bias=2.5), name)
    assert (two[bias] == sign * 2.5).all()
    assert [n for n in one if (one[n] != two[n]).any()] == [bias]


def test_a_smaller_network_is_the_corner_of_a_larger_one():
    small, large = (unit_params(CELLS["LSTM"], h, 0) for h in (5, 20))
    np.testing.assert_allclose(small["W_i"] * 5**0.5, large["W_i"][:5] * 20**0.5)
    ratio = small["U_i"] / large["U_i"][:5, :5]
    np.testing.assert_allclose(ratio, ratio[0, 0])


@pytest.mark.parametrize("hidden", [1, 7, 12])
def test_the_draws_make_the_network_by_the_arithmetic_they_promise(hidden):
    chosen = replace(PLAIN, hidden=hidden, scale=0.8, input_scale=1.7, length=9)
    found, expected = draws(chosen, "GRU (PyTorch)", largest=12), params(chosen, "GRU (PyTorch)")
    assert (found.x[:9] == chosen.x).all()
    for name, array in found.params.items():
        rows = array[:hidden]
        if name in found.radii:
            made = rows[:, :hidden] / found.radii[name][hidden - 1] * chosen.scale
        else:
            made = rows / hidden**0.5 * (chosen.input_scale if name.startswith("W") else 1)
        if name != "b_z":
            np.testing.assert_allclose(made, expected[name], rtol=1e-15)


def test_a_longer_sequence_begins_like_a_shorter_one():
    short, long = (replace(PLAIN, length=n).x for n in (10, 90))
    assert (long[:10] == short).all()


def test_the_activation_changes_the_plain_cell_and_none_of_its_numbers():
    tanh, relu = PLAIN, replace(PLAIN, activation="relu")
    assert tanh.cell("RNN") == CELLS["RNN (tanh)"]
    assert relu.cell("RNN") == CELLS["RNN (ReLU)"]
    assert all((params(tanh, "RNN")[n] == params(relu, "RNN")[n]).all() for n in ("W", "U", "b"))


@pytest.mark.parametrize(
    ("loss", "step", "steps"),
    [
        ("last", 3, (9,)),
        ("one", 3, (2,)),
        ("one", 90, (9,)),
        ("every", 3, tuple(range(10))),
    ],
)
def test_where_the_loss_is(loss, step, steps):
    assert replace(PLAIN, length=10, loss=loss, step=step).loss_steps == steps


@pytest.mark.parametrize(
    ("knob", "value"),
    [("length", 0), ("scale", -0.1), ("hidden", 65), ("activation", "sin"), ("cells", ("GRU",))],
)
def test_what_is_out_of_range_is_refused(knob, value):
    with pytest.raises(ValueError, match=rf"{knob} must be "):
        Setup(**{knob: value})


@given(
    st.builds(
        Setup,
        cells=st.lists(st.sampled_from(sorted(CELLS)), min_size=1, unique=True).map(tuple),
        length=st.integers(1, 200),
        scale=st.integers(0, 300).map(lambda n: n / 100),
        loss=st.sampled_from(KNOBS["loss"].kind.keys),
        seed=st.integers(0, 9999),
    )
)
def test_a_link_is_the_setup(setup):
    assert Setup(**KNOBS.read(KNOBS.write(vars(setup)))) == setup


@given(st.dictionaries(st.sampled_from([f.name for f in fields(Setup)]), st.text()))
def test_rubbish_in_a_link_is_clamped(query):
    assert isinstance(Setup(**KNOBS.read(query)), Setup)


def test_every_knob_is_a_field_with_the_same_default():
    assert {f.name: f.default for f in fields(Setup)} == KNOBS.defaults
