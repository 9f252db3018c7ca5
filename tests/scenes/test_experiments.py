"""What an experiment says it does, it does; in the sequence that opens each changes the answer."""

import numpy as np
import pytest
import torch

from rnnviz import Hold, trace
from rnnviz.cells import MENU
from rnnviz.scenes.experiments import experiments
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings

GATED = ["LSTM", "GRU (PyTorch)", "GRU (Cho)", "Peephole LSTM", "CIFG", "MGU"]
GATED += [name for name in ("UGRNN", "SRU", "minGRU") if name in MENU]


def tried(shown, experiment, **given):
    """The first sequence with the experiment's holds."""
    directions = [
        (layer, way == 1)
        for layer, one in enumerate(shown.network.layers)
        for way in range(len(one.directions))
    ]
    holds = [
        Hold(
            hold.name,
            hold.value,
            steps=range(hold.first, hold.end),
            layer=directions[hold.direction][0],
            reverse=directions[hold.direction][1],
        )
        for hold in experiment.holds
    ]
    return trace(shown.network, shown.reading.x[:, 0], hold=holds, **given)


def of(shown):
    return experiments(shown.network, shown.reading, 0)


def test_each_of_three_changes_the_answer_of_the_first_screen():
    shown = scene(StepSettings())
    right = int(shown.reading.targets[-1, 0].argmax())
    untouched = trace(shown.network, shown.reading.x[:, 0]).prediction[-1]
    assert torch.softmax(torch.tensor(untouched), -1)[right] > 0.95
    assert len(of(shown)) == 3
    for experiment in of(shown):
        answers = torch.softmax(torch.tensor(tried(shown, experiment).prediction[-1]), -1)
        assert answers.argmax() != right
        assert answers.max() > 0.6, experiment.text


@pytest.fixture(params=GATED)
def alone(request):
    """A fresh network whose past reaches a step along the memory alone: no U, no peephole."""
    shown = scene(StepSettings(cell=request.param, weights="fresh"))
    cut = {
        name: np.zeros_like(array)
        for name, array in shown.network.parameters.items()
        if name.split(".")[-1][0] in "Up"
    }
    object.__setattr__(shown, "network", shown.network.replace(cut))
    return shown


def memory(shown):
    return shown.network.layers[0].cell.states[-1]


def test_forgetting_leaves_nothing_of_what_came_before(alone):
    forget, *_ = of(alone)
    state = memory(alone)
    ends = [
        tried(alone, forget, initial={state: np.full(16, start)})[state][-1] for start in (0, 0.7)
    ]
    np.testing.assert_array_equal(*ends)
    before = [
        trace(alone.network, alone.reading.x[:, 0], initial={state: np.full(16, start)})[state][-1]
        for start in (0, 0.7)
    ]
    assert np.abs(np.subtract(*before)).max() > 1e-6


def test_where_nothing_is_written_a_gate_gives_nothing_new(alone):
    """Coupled gates keep all as they write nothing; an LSTM's forget gate goes on as it was."""
    _, close, _ = of(alone)
    state = memory(alone)
    (step,) = {hold.first for hold in close.holds}
    recording = tried(alone, close)
    kept = recording["f"][step] if any(hold.name == "i" for hold in close.holds) else 1.0
    np.testing.assert_allclose(
        recording[state][step], kept * recording[state][step - 1], rtol=0, atol=1e-15
    )


@pytest.mark.parametrize("cell", GATED)
def test_open_is_every_gate_of_every_layer_in_both_directions(cell):
    shown = scene(StepSettings(cell=cell, layers=2, direction="both"))
    recording = tried(shown, of(shown)[-1])
    for layer in range(2):
        for reverse in (False, True):
            one = recording.layer(layer, reverse=reverse)
            for gate in shown.network.layers[layer].cell.gates:
                assert (one[gate] == 1).all()


@pytest.mark.parametrize("settings", [{"cell": "RNN (tanh)"}, {"cell": "own"}])
def test_a_cell_without_a_known_gate_has_its_states_set_to_zero(settings):
    shown = scene(StepSettings(equations="h = tanh(W @ x + U @ h_prev)", **settings))
    (wipe,) = of(shown)
    step = wipe.holds[0].first
    assert not tried(shown, wipe)["h"][step].any()
    assert f"At step {step + 1}" in wipe.text


def test_with_both_directions_after_a_step_is_after_it_in_each_one_s_order():
    shown = scene(StepSettings(direction="both"))
    forward, backward = of(shown)[0].holds
    assert (forward.first, forward.end) == (9, 15)
    assert (backward.first, backward.end) == (0, 8)


@pytest.mark.parametrize("cell", [name for name in MENU if name not in GATED])
def test_of_a_cell_whose_gates_are_not_described_the_states_are_set_to_zero(cell):
    shown = scene(StepSettings(cell=cell))
    wipe = of(shown)[-1]
    recording = tried(shown, wipe)
    step = wipe.holds[0].first
    assert {hold.name for hold in wipe.holds} == set(shown.network.layers[0].cell.states)
    assert not any(recording[state][step].any() for state in shown.network.layers[0].cell.states)
