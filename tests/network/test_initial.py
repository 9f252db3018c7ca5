"""Initial values: each scheme does what its source says, and a seed is a network."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import GALLERY, named
from rnnviz.engine.cell_run import forward
from rnnviz.equations import parse
from rnnviz.network.initial import Initial, draw
from tests.strategies import cells

WRITTEN = parse("h = tanh(W @ x + U @ h_prev + b) + 0.5 * h_prev")
GATED = [name for name, cell in GALLERY.items() if named(cell).memory]


def drawn(cell, initial=None, *, inputs=3, hidden=16, seed=0):
    return draw(cell, inputs, hidden, np.random.default_rng(seed), initial)


def radius(matrix):
    return np.abs(np.linalg.eigvals(matrix)).max()


@given(cells(), st.integers(1, 5), st.integers(1, 6), st.integers(0, 9))
def test_every_cell_gets_all_its_parameters_and_the_same_ones_again(cell, inputs, hidden, seed):
    sizes = {"inputs": inputs, "hidden": hidden}
    params = drawn(cell, inputs=inputs, hidden=hidden, seed=seed)
    again = drawn(cell, inputs=inputs, hidden=hidden, seed=seed)
    assert {n: a.shape for n, a in params.items()} == {
        n: tuple(sizes[s] for s in shape) for n, shape in cell.parameters.items()
    }
    assert all(np.array_equal(params[n], again[n]) for n in params)


def test_another_seed_gives_other_numbers():
    assert not np.array_equal(drawn(WRITTEN)["U"], drawn(WRITTEN, seed=1)["U"])


def test_the_numbers_of_a_seed_never_change():
    """A link carries a seed; what it shows must not depend on the release."""
    params = drawn(GALLERY["RNN (tanh)"], hidden=2, inputs=1, seed=3)
    found = [params["W"][0, 0], params["U"][0, 0], params["b"][0]]
    assert found == pytest.approx(PINNED, abs=1e-15)


PINNED = [0.05850551905891044, -0.5652102086586576, -0.6284555133042058]


def test_a_scheme_changes_only_the_parameters_it_is_about():
    plain, other = drawn(GALLERY["LSTM"]), drawn(GALLERY["LSTM"], Initial(recurrent="orthogonal"))
    changed = {name for name in plain if not np.array_equal(plain[name], other[name])}
    assert changed == {"U_i", "U_f", "U_g", "U_o"}


def test_uniform_fills_pytorchs_interval():
    params = drawn(GALLERY["GRU (PyTorch)"], hidden=64, inputs=40)
    for name, values in params.items():
        assert np.abs(values).max() <= 1 / 8, name
        assert np.abs(values).max() > 0.95 / 8, name
        assert abs(values.mean()) < 0.04, name


def test_glorot_fills_its_interval():
    bound = np.sqrt(6 / (40 + 64))
    values = drawn(WRITTEN, Initial(inputs="glorot"), hidden=64, inputs=40)["W"]
    assert bound * 0.98 < np.abs(values).max() <= bound


def test_input_scale_multiplies_the_input_matrices_only():
    plain, scaled = drawn(WRITTEN), drawn(WRITTEN, Initial(input_scale=0.25))
    assert np.array_equal(scaled["W"], 0.25 * plain["W"])
    assert np.array_equal(scaled["U"], plain["U"])
    assert np.array_equal(scaled["b"], plain["b"])


@pytest.mark.parametrize("hidden", [1, 2, 16])
def test_orthogonal_keeps_lengths(hidden):
    u = drawn(WRITTEN, Initial(recurrent="orthogonal"), hidden=hidden)["U"]
    np.testing.assert_allclose(u.T @ u, np.eye(hidden), atol=1e-14)


def test_orthogonal_has_no_preferred_sign():
    """Of a matrix uniform over the group the diagonal is positive half of the time."""
    diagonals = [
        np.diagonal(drawn(WRITTEN, Initial(recurrent="orthogonal"), seed=s)["U"]) for s in range(40)
    ]
    assert 0.4 < (np.array(diagonals) > 0).mean() < 0.6


@pytest.mark.parametrize("recurrent", ["scaled", "orthogonal", "identity"])
@pytest.mark.parametrize("wanted", [0.0, 0.5, 1.2])
def test_the_spectral_radius_is_the_one_asked_for(recurrent, wanted):
    params = drawn(GALLERY["LSTM"], Initial(recurrent=recurrent, spectral_radius=wanted))
    for name in ("U_i", "U_f", "U_g", "U_o"):
        assert radius(params[name]) == pytest.approx(wanted, rel=1e-12)


def test_without_a_radius_it_is_one():
    assert radius(drawn(WRITTEN, Initial(recurrent="scaled"))["U"]) == pytest.approx(1.0, rel=1e-12)


def test_identity_is_the_identity():
    assert np.array_equal(drawn(WRITTEN, Initial(recurrent="identity"))["U"], np.eye(16))


def kept(name, params):
    """The slope of the state over the state before, near a state of zero and without input."""
    cell = GALLERY[name]
    quiet = {n: a if a.ndim == 1 else 0 * a for n, a in params.items()}
    state = "c" if "c" in cell.states else cell.states[-1]
    slope = []
    for size in (0.0, 1e-6):
        start = {n: np.full((1, 16), size if n == state else 0.0) for n in cell.states}
        run = forward(cell, quiet, np.zeros((1, 1, 3)), initial=start)
        slope.append(run.value(state)[0, 0])
    return (slope[1] - slope[0]) / 1e-6


@pytest.mark.parametrize("name", GATED)
def test_a_larger_forget_bias_keeps_more_in_every_gated_cell(name):
    little, much = (kept(name, drawn(GALLERY[name], Initial(forget_bias=b))) for b in (-3.0, 3.0))
    assert (little < 0.2).all()
    # An RG-LRU's gate sets how fast it forgets, at each unit's own rate.
    assert (much > (0.7 if name == "RG-LRU" else 0.9)).all()


@pytest.mark.parametrize("name", GATED)
def test_chrono_spreads_the_keeping_bias_over_log_of_the_span(name):
    memory = named(name).memory
    params = drawn(GALLERY[name], Initial(chrono=50), hidden=256)
    spans = np.exp(memory.sign * params[memory.keep])
    assert 1 <= spans.min() < 3
    assert 46 < spans.max() <= 49
    assert abs(np.mean(spans) - 25) < 3
    if memory.write:
        closes = -memory.write_sign * memory.sign
        np.testing.assert_array_equal(params[memory.write], closes * params[memory.keep])


def test_the_write_bias_is_set():
    params = drawn(GALLERY["LSTM"], Initial(forget_bias=2.0, write_bias=-2.0))
    assert (params["b_f"] == 2.0).all()
    assert (params["b_i"] == -2.0).all()


def test_the_biases_of_a_written_cell_are_set_in_the_direction_they_act_in():
    text = "k = sigmoid(W @ x - b_k)\na = sigmoid(W_a @ x - b_a)\nh = k * h_prev + a * tanh(W @ x)"
    params = drawn(parse(text), Initial(forget_bias=2.0, write_bias=-3.0))
    assert (params["b_k"] == -2.0).all()
    assert (params["b_a"] == 3.0).all()
    spread = drawn(parse(text), Initial(chrono=50))
    assert (spread["b_k"] < 0).all()
    np.testing.assert_array_equal(spread["b_a"], -spread["b_k"])


@pytest.mark.parametrize(
    ("cell", "initial", "says"),
    [
        (WRITTEN, {"forget_bias": 1.0}, "your own cell has no bias known to keep its memory"),
        (GALLERY["RNN (tanh)"], {"chrono": 10}, r"RNN \(tanh\) has no bias known to keep"),
        (GALLERY["CIFG"], {"write_bias": 1.0}, "CIFG has no bias of its own that lets new"),
        (WRITTEN, {"recurrent": "gaussian"}, "recurrent is one of uniform, orthogonal, scaled"),
        (WRITTEN, {"inputs": "orthogonal"}, "inputs is one of uniform, glorot, not 'orthogonal'"),
        (WRITTEN, {"spectral_radius": 1.0}, "uniform draws have no spectral radius"),
        (WRITTEN, {"recurrent": "scaled", "spectral_radius": -1.0}, "a number from 0 on, not -1"),
        (WRITTEN, {"recurrent": "scaled", "spectral_radius": np.nan}, "a number from 0 on"),
        (WRITTEN, {"input_scale": np.inf}, "input_scale is a finite number"),
        (GALLERY["LSTM"], {"chrono": 2}, "at least 3 steps"),
        (
            GALLERY["LSTM"],
            {"chrono": 9, "forget_bias": 1.0},
            "chrono biases set .* themselves: leave those two at none",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(cell, initial, says):
    with pytest.raises(ValueError, match=says):
        drawn(cell, Initial(**initial))


@pytest.mark.parametrize("sizes", [{"inputs": 0}, {"hidden": 0}])
def test_sizes_begin_at_one(sizes):
    with pytest.raises(ValueError, match="at least 1 input and 1 unit"):
        drawn(WRITTEN, **sizes)
