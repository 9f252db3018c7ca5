"""A text is foretold once, token by token, and scored as PyTorch's cross entropy scores it."""

import math

import numpy as np
import pytest
import torch

from rnnviz import trace
from rnnviz.language_model import Score, foretold, log_softmax, score
from tests.language_model.networks import KNOWN, SHAPES, codes_of, network_of, reading


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("count", "first", "before"), [(30, 1, 5), (450, 37, 8), (260, 130, 120)])
def test_each_token_is_foretold_from_what_stands_before_it(shape, count, first, before):
    """By a trace of its own, from where its stretch begins."""
    network, read, codes = network_of(*shape), reading(shape[2]), codes_of(count)
    found = foretold(network, read, codes, first=first, before=before)
    assert found.shape == (count - first,)
    size = max(before, 100)
    for place in range(first, count, 7):
        stretch = first + (place - first) // size * size
        begin = max(stretch - before, 0)
        scores = trace(network, read(codes[begin:place])).prediction[-1]
        if codes[place] == KNOWN:
            assert math.isnan(found[place - first])
        else:
            expected = torch.log_softmax(torch.from_numpy(scores), 0)[codes[place]]
            assert found[place - first] == pytest.approx(float(expected), abs=1e-12)


def test_the_cross_entropy_is_pytorch_s():
    shape = SHAPES[0]
    network, read, codes = network_of(*shape), reading(shape[2]), codes_of(80)
    model = network.to_torch()
    known = codes[1:] < KNOWN
    logarithms = foretold(network, read, codes, first=1, before=80)
    found = score(logarithms[known], np.ones(79, int)[known])
    with torch.no_grad():
        scores = model(torch.from_numpy(read(codes[:-1]))[:, None])
    scores = scores[0] if isinstance(scores, tuple) else scores
    targets = torch.from_numpy(np.where(codes[1:] == KNOWN, -100, codes[1:]))
    expected = torch.nn.functional.cross_entropy(scores.reshape(79, KNOWN), targets)
    assert found.tokens == (codes[1:] < KNOWN).sum()
    assert found.cross_entropy == pytest.approx(float(expected), rel=1e-12)
    assert found.perplexity == pytest.approx(float(torch.exp(expected)), rel=1e-12)


def test_eight_equally_likely_tokens_of_four_characters():
    found = score(np.full(5, math.log(1 / 8)), np.full(5, 4))
    assert found == Score(pytest.approx(5 * math.log(8)), 5, 20)
    assert found.perplexity == pytest.approx(8)
    assert found.bits_per_character == pytest.approx(3 / 4)


def test_the_softmax_of_large_scores_is_finite():
    scores = np.array([[1e4, 0.0], [-1e4, -1e4]])
    np.testing.assert_allclose(log_softmax(scores), torch.log_softmax(torch.from_numpy(scores), 1))
