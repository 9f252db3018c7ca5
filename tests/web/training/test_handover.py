"""What the Step page is handed is the run's network, reading its task, judged by its loss."""

import re
from dataclasses import replace

import numpy as np
import pytest

from rnnviz import trace, training
from rnnviz.cells import ABOUT
from rnnviz.network.given import GivenWeights
from rnnviz.scenes.scene import scene, with_weights
from rnnviz.scenes.settings import StepSettings
from rnnviz.web.parts import parts
from rnnviz.web.training.beginning import chosen_from
from rnnviz.web.training.handover import scene_of

# Written from the drawing of the grammar, loops and all.
REBER = r"B(TS*XX(T*VPX)*T*VV|TS*XX(T*VPX)*T*VPS|TS*XS|PT*V(PXT*V)*V|PT*V(PXT*V)*PS)E"


@pytest.mark.parametrize(
    "knobs",
    [
        {"task": "marked recall", "length": 9, "precision": "float32"},
        {"task": "latch", "length": 12, "cell": "GRU", "layers": 2, "direction": "both"},
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


@pytest.mark.parametrize("length", [9, 40])
@pytest.mark.parametrize("seed", range(3))
def test_a_string_of_the_grammar_is_handed_over_whole_and_judged_by_its_own_letters(length, seed):
    knobs = {"task": "embedded Reber", "length": length, "hidden": 4, "batch": 4, "seed": seed}
    scene = scene_of(training.advance(training.start(**knobs), 3), "LSTM")
    letters = scene.reading.input_names
    for item, words in enumerate(scene.reading.labels):
        string = f"{''.join(words)}E"
        assert re.fullmatch(f"B(T{REBER}T|P{REBER}P)E", string)
        scores = trace(scene.network, scene.reading.x[:, item]).prediction
        logs = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
        right = [letters.index(letter) for letter in string[1:]]
        loss = replace(scene.loss, targets=scene.reading.targets[:, item])
        judged = loss.judge(np.zeros((len(words), 4)), scores)
        assert judged.value == pytest.approx(-logs[range(len(words)), right].mean())
        assert scene.asked.steps == tuple(range(len(words)))


def test_other_functions_leave_what_the_step_page_calls_the_gates():
    scene = scene_of(training.start(hidden=2, gate_function="hard_sigmoid"), "LSTM")
    named = parts(scene.network.layers[0].cell)
    assert {n: p["title"] for n, p in named.items()} == {
        n: p.title for n, p in ABOUT["LSTM"].parts.items()
    }


def test_a_run_from_typed_weights_begins_at_the_typed_states_and_is_handed_back_with_them():
    shown = scene(StepSettings(sequence="temporal order", cell="LSTM", weights="typed", hidden=3))
    start = {"layers.0.initial.h": np.array([0.5, -1, 0]), "layers.0.initial.c": np.zeros(3)}
    typed = with_weights(shown, GivenWeights.of({**shown.network.parameters, **start}))
    (knobs,) = chosen_from(shown, typed).runs
    again = GivenWeights.read(knobs["weights"].text).arrays
    assert np.array_equal(again["layers.0.initial.h"], start["layers.0.initial.h"])
    assert "layers.0.initial.c" not in again  # zeros are where all begin
    run = training.advance(training.start(**knobs), 2)
    for network in (run.network, scene_of(run, "LSTM").network):
        assert network.initial.keys() == {"layers.0.h"}
        assert np.array_equal(network.initial["layers.0.h"], [0.5, -1, 0])
    assert np.array_equal(scene_of(run, "LSTM").initial["layers.0.h"], [0.5, -1, 0])
