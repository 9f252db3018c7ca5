"""A run can begin at the Step page's weights where the Train page has its task and network."""

import numpy as np
import pytest

from rnnviz.cells import GALLERY
from rnnviz.scenes.examples import PRESETS
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings
from rnnviz.training.comparison import choices
from rnnviz.training.runs.runs import start
from rnnviz.web.training.beginning import chosen_from, why_not_trained_from

NO_TASK = "What is read here is no task that could be trained on."


@pytest.mark.parametrize("sequence", PRESETS)
def test_a_run_on_each_task_begins_at_exactly_these_weights(sequence):
    shown = scene(StepSettings(sequence=sequence, weights="fresh", hidden=4, seed=3))
    assert why_not_trained_from(shown) == ""
    chosen = chosen_from(shown, shown)
    run = start(**chosen.runs[0])
    for name, array in shown.network.parameters.items():
        assert np.array_equal(run.parameters[name], array.astype(run.parameters[name].dtype)), name


@pytest.mark.parametrize("cell", [*GALLERY])
def test_a_link_to_the_run_keeps_cell_size_and_weights(cell):
    shown = scene(StepSettings(cell=cell, weights="fresh", hidden=2, layers=2))
    chosen = chosen_from(shown, shown)
    again, problem = choices.read(choices.write(chosen))
    assert problem == ""
    assert again.makes_the_same(chosen)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"sequence": "numbers"}, NO_TASK),
        ({"sequence": "text", "text": "abc"}, NO_TASK),
        ({"cell": "own", "equations": "h = h_prev + tanh(h_prev)"}, None),
    ],
)
def test_where_none_can_begin_it_is_said(settings, why):
    shown = scene(StepSettings(weights="fresh", hidden=2, **settings))
    said = why_not_trained_from(shown)
    assert said.endswith(".")
    assert why is None or said == why
    with pytest.raises(ValueError, match=r"\w"):
        chosen_from(shown, shown)
