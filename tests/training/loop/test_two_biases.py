"""What is said of PyTorch's second bias is so: one step of SGD moves the sum of the two twice."""

import numpy as np
import pytest
import torch

from tests.web.training.test_train_page import page


@pytest.mark.parametrize("module", [torch.nn.RNN, torch.nn.LSTM])
def test_two_biases_that_are_added_move_twice_as_far_and_count_twice(module):
    torch.manual_seed(0)
    cell = module(3, 4).double()
    before = (cell.bias_ih_l0 + cell.bias_hh_l0).detach().clone()
    cell(torch.randn(6, 2, 3, dtype=torch.float64))[0].square().sum().backward()
    one, other = cell.bias_ih_l0.grad, cell.bias_hh_l0.grad
    assert np.allclose(one, other)
    torch.optim.SGD(cell.parameters(), lr=0.1).step()
    moved = (cell.bias_ih_l0 + cell.bias_hh_l0).detach() - before
    assert moved.numpy() == pytest.approx((-0.2 * one).numpy(), rel=1e-12)


def test_the_page_says_so_where_a_network_is_taken_to_pytorch():
    at = page(task="recall", length="5")
    (said,) = [one.value for one in at.caption if "trains one bias" in one.value]
    assert "with SGD their sum moves twice as far, and both count in the norm" in said
