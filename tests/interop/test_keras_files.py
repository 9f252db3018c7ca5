"""Files of Keras': the networks in them compute what Keras computes, or are refused."""

import io
import json
import tempfile
import zipfile

import numpy as np
import pytest

from rnnviz.cells import name_of
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.recording import trace
from tests.interop.keras_models import (
    BATCH,
    INPUTS,
    TIME,
    WHOLE,
    answer,
    drawn,
    keras,
    layers,
    model,
    saved,
    sequence,
)

h5py = pytest.importorskip("h5py")
EVERY = {"return_sequences": True}
FUNCTIONS = (
    "tanh",
    "relu",
    "sigmoid",
    "linear",
    "softsign",
    "softplus",
    "hard_sigmoid",
    "hard_tanh",
    "silu",
)
STACKS = {
    "an LSTM": lambda: [layers.LSTM(4, **EVERY)],
    "an LSTM without biases": lambda: [layers.LSTM(4, use_bias=False, **EVERY)],
    "a GRU, reset after": lambda: [layers.GRU(4, reset_after=True, **EVERY)],
    "a GRU, reset before": lambda: [layers.GRU(4, reset_after=False, **EVERY)],
    "a GRU without biases": lambda: [layers.GRU(4, use_bias=False, **EVERY)],
    "a plain RNN": lambda: [layers.SimpleRNN(4, **EVERY)],
    "a ReLU RNN": lambda: [layers.SimpleRNN(4, activation="relu", **EVERY)],
    "two ways": lambda: [layers.Bidirectional(layers.LSTM(4, **EVERY))],
    "two ways, a GRU": lambda: [layers.Bidirectional(layers.GRU(4, **EVERY))],
    "stacked, all kinds": lambda: [
        layers.Bidirectional(layers.SimpleRNN(3, **EVERY)),
        layers.Dropout(0.5),
        layers.LSTM(4, **EVERY),
        layers.GRU(2, **EVERY),
    ],
    "with a readout": lambda: [layers.LSTM(4, **EVERY), layers.Dense(3)],
    "with one in each step": lambda: [
        layers.LSTM(4, **EVERY),
        layers.TimeDistributed(layers.Dense(3, use_bias=False)),
    ],
}
CELLS = {
    "an LSTM": "LSTM",
    "a GRU, reset after": "GRU (PyTorch)",
    "a GRU, reset before": "GRU (Cho)",
    "a plain RNN": "RNN (tanh)",
    "a ReLU RNN": "RNN (ReLU)",
}


@pytest.fixture(autouse=True)
def counted_anew():
    """Keras counts the layers it names."""
    keras.utils.clear_session()


def only(data, kind=None):
    return load_bytes("a file", data, Answers(kind))


def several(data, kind=None):
    """Name → network, of a file that asks which."""
    with pytest.raises(CheckpointError) as asked:
        load_bytes("a file", data, Answers(kind))
    assert asked.value.question.about == "name"
    names = [choice.name for choice in asked.value.question.choices]
    return {name: load_bytes("a file", data, Answers(kind, name=name)) for name in names}


def run(network, x):
    """What it answers, (time, batch, …), where x is (batch, time, inputs)."""
    recording = trace(network, x.swapaxes(0, 1))
    return recording.output if recording.prediction is None else recording.prediction


@pytest.mark.parametrize("ending", WHOLE)
@pytest.mark.parametrize("name", STACKS)
def test_what_keras_saves_computes_what_keras_computes(name, ending, tmp_path):
    made, x = model(*STACKS[name]()), sequence()
    network = only(saved(made, ending, tmp_path))
    np.testing.assert_allclose(run(network, x), answer(made, x), atol=1e-6)
    assert not network.notes


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("kind", ["LSTM", "GRU", "SimpleRNN"])
def test_every_known_function_in_every_place(kind, function, tmp_path):
    functions = {"activation": function}
    if kind != "SimpleRNN":
        functions["recurrent_activation"] = function
    made, x = model(getattr(layers, kind)(3, **functions, **EVERY)), sequence()[:, :3]
    network = only(saved(made, ".keras", tmp_path))
    np.testing.assert_allclose(run(network, x), answer(made, x), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", CELLS)
def test_with_the_usual_functions_it_is_the_gallery_s_cell(name, tmp_path):
    network = only(saved(model(*STACKS[name]()), ".keras", tmp_path))
    assert name_of(network.layers[0].cell) == CELLS[name]


def test_keras_2_had_another_hard_sigmoid_and_the_version_of_the_file_decides(tmp_path):
    old = keras.saving.register_keras_serializable("old")(
        lambda a: keras.ops.clip(0.2 * a + 0.5, 0.0, 1.0)
    )
    made = model(layers.LSTM(4, recurrent_activation="hard_sigmoid", **EVERY))
    as_trained = model(layers.LSTM(4, recurrent_activation=old, **EVERY))
    x, now = sequence(), saved(made, ".h5", tmp_path)
    with h5py.File(io.BytesIO(now), "r+") as file:
        file.attrs["keras_version"] = "2.15.0"
        file.flush()
        before = file.id.get_file_image()
    assert "0.2 x + 0.5" in str(only(before).notes[0])
    assert "x / 6 + 0.5" in str(only(now).notes[0])
    np.testing.assert_allclose(run(only(before), x), answer(as_trained, x), atol=1e-6)
    np.testing.assert_allclose(run(only(now), x), answer(made, x), atol=1e-6)


def test_a_layer_that_reads_backwards_is_given_the_sequence_from_its_end(tmp_path):
    stack = layers.GRU(4, go_backwards=True, **EVERY), layers.LSTM(3, **EVERY)
    made, x = model(*stack), sequence()
    network = only(saved(made, ".keras", tmp_path))
    assert "give it the last step as the first" in str(network.notes[0])
    np.testing.assert_allclose(run(network, x[:, ::-1]), answer(made, x), atol=1e-6)


def test_layers_that_read_from_opposite_ends_are_no_network(tmp_path):
    stack = layers.GRU(4, **EVERY), layers.LSTM(3, go_backwards=True, **EVERY)
    with pytest.raises(CheckpointError, match="gru and lstm read the sequence from opposite ends"):
        only(saved(model(*stack), ".keras", tmp_path))


@pytest.mark.parametrize("ending", WHOLE)
def test_a_readout_of_the_last_step_alone_is_said_and_is_right_there(ending, tmp_path):
    made, x = model(layers.LSTM(4), layers.Dense(3, activation="softmax")), sequence()
    network = only(saved(made, ending, tmp_path))
    assert network.readout.kind == "softmax"
    (note,) = map(str, network.notes)
    assert note == "in its file dense reads the last step alone: here it is applied at every step"
    scores = run(network, x)[-1].astype(float)
    softmax = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
    np.testing.assert_allclose(softmax, answer(made, x), atol=1e-6)


def test_a_readout_of_both_ends_at_once_is_left_out(tmp_path):
    """The h of a direction that reads backwards is finished at the first step."""
    made = model(layers.Bidirectional(layers.LSTM(4)), layers.Dense(3))
    network = only(saved(made, ".keras", tmp_path))
    assert network.readout is None
    assert [*map(str, network.notes)] == [
        "its readout reads each direction where that ends, which is at two different steps",
        "dense is left out: only recurrent layers and one linear readout are read",
    ]


def test_what_the_readout_s_function_would_make_of_the_numbers_is_left_out_by_name(tmp_path):
    network = only(
        saved(model(layers.LSTM(4, **EVERY), layers.Dense(1, "sigmoid")), ".h5", tmp_path)
    )
    assert network.readout.kind == "linear"
    note = "the sigmoid of dense is left out: the numbers are those before it"
    assert [*map(str, network.notes)] == [note]


UNREAD = {
    "a norm between": lambda: [layers.BatchNormalization(), layers.Dense(2)],
    "a norm between, another": lambda: [layers.LayerNormalization(), layers.Dense(2)],
    "two linear maps": lambda: [layers.Dense(4, "relu"), layers.Dense(2)],
    "a pool": lambda: [layers.GlobalAveragePooling1D(), layers.Dense(2)],
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_readout_that_does_not_read_h_itself_is_left_out_by_name(name, tmp_path):
    network = only(saved(model(layers.LSTM(4, **EVERY), *UNREAD[name]()), ".keras", tmp_path))
    assert network.readout is None
    assert "left out: only recurrent layers and one linear readout" in str(network.notes[-1])


def test_an_embedding_stands_in_front_and_what_it_gives_is_read(tmp_path):
    embedding = layers.Embedding(9, INPUTS, mask_zero=True)
    made = model(embedding, layers.LSTM(4, **EVERY), inputs=None)
    tokens = np.random.default_rng(0).integers(1, 9, (BATCH, TIME))
    network = only(saved(made, ".keras", tmp_path))
    x = np.asarray(embedding(tokens).detach())
    np.testing.assert_allclose(run(network, x), answer(made, tokens), atol=1e-6)
    assert str(network.notes[0]).endswith("leaves out steps of padding: here every step is read")
    assert "stands in front of it and is left out" in str(network.notes[1])


@pytest.mark.parametrize("ending", WHOLE)
def test_an_encoder_and_a_decoder_are_two_networks(ending, tmp_path):
    source, target = keras.Input((None, INPUTS)), keras.Input((None, INPUTS))
    _, *states = layers.LSTM(4, return_state=True, name="encoder")(source)
    decoded = layers.LSTM(4, name="decoder", **EVERY)(target, initial_state=states)
    made = drawn(keras.Model([source, target], layers.Dense(2, name="out")(decoded)))
    found = several(saved(made, ending, tmp_path))
    assert [*found] == ["encoder", "decoder"]
    assert found["encoder"].readout is None
    assert found["decoder"].outputs == 2
    assert "come from encoder: here they are zero" in str(found["decoder"].notes[0])


def test_the_layers_that_two_stacks_have_in_common_are_in_both(tmp_path):
    x = keras.Input((None, INPUTS))
    low = layers.Dropout(0.1)(layers.LSTM(4, name="low", **EVERY)(x))
    ends = [layers.GRU(3, name=name, **EVERY)(low) for name in ("a", "b")]
    made, x = drawn(keras.Model(x, ends)), sequence()
    found = several(saved(made, ".keras", tmp_path))
    assert {name: len(network.layers) for name, network in found.items()} == {"a": 2, "b": 2}
    for network, expected in zip(found.values(), made(x), strict=True):
        given = np.asarray(expected.detach()).swapaxes(0, 1)
        np.testing.assert_allclose(run(network, x), given, atol=1e-6)


def test_which_of_two_readouts_is_asked(tmp_path):
    x = keras.Input((None, INPUTS))
    h = layers.LSTM(4, **EVERY)(x)
    made = drawn(
        keras.Model(x, [layers.Dense(k, name=name)(h) for k, name in ((2, "a"), (3, "b"))])
    )
    data = saved(made, ".keras", tmp_path)
    with pytest.raises(CheckpointError, match='readout="a"') as asked:
        only(data)
    assert [choice.name for choice in asked.value.question.choices] == ["a", "b", "none"]
    outputs = [load_bytes("m", data, Answers(readout=name)).outputs for name in ("a", "b", "none")]
    assert outputs == [2, 3, 0]


def two_ends():
    x = layers.Input((None, INPUTS))
    h, last = layers.GRU(4, return_state=True, **EVERY)(x)
    return keras.Model(x, [h, last], name="inner")


REFUSED = {
    "summed directions": (
        lambda: [layers.Bidirectional(layers.LSTM(4, **EVERY), merge_mode="sum")],
        'merge_mode="sum": only concat is known here',
    ),
    "a function that is not known": (
        lambda: [layers.LSTM(4, activation="gelu", **EVERY)],
        "an activation that is not known here, gelu",
    ),
    "no recurrent layer": (
        lambda: [layers.Dense(4), layers.Dense(2)],
        "no LSTM, GRU or SimpleRNN layer: its layers are InputLayer, Dense",
    ),
    "cells in a layer": (
        lambda: [layers.RNN([layers.LSTMCell(4), layers.LSTMCell(3)])],
        "no LSTM, GRU or SimpleRNN layer: its layers are InputLayer, RNN",
    ),
    "a model of two outputs in the model": (
        lambda: [two_ends()],
        "no recurrent layer but perhaps in inner, a model with several inputs or outputs",
    ),
}


@pytest.mark.parametrize("ending", WHOLE)
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_known_is_refused_by_its_name(name, ending, tmp_path):
    stack, sentence = REFUSED[name]
    with pytest.raises(CheckpointError, match=sentence):
        only(saved(model(*stack()), ending, tmp_path))


ALONE = {
    "LSTM": (lambda: layers.LSTM(4, **EVERY), ("LSTM",)),
    "GRU (PyTorch)": (lambda: layers.GRU(4, **EVERY), ("GRU (PyTorch)",)),
    "GRU (Cho)": (lambda: layers.GRU(4, reset_after=False, **EVERY), ("GRU (Cho)",)),
    "RNN (ReLU)": (
        lambda: layers.SimpleRNN(4, "relu", **EVERY),
        ("RNN (tanh)", "RNN (ReLU)"),
    ),
}


@pytest.mark.parametrize("kind", ALONE)
def test_weights_alone_are_asked_what_they_are_of(kind, tmp_path):
    layer, choices = ALONE[kind]
    made, x = model(layers.Bidirectional(layer())), sequence()
    data = saved(made, ".weights.h5", tmp_path)
    with pytest.raises(CheckpointError) as asked:
        only(data)
    assert asked.value.question.about == "kind"
    assert tuple(choice.name for choice in asked.value.question.choices) == choices
    network = only(data, kind)
    np.testing.assert_allclose(run(network, x), answer(made, x), atol=1e-6)
    assert "weights alone" in str(network.notes[0])


def test_of_weights_alone_no_layer_is_stacked_and_no_readout_taken(tmp_path):

    made = model(layers.LSTM(4, **EVERY), layers.LSTM(4, **EVERY), layers.Dense(2))
    found = several(saved(made, ".weights.h5", tmp_path), "LSTM")
    assert {n: (len(net.layers), net.readout) for n, net in found.items()} == {
        "lstm": (1, None),
        "lstm_1": (1, None),
    }


def rewritten(data, change):
    """A .keras file with what it says of its model changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(stream, "w") as new:
        for name in file.namelist():
            content = file.read(name)
            if name == "config.json":
                config = json.loads(content)
                change(config)
                content = json.dumps(config).encode()
            new.writestr(name, content)
    return stream.getvalue()


def test_a_class_of_somebody_s_own_by_a_known_name_is_not_taken_for_it(tmp_path):
    def change(config):
        config["config"]["layers"][1] |= {"module": None, "registered_name": "mine>LSTM"}

    data = saved(model(layers.LSTM(4)), ".keras", tmp_path)
    with pytest.raises(CheckpointError, match="its layers are InputLayer, mine>LSTM"):
        only(rewritten(data, change))


def test_a_lambda_is_not_run_and_named(tmp_path):
    made = model(layers.Lambda(lambda x: 2 * x), layers.LSTM(4, **EVERY))
    network = only(saved(made, ".keras", tmp_path))
    assert str(network.notes[0]).startswith("lambda stands in front of it and is left out")


@pytest.mark.parametrize("ending", WHOLE)
def test_an_embedding_in_front_is_read_where_it_is_asked_for(ending, tmp_path):
    made = model(layers.Embedding(9, INPUTS), layers.LSTM(4, **EVERY), inputs=None)
    network = load_bytes("m", saved(made, ending, tmp_path), Answers(embedding=True))
    tokens = np.array([[1, 2, 5], [8, 0, 3]])
    found = trace(network, tokens.T[..., None].astype(float)).output
    np.testing.assert_allclose(found, answer(made, tokens), atol=1e-6)
    assert str(network.notes[0]) == "it reads numbers of tokens, from 0 to 8, through embedding"


def test_one_whose_vectors_another_layer_changes_first_is_not():
    def refused(*stack):
        with pytest.raises(CheckpointError, match="no embedding is known"):
            load_bytes(
                "m", saved(model(*stack, inputs=None), ".keras", folder), Answers(embedding=True)
            )

    with tempfile.TemporaryDirectory() as folder:
        dense = layers.Dense(INPUTS)
        refused(layers.Embedding(9, INPUTS), dense, layers.LSTM(4, **EVERY))


def test_one_that_holds_too_many_numbers_is_left_out(tmp_path):
    made = model(layers.Embedding(999, INPUTS), layers.LSTM(4, **EVERY), inputs=None)
    data = saved(made, ".keras", tmp_path)
    assert load_bytes("m", data, Answers(embedding=None), most=1_000_000).inputs == 1
    assert load_bytes("m", data, Answers(embedding=None), most=500).inputs == INPUTS


def within(*stack, inputs=INPUTS):
    return keras.Sequential([layers.Input((None, inputs)), *stack])


def functional(layer):
    x = layers.Input((None, INPUTS))
    return keras.Model(x, layer(x))


IN_ANOTHER = {
    "a model in the model": lambda: [
        within(layers.LSTM(4, **EVERY), layers.LSTM(5, **EVERY)),
        layers.Dense(2),
    ],
    "with a layer above": lambda: [within(layers.LSTM(4, **EVERY)), layers.LSTM(5, **EVERY)],
    "of functions": lambda: [functional(layers.GRU(4, **EVERY)), layers.LSTM(5, **EVERY)],
    "two deep": lambda: [within(within(layers.SimpleRNN(4, **EVERY)), layers.LSTM(3, **EVERY))],
    "beside one of the same names": lambda: [
        within(layers.LSTM(4, name="lstm", **EVERY)),
        layers.LSTM(5, name="lstm", **EVERY),
    ],
    "a cell in an RNN": lambda: [layers.RNN(layers.LSTMCell(4), **EVERY), layers.Dense(2)],
    "a GRU's, both ways": lambda: [
        layers.Bidirectional(layers.RNN(layers.GRUCell(4), **EVERY)),
        layers.Dense(2),
    ],
    "a simple one's": lambda: [layers.RNN(layers.SimpleRNNCell(4, "relu"), **EVERY)],
}


@pytest.mark.parametrize("ending", WHOLE)
@pytest.mark.parametrize("name", IN_ANOTHER)
def test_a_model_within_a_model_and_a_cell_in_an_rnn_compute_what_keras_computes(
    name, ending, tmp_path
):
    made, x = model(*IN_ANOTHER[name]()), sequence()
    network = only(saved(made, ending, tmp_path))
    np.testing.assert_allclose(run(network, x), answer(made, x), atol=1e-6)


def as_cudnn_has_it(kind, arrays):
    """As Keras 2's `transpose_input(from_cudnn=False)` and `lambda k: k.T` arrange kernels."""
    kernel, recurrent, bias = arrays
    gates = {"LSTM": 4, "GRU": 3}[kind]
    halves = np.stack([0.25 * bias, 0.75 * bias]) if kind == "LSTM" else bias
    return (
        np.hstack([k.T.reshape(k.shape, order="C") for k in np.hsplit(kernel, gates)]),
        np.hstack([k.T for k in np.hsplit(recurrent, gates)]),
        halves.ravel(),
    )


@pytest.mark.parametrize("kind", ["LSTM", "GRU"])
@pytest.mark.parametrize("is_both", [False, True])
def test_a_layer_of_cudnn_is_the_plain_one_with_its_weights_arranged_anew(kind, is_both, tmp_path):
    import h5py

    layer = getattr(layers, kind)(4, **EVERY)
    made, x = model(layers.Bidirectional(layer) if is_both else layer), sequence()
    (tmp_path / "m.h5").write_bytes(saved(made, ".h5", tmp_path))
    with h5py.File(tmp_path / "m.h5", "r+") as file:
        file.attrs["model_config"] = file.attrs["model_config"].replace(
            f'"class_name": "{kind}"', f'"class_name": "CuDNN{kind}"'
        )
        cells = []
        file.visit(lambda name: cells.append(name) if name.endswith("_cell") else None)
        for cell in cells:
            names = ("kernel", "recurrent_kernel", "bias")
            arrays = as_cudnn_has_it(kind, [file[f"{cell}/{n}"][()] for n in names])
            for name, array in zip(names, arrays, strict=True):
                del file[f"{cell}/{name}"]
                file[f"{cell}/{name}"] = array
    network = only((tmp_path / "m.h5").read_bytes())
    np.testing.assert_allclose(run(network, x), answer(made, x), atol=1e-6)
    assert name_of(network.layers[0].cell) == {"GRU": "GRU (PyTorch)"}.get(kind, kind)
