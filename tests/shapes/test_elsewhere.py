"""The same layers in other tongues: their lines run and give PyTorch's numbers."""

import numpy as np
import pytest
from hypothesis import given, settings

import rnnviz
from rnnviz.shapes.elsewhere import GATES, elsewhere
from rnnviz.shapes.example import example
from rnnviz.shapes.parameters import parameters
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import tensors
from tests.shapes.setups import setups


def said(setup):
    return {one.tool: one for one in elsewhere(setup)}


def stacked(found, name, tool):
    """An array of the first layer, its rows in a tool's order of gates in place of PyTorch's."""
    own, other = (GATES[of, found.setup.kind] for of in ("PyTorch", tool))
    rows = np.split(found.weights[f"rnn.{name}_l0"], len(own))
    return np.concatenate([rows[own.index(gate)] for gate in other])


@given(setups(proj_size=0))
def test_rnnviz_line_runs_and_gives_pytorchs_shapes(setup):
    found, sizes = example(setup), tensors(setup)
    names = {"rnnviz": rnnviz, "x": found.run.x if setup.batch else found.run.x[:, 0]}
    names |= {name: found.arrays[name] for name in ("h_0", "c_0") if name in found.arrays}
    if setup.vocabulary:
        tokens = found.arrays["tokens"]
        tokens = tokens.T if setup.batch and setup.batch_first else tokens
        names |= {"tokens": tokens, "table": found.weights["embedding.weight"]}
    exec(said(setup)["rnnviz"].lines, names)  # noqa: S102
    shape = sizes["output"].shape
    if setup.batch and setup.batch_first:
        shape = (shape[1], shape[0], shape[2])
    longest = names["output"][: setup.output_length]
    assert longest.shape == shape
    layer = names["net"].layers[0]
    assert {n: a.shape for n, a in layer.params.items()} == said(setup)["rnnviz"].arrays


@given(setups())
def test_what_has_no_such_layer_says_why(setup):
    for one in elsewhere(setup):
        assert bool(one.lines) != bool(one.reason)
        assert bool(one.reason) == bool(setup.proj_size and one.tool != "PyTorch")


@given(setups())
def test_pytorchs_arrays_are_those_of_its_first_layer(setup):
    first = [one for one in parameters(setup) if one.layer == 0 and not one.reverse]
    assert said(setup)["PyTorch"].arrays == {one.name: one.shape for one in first}


@pytest.mark.filterwarnings("ignore:__array__ implementation")
@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("bias", [True, False])
def test_keras_gates_are_in_this_order(kind, bias):
    """One layer with PyTorch's weights, stacked in Keras' order, gives PyTorch's output."""
    keras = pytest.importorskip("keras")
    setup = Setup(kind, num_layers=1, batch_first=True, bias=bias)
    found, one = example(setup), said(setup)["Keras"]
    names = {"keras": keras}
    exec(one.lines, names)  # noqa: S102
    model = keras.Model(names["x"], names["output"])
    arrays = [stacked(found, name, "Keras").T for name in ("weight_ih", "weight_hh")]
    if bias:
        both = np.array([stacked(found, name, "Keras") for name in ("bias_ih", "bias_hh")])
        arrays.append(both if kind == "GRU" else both.sum(axis=0))
    assert [a.shape for a in arrays] == list(one.arrays.values())
    model.set_weights(arrays)
    output = keras.ops.convert_to_numpy(model(found.arrays["x"].astype("float32")))
    np.testing.assert_allclose(output, found.arrays["output"], atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(setups(proj_size=0, packed=True))
def test_keras_lines_make_layers_of_these_shapes(setup):
    keras = pytest.importorskip("keras")
    names = {"keras": keras} | {
        f"start_{layer}_{k}": keras.Input((setup.hidden_size,))
        for layer in range(setup.num_layers)
        for k in range(len(setup.states) * setup.directions)
    }
    exec(said(setup)["Keras"].lines, names)  # noqa: S102
    assert names["output"].shape == (None, setup.length, setup.features)
    for k in range(setup.num_layers):
        assert len(names[f"state_{k}"]) == len(setup.states) * setup.directions


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_onnx_gates_are_in_this_order(kind):
    """One node with PyTorch's weights, stacked in ONNX' order, gives PyTorch's output."""
    onnx = pytest.importorskip("onnx")
    reference = pytest.importorskip("onnx.reference")
    setup = Setup(kind, num_layers=1)
    found, one = example(setup), said(setup)["ONNX"]
    node = eval(one.lines, {"onnx": onnx})  # noqa: S307
    every = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    state = {name: stacked(found, name, "ONNX") for name in every}
    arrays = {"W": state["weight_ih"][None], "R": state["weight_hh"][None]}
    arrays["B"] = np.concatenate([state["bias_ih"], state["bias_hh"]])[None]
    assert {name: array.shape for name, array in arrays.items()} == one.arrays
    feeds = {f"{name}_0": array.astype("float32") for name, array in arrays.items()}
    feeds["X"] = found.arrays["x"].astype("float32")
    kind_of = onnx.TensorProto.FLOAT
    value = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        [node],
        "one layer",
        [value(name, kind_of, array.shape) for name, array in feeds.items()],
        [value("Y_0", kind_of, (5, 1, 3, 20))],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 14)])
    onnx.checker.check_model(model)
    (y,) = reference.ReferenceEvaluator(model).run(None, feeds)
    np.testing.assert_allclose(y[:, 0], found.arrays["output"], atol=1e-6)


@given(setups(proj_size=0))
def test_onnx_nodes_are_valid(setup):
    onnx = pytest.importorskip("onnx")
    for line in said(setup)["ONNX"].lines.split("\n"):
        node = eval(line, {"onnx": onnx})  # noqa: S307
        onnx.checker.check_node(node, onnx.checker.DEFAULT_CONTEXT)


def test_a_tutorials_lstm():
    found = said(Setup())
    assert found["Keras"].lines.split("\n")[-1] == (
        "output, *state_1 = keras.layers.LSTM(20, return_sequences=True, return_state=True)(x)"
    )
    assert found["ONNX"].lines.split("\n")[0] == (
        'onnx.helper.make_node("LSTM", ["X", "W_0", "R_0", "B_0"], ["Y_0", "Y_h_0", "Y_c_0"], '
        "hidden_size=20)"
    )
    assert found["rnnviz"].lines.split("\n")[0] == (
        'net = rnnviz.Network.fresh(rnnviz.cells.GALLERY["LSTM"], inputs=10, hidden=20, layers=2)'
    )


@pytest.mark.parametrize(
    ("tool", "kind", "letters"),
    [
        ("PyTorch", "LSTM", "ifgo"),
        ("PyTorch", "GRU", "rzn"),
        ("Keras", "LSTM", "ifco"),
        ("Keras", "GRU", "zrh"),
        ("ONNX", "LSTM", "iofc"),
        ("ONNX", "GRU", "zrh"),
        ("rnnviz", "LSTM", ""),
    ],
)
def test_gates_in_the_letters_of_each_tools_documentation(tool, kind, letters):
    assert said(Setup(kind))[tool].letters == tuple(letters)
