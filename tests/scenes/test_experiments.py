"""What an experiment says it does, it does; in the sequence that opens three change the answer."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from rnnviz import Hold, trace
from rnnviz.cells import MENU
from rnnviz.scenes.experiments import INPUT, experiments
from rnnviz.scenes.reading import notable
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import StepSettings

GATED = ["LSTM", "GRU (PyTorch)", "GRU (Cho)", "Peephole LSTM", "CIFG", "MGU"]
GATED += [name for name in ("UGRNN", "SRU", "minGRU") if name in MENU]


def tried(shown, experiment, **given):
    """The first sequence with the experiment's holds; an input that is cut is read as 0."""
    x = shown.reading.x[:, 0].copy()
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
        if hold.name != INPUT
    ]
    for hold in experiment.holds:
        if hold.name == INPUT:
            x[hold.first : hold.end] = hold.value
    return trace(shown.network, x, hold=holds, **given)


def of(shown):
    """By name."""
    return {one.name: one for one in experiments(shown.network, shown.reading, 0)}


def test_each_of_three_changes_the_answer_of_the_first_screen():
    shown = scene(StepSettings())
    right = int(shown.reading.targets[-1, 0].argmax())
    untouched = trace(shown.network, shown.reading.x[:, 0]).prediction[-1]
    assert torch.softmax(torch.tensor(untouched), -1)[right] > 0.95
    assert list(of(shown)) == ["keep", "forget", "wipe", "close", "open", "cut"]
    for experiment in (of(shown)[name] for name in ("forget", "close", "open")):
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
    forget = of(alone)["forget"]
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
    close = of(alone)["close"]
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
    recording = tried(shown, of(shown)["open"])
    for layer in range(2):
        for reverse in (False, True):
            one = recording.layer(layer, reverse=reverse)
            for gate in shown.network.layers[layer].cell.gates:
                assert (one[gate] == 1).all()


@pytest.mark.parametrize("settings", [{"cell": "RNN (tanh)"}, {"cell": "own"}])
def test_a_cell_without_a_known_gate_has_its_states_set_to_zero(settings):
    shown = scene(StepSettings(equations="h = tanh(W @ x + U @ h_prev)", **settings))
    assert list(of(shown)) == ["wipe", "cut"]
    wipe = of(shown)["wipe"]
    step = wipe.holds[0].first
    assert not tried(shown, wipe)["h"][step].any()
    assert f"At step {step + 1}" in wipe.text


def test_with_both_directions_after_a_step_is_after_it_in_each_one_s_order():
    shown = scene(StepSettings(direction="both"))
    for name in ("forget", "keep", "cut"):
        forward, backward = of(shown)[name].holds
        assert (forward.first, forward.end) == (9, 15)
        assert (backward.first, backward.end) == (0, 8)


@pytest.mark.parametrize("cell", [name for name in MENU if name not in GATED])
def test_of_a_cell_whose_gates_are_not_described_the_states_are_set_to_zero(cell):
    shown = scene(StepSettings(cell=cell))
    wipe = of(shown)["wipe"]
    recording = tried(shown, wipe)
    step = wipe.holds[0].first
    assert {hold.name for hold in wipe.holds} == set(shown.network.layers[0].cell.states)
    assert not any(recording[state][step].any() for state in shown.network.layers[0].cell.states)


EVERYTHING = "forget everything"


def after(shown, experiment):
    """What the last layer reads and gives in the steps after it sets in, of two pasts: the values
    of every state, and h, as (2, steps after it, layers, units)."""
    rng = np.random.default_rng(5)
    (step, *_later) = notable(shown.reading.labels[0])
    x = shown.reading.x[:, 0].copy()
    both = []
    for _past in range(2):
        x[: step + 1] = rng.normal(size=x[: step + 1].shape)
        other = SimpleNamespace(
            network=shown.network, reading=SimpleNamespace(x=np.repeat(x[:, None], 1, axis=1))
        )
        recording = tried(other, experiment)
        layers = [recording.layer(k) for k in range(len(shown.network.layers))]
        states = {*shown.network.layers[0].cell.states, "h"}
        both.append(np.array([[one[name][step + 1 :] for name in states] for one in layers]))
    return np.array(both)


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", MENU)
def test_where_everything_is_forgotten_nothing_after_it_depends_on_what_was_before(cell, layers):
    shown = scene(StepSettings(cell=cell, layers=layers, weights="fresh"))
    said = [one for one in experiments(shown.network, shown.reading, 0) if EVERYTHING in one.text]
    assert said
    for experiment in said:
        one, other = after(shown, experiment)
        np.testing.assert_array_equal(one, other)
    untouched = after(shown, SimpleNamespace(holds=()))
    assert np.abs(untouched[0] - untouched[1]).max() > 1e-6


@pytest.mark.parametrize("cell", GATED)
def test_where_gates_do_not_forget_everything_it_is_said_what_is_still_read(cell):
    shown = scene(StepSettings(cell=cell, weights="fresh"))
    forget = of(shown)["forget"]
    one, other = after(shown, forget)
    is_left = np.abs(one - other).max() > 0
    assert is_left == (EVERYTHING not in forget.text)
    assert is_left == ("wipe" in of(shown))  # what gates cannot, a hold of the states can


def test_what_is_still_read_is_read_off_the_equations():
    said = {cell: of(scene(StepSettings(cell=cell)))["forget"].text for cell in GATED}
    assert said["LSTM"] == "After step 9, keep no c: f = 0"
    assert said["Peephole LSTM"] == "After step 9, keep no c: f = 0 (still reads c)"
    assert said["MGU"] == "After step 9, keep no h: f = 1 (still reads h)"
    assert said["GRU (PyTorch)"] == "After step 9, forget everything: z = 0, r = 0"
    assert said["minGRU"] == "After step 9, forget everything: z = 1"


def test_where_nothing_is_forgotten_all_of_what_came_before_is_kept(alone):
    """With another first state the memory ends elsewhere by as much as it was at the mark."""
    keep = of(alone)["keep"]
    state = memory(alone)
    (step,) = {hold.first for hold in keep.holds}
    apart = [tried(alone, keep, initial={state: np.full(16, start)})[state] for start in (0.0, 0.7)]
    difference = apart[1] - apart[0]
    assert (np.abs(difference[step]) > 0).all()
    np.testing.assert_allclose(difference[-1], difference[step - 1], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("direction", ["forward", "both"])
@pytest.mark.parametrize("cell", MENU)
def test_what_is_read_after_the_cut_matters_to_nobody(cell, direction):
    """The same holds with other numbers there: the browser's own run of them is compared below."""
    shown = scene(StepSettings(cell=cell, direction=direction, weights="fresh"))
    cut = of(shown)["cut"]
    assert {hold.direction for hold in cut.holds} == set(range(1 + (direction == "both")))
    assert {hold.name for hold in cut.holds} == {INPUT}


@pytest.mark.parametrize("cell", MENU)
def test_what_has_no_part_has_no_experiment_with_it(cell):
    shown = scene(StepSettings(cell=cell))
    names = set(of(shown))
    gates = shown.network.layers[0].cell.gates
    assert ("open" in names) == bool(gates)
    assert "cut" in names
    assert {"keep", "forget", "close"} <= names or not {"keep", "forget", "close"} & names
    assert "wipe" in names or "forget" in names
