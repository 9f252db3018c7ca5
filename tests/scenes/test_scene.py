"""Settings → what the Step page shows: never silently something else, never a traceback."""

import io
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz import parse, save, trace
from rnnviz.cells import ABOUT, GALLERY, MENU
from rnnviz.network.network import Network
from rnnviz.scenes.examples import PRESETS, trained
from rnnviz.scenes.scene import MOST_MULTIPLICATIONS, multiplications, scene
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT, StepSettings
from rnnviz.scenes.weights import Refused, Upload


def checkpoint(module, name="model.pt"):
    stream = io.BytesIO()
    torch.save(module.state_dict(), stream)
    return Upload(name, stream.getvalue())


@pytest.mark.parametrize("sequence", PRESETS)
@pytest.mark.parametrize("cell", MENU)
def test_each_sequence_shows_the_network_trained_on_it(sequence, cell):
    shown = scene(StepSettings(sequence=sequence, cell=cell))
    network, record = trained(sequence, cell)
    assert shown.network is network
    assert (
        shown.badge == f"trained beforehand: {record.updates:,} steps of training, {record.score}"
    )
    assert shown.notes == ((record.verdict,) if record.verdict else ())


@pytest.mark.parametrize("cell", [name for name in MENU if ABOUT[name].counterpart])
def test_the_other_notation_of_z_is_the_same_network(cell):
    """z ↔ 1 − z: another equation and other parameters, the same h."""
    one, other = (scene(StepSettings(cell=cell, z=z)) for z in ("keeps", "takes"))
    assert other.network.layers[0].cell == GALLERY[ABOUT[cell].counterpart.name]
    before, after = (trace(s.network, s.reading.x) for s in (one, other))
    np.testing.assert_allclose(after["h"], before["h"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(after["z"], 1 - before["z"], rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ({"hidden": 32}, "for Hidden size 32:"),
        ({"hidden": 1}, "for Hidden size 1:"),
        ({"layers": 2}, "for Layers 2:"),
        ({"direction": "both", "hidden": 8}, "for Hidden size 8, Direction both:"),
        ({"cell": OWN_CELL, "equations": "h = tanh(W @ x + p * h_prev)"}, "a cell of your own"),
        ({"sequence": OWN_NUMBERS, "numbers": "1 2 3\n4 5 6"}, "so many inputs"),
        ({"sequence": OWN_TEXT, "text": "Ünder"}, "other characters"),
    ],
)
def test_where_nothing_trained_is_shipped_the_page_says_so(choice, says):
    shown = scene(StepSettings(**choice))
    assert any("its weights are random" in note and says in note for note in shown.notes)
    assert shown.badge.startswith("fresh weights, seed 0")
    asked_for = StepSettings(**choice)
    assert (len(shown.network.layers), shown.network.hidden) == (asked_for.layers, asked_for.hidden)


def test_fresh_weights_that_were_asked_for_need_no_note():
    one, same, other = (scene(StepSettings(weights="fresh", seed=seed)) for seed in (3, 3, 4))
    assert one.notes == ()
    for name, array in one.network.parameters.items():
        np.testing.assert_array_equal(array, same.network.parameters[name])
    assert not np.array_equal(
        one.network.parameters["readout.W"], other.network.parameters["readout.W"]
    )


@pytest.mark.parametrize(
    ("choice", "check"),
    [
        ({"initial": "orthogonal"}, lambda p: np.allclose(p["U_f"] @ p["U_f"].T, np.eye(16))),
        ({"initial": "identity"}, lambda p: np.array_equal(p["U_f"], np.eye(16))),
        (
            {"initial": "scaled", "radius": 1.5},
            lambda p: np.isclose(np.abs(np.linalg.eigvals(p["U_f"])).max(), 1.5),
        ),
        ({"memory": "number", "bias": 2.0}, lambda p: (p["b_f"] == 2.0).all()),
        ({"memory": "chrono"}, lambda p: np.array_equal(p["b_f"], -p["b_i"])),
    ],
)
def test_initial_values_are_those_chosen(choice, check):
    assert check(scene(StepSettings(weights="fresh", **choice)).network.layers[0].params)


def test_a_bias_no_gate_has_is_not_set_silently():
    shown = scene(StepSettings(weights="fresh", cell="RNN (tanh)", memory="chrono"))
    assert "no gate known to keep its memory" in shown.notes[0]


@pytest.mark.parametrize("letters", ["twinkle", "jack and jill\n"])
def test_a_text_of_known_letters_is_read_by_the_network_that_learnt_the_rhymes(letters):
    shown = scene(StepSettings(sequence=OWN_TEXT, text=letters))
    assert shown.network is trained("next character", "LSTM")[0]
    assert "learnt the task “Which letter comes next?”" in shown.notes[0]
    assert shown.asked.kind == "sum"


@pytest.mark.parametrize(
    ("sequence", "loss", "step", "kind", "steps"),
    [
        ("marked recall", "trained", 1, "cross entropy", (14,)),
        ("marked recall", "one", 3, "cross entropy", (2,)),
        ("marked recall", "one", 400, "cross entropy", (14,)),
        ("marked recall", "every", 1, "cross entropy", tuple(range(15))),
        ("adding problem", "trained", 1, "squared error", (19,)),
        ("noisy sine", "trained", 1, "squared error", tuple(range(24))),
        ("noisy sine", "last", 1, "squared error", (23,)),
        (OWN_NUMBERS, "trained", 1, "sum", (11,)),
    ],
)
def test_the_loss_stands_where_it_is_asked(sequence, loss, step, kind, steps):
    shown = scene(StepSettings(sequence=sequence, loss=loss, step=step))
    assert (shown.asked.kind, shown.asked.steps) == (kind, steps)
    recording = trace(shown.network, shown.reading.x)
    assert np.isfinite(recording.backward(loss=shown.loss).loss)


@pytest.mark.parametrize(
    "module",
    [
        torch.nn.LSTM(5, 7, 2, bidirectional=True),
        torch.nn.GRU(5, 3),
        torch.nn.RNN(5, 4, nonlinearity="relu"),
    ],
    ids=lambda module: type(module).__name__,
)
def test_an_uploaded_checkpoint_is_stepped_through(module):
    kind = "RNN (ReLU)" if isinstance(module, torch.nn.RNN) else "proven"
    shown = scene(StepSettings(weights="file", kind=kind), checkpoint(module))
    with torch.no_grad():
        expected = module(torch.tensor(shown.reading.x, dtype=torch.float32))[0].numpy()
    output = trace(shown.network, shown.reading.x).output
    np.testing.assert_allclose(output, expected, rtol=0, atol=1e-6)
    assert shown.badge.startswith("your file: ")


def test_a_file_that_reads_other_inputs_reads_random_numbers_and_says_so():
    shown = scene(StepSettings(weights="file"), checkpoint(torch.nn.LSTM(3, 4)))
    assert shown.reading.inputs == 3
    assert "reads 3 numbers a step and this sequence has 5" in shown.notes[0]


def nan_checkpoint():
    module = torch.nn.LSTM(5, 4)
    with torch.no_grad():
        module.weight_hh_l0[0, 0] = float("nan")
    return checkpoint(module)


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (Upload("a.pt", b""), "it is empty"),
        (Upload("a.txt", b"abc"), "it is no file of weights"),
        (Upload("a.pt", checkpoint(torch.nn.LSTM(5, 4)).data[:-60]), "damaged"),
        (Upload("a.safetensors", b"\xff" * 99), "damaged"),
        (Upload("a.npz", bytes(6 * 2**20)), "larger than 5 MB"),
        (nan_checkpoint(), "NaN"),
        (checkpoint(torch.nn.RNN(5, 4)), "Choose it under “Cell type”"),
        (checkpoint(torch.nn.Linear(5, 4)), "no recurrent layer"),
        (checkpoint(torch.nn.GRU(600, 1)), "up to 512 wide"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_impossible_checkpoint_is_refused_in_one_sentence(upload, says):
    with pytest.raises(Refused, match=says) as refusal:
        scene(StepSettings(weights="file"), upload)
    assert refusal.value.where == "weights"
    assert "\n" not in str(refusal.value)


def test_a_checkpoint_of_ours_keeps_its_cell(tmp_path):
    cell = parse("h = tanh(W @ x + U @ h_prev) * 0.5")
    path = tmp_path / "own.npz"
    save(Network.fresh(cell, inputs=5, hidden=3), path)
    shown = scene(StepSettings(weights="file"), Upload(path.name, path.read_bytes()))
    assert shown.network.layers[0].cell == cell


@pytest.mark.parametrize(
    ("choice", "where", "says"),
    [
        ({"cell": OWN_CELL, "equations": "h = tanh(W @ x +"}, "equations", "Line 1, column"),
        ({"cell": OWN_CELL, "equations": ""}, "equations", "Line 1"),
        ({"sequence": OWN_NUMBERS, "numbers": "one"}, "numbers", "not a number"),
        ({"sequence": OWN_NUMBERS, "numbers": ""}, "numbers", "no number yet"),
        ({"sequence": OWN_TEXT, "text": ""}, "text", "no character yet"),
        ({"sequence": OWN_TEXT, "text": "a" * 900}, "text", "1 to 500"),
    ],
)
def test_a_refusal_names_the_setting_at_which_it_happened(choice, where, says):
    with pytest.raises(Refused, match=says) as refusal:
        scene(StepSettings(**choice))
    assert refusal.value.where == where


@settings(max_examples=40)
@given(text=st.text(max_size=80), equations=st.text(max_size=80), own=st.booleans())
def test_any_text_is_shown_or_refused(text, equations, own):
    choice = {"cell": OWN_CELL, "equations": equations} if own else {}
    for sequence in ("numbers", "text"):
        chosen = {"sequence": sequence, sequence: text}
        try:
            assert scene(StepSettings(**chosen, **choice)).reading.steps >= 1
        except Refused as refusal:
            where = refusal.where
        else:
            continue
        assert where in ("equations", sequence)


def test_what_is_too_large_is_shown_in_part_and_the_page_says_which():
    choice = {"sequence": OWN_NUMBERS, "numbers": "1 " * 500, "weights": "fresh"}
    large = scene(StepSettings(**choice, hidden=64, layers=3, direction="both"))
    assert multiplications(large.network) * large.reading.steps <= MOST_MULTIPLICATIONS
    assert f"reads only the first {large.reading.steps} of the 500 steps" in " ".join(large.notes)
    assert scene(StepSettings(**choice, hidden=64)).reading.steps == 500


def test_what_is_easily_overlooked_is_said():
    """A loss at a step that is not there; a backward half that has read one step."""
    late = scene(StepSettings(loss="one", step=99))
    assert late.asked.steps == (14,)
    assert any("no step 99" in note and "last step, 15" in note for note in late.notes)
    both = scene(StepSettings(direction="both", weights="fresh"))
    assert any("has read only that one step" in note for note in both.notes)
    for choice in ({"loss": "one", "step": 15}, {"direction": "both", "loss": "every"}):
        notes = scene(StepSettings(weights="fresh", **choice)).notes
        assert not any("no step" in note or "only that one" in note for note in notes)


def test_a_story_says_nothing_of_steps_that_are_not_read():
    text = StepSettings(sequence=OWN_NUMBERS, numbers="1 " * 200, weights="fresh")
    large = replace(text, hidden=64, layers=3, direction="both")
    assert scene(text).reading.story == scene(large).reading.story
    assert "200" not in scene(text).reading.story
