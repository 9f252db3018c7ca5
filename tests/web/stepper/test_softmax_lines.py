"""A percentage opens into e to each score, their sum and the share, as torch's softmax has it."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

OPENED = """
import { softmaxOf } from "./stepper/explanation/softmax_lines.js";
output(softmaxOf(input));
"""


def softmax(scores):
    return torch.softmax(torch.tensor(scores, dtype=torch.float64), 0)


@settings(max_examples=20)
@given(st.lists(st.floats(-90, 90), min_size=2, max_size=30))
def test_power_over_sum_is_the_probability(scores):
    opened = run(OPENED, np.array(scores))
    assert opened["shift"] == 0
    np.testing.assert_allclose(opened["powers"], np.exp(scores), rtol=1e-12)
    shares = np.array(opened["powers"]) / opened["sum"]
    np.testing.assert_allclose(
        shares, torch.softmax(torch.tensor(scores, dtype=torch.float64), 0), rtol=1e-9
    )


@pytest.mark.parametrize("scores", [[900.0, 899.0], [-800.0, -900.0], [101.0, -3.0]])
def test_scores_too_far_out_to_be_raised_are_shifted_alike(scores):
    opened = run(OPENED, np.array(scores))
    assert opened["shift"] == max(scores)
    shares = np.array(opened["powers"]) / opened["sum"]
    np.testing.assert_allclose(
        shares, torch.softmax(torch.tensor(scores, dtype=torch.float64), 0), rtol=1e-9
    )
