"""The same truths in PyTorch itself, which nobody here wrote."""

import pytest
import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

SEEDS = range(5)


@pytest.fixture(params=SEEDS)
def drawn(request):
    with torch.random.fork_rng():
        torch.manual_seed(request.param)
        yield


def grads(thing, of):
    return torch.autograd.grad(thing, of, allow_unused=True)


def test_output_is_the_last_layer_and_h_n_the_last_step(drawn):
    output, (h_n, _) = nn.LSTM(10, 20, num_layers=2)(torch.randn(5, 3, 10))
    assert torch.equal(output[-1], h_n[-1])
    assert not any(torch.equal(step, h_n[0]) for step in output)


def test_the_backward_half_of_the_last_output_has_read_one_step(drawn):
    x = torch.randn(6, 3, 10, requires_grad=True)
    output, (h_n, _) = nn.LSTM(10, 20, bidirectional=True)(x)
    assert torch.equal(output[0, :, 20:], h_n[1])
    (gradient,) = grads(output[-1, :, 20:].sum(), [x])
    assert [bool(step.any()) for step in gradient] == [False] * 5 + [True]


def test_batch_first_leaves_the_states(drawn):
    rnn = nn.LSTM(10, 20, num_layers=2, batch_first=True)
    x, as_it_is, turned = torch.randn(4, 5, 10), torch.zeros(2, 4, 20), torch.zeros(4, 2, 20)
    output, (h_n, _) = rnn(x, (as_it_is, as_it_is))
    assert (output.shape, h_n.shape) == ((4, 5, 20), (2, 4, 20))
    with pytest.raises(RuntimeError, match="Expected hidden"):
        rnn(x, (turned, turned))


def test_one_module_reads_any_length_and_any_number_of_features(drawn):
    rnn = nn.LSTM(8, 16)
    assert rnn(torch.randn(10, 1, 8))[0].shape == (10, 1, 16)
    assert rnn(torch.randn(20, 1, 8))[0].shape == (20, 1, 16)
    assert nn.LSTM(3, 16)(torch.randn(2, 1, 3))[0].shape == (2, 1, 16)


def test_dropout_acts_between_layers_and_nowhere_else(drawn):
    x = torch.randn(20, 1, 10)
    with pytest.warns(UserWarning, match="dropout"):
        one = nn.LSTM(10, 20, dropout=0.5)
    assert torch.equal(one(x)[0], one(x)[0])
    two = nn.LSTM(10, 20, num_layers=2, dropout=0.5)
    (first, (below, _)), (second, (again, _)) = two(x), two(x)
    assert not torch.equal(first, second)
    assert torch.equal(below[0], again[0])


def test_clipping_returns_the_norm_before_and_lengthens_nothing(drawn):
    weight = nn.Parameter(torch.randn(50))
    for size in (0.01, 100.0):
        weight.grad = torch.ones(50) * size
        before = weight.grad.norm()
        assert torch.isclose(clip_grad_norm_([weight], 1.0), before)
        assert torch.isclose(weight.grad.norm(), before.clamp(max=1.0))


def test_a_call_begins_with_zeros_unless_a_state_is_handed_on(drawn):
    rnn, x = nn.LSTM(10, 20), torch.randn(5, 3, 10)
    first, state = rnn(x)
    assert torch.equal(first, rnn(x)[0])
    assert not torch.equal(first, rnn(x, state)[0])


def test_the_gradient_goes_with_the_state_until_it_is_detached(drawn):
    rnn, x = nn.LSTM(10, 20), torch.randn(5, 3, 10, requires_grad=True)
    _, (h, c) = rnn(x)
    carried = rnn(torch.randn(5, 3, 10), (h, c))[0]
    detached = rnn(torch.randn(5, 3, 10), (h.detach(), c.detach()))[0]
    assert grads(carried.sum(), [x])[0].any()
    assert grads(detached.sum(), [x])[0] is None


def test_padding_moves_the_state_unless_it_is_packed(drawn):
    rnn, x, lengths = nn.LSTM(10, 20, batch_first=True), torch.randn(3, 6, 10), [6, 4, 2]
    for row, length in enumerate(lengths):
        x[row, length:] = 0.0
    output, (h_n, _) = rnn(x)
    packed, (own, _) = rnn(pack_padded_sequence(x, lengths, batch_first=True))
    unpacked = pad_packed_sequence(packed, batch_first=True)[0]
    assert torch.equal(h_n[0], output[:, -1])
    assert torch.equal(own[0, 2], unpacked[2, 1])
    assert not torch.allclose(own[0, 1:], h_n[0, 1:], atol=1e-3)


def test_the_gradient_of_the_one_matrix_is_the_sum_over_the_steps(drawn):
    U, h = torch.randn(4, 4, requires_grad=True), torch.randn(4)
    copies = [U.detach().clone().requires_grad_() for _ in range(6)]
    one = many = h
    for copy in copies:
        one, many = torch.tanh(U @ one + 0.1), torch.tanh(copy @ many + 0.1)
    together, apart = grads(one.sum(), [U])[0], grads(many.sum(), copies)
    assert torch.allclose(together, torch.stack(apart).sum(0), atol=1e-5)


def test_the_slope_of_tanh_at_zero_is_one():
    x = torch.zeros(1, requires_grad=True)
    assert grads(torch.tanh(x).sum(), [x])[0].item() == 1.0
