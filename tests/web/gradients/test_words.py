"""What cannot be drawn is said: one step, nothing, exactly zero, infinite, not a number."""

import numpy as np
import pytest

from tests.javascript import run

TROUBLE = """
import { ratio, size, trouble } from "./gradients/words.js";
const told = () => [ratio(input.exponent ?? -Infinity), size(input.size)];
output(input.curve ? trouble("LSTM", input.curve) : told());
"""


def trouble(total, condition="measured", before=1.0):
    total = np.array(total)
    curve = {"state": "c", "condition": condition, "total": total, "start": len(total) - 1}
    return run(TROUBLE, {"curve": {**curve, "before": before}})


@pytest.mark.parametrize(
    ("total", "condition", "says"),
    [
        ([1.0, 2.0], "measured", ""),
        ([3.0], "one step", "no way back"),
        ([0.0, 0.0], "nothing arrives", "nothing sets out"),
        ([0.0, 0.0, 2.0], "measured", "exactly 0 at step 1–2"),
        ([np.inf, 1e300, 2.0], "overflow", "infinite at step 1"),
        ([np.nan, np.inf, 2.0], "overflow", "not a number at step 1–2"),
    ],
)
def test_a_curve_s_trouble_is_said(total, condition, says):
    said = trouble(total, condition)
    assert says in said
    assert bool(said) == bool(says)


@pytest.mark.parametrize(
    ("exponent", "says"),
    [(-7.447, "3.6×10⁻⁸"), (0.5, "3.16"), (-250.5, "3.2×10⁻²⁵¹"), (500.25, "1.8×10⁵⁰⁰")],
)
def test_a_ratio_beyond_float64_can_be_said(exponent, says):
    assert run(TROUBLE, {"exponent": exponent, "size": 1.0})[0] == says


def test_nothing_is_said_to_be_exactly_nothing():
    assert run(TROUBLE, {"size": 0.0}) == ["exactly 0", "exactly 0"]


LOSS = """
import { lossWords } from "./gradients/words.js";
const shown = input.losses.map(([name, loss]) => ({ name, found: { loss } }));
output(lossWords(shown, { hidden: input.hidden, activation: "tanh" }, input.steps, "L is so."));
"""


@pytest.mark.parametrize(
    ("losses", "hidden", "steps", "says"),
    [
        (
            [["LSTM", -0.5]],
            16,
            [59],
            "L is the sum of the 16 units of h at step 60: there the gradient of each is 1, "
            "together √16 = 4.00 long. LSTM: L = −0.50.",
        ),
        (
            [["LSTM", 0.25]],
            1,
            [4],
            "L is the one unit of h at step 5: there its gradient is 1.00. LSTM: L = 0.25.",
        ),
        (
            [["LSTM", 1.0], ["scene", 0.125]],
            2,
            [0, 1, 2],
            "L is the sum of the 2 units of h over all 3 steps: each step adds 1 to the gradient "
            "of each. LSTM: L = 1.00. The Step page's network: L = 0.13. L is so.",
        ),
        ([["scene", 2.0]], 16, [59], "The Step page's network: L = 2.00. L is so."),
        ([], 16, [59], ""),
    ],
)
def test_what_l_is_and_what_the_gradient_sets_out_with_is_said(losses, hidden, steps, says):
    message = {"losses": losses, "hidden": hidden, "steps": steps}
    assert run(LOSS, message) == says
