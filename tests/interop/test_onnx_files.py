"""Files of ONNX: the networks in them compute what ONNX says they compute, or are refused."""

import numpy as np
import pytest
import torch

from rnnviz import load
from rnnviz.cells import name_of
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.questions import Answers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.interop.saving import save
from rnnviz.recording import trace
from tests.interop.onnx_models import (
    answers,
    exported,
    graph,
    helper,
    node,
    node_cases,
    onnx,
    with_initializers,
)

TIME, BATCH, INPUTS = 6, 2, 3
NAMES = [
    f"test_{kind}_{case}"
    for kind, cases in {
        "lstm": "defaults with_initial_bias with_peepholes batchwise reverse bidirectional",
        "gru": "defaults with_initial_bias seq_length batchwise reverse bidirectional",
        "simple_rnn": "defaults with_initial_bias batchwise reverse bidirectional",
        "rnn": "seq_length",
    }.items()
    for case in cases.split()
]


@pytest.fixture(scope="module")
def cases():
    return node_cases()


def only(data):
    return load_bytes("a file", data)


def several(data):
    """Name → network, of a file that asks which."""
    with pytest.raises(CheckpointError) as asked:
        load_bytes("a file", data)
    assert asked.value.question.about == "name"
    names = [choice.name for choice in asked.value.question.choices]
    return {name: load_bytes("a file", data, Answers(name=name)) for name in names}


def sequence(seed=1):
    """(time, batch, inputs)."""
    return np.random.default_rng(seed).normal(0, 1, (TIME, BATCH, INPUTS)).astype(np.float32)


def test_there_are_eighteen_recurrent_cases(cases):
    assert sorted(cases) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_of_onnx_s_own_cases_comes_out_as_it_says(name, cases):
    model, inputs, outputs = cases[name]
    network = only(with_initializers(model, inputs))
    attributes = {a.name: helper.get_attribute_value(a) for a in model.graph.node[0].attribute}
    layout, direction = attributes.get("layout", 0), attributes.get("direction", b"forward")
    x = inputs[0].swapaxes(0, 1) if layout else inputs[0]
    is_reversed = direction == b"reverse"
    recording = trace(network, x[::-1] if is_reversed else x)
    ways = [
        recording.layer(0),
        *([recording.layer(0, reverse=True)] if len(network.layers[0].directions) > 1 else []),
    ]
    ends = np.stack([way["h"][0 if k else -1] for k, way in enumerate(ways)])
    given = dict(zip(model.graph.node[0].output, [None] * 3, strict=False))
    named = [name for name in model.graph.node[0].output if name]
    given |= dict(zip(named, outputs, strict=True))
    expected = given["Y_h"]
    np.testing.assert_allclose(ends.swapaxes(0, 1) if layout else ends, expected, atol=1e-6)
    assert ("from the end" in " ".join(map(str, network.notes))) == is_reversed


VARIANTS = {
    "clipped": {"clip": 0.5},
    "other functions": {"activations": ["HardSigmoid", "Softsign", "Relu"]},
    "functions with numbers": {
        "activations": ["HardSigmoid", "ScaledTanh", "Elu"],
        "activation_alpha": [0.3, 1.5, 0.7],
        "activation_beta": [0.4, 0.8],
    },
    "leaky": {
        "activations": ["Affine", "LeakyRelu", "Softplus"],
        "activation_alpha": [0.5, 0.1],
        "activation_beta": [0.1],
    },
    "two ways": {
        "direction": "bidirectional",
        "activations": ["Sigmoid", "Softsign", "Tanh"],
    },
}
"""Attributes of a node; an operator with fewer functions has the first of these."""
FUNCTIONS = {"LSTM": 3, "GRU": 2, "RNN": 1}


def described(operator, attributes):
    """The attributes of an operator's node, the functions for each of its directions."""
    ways = 2 if "direction" in attributes else 1
    functions = attributes.get("activations", [])[: FUNCTIONS[operator]] * ways
    return attributes | ({"activations": functions} if functions else {})


@pytest.mark.parametrize("operator", FUNCTIONS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_node_computes_what_the_runtime_computes(operator, variant):
    data, x = node(operator, **described(operator, VARIANTS[variant])), sequence()
    by_way = np.moveaxis(answers(data, x)[0], 1, 2).reshape(TIME, BATCH, -1)
    np.testing.assert_allclose(trace(only(data), x).output, by_way, rtol=1e-5, atol=1e-6)


CELLS = {
    "GRU (Cho)": ("GRU", {"linear_before_reset": 0}),
    "GRU (PyTorch)": ("GRU", {"linear_before_reset": 1}),
    "LSTM": ("LSTM", {}),
    "Peephole LSTM": ("LSTM", {"peepholes": True}),
    "RNN (ReLU)": ("RNN", {"activations": ["Relu"]}),
    "RNN (tanh)": ("RNN", {}),
    None: ("LSTM", {"input_forget": 1}),
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_node_is_the_gallery_s_cell_and_computes_what_the_runtime_computes(cell):
    operator, attributes = CELLS[cell]
    data, x = node(operator, **attributes), sequence()
    network = only(data)
    assert name_of(network.layers[0].cell) == cell
    expected = answers(data, x)[0][:, 0]
    np.testing.assert_allclose(trace(network, x).output, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
def test_it_begins_at_the_states_in_its_file_unless_others_are_given(direction, tmp_path):
    ways = 2 if direction == "bidirectional" else 1
    data = node("LSTM", direction=direction, states=True)
    network, x = only(data), sequence()
    assert "begins at the states in its file" in str(network.notes[0])
    assert len(network.initial) == 2 * ways
    expected = np.moveaxis(answers(data, x)[0], 1, 2).reshape(TIME, BATCH, -1)
    np.testing.assert_allclose(trace(network, x).output, expected, atol=1e-6)
    from_zero = trace(network, x, initial={}).output
    assert abs(from_zero - expected).max() > 0.01
    save(network, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    np.testing.assert_array_equal(trace(again, x).output, trace(network, x).output)


class Module(torch.nn.Module):
    """A recurrent module of torch's and a Linear, each of it read as asked."""

    def __init__(self, kind, read, **options):
        super().__init__()
        options = {"num_layers": 2, "batch_first": True} | options
        self.rnn = getattr(torch.nn, kind)(INPUTS, 4, **options)
        self.fc = torch.nn.Linear(4 * (1 + self.rnn.bidirectional), 2)
        self.read = read

    def forward(self, x):
        return self.read(self, *self.rnn(x))


READS = {
    "every step": lambda self, y, state: self.fc(y),
    "the last step": lambda self, y, state: self.fc(y[:, -1]),
    "the last step, sliced": lambda self, y, state: self.fc(y[:, -1:])[:, 0],
}
KINDS = {
    "LSTM": {},
    "GRU": {},
    "RNN": {},
    "LSTM both ways": {"bidirectional": True},
    "GRU both ways": {"bidirectional": True},
    "LSTM without biases": {"bias": False},
}


@pytest.mark.parametrize("folding", [True, False])
@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_torch_exports_is_one_network_with_its_readout(kind, read, folding):
    torch.manual_seed(0)
    module = Module(kind.split()[0], READS[read], **KINDS[kind])
    x = torch.tensor(sequence()).swapaxes(0, 1).contiguous()
    data = exported(
        module,
        x,
        do_constant_folding=folding,
        input_names=["x"],
        dynamic_axes={"x": {0: "batch", 1: "time"}},
    )
    network = only(data)
    assert len(network.layers) == 2
    with torch.no_grad():
        expected = module(x).numpy()
    prediction = trace(network, sequence()).prediction
    if read == "every step":
        np.testing.assert_allclose(prediction, expected.swapaxes(0, 1), atol=1e-6)
        assert not network.notes
    else:
        np.testing.assert_allclose(prediction[-1], expected, atol=1e-6)
        (note,) = map(str, network.notes)
        assert "reads the last step alone" in note


def test_the_last_state_is_the_last_step_and_a_softmax_is_one():
    module = Module("LSTM", lambda self, y, hc: self.fc(hc[0][-1]).softmax(-1), num_layers=1)
    network = only(exported(module, torch.zeros(BATCH, TIME, INPUTS)))
    assert network.readout.kind == "softmax"
    np.testing.assert_array_equal(network.readout.W, module.fc.weight.detach())


def test_a_readout_of_both_ends_at_once_is_left_out():
    def read(self, y, state):
        return self.fc(torch.cat([state[-2], state[-1]], -1))

    module = Module("GRU", read, bidirectional=True, num_layers=1)
    network = only(exported(module, torch.zeros(BATCH, TIME, INPUTS)))
    assert network.readout is None
    assert "left out" in str(network.notes[-1])


class Chosen(torch.nn.Linear):
    """torch writes an axis that may be of size one as a choice between two graphs."""

    def __init__(self):
        super().__init__(4, 2)

    def forward(self, y):
        return super().forward(y[:, -1:].squeeze(1))


UNREAD = {
    "a norm between": torch.nn.Sequential(torch.nn.LayerNorm(4), torch.nn.Linear(4, 2)),
    "two linear maps": torch.nn.Sequential(
        torch.nn.Linear(4, 5), torch.nn.ReLU(), torch.nn.Linear(5, 2)
    ),
    "a choice between": Chosen(),
    "a function between": torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Linear(4, 2)),
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_readout_that_does_not_read_h_itself_is_left_out(name):
    module = Module("LSTM", lambda self, y, state: self.head(y))
    module.head = UNREAD[name]
    axes = {"input_names": ["x"], "dynamic_axes": {"x": {1: "time"}}}
    network = only(exported(module, torch.zeros(BATCH, TIME, INPUTS), **axes))
    assert network.readout is None
    assert "left out: only recurrent layers and one linear readout" in str(network.notes[-1])


def test_what_stands_in_front_is_named():
    class Words(Module):
        def forward(self, x):
            return super().forward(self.embedding(x))

    module = Words("GRU", READS["every step"])
    module.embedding = torch.nn.Embedding(9, INPUTS)
    network = only(exported(module, torch.zeros(BATCH, TIME, dtype=torch.long)))
    assert network.readout is not None
    (note,) = map(str, network.notes)
    assert note.startswith("Gather stands in front of it and is left out")


def test_two_modules_that_do_not_read_each_other_are_two_networks():
    class Two(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = torch.nn.LSTM(INPUTS, 4), torch.nn.GRU(INPUTS, 5)

        def forward(self, x):
            return self.a(x)[0].sum() + self.b(x)[0].sum()

    found = several(exported(Two(), torch.zeros(TIME, BATCH, INPUTS)))
    assert {name: network.hidden for name, network in found.items()} == {
        "/a/LSTM": 4,
        "/b/GRU": 5,
    }


def test_the_states_of_one_that_another_begins_with_are_said():
    class Pair(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = torch.nn.GRU(INPUTS, 4), torch.nn.GRU(INPUTS, 4)

        def forward(self, x):
            return self.b(x, self.a(x)[1])[0]

    found = several(exported(Pair(), torch.zeros(TIME, BATCH, INPUTS)))
    assert "the initial h of /b/GRU is given for each sequence" in str(found["/b/GRU"].notes[0])


def weights(**more):
    arrays = {"W": np.ones((1, 4, 3)), "R": np.ones((1, 4, 4))} | more
    return {name: np.asarray(array, np.float32) for name, array in arrays.items()}


def one(**attributes):
    return helper.make_node("RNN", ["X", "W", "R"], ["Y"], "rnn", hidden_size=4, **attributes)


def external():
    model = onnx.load_model_from_string(graph([one()], weights()))
    tensor = model.graph.initializer[0]
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    tensor.ClearField("raw_data")
    return model.SerializeToString()


def within_if():
    inner = helper.make_graph([one()], "inner", [], [helper.make_tensor_value_info("Y", 1, None)])
    choice = helper.make_node("If", ["c"], ["Z"], "if", then_branch=inner, else_branch=inner)
    return graph([choice], weights(c=np.ones(1)), outputs=["Z"])


REFUSED = {
    "weights in another file": (external, "its weights lie in another file beside it"),
    "weights that are an input": (
        lambda: graph([one()], {"W": weights()["W"]}),
        "the R of rnn is not in the file",
    ),
    "a function that is not known": (
        lambda: graph([one(activations=["ThresholdedRelu"])], weights()),
        "something that is not known here: ThresholdedRelu",
    ),
    "two functions of two ways": (
        lambda: node("RNN", direction="bidirectional", activations=["Tanh", "Relu"]),
        "the two directions of node have different activations",
    ),
    "a direction that is not known": (
        lambda: node("RNN", direction="sideways"),
        "not known here: sideways",
    ),
    "arrays of another size": (
        lambda: graph([one()], weights(R=np.ones((1, 4, 5)))),
        r"the W of rnn has shape \(1, 4, 3\), not \(1, 5, 3\)",
    ),
    "no recurrent node": (
        lambda: graph([helper.make_node("Relu", ["X"], ["Y"])], {}),
        "no LSTM, GRU or RNN node: its nodes are Relu",
    ),
    "one that is chosen": (
        within_if,
        r"within nodes that choose or repeat .* export the module by itself, as in torch.onnx",
    ),
    "NaN": (lambda: graph([one()], weights(W=np.full((1, 4, 3), np.nan))), "W has NaN in it"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_known_is_refused_by_its_name(name):
    file, sentence = REFUSED[name]
    with pytest.raises(CheckpointError, match=sentence):
        only(file())


def test_no_more_numbers_are_read_than_may_be():
    with pytest.raises(CheckpointError, match="too many numbers"):
        load_bytes("m", node("LSTM", units=40), most=1_000)


class Words(Module):
    """A module that reads tokens."""

    def __init__(self, kind, read, between=None):
        super().__init__(kind, read)
        self.embedding, self.between = torch.nn.Embedding(9, INPUTS), between

    def forward(self, x):
        vectors = self.embedding(x)
        return super().forward(vectors if self.between is None else self.between(vectors))


def test_an_embedding_in_front_is_read_where_it_is_asked_for():
    module, tokens = Words("GRU", READS["every step"]), torch.arange(BATCH * TIME) % 9
    tokens = tokens.reshape(BATCH, TIME)
    network = load_bytes("m", exported(module, tokens), Answers(embedding=True))
    x = tokens.T.numpy()[..., None].astype(float)
    expected = module(tokens).detach().numpy().swapaxes(0, 1)
    np.testing.assert_allclose(trace(network, x).prediction, expected, atol=1e-6)
    assert str(network.notes[0]) == "it reads numbers of tokens, from 0 to 8, through Gather"


def test_one_whose_vectors_are_changed_first_is_not():
    module = Words("GRU", READS["every step"], between=torch.tanh)
    data = exported(module, torch.zeros(BATCH, TIME, dtype=torch.long))
    assert load_bytes("m", data, Answers(embedding=None)).inputs == INPUTS
    with pytest.raises(CheckpointError, match="no embedding is known"):
        load_bytes("m", data, Answers(embedding=True))


def make(operator, inputs, outputs, **attributes):
    return helper.make_node(operator, inputs, outputs, **attributes)


COMPUTED = {
    "scaled": ([make("Mul", ["W0", "two"], ["W"])], {"two": np.full(1, 2.0)}),
    "added": ([make("Add", ["W0", "row"], ["W"])], {"row": np.arange(3.0)}),
    "gates put in another order": (
        [make("Gather", ["W0", "order"], ["W"], axis=1)],
        {"order": np.array([3, 1, 0, 2])},
    ),
    "one half of a matrix": (
        [make("Split", ["both"], ["W", "other"], axis=1)],
        {"both": np.random.default_rng(1).normal(size=(1, 8, 3))},
    ),
    "a chain": (
        [
            make("Neg", ["W0"], ["a"]),
            make("Transpose", ["a"], ["b"], perm=[0, 2, 1]),
            make("Identity", ["b"], ["c"]),
            make("Sub", ["c", "one"], ["d"]),
            make("Transpose", ["d"], ["W"], perm=[0, 2, 1]),
        ],
        {"one": np.ones(1)},
    ),
}


@pytest.mark.parametrize("what", COMPUTED)
def test_weights_that_the_graph_computes_of_constants_are_those_the_runtime_computes(what):
    nodes, arrays = COMPUTED[what]
    first = np.random.default_rng(0).normal(size=(1, 4, 3))
    given = {"W0": first, "R": 0.1 * np.ones((1, 4, 4)), **arrays}
    kinds = {n: np.int64 if n == "order" else np.float32 for n in given}
    data = graph([*nodes, one()], {n: np.asarray(a, kinds[n]) for n, a in given.items()}, opset=13)
    x = sequence()
    found = trace(only(data), x).output
    np.testing.assert_allclose(found, answers(data, x)[0][:, 0], atol=1e-6)


def test_what_it_computes_may_not_grow_beyond_what_is_read():
    long = make("Add", ["column", "row"], ["W"])
    column, row = np.ones((1, 100_000, 1), np.float32), np.ones((1, 1, 100_000), np.float32)
    data = graph([long, one()], {"column": column, "row": row, "R": weights()["R"]})
    with pytest.raises(CheckpointError, match="too many numbers"):
        only(data)


OTHERS = ["RandomNormal", "ConstantOfShape", "Expand", "Tile", "Resize"]


@pytest.mark.parametrize("operator", OTHERS)
def test_no_other_operator_is_evaluated(operator):
    given = {"W0": weights()["W"], "R": weights()["R"]}
    data = graph([make(operator, ["W0"], ["W"]), one()], given)
    with pytest.raises(CheckpointError, match="the W of rnn is not in the file"):
        only(data)
