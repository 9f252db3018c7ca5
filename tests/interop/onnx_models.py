"""Models of ONNX: the cases the onnx package proves its own backends with, and small graphs."""

import io
import warnings

import numpy as np
import pytest
import torch

onnx = pytest.importorskip("onnx")
helper = onnx.helper
FLOAT = onnx.TensorProto.FLOAT


def node_cases():
    """Name → (model, inputs, outputs) of LSTM, GRU and RNN: 18 cases."""
    with warnings.catch_warnings(action="ignore"):
        from onnx.backend.test.case import node

        # A module's cases are made when it is first imported, and only those that are asked for.
        from onnx.backend.test.case.node import gru, lstm, rnn  # noqa: F401

        cases = node.collect_testcases("LSTM")
    kinds = {"LSTM", "GRU", "RNN"}
    recurrent = [case for case in cases if case.model.graph.node[0].op_type in kinds]
    return {case.name: (case.model, *case.data_sets[0]) for case in recurrent}


def with_initializers(model, inputs):
    """The model with all its inputs but the first put into the file."""
    made = onnx.ModelProto()
    made.CopyFrom(model)
    for given, array in zip(model.graph.input[1:], inputs[1:], strict=True):
        made.graph.initializer.append(onnx.numpy_helper.from_array(array, given.name))
    del made.graph.input[1:]
    return made.SerializeToString()


def graph(nodes, arrays, *, outputs=("Y",), inputs=3, opset=14):
    """A file of these nodes, that reads X, (time, batch, inputs)."""
    made = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("X", FLOAT, ["T", "B", inputs])],
        [helper.make_tensor_value_info(name, FLOAT, None) for name in outputs],
        [onnx.numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    return model.SerializeToString()


def node(operator, *, units=4, inputs=3, seed=0, peepholes=False, states=False, **attributes):
    """A file of one recurrent node, its weights drawn; extra inputs are given as arrays."""
    gates = {"LSTM": 4, "GRU": 3, "RNN": 1}[operator]
    ways = 2 if attributes.get("direction") == "bidirectional" else 1
    random = np.random.default_rng(seed)
    shapes = {
        "W": (ways, gates * units, inputs),
        "R": (ways, gates * units, units),
        "B": (ways, 2 * gates * units),
    }
    names = ["X", "W", "R", "B"]
    if peepholes:
        shapes["P"] = (ways, 3 * units)
        names += ["", "", "", "P"]
    if states:
        names += ["", "initial_h", "initial_c"]
        shapes |= {"initial_h": (ways, 1, units), "initial_c": (ways, 1, units)}
    arrays = {n: random.normal(0, 0.7, s).astype(np.float32) for n, s in shapes.items()}
    if states:  # the same for both sequences of a batch
        arrays |= {n: np.repeat(a, 2, axis=1) for n, a in arrays.items() if n.startswith("init")}
    made = helper.make_node(operator, names, ["Y"], "node", hidden_size=units, **attributes)
    return graph([made], arrays, inputs=inputs)


def exported(module, x, **options):
    """What torch writes of a module, in evaluation."""
    stream = io.BytesIO()
    with warnings.catch_warnings(action="ignore"):
        torch.onnx.export(module.eval(), x, stream, dynamo=False, **options)
    return stream.getvalue()


def answers(data, x, outputs=None):
    """What ONNX Runtime makes of x."""
    runtime = pytest.importorskip("onnxruntime")
    runtime.set_default_logger_severity(3)
    session = runtime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return session.run(outputs, {session.get_inputs()[0].name: x})
