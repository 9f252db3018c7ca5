"""A knob that is said to have no effect has none, and one that is said to have some has."""

import numpy as np
import pytest

from rnnviz.training import advance, start
from rnnviz.training.knobs.effects import has_effect
from rnnviz.training.knobs.knobs import KNOBS

SMALL = {"task": "latch", "length": 5, "hidden": 4, "batch": 3}
OTHER = {
    "momentum": 0.3,
    "rms_decay": 0.5,
    "beta_1": 0.2,
    "beta_2": 0.4,
    "epsilon": 0.1,
    "dropout": 0.5,
    "skip": True,
    "readout": "mean",
    "embedding": 3,
}
SETTINGS = [
    {"optimizer": optimizer, "layers": layers}
    for optimizer in KNOBS["optimizer"].kind.keys
    for layers in (1, 2)
]


def losses(**knobs):
    return advance(start(**SMALL, **knobs), 6).history["loss"]


@pytest.mark.parametrize("chosen", SETTINGS, ids=str)
@pytest.mark.parametrize("name", OTHER)
def test_a_knob_changes_the_run_where_it_is_said_to(name, chosen):
    alike = np.array_equal(losses(**chosen), losses(**chosen, **{name: OTHER[name]}))
    assert alike != has_effect(name, chosen)


def test_a_knob_of_any_of_the_runs_is_offered():
    assert has_effect("dropout", {"layers": 1}, {"layers": 2})
    assert not has_effect("dropout", {"layers": 1}, {})
