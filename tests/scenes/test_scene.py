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
from rnnviz.scenes.scene import scene
from rnnviz.scenes.settings import OWN_CELL, OWN_NUMBERS, OWN_TEXT, RANDOM, StepSettings
from rnnviz.scenes.uploads import Upload
from rnnviz.scenes.weights import Refused
from tests.interop.checkpoint_files import of_npz, of_torch, with_more

LSTM_3, GRU_5 = torch.nn.LSTM(3, 4), torch.nn.GRU(5, 4)


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


@pytest.mark.parametrize(
    ("choice", "where", "says"),
    [
        (
            {},
            "sequence",
            "model.pt reads 3 numbers a step and this sequence has 5: choose what it is",
        ),
        (
            {"sequence": OWN_NUMBERS, "numbers": "1 2\n3 4"},
            "numbers",
            "3 numbers a step and these rows have 2: give it a row for each step, with 3",
        ),
        (
            {"sequence": OWN_TEXT, "text": "abba"},
            "alphabet",
            "model.pt reads 3 letters and this alphabet has 2: type all 3 under “Its alphabet”",
        ),
        (
            {"sequence": OWN_TEXT, "text": "abbd", "alphabet": "cab"},
            "text",
            "“d”, character 4, is not in the alphabet cab",
        ),
    ],
)
def test_a_file_that_reads_something_else_asks_for_it(choice, where, says):
    with pytest.raises(Refused, match=says) as refusal:
        scene(StepSettings(weights="file", **choice), checkpoint(torch.nn.LSTM(3, 4)))
    assert refusal.value.where == where


def test_a_file_reads_random_numbers_only_where_they_are_chosen_and_the_page_says_so():
    shown = scene(StepSettings(weights="file", sequence=RANDOM), checkpoint(torch.nn.LSTM(3, 4)))
    assert shown.reading.inputs == 3
    assert shown.reading.title == "Random numbers"
    assert shown.notes[0] == "model.pt reads 3 numbers a step: here they are random, as you chose."


def test_a_file_reads_letters_in_the_order_of_its_own_alphabet():
    module = torch.nn.LSTM(4, 3)
    choice = {"weights": "file", "sequence": OWN_TEXT, "text": "ACGACG"}
    shown = scene(StepSettings(**choice, alphabet="TGCA"), checkpoint(module))
    places = ["TGCA".index(letter) for letter in "ACGACG"]
    np.testing.assert_array_equal(shown.reading.x[:, 0].argmax(-1), places)
    with torch.no_grad():
        given = torch.nn.functional.one_hot(torch.tensor(places), 4).float()[:, None]
        expected = module(given)[0][:, 0].numpy()
    recording = trace(shown.network, shown.reading.x[:, 0])
    np.testing.assert_allclose(recording["h"], expected, atol=1e-6)
    four = scene(StepSettings(**{**choice, "text": "ACGT"}), checkpoint(module))
    assert "in the order ACGT: if model.pt learnt them in another" in four.notes[0]


def test_a_file_that_reads_40_numbers_gets_them_typed_or_out_of_a_file():
    rows = np.random.default_rng(0).standard_normal((7, 40)).round(3)
    typed = "\n".join(",".join(map(str, row)) for row in rows)
    stream = io.BytesIO()
    np.save(stream, rows)
    settings = StepSettings(weights="file", sequence=OWN_NUMBERS, numbers=typed)
    file = checkpoint(torch.nn.GRU(40, 3))
    for sent in (None, Upload("x.npy", stream.getvalue()), Upload("x.csv", typed.encode())):
        shown = scene(settings, file, numbers=sent)
        np.testing.assert_array_equal(shown.reading.x[:, 0], rows)
    one = replace(settings, numbers=" ".join(map(str, rows[0])))
    np.testing.assert_array_equal(scene(one, file).reading.x[:, 0], rows[:1])


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
        (Upload("a.npz", bytes(65 * 2**20)), "larger than 64 MB"),
        (nan_checkpoint(), "NaN"),
        (checkpoint(torch.nn.RNN(5, 4)), "Choose it under “Cell type”"),
        (checkpoint(torch.nn.Linear(5, 4)), "no recurrent layer"),
        (checkpoint(torch.nn.GRU(1025, 1)), "1,024 units or inputs"),
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
        ({"sequence": OWN_TEXT, "text": "a" * 10_001}, "text", "1 to 10,000"),
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


def test_a_sequence_is_run_whole_or_refused_with_what_can_be_done():
    """Of a part of it, the backward half and every gradient would be another sequence's."""
    choice = {"sequence": OWN_NUMBERS, "weights": "fresh"}
    large = {"hidden": 64, "layers": 3, "direction": "both"}
    assert scene(StepSettings(**choice, **large, numbers="1 " * 500)).reading.steps == 500
    with pytest.raises(Refused, match="over 833 steps here, and these are 2,000: give it") as why:
        scene(StepSettings(**choice, **large, numbers="1 " * 2000))
    assert why.value.where == "numbers"
    assert scene(StepSettings(**choice, hidden=16, numbers="1 " * 5000)).reading.steps == 5000


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


TWO = Upload("two.pt", of_torch({"encoder": LSTM_3.state_dict(), "decoder": GRU_5.state_dict()}))
TWO_HEADS = Upload("heads.npz", of_npz(with_more(a__weight=(4, 4), b__weight=(2, 4))))


@pytest.mark.parametrize(
    ("upload", "choice", "about", "says"),
    [
        (TWO, {}, "name", "two.pt holds several networks: choose the one to look at"),
        (TWO, {"network": "middle"}, "name", "choose the one to look at"),
        (TWO_HEADS, {}, "readout", "does not tell which of its matrices reads h"),
    ],
)
def test_what_a_file_does_not_tell_is_asked(upload, choice, about, says):
    with pytest.raises(Refused, match=says) as refusal:
        scene(StepSettings(weights="file", sequence=RANDOM, **choice), upload)
    assert refusal.value.where == "weights"
    assert refusal.value.question.about == about


@pytest.mark.parametrize(
    ("upload", "choice", "size", "says"),
    [
        (TWO, {"network": "decoder"}, (5, 4, 0), "holds encoder too: decoder is shown, as you"),
        (TWO, {"network": "encoder"}, (3, 4, 0), "holds decoder too: encoder is shown, as you"),
        (TWO_HEADS, {"readout": "b.weight"}, (3, 4, 2), "a.weight or b.weight: b.weight, as you"),
        (TWO_HEADS, {"readout": "none"}, (3, 4, 0), "which of a.weight, b.weight reads h: none"),
    ],
)
def test_what_is_answered_is_shown_and_said(upload, choice, size, says):
    shown = scene(StepSettings(weights="file", sequence=RANDOM, **choice), upload)
    network = shown.network
    assert (network.inputs, network.hidden, network.outputs) == size
    assert any(says in note for note in shown.notes)


def test_an_answer_for_another_file_is_none():
    choice = {"network": "decoder", "readout": "b.weight"}
    shown = scene(StepSettings(weights="file", **choice), checkpoint(torch.nn.GRU(5, 4)))
    assert not any("as you chose" in note for note in shown.notes)
