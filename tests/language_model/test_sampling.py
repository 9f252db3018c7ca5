"""What is sampled is what the network predicts, drawn as asked, and read once."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from rnnviz import trace
from rnnviz.cells import named
from rnnviz.language_model import Drawing, log_softmax, sample
from rnnviz.network import Network
from rnnviz.network.pooling import Maximum, Mean
from tests.language_model.networks import SHAPES, codes_of, network_of, reading

SCORES = st.lists(st.floats(-20, 20), min_size=2, max_size=8).map(
    lambda scores: log_softmax(np.array(scores))
)


def sampled(shape, length=20, drawing=None, seed=0, start=None):
    start = codes_of(7)[:, None] if start is None else start
    generator = np.random.default_rng(seed)
    network, read = network_of(*shape), reading(shape[2])
    return sample(network, read, start, length, drawing or Drawing(), generator)


@pytest.mark.parametrize("shape", SHAPES)
def test_its_probabilities_are_a_trace_s_of_the_whole_text(shape):
    start = np.stack([codes_of(7, seed) for seed in range(3)], axis=1)
    found = sampled(shape, start=start)
    whole = np.concatenate([start, found.codes[:-1]])
    scores = trace(network_of(*shape), reading(shape[2])(whole)).prediction[6:]
    np.testing.assert_allclose(found.logarithms, log_softmax(scores), atol=1e-12)


def test_a_seed_draws_the_same_and_another_draws_others():
    first, again, other = (sampled(SHAPES[0], 40, seed=seed).codes for seed in (0, 0, 1))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_temperature_0_takes_the_likeliest():
    found = sampled(SHAPES[0], drawing=Drawing(0.0))
    assert np.array_equal(found.codes, found.logarithms.argmax(axis=-1))


@pytest.mark.parametrize(("temperature", "top_k"), [(1.0, None), (0.7, None), (1.5, 3)])
def test_tokens_are_drawn_as_often_as_they_are_likely(temperature, top_k):
    logarithms = log_softmax(np.array([0.0, 1.0, 2.0, -1.0, 0.5]))
    drawing = Drawing(temperature, top_k)
    drawn = drawing.draw(np.tile(logarithms, (20_000, 1)), np.random.default_rng(0))
    expected = np.exp(logarithms / temperature)
    kept = np.argsort(-expected)[:top_k]
    counts = np.bincount(drawn, minlength=5)
    assert counts[kept].sum() == 20_000
    shares = expected[kept] / expected[kept].sum()
    assert chisquare(counts[kept], 20_000 * shares).pvalue > 0.01


@given(SCORES, st.floats(0, 5), st.none() | st.integers(1, 10))
def test_what_is_drawn_by_adds_up_to_one_over_the_likeliest(logarithms, temperature, top_k):
    found = Drawing(temperature, top_k).probabilities(logarithms)
    assert found.sum() == pytest.approx(1)
    drawn = np.flatnonzero(found)
    assert len(drawn) <= (1 if temperature == 0 else top_k or len(logarithms))
    if len(drawn) < len(logarithms) and temperature > 0.1:
        left = np.setdiff1d(np.arange(len(logarithms)), drawn)
        assert logarithms[drawn].min() >= logarithms[left].max()


def test_of_equally_likely_tokens_the_first_are_kept():
    assert Drawing(1.0, 2).probabilities(np.log(np.full(4, 0.25))).tolist() == [0.5, 0.5, 0, 0]


def test_at_temperature_1_what_is_predicted_is_drawn_by():
    logarithms = log_softmax(np.array([3.0, -1.0, 0.0]))
    np.testing.assert_allclose(Drawing().probabilities(logarithms), np.exp(logarithms))


def test_initial_states_are_gone_on_from():
    """A network that says where it begins samples from there."""
    network, read = network_of(*SHAPES[0]), reading(SHAPES[0][2])
    begun = Network(network.body, network.readout, initial={"layers.0.h": np.ones(5)})
    start, rng = codes_of(3)[:, None], np.random.default_rng(0)
    found = sample(begun, read, start, 1, Drawing(), rng)
    scores = trace(begun, read(start)).prediction[-1]
    np.testing.assert_allclose(found.logarithms[0], log_softmax(scores), atol=1e-12)


def test_twice_as_long_takes_about_twice_as_long():
    """Were the text read again at each step, it would take four times as long."""

    def seconds(length):
        before = time.process_time()
        sampled(SHAPES[0], length)
        return time.process_time() - before

    seconds(50)
    short, long = (min(seconds(length) for _ in range(3)) for length in (400, 1600))
    assert long < 8 * short


def both_ways():
    cell = named("LSTM").cell
    return Network.fresh(cell, inputs=6, hidden=2, outputs=6, bidirectional=True, kind="softmax")


def of_all_states(pool):
    plain = Network.fresh(named("LSTM").cell, inputs=6, hidden=2, outputs=6, kind="softmax")
    return Network((*plain.body, pool), plain.readout)


@pytest.mark.parametrize(
    ("network", "says"),
    [
        (both_ways(), "reads backward too"),
        (Network.fresh(named("LSTM").cell, inputs=6, hidden=2), "without a readout"),
        (of_all_states(Mean(2)), "let it read the last"),
        (of_all_states(Maximum(2)), "let it read the last"),
    ],
)
def test_a_network_that_cannot_be_taken_on_is_refused(network, says):
    read, start, generator = reading(SHAPES[0][2]), codes_of(3)[:, None], np.random.default_rng(0)
    with pytest.raises(ValueError, match=says):
        sample(network, read, start, 2, Drawing(), generator)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"temperature": -1.0}, "from 0 on"),
        ({"temperature": float("nan")}, "from 0 on"),
        ({"top_k": 0}, "from 1 on"),
    ],
)
def test_what_cannot_be_drawn_by_is_refused(asked, says):
    with pytest.raises(ValueError, match=says):
        Drawing(**asked)
