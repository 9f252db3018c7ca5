"""What comes out of the units on the Gradients page."""

import numpy as np

from rnnviz.course.beliefs.belief import power
from rnnviz.course.beliefs.reaching_back import reaches_back
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import KNOBS, Setup
from tests.course.came_out.links import asked

SEEDS = range(20)


def knobs(link: str, **more) -> Setup:
    """What the Gradients page is set up to."""
    return Setup(**{**KNOBS.defaults, **KNOBS.read(asked(link)), **more})


def way_back(unit):
    left = [reaches_back(knobs(unit.link, seed=seed)) for seed in range(21)]
    assert max(left) < 1e-4
    shorter, smaller = (reaches_back(knobs(act.link)) for act in unit.acts[1:])
    assert shorter > max(smaller, left[0])
    mantissa, _e, exponent = f"{left[0]:.1e}".partition("e")
    return 2, {mantissa, power(10.0 ** int(exponent)), str(len(left) - 1), "1"}


def saturation(unit):
    larger, smaller, identity = (knobs(act.link) for act in [*unit.acts[1::-1], unit.acts[2]])
    assert reaches_back(smaller) > 1e3 * reaches_back(larger)
    other = knobs(unit.acts[2].link, input_scale=1.0)
    assert np.isclose(reaches_back(identity), reaches_back(other))
    slopes = 1 - np.tanh(np.linspace(-9, 9, 1801)) ** 2
    steeper = np.diff(np.tanh(4 * np.array([-1e-4, 1e-4])))[0] / 2e-4
    return 1 if slopes.max() == 1.0 else 0, {"0", "1", f"{steeper:.0f}", "−1"}


def vanishing(unit):
    left = [reaches_back(knobs(unit.link, seed=seed)) for seed in SEEDS]
    assert max(left) < 0.1
    grows, again, smaller = (reaches_back(knobs(act.link)) for act in unit.acts)
    assert grows > 100
    assert again == left[0] > smaller
    return 2 if left[0] < 0.1 else 1, {power(left[0]), str(len(left) - 1)}


def forget_bias(unit):
    setup = knobs(unit.link)
    gates = measure(setup.network("LSTM"), setup.x, setup.judge).run.value("f")
    product = float(gates.prod(axis=0).max())
    assert abs(gates.mean() - 0.5) < 0.05
    half_open, open_, longer, shut = (
        reaches_back(knobs(link)) for link in (unit.link, *(act.link for act in unit.acts))
    )
    assert half_open * 1e3 < longer < open_
    assert shut < 1e-9 * longer
    opened = 1 / (1 + np.exp(-3))
    said = {"0.5", "50", power(0.5**50), f"{opened:.2f}", f"{0.95**50:.2f}"}
    return 2 if product < 1e-9 else 1, said


def lstm_explodes(unit):
    grown = [reaches_back(knobs(unit.acts[0].link, seed=seed)) for seed in SEEDS]
    assert min(grown) > 10
    longer, shut = (reaches_back(knobs(act.link)) for act in unit.acts[1:])
    assert longer > grown[0]
    assert shut < 1e-6
    return 2, {f"{grown[0]:.0f}", str(len(grown) - 1)}
