"""What a prediction leans on: its gradient by PyTorch's, its replacements one by one."""

import numpy as np
import pytest
import torch

from rnnviz import trace
from rnnviz.language_model import leaning, log_softmax, replacements
from tests.language_model.networks import KNOWN, SHAPES, codes_of, network_of, reading


def logarithm(shape, codes, token):
    scores = trace(network_of(*shape), reading(shape[2])(codes)).prediction[-1]
    return log_softmax(scores)[token]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_replacement_is_a_trace_of_its_own(shape):
    codes, others, token = codes_of(8), np.array([0, 2, 3, KNOWN]), 4
    found = replacements(network_of(*shape), reading(shape[2]), codes, token, others)
    assert found.shape == (8, 4)
    before = logarithm(shape, codes, token)
    for place in range(8):
        for column, other in enumerate(others):
            changed = np.where(np.arange(8) == place, other, codes)
            expected = logarithm(shape, changed, token) - before
            assert found[place, column] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_token_in_its_own_place_changes_nothing(shape):
    codes = codes_of(8)
    found = replacements(network_of(*shape), reading(shape[2]), codes, 1, np.arange(KNOWN + 1))
    np.testing.assert_allclose(found[np.arange(8), codes], 0.0, atol=1e-12)
    assert np.abs(found[-1]).max() > 1e-3


@pytest.mark.parametrize("token", [None, 2])
def test_its_gradient_is_autograd_s(token):
    shape, codes = SHAPES[0], codes_of(8)
    network, read = network_of(*shape), reading(SHAPES[0][2])
    found = leaning(network, read, codes, token)
    x = torch.from_numpy(read(codes))[:, None].requires_grad_()
    scores = network.to_torch()(x)
    last = torch.log_softmax((scores[0] if isinstance(scores, tuple) else scores)[-1, 0], 0)
    asked = int(last.argmax()) if token is None else token
    last[asked].backward()
    assert found.token == asked
    assert found.value == pytest.approx(float(last[asked].detach()), abs=1e-12)
    expected = x.grad[:, 0].numpy()
    np.testing.assert_allclose(found.norm, np.linalg.norm(expected, axis=1), atol=1e-12)
    np.testing.assert_allclose(found.product, (expected * read(codes)).sum(axis=1), atol=1e-12)


def test_with_an_embedding_it_is_that_of_the_vectors():
    """By central differences along each token's own vector."""
    shape, codes = SHAPES[2], codes_of(6)
    network, read = network_of(*shape), reading(shape[2])
    found = leaning(network, read, codes, 3)
    vectors = network.body[0].W[codes]
    above = type(network)(network.body[1:], network.readout)
    for place in range(6):
        ends = []
        for share in (1e-6, -1e-6):
            moved = vectors.copy()
            moved[place] *= 1 + share
            ends.append(log_softmax(trace(above, moved).prediction[-1])[3])
        assert found.product[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-7)
    assert (found.norm > 0).all()
