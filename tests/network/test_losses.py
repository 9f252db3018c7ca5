"""Losses equal PyTorch's, value and gradient, at the steps that count."""

import numpy as np
import pytest
import torch

from rnnviz.network.losses import Loss

DRAWS = np.random.default_rng(0)
Y, OUTPUT = DRAWS.standard_normal((5, 3, 4)), DRAWS.standard_normal((5, 3, 6))
NUMBERS, CLASSES = DRAWS.standard_normal((5, 3, 4)), DRAWS.dirichlet(np.ones(4), (5, 3))
WEIGHTS = DRAWS.uniform(0.0, 2.0, (5, 3, 4)) * (DRAWS.random((5, 3, 1)) < 0.7)


def cross_entropy(y, target):
    flat = (a.reshape(-1, a.shape[-1]) for a in (y, target))
    return torch.nn.functional.cross_entropy(*flat)


@pytest.mark.parametrize("steps", [None, [0], [-1], [1, 3], range(1, 4), [4, -1, 2]])
@pytest.mark.parametrize(
    ("kind", "targets", "oracle"),
    [
        ("squared error", NUMBERS, torch.nn.functional.mse_loss),
        ("cross entropy", CLASSES, cross_entropy),
        ("cross entropy", WEIGHTS, cross_entropy),
    ],
    ids=["squared error", "probabilities", "weights that do not sum to 1, some all zero"],
)
def test_losses_of_a_prediction_are_pytorchs(kind, targets, oracle, steps):
    y = torch.tensor(Y, requires_grad=True)
    chosen = sorted({s % 5 for s in range(5)} if steps is None else {s % 5 for s in steps})
    wanted = oracle(y[chosen], torch.tensor(targets[chosen]))
    wanted.backward()
    judged = Loss(kind, steps, targets).judge(OUTPUT, Y)
    assert judged.of == "prediction"
    assert judged.value == pytest.approx(wanted.item(), rel=1e-14)
    np.testing.assert_allclose(judged.gradient, y.grad, rtol=1e-12, atol=1e-17)


def test_the_sum_is_of_the_output_at_the_steps_that_count():
    judged = Loss("sum", [1, -1]).judge(OUTPUT, Y)
    assert judged.of == "output"
    assert judged.value == pytest.approx(OUTPUT[[1, 4]].sum(), rel=1e-14)
    wanted = np.zeros_like(OUTPUT)
    wanted[[1, 4]] = 1.0
    np.testing.assert_array_equal(judged.gradient, wanted)


def test_without_a_readout_the_output_is_judged():
    judged = Loss("squared error", None, NUMBERS).judge(Y, None)
    assert judged.of == "output"
    assert judged.value == pytest.approx(np.mean((Y - NUMBERS) ** 2), rel=1e-14)


def test_targets_of_one_sequence_need_no_batch_axis():
    one = Loss("squared error", None, NUMBERS[:, 0]).judge(OUTPUT[:, :1], Y[:, :1])
    assert one.value == Loss("squared error", None, NUMBERS[:, :1]).judge(OUTPUT, Y[:, :1]).value


def test_large_scores_do_not_overflow():
    scores = np.array([[[1000.0, 0.0, -1000.0, 0.0]]])
    judged = Loss("cross entropy", None, np.eye(4)[None, None, 2]).judge(scores, scores)
    assert judged.value == 2000.0
    np.testing.assert_array_equal(judged.gradient, [[[1.0, 0.0, -1.0, 0.0]]])


def test_single_precision_is_judged_in_double_and_answered_in_single():
    judged = Loss("sum").judge(np.full((1000, 100, 1), 0.1, np.float32), None)
    assert judged.value == pytest.approx(np.float32(0.1) * 1e5, rel=1e-12)
    assert judged.gradient.dtype == np.float32


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Loss("hinge"), "a loss is one of sum, squared error, cross entropy, not 'hinge'"),
        (lambda: Loss("sum", None, Y), "the loss 'sum' has no targets"),
        (lambda: Loss("cross entropy"), "the loss 'cross entropy' needs targets"),
        (lambda: Loss("sum", [5]).judge(Y, None), "no step 5: the sequence has steps 0 to 4"),
        (lambda: Loss("sum", [-6]).judge(Y, None), "no step -6"),
        (lambda: Loss("sum", []).judge(Y, None), "no step is chosen"),
        (lambda: Loss("sum", [1.5]).judge(Y, None), "a step is a whole number, not 1.5"),
        (lambda: Loss("sum", [True]).judge(Y, None), "a step is a whole number, not True"),
        (
            lambda: Loss("squared error", None, Y[:4]).judge(OUTPUT, Y),
            r"the targets have shape \(4, 3, 4\), what is judged has \(5, 3, 4\)",
        ),
    ],
)
def test_what_cannot_be_judged_is_refused_in_a_sentence(make, says):
    with pytest.raises(ValueError, match=says):
        make()
