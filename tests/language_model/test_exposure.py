"""A text foretold after its own past and after the network's: one at first, apart later."""

import numpy as np
import pytest

from rnnviz import trace
from rnnviz.language_model import Drawing, exposure, log_softmax
from tests.language_model.networks import KNOWN, SHAPES, codes_of, network_of, reading

PLACES = np.array([6, 20, 33, 41])


def exposed(shape, temperature=1.0, distance=9, codes=None):
    return exposure(
        network_of(*shape),
        reading(shape[2]),
        codes_of(60) if codes is None else codes,
        before=5,
        distance=distance,
        places=PLACES,
        drawing=Drawing(temperature),
        generator=np.random.default_rng(0),
    )


def logarithm(shape, past, token):
    """ln P of a token after a past, by a trace of its own; NaN of one that is not known."""
    scores = trace(network_of(*shape), reading(shape[2])(past)).prediction[-1]
    return np.nan if token == KNOWN else log_softmax(scores)[token]


@pytest.mark.parametrize("shape", SHAPES)
def test_both_pasts_are_those_that_they_are_said_to_be(shape):
    codes, found = codes_of(60), exposed(shape)
    for column, place in enumerate(PLACES):
        for step in range(9):
            begun, token = codes[place - 5 : place], codes[place + step]
            forced = np.concatenate([begun, codes[place : place + step]])
            own = np.concatenate([begun, found.written[:step, column]])
            assert found.true[step, column] == token
            for past, ours in ((forced, found.forced), (own, found.own)):
                expected = logarithm(shape, past, token)
                np.testing.assert_allclose(ours[step, column], expected, atol=1e-12)


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_they_are_one_for_as_long_as_the_network_writes_the_text(temperature):
    found = exposed(SHAPES[0], temperature)
    np.testing.assert_array_equal(found.forced[0], found.own[0])
    same = np.logical_and.accumulate(found.written == found.true)
    after_the_same = np.concatenate([np.ones((1, len(PLACES)), bool), same[:-1]])
    np.testing.assert_allclose(found.forced[after_the_same], found.own[after_the_same], atol=1e-12)
    np.testing.assert_array_equal(found.together, same.mean(axis=1))


def test_a_text_that_the_network_itself_wrote_never_parts():
    """Of the likeliest tokens, each time, it foretells what it writes."""
    codes, read = codes_of(60), reading(SHAPES[0][2])
    for place in range(5, 60):
        recorded = trace(network_of(*SHAPES[0]), read(codes[place - 5 : place]))
        codes[place] = recorded.prediction[-1].argmax()
    found = exposed(SHAPES[0], 0.0, distance=1, codes=codes)
    assert found.together.tolist() == [1.0]
    assert found.parted is None


def test_where_half_have_parted():
    found = exposed(SHAPES[0])
    apart = [int(np.argmax(column)) for column in (found.written != found.true).T]
    assert found.parted == sorted(apart)[len(apart) // 2 - 1]


def test_means_leave_out_what_is_not_known():
    found = exposed(SHAPES[0])
    assert np.isnan(found.forced).any()
    assert np.isfinite(found.forced_mean).all()
    np.testing.assert_allclose(found.own_mean[3], np.nanmean(found.own[3]))
