"""What the Step page is handed is the run's network, reading its task, judged by its loss."""

import numpy as np
import pytest

from rnnviz import trace, training
from rnnviz.web.training.handover import scene_of


@pytest.mark.parametrize(
    "knobs",
    [
        {"task": "marked recall", "length": 9, "precision": "float32"},
        {"task": "noisy sine", "length": 12, "cell": "GRU", "layers": 2, "direction": "both"},
        {"task": "adding problem", "length": 6, "gate_function": "hard_sigmoid", "auxiliary": 1.0},
    ],
)
def test_the_scene_is_the_run(knobs):
    run = training.advance(training.start(hidden=6, batch=4, **knobs), 7)
    scene = scene_of(run, "LSTM")
    assert "after 7 updates" in scene.badge
    assert scene.network.dtype == np.float64
    for name, array in scene.network.parameters.items():
        assert np.array_equal(array, run.parameters[name].astype(float))
    task = run.knobs.about_task
    recording = trace(scene.network, scene.reading.x)
    judged = scene.loss.judge(recording.output, recording.prediction)
    assert np.isfinite(judged.value)
    assert scene.asked.kind == (
        "cross entropy" if task.kind == "classification" else "squared error"
    )
    assert (scene.reading.steps, scene.reading.inputs) == (run.knobs.length_in_force, task.inputs)
